"""Long lists of articles: a section, an author, a search; their pages by keyset."""

import re
from datetime import timedelta

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

LINK = re.compile(r'<h[23]><a href="([^"]+)">')
OLDER = re.compile(r'rel="next" href="([^"]+)"')


def titles(client, address):
    html = client.get(address).content.decode()
    html = re.sub(r"</?mark>", "", html)
    return re.findall(r'<article class="card.*?<h[23]><a [^>]*>(.*?)</a>', html, flags=re.DOTALL)


def walked(client, address):
    """The links of all pages of a list, page by page, by following "older news"."""
    pages = []
    while address:
        html = client.get(address).content.decode()
        main = html[html.index('id="main"') :]
        pages.append(LINK.findall(main))
        older = OLDER.search(main)
        address = older and older[1].replace("&amp;", "&")
    return pages


# Section


def test_a_section_shows_its_news_newest_first(stranger):
    factories.published(title="Cũ", when="2023-03-21 08:00")
    factories.published(title="Mới", when="2023-03-22 08:00")
    assert titles(stranger, "/kinh-te/") == ["Mới", "Cũ"]


def test_a_section_holds_the_news_of_its_sub_sections(stranger):
    factories.published(title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    assert titles(stranger, "/kinh-te/") == titles(stranger, "/nong-nghiep/") == ["Lúa trổ"]


def test_a_sub_section_does_not_hold_the_news_of_its_section(stranger):
    factories.subsection("Nông nghiệp", "Kinh tế")
    factories.published(title="Giá vàng", category=factories.section("Kinh tế"))
    assert titles(stranger, "/nong-nghiep/") == []


def test_a_section_without_news_says_so(stranger):
    factories.section()
    response = stranger.get("/kinh-te/")
    assert response.status_code == 200
    assert 'class="nothing"' in response.content.decode()


# Pages


LISTS = ["/kinh-te/", "/tac-gia/ha-thu/", "/tim-kiem/?q=tin+loat"]


@pytest.fixture(params=LISTS)
def long_list(request):
    """The address of a list of 45 articles; three of them at each moment."""
    for hour in range(15):
        for article in factories.many(3, when=f"2023-03-22 {hour:02}:00", apart=timedelta(0)):
            factories.signed(article)
    return request.param


def test_no_article_is_lost_or_repeated_between_pages(stranger, long_list):
    pages = walked(stranger, long_list)
    links = [link for page in pages for link in page]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len(set(links)) == 45


def test_an_article_published_meanwhile_shifts_nothing(stranger, long_list):
    first = walked(stranger, long_list)
    factories.signed(factories.published(title="Tin loạt mới", when="2023-04-01 08:00"))
    older = OLDER.search(stranger.get(long_list).content.decode())
    assert older
    second = [link for page in walked(stranger, long_list) for link in page]
    assert second[1:] == [link for page in first for link in page]


def test_the_second_page_leads_back_to_the_first(stranger, long_list):
    older = OLDER.search(stranger.get(long_list).content.decode())[1].replace("&amp;", "&")
    html = stranger.get(older).content.decode()
    assert f'class="pager-newer" href="{long_list}"' in html.replace("q=tin%20loat", "q=tin+loat")


def test_a_full_page_without_more_offers_no_more(stranger):
    factories.many(20)
    assert [len(page) for page in walked(stranger, "/kinh-te/")] == [20]


@pytest.mark.parametrize(
    "cursor",
    ["0", "abc", "-1", "1.0", "1e3", "٣", "１", "999999999999999999", "9" * 19, "9" * 5000, "1;--", " 1", "%00"],
)
@pytest.mark.parametrize("address", ["/kinh-te/?truoc=", "/ngay/2023/03/22/?truoc=", "/tim-kiem/?q=tin&trang="])
def test_a_cursor_that_is_none_is_not_found(stranger, address, cursor):
    factories.published(title="Tin")
    assert stranger.get(address + cursor).status_code == 404


def test_a_place_in_the_title_comes_before_the_same_words_side_by_side_and_those_before_words_apart(stranger):
    factories.published("2023-03-20 08:00", title="Đà Bắc đổi mới")
    factories.published("2023-03-21 08:00", title="Thứ hai", body="<p>Chợ ở Đà Bắc.</p>")
    factories.published("2023-03-22 08:00", title="Thứ nhất", body="<p>Trên đà phát triển ở phía bắc.</p>")
    assert titles(stranger, "/tim-kiem/?q=da+bac") == ["Đà Bắc đổi mới", "Thứ hai", "Thứ nhất"]


def test_a_day_page_has_sixty_stories_and_loses_none(stranger):
    factories.many(130, when="2023-03-22 08:00", apart=timedelta(0))
    pages = walked(stranger, "/ngay/2023/03/22/")
    assert [len(page) for page in pages] == [60, 60, 10]
    assert len({link for page in pages for link in page}) == 130


def test_the_cursor_of_a_withdrawn_article_still_leads_on(stranger):
    articles = factories.many(41)
    type(articles[0]).objects.filter(pk=articles[21].pk).update(state="withdrawn")
    assert stranger.get(f"/kinh-te/?truoc={articles[21].pk}").status_code == 200


# Author


def test_an_author_has_a_page_of_the_own_articles(stranger):
    factories.signed(factories.published(title="Của Thu"), "Hà Thu")
    factories.signed(factories.published(title="Của Thắng"), "Đinh Thắng")
    assert titles(stranger, "/tac-gia/ha-thu/") == ["Của Thu"]


def test_an_article_with_two_credits_of_one_author_is_listed_once(stranger):
    article = factories.published()
    factories.signed(article, role="text")
    factories.signed(article, role="photo")
    assert len(titles(stranger, "/tac-gia/ha-thu/")) == 1


# Search


@pytest.mark.parametrize(
    "query", ["duong", "đường", "ĐƯỜNG", "đu\u031bo\u031b\u0300ng", "duong sat", "“đường sắt”", "sắt đường"]
)
def test_a_search_finds_with_and_without_marks(stranger, query):
    factories.published(title="Đường sắt Bắc Nam")
    factories.published(title="Lúa trổ")
    assert titles(stranger, f"/tim-kiem/?q={query}") == ["Đường sắt Bắc Nam"]


def test_both_places_of_the_tone_find_each_other(stranger):
    factories.published(title="Hoà Bình đổi mới")
    assert titles(stranger, "/tim-kiem/?q=hòa bình") == ["Hoà Bình đổi mới"]


def test_all_words_are_asked_for(stranger):
    factories.published(title="Đường sắt")
    assert titles(stranger, "/tim-kiem/?q=đường+biển") == []


def test_a_search_for_nothing_shows_nothing_and_no_message(stranger):
    factories.published()
    html = stranger.get("/tim-kiem/?q=+%E2%80%9C%E2%80%9D").content.decode()
    assert "<article" not in html
    assert 'class="nothing"' not in html


def test_a_search_without_result_repeats_the_words_harmlessly(stranger):
    html = stranger.get("/tim-kiem/", {"q": '<b onclick="x">xyz'}).content.decode()
    assert 'class="nothing"' in html
    assert "&lt;b onclick=&quot;x&quot;&gt;xyz" in html
    assert "<b onclick" not in html


def test_a_page_of_results_is_not_for_search_engines(stranger):
    assert '<meta name="robots" content="noindex">' in stranger.get("/tim-kiem/?q=tin").content.decode()
