"""The page of corrections: what was wrong, what is right, the apology, and of which article."""

import re

import pytest

from articles.editorial import transitions
from tests import factories

pytestmark = pytest.mark.django_db


def text(stranger, address="/cai-chinh/"):
    response = stranger.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_correction_names_the_article_its_day_the_wrong_the_right_and_the_apology(stranger):
    article = factories.published("2023-03-22 08:00", title="Cầu mới")
    factories.correction(article, wrong="Dài 300 mét.", right="Dài 330 mét.", apology="Báo xin lỗi.")
    html = text(stranger)
    assert f'<h2><a href="{article.get_absolute_url()}">Cầu mới</a></h2>' in html
    assert "22/03/2023" in html
    assert all(words in html for words in ("Dài 300 mét.", "Dài 330 mét.", "Báo xin lỗi."))


def test_the_newest_correction_stands_first(stranger):
    for day in ("20", "22", "21"):
        article = factories.published(title=f"Ngày {day}")
        factories.correction(article, issued_at=factories.at(f"2023-04-{day} 08:00"))
    assert re.findall(r"Ngày \d\d", text(stranger)) == ["Ngày 22", "Ngày 21", "Ngày 20"]


def test_a_correction_outlives_its_article_which_is_no_link_then(stranger):
    article = factories.published(title="Cầu mới")
    factories.correction(article)
    transitions.withdraw(article)
    html = text(stranger)
    assert "<h2>Cầu mới</h2>" in html
    assert article.get_absolute_url() not in html


def test_a_correction_of_tomorrow_waits(stranger):
    factories.correction(factories.published(title="Cầu mới"), issued_at=factories.at("2199-01-01 08:00"))
    assert "Cầu mới" not in text(stranger)


def test_words_of_a_correction_are_words_and_not_html(stranger):
    factories.correction(wrong="<b onclick=x>sai</b>")
    assert "<b onclick" not in text(stranger)


def test_without_corrections_the_page_says_so(stranger):
    assert 'class="nothing"' in text(stranger)


def test_the_foot_of_every_page_leads_there(stranger):
    assert 'href="/cai-chinh/"' in text(stranger, "/ngay/2023/03/22/")


def test_a_long_list_goes_on_and_loses_nothing(stranger):
    for article in factories.many(25):
        factories.correction(article)
    first = text(stranger)
    second = text(stranger, re.search(r'rel="next" href="(/cai-chinh/[^"]+)"', first)[1])
    found = [re.findall(r'class="correction" id="(c\d+)"', html) for html in (first, second)]
    assert [len(page) for page in found] == [20, 5]
    assert len({*found[0], *found[1]}) == 25


@pytest.mark.parametrize("cursor", ["abc", "0", "9" * 18, "9" * 400, "%00"])
def test_a_cursor_that_is_none_is_not_found(stranger, cursor):
    factories.correction()
    assert stranger.get(f"/cai-chinh/?truoc={cursor}").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_few_and_fixed(stranger, django_assert_num_queries, count):
    for article in factories.many(count):
        factories.correction(article)
    with django_assert_num_queries(2):
        stranger.get("/cai-chinh/")
