"""The list of articles: its filters, its search, its cost."""

import re
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Redirect
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def titles(client, **query):
    response = client.get(LIST_URL, query)
    assert response.status_code == 200
    return {article.title for article in response.context["cl"].result_list}


def links(response, parameter):
    """The addresses above the list that name `parameter`."""
    html = response.content.decode().replace("&amp;", "&")
    panel = html[html.index('id="changelist-search"') :]
    return [part.split('"')[0] for part in panel.split('href="')[1:] if f"{parameter}=" in part.split('"')[0]]


# By day


def test_a_day_ends_and_begins_at_vietnams_midnight(desk):
    factories.published("2023-03-21 23:30", title="Đêm trước")
    factories.published("2023-03-22 00:30", title="Rạng sáng")
    factories.published("2023-03-22 23:30", title="Khuya")
    factories.published("2023-03-23 00:30", title="Hôm sau")
    assert titles(desk("ed"), day_from="2023-03-22", day_to="2023-03-22") == {"Rạng sáng", "Khuya"}


def test_one_side_of_the_range_may_stay_open(desk):
    factories.published("2023-03-21 08:00", title="Trước")
    factories.published("2023-03-23 08:00", title="Sau")
    assert titles(desk("ed"), day_from="2023-03-22") == {"Sau"}
    assert titles(desk("ed"), day_to="22/03/2023") == {"Trước"}


def test_the_ready_made_days_lead_to_what_they_say(desk, clock):
    days = ["2023-02-28 23:30", "2023-03-01 00:30", "2023-03-16 08:00", "2023-03-21 23:30", "2023-03-22 00:10"]
    for day in days:
        factories.published(day, title=day)
    clock(factories.at("2023-03-22 00:20"))
    response = desk("ed").get(LIST_URL)
    found = [
        {a.title for a in desk("ed").get(LIST_URL + url).context["cl"].result_list} for url in links(response, "period")
    ]
    assert found == [{days[4]}, {days[3]}, set(days[2:]), set(days[1:]), {days[0]}]


@pytest.mark.parametrize("text", ["31/02/2020", "0000-00-00", "9999-99-99", "hôm qua", "<b>22</b>", "1" * 5000])
def test_a_wrong_date_finds_nothing_says_so_and_stays_in_its_box(desk, text):
    factories.published()
    response = desk("ed").get(LIST_URL, {"day_from": text})
    html = response.content.decode()
    assert response.status_code == 200
    assert list(response.context["cl"].result_list) == []
    assert 'aria-invalid="true"' in html
    assert "<b>22" not in html
    if text == "31/02/2020":
        assert 'id="filter-day_from" value="31/02/2020"' in html


def test_a_range_that_runs_backwards_says_so(desk):
    html = desk("ed").get(LIST_URL, {"day_from": "2023-03-23", "day_to": "2023-03-22"}).content.decode()
    assert 'class="errornote"' in html


# By section, author, state


def test_a_section_includes_its_sub_sections(desk):
    top = factories.section("Kinh tế")
    child = factories.section("Nông nghiệp", parent=top)
    factories.draft(title="Ở trên", category=top)
    factories.draft(title="Ở dưới", category=child)
    factories.draft(title="Nơi khác", category=factories.section("Văn hóa"))
    assert titles(desk("ed"), section="kinh-te") == {"Ở trên", "Ở dưới"}
    assert titles(desk("ed"), section="nong-nghiep") == {"Ở dưới"}


@pytest.mark.parametrize("typed", ["đặng", "DANG", "Đặng Quốc", "quoc trung", unicodedata.normalize("NFD", "Đặng")])
def test_an_author_is_found_by_part_of_the_name_with_or_without_diacritics(desk, typed):
    article = factories.draft(title="Của Trung")
    factories.signed(article, "Đặng Quốc Trung")
    factories.signed(article, "Đặng Quốc Trung", role="photo")  # twice in one article is one row
    factories.signed(factories.draft(title="Của Thu"), "Hà Thu")
    response = desk("ed").get(LIST_URL, {"author": typed})
    assert [found.title for found in response.context["cl"].result_list] == ["Của Trung"]


def test_each_state_shows_its_own_and_scheduled_is_not_yet_published(desk, clock):
    factories.draft(title="nháp")
    factories.published("2023-03-22 08:00", title="đã đăng")
    factories.published("2023-03-24 08:00", title="hẹn giờ")
    factories.withdrawn(title="đã gỡ")
    clock(factories.at("2023-03-23 08:00"))
    found = {state: titles(desk("ed"), state=state) for state in ("draft", "scheduled", "published", "withdrawn")}
    assert found == {"draft": {"nháp"}, "scheduled": {"hẹn giờ"}, "published": {"đã đăng"}, "withdrawn": {"đã gỡ"}}


def test_filters_narrow_each_other_and_the_search(desk):
    section = factories.section("Kinh tế")
    wanted = factories.published("2023-03-22 08:00", title="Cam được mùa", category=section)
    factories.signed(wanted, "Hà Thu")
    for fields in ({"title": "Cam mất mùa"}, {"title": "Quýt được mùa", "category": section}):
        factories.published("2023-03-22 08:00", **fields)
    query = {"q": "cam", "day_from": "2023-03-22", "section": "kinh-te", "state": "published", "author": "thu"}
    assert titles(desk("ed"), **query) == {"Cam được mùa"}


def test_one_form_holds_all_filters_and_the_search_so_each_keeps_the_others(desk):
    factories.section("Kinh tế")
    query = {"q": "cam", "day_from": "2023-03-22", "section": "kinh-te", "author": "thu", "o": "-2"}
    html = desk("ed").get(LIST_URL, {**query, "state": ["draft", "returned"]}).content.decode()
    form = html[html.index('id="changelist-search"') :].split("</form>")[0]
    for name, value in query.items():
        control = form[form.index(f'name="{name}"') :]
        assert f'value="{value}"' in control.split("</select>")[0]
    assert re.findall(r'name="state" value="(\w+)" checked', form) == ["draft", "returned"]


def test_a_filter_in_use_is_taken_away_by_its_chip_and_the_others_stay(desk):
    query = {"q": "cam", "state": ["draft", "returned"], "author": "thu", "period": "today"}
    chips = {chip["label"]: chip["query"] for chip in desk("ed").get(LIST_URL, query).context["cl"].in_use()}
    assert list(chips.values()) == [
        "?state=draft&state=returned&author=thu&q=cam",
        "?period=today&author=thu&q=cam",
        "?period=today&state=draft&state=returned&q=cam",
    ]


def test_clearing_all_filters_leaves_the_search(desk):
    response = desk("ed").get(LIST_URL, {"q": "cam", "state": "draft", "author": "thu", "day_from": "xyz"})
    assert response.context["cl"].everything == "?q=cam"
    assert 'href="?q=cam"' in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        *("q", "day_from", "day_to", "period", "clock", "section", "state", "genre", "author", "writer", "handler"),
        *("topic", "placed", "o", "p", "all", "_facets", "e"),
    ],
)
@pytest.mark.parametrize("value", ["", "\0", "'\"><script>", "-1", "9" * 40, "1.2.-3", "\ud7ff\uffff", "x" * 3000])
def test_no_garbage_in_the_address_is_an_error_of_ours(desk, name, value):
    factories.draft()
    assert desk("ed").get(LIST_URL, {name: value}).status_code in {200, 302, 400}


@pytest.mark.parametrize("lookup", ["title__contains", "slug__exact", "id__exact", "category__id__exact", "abc"])
@pytest.mark.parametrize("value", ["\0", "9" * 40, "x"])
def test_lookups_written_by_hand_are_no_error_either(desk, lookup, value):
    assert desk("ed").get(LIST_URL, {lookup: value}).status_code in {200, 302, 400}


# Search


@pytest.mark.parametrize(
    "typed",
    ["Đà Bắc", "da bac", "ĐÀ BẮC", "bac da", "  đà   bắc ", unicodedata.normalize("NFD", "Đà Bắc"), "hợp tác xã"],
)
def test_words_are_found_with_and_without_diacritics(desk, typed):
    factories.draft(title="Huyện Đà Bắc đổi mới", body="<p>Chuyện của hợp tác xã.</p>")
    factories.draft(title="Chuyện khác", body="<p>Không liên quan.</p>")
    assert titles(desk("ed"), q=typed) == {"Huyện Đà Bắc đổi mới"}


def test_an_article_is_found_by_its_number(desk):
    article = factories.draft(title="Bài có số")
    factories.draft()
    assert titles(desk("ed"), q=str(article.pk)) == {"Bài có số"}


def test_a_search_finds_only_what_the_person_may_see(desk):
    factories.draft(title="Cam của biên tập", created_by=base.person("ed"))
    assert titles(desk("rita"), q="cam") == set()
    assert titles(desk("rita"), q=str(Article.objects.get().pk)) == set()


# Order and cost


def test_what_was_touched_last_stands_first(desk):
    old, new = factories.draft(title="Cũ"), factories.draft(title="Mới")
    old.save()
    response = desk("ed").get(LIST_URL)
    assert list(response.context["cl"].result_list) == [old, new]


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    ("url", "most"), [(LIST_URL, 12), ("/admin/articles/photo/", 14), ("/admin/articles/author/", 14), ("/admin/", 20)]
)
def test_the_cost_of_a_screen_does_not_grow_with_its_rows(desk, url, most):
    def add(number):
        author = f"Tác giả {number}"
        make = factories.published if number % 2 else factories.draft
        factories.signed(make(photo=factories.photo(), category=factories.section(f"Mục {number}")), author)

    client = desk("ed")
    add(0), add(1)
    few = queries_of(client, url)
    for number in range(2, 8):
        add(number)
    assert queries_of(client, url) == few
    assert few <= most


def test_of_a_draft_the_list_shows_no_time_of_publication_because_that_is_a_plan(desk):
    factories.draft(published_at=factories.at("2030-01-01 08:00"))
    html = desk("ed").get(LIST_URL).content.decode()
    assert "field-updated_at_shown" in html
    assert "01/01/2030" not in html


def test_state_is_told_in_words_and_not_by_colour_alone(desk):
    factories.withdrawn()
    html = desk("ed").get(LIST_URL).content.decode()
    label = str(Article.objects.get().get_state_display())
    assert f'<span class="state state-withdrawn">{label}</span>' in html


@pytest.mark.parametrize("screen", ["article", "correction", "englishversion", "redirect", "comment"])
def test_no_list_reads_the_long_texts_of_the_articles(desk, screen):
    article, client = factories.published(), desk("chris")
    factories.correction(article)
    factories.english(article)
    factories.comment(article)
    Redirect.objects.create(path="/cu", article=article)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/admin/articles/{screen}/?state=all" if screen == "comment" else f"/admin/articles/{screen}/")
    assert not [query["sql"] for query in asked if '"articles_article"."body"' in query["sql"]]
