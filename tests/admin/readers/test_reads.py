"""What is read most, as the desk sees it."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

URL = "/admin/articles/readcount/"
NOW = factories.at("2023-03-22 10:30")


@pytest.fixture(autouse=True)
def now(clock):
    clock(NOW)


def own_url(article):
    return f"{URL}article/{article.pk}/"


def test_editors_see_the_figures_and_reporters_do_not(desk):
    article = factories.published()
    for url in (URL, own_url(article)):
        assert [desk(name).get(url).status_code for name in ("rita", "ed", "chris")] == [403, 200, 200]


def test_a_stranger_is_sent_to_the_login(stranger):
    assert stranger.get(URL)["Location"].startswith("/admin/login/")
    assert stranger.get(f"{URL}article/1/")["Location"].startswith("/admin/login/")


def test_the_totals_are_those_of_a_day_a_week_and_thirty_days(desk):
    article = factories.published()
    for hour, number in (("2023-03-22 10:00", 1), ("2023-03-20 10:00", 20), ("2023-03-01 10:00", 3000)):
        factories.reads(article, number, hour)
    html = desk("ed").get(URL).content.decode()
    assert re.findall(r"<dd>([\d.,]+)</dd>", html) == ["1", "21", "3.021"]


def test_the_period_chooses_what_is_listed(desk):
    today, before = factories.published("2023-03-01 08:00", title="Hôm nay"), factories.published(title="Hôm kia")
    factories.published("2023-03-01 08:00")
    before.published_at = factories.at("2023-03-01 08:00")
    before.save(update_fields=["published_at"])
    factories.reads(today, 1, "2023-03-22 10:00")
    factories.reads(before, 5, "2023-03-20 10:00")
    listed = [
        [article.title for article, _number, _length in desk("ed").get(URL, {"ngay": days}).context["top"]]
        for days in ("1", "7", "30")
    ]
    assert listed == [["Hôm nay"], ["Hôm kia", "Hôm nay"], ["Hôm kia", "Hôm nay"]]


def test_a_section_is_counted_with_its_sub_sections(desk):
    inside = factories.published("2023-03-01 08:00", category=factories.subsection())
    outside = factories.published("2023-03-01 08:00", category=factories.section("Văn hóa"))
    for article in (inside, outside):
        factories.reads(article, 4, "2023-03-22 10:00")
    response = desk("ed").get(URL, {"muc": "kinh-te"})
    assert [row[0] for row in response.context["top"]] == [inside]
    assert response.context["totals"][0][1] == 4
    assert [str(row[0]) for row in response.context["by_section"]] == ["Kinh tế", "Văn hóa"]


def test_the_chart_is_svg_with_a_table_behind_it_and_nothing_inline(desk):
    factories.reads(factories.published("2023-03-01 08:00"), 1234, "2023-03-22 10:00")
    html = desk("ed").get(URL).content.decode()
    chart = html[html.index('class="reads-chart"') :]
    assert '<rect x="2900" y="0" width="80" height="100">' in chart  # today, the last of thirty; 2.900 would be 2.9
    assert '<th scope="row">22/03</th><td>1.234</td>' in chart
    assert " style=" not in html


def test_an_article_has_its_own_figures(desk):
    article = factories.published("2023-03-01 08:00")
    factories.reads(article, 7, "2023-03-22 10:00")
    factories.reads(article, 2, "2023-03-02 10:00")
    html = desk("ed").get(own_url(article)).content.decode()
    assert "<dd>9</dd>" in html
    assert '<th scope="row">10:00 22/03</th><td>7</td>' in html
    assert '<th scope="row">02/03</th><td>2</td>' in html


def test_the_form_of_a_public_article_leads_to_its_figures(desk):
    article, draft = factories.published("2023-03-01 08:00"), factories.draft()
    form = "/admin/articles/article/{}/change/"
    assert own_url(article) in desk("ed").get(form.format(article.pk)).content.decode()
    assert own_url(draft) not in desk("ed").get(form.format(draft.pk)).content.decode()
    assert own_url(article) not in desk("rita").get(form.format(article.pk)).content.decode()


@pytest.mark.parametrize("name", ["ngay", "muc", "x"])
@pytest.mark.parametrize("value", ["", "\0", "-1", "9" * 40, "'\"><script>", "x" * 3000])
def test_garbage_in_the_address_is_no_error(desk, name, value):
    assert desk("ed").get(URL, {name: value}).status_code == 200


def test_an_article_that_does_not_exist_has_no_figures(desk):
    assert [desk("ed").get(f"{URL}article/{pk}/").status_code for pk in (10**9, 2**70)] == [404, 404]


def test_no_single_count_can_be_made_changed_or_deleted(desk):
    row = factories.reads(factories.published("2023-03-01 08:00"))
    for path in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert desk("chris").get(URL + path).status_code == 404


@pytest.mark.parametrize("number", [1, 25])
def test_the_cost_of_the_screen_does_not_grow(desk, number, django_assert_num_queries):
    client = desk("ed")
    for article in factories.many(number, "2023-03-01 08:00"):
        factories.reads(article, 1, "2023-03-22 10:00")
    with django_assert_num_queries(12):  # six for the person and the desk, six for the figures
        client.get(URL)
