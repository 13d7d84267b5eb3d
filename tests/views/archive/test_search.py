"""The search page: its filters, its order, its pages, what it says when there is nothing. (What a word finds:
test_lists.py.)"""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editorial import transitions
from articles.models import Genre
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def found(client, **asked):
    """The main part of the page of a search; `tac_gia` stands for tac-gia."""
    asked = {name.replace("_", "-"): value for name, value in asked.items()}
    response = client.get("/tim-kiem/", asked)
    assert response.status_code == 200
    html = response.content.decode()
    return html[html.index('id="main"') : html.index("</main>")]


def titles(client, **asked):
    html = re.sub(r"</?mark>", "", found(client, **asked))
    return re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", html)


def error(client, name, **asked):
    """What stands beside a box, which names it as its description."""
    html = found(client, **asked)
    box = re.search(rf'name="{name}"[^>]*aria-invalid="true" aria-describedby="([\w-]+)"', html)
    return box and re.search(rf'id="{box[1]}">(.*?)<', html)[1]


@pytest.fixture
def four():
    rows = [
        ("2020-01-31 23:59", "Lúa một", factories.subsection("Nông nghiệp", "Kinh tế"), Genre.NEWS, "Hà Thu"),
        ("2020-02-01 00:00", "Lúa hai", factories.section("Kinh tế"), Genre.REPORTAGE, "Đinh Thắng"),
        ("2020-02-29 23:59", "Lúa ba", factories.section("Xã hội"), Genre.NEWS, "Hà Thu"),
        ("2020-03-01 00:00", "Ngô bốn", factories.section("Xã hội"), Genre.VIDEO, "Đinh Thắng"),
    ]
    for when, title, category, genre, author in rows:
        factories.signed(factories.published(when, title=title, category=category, genre=genre), author)


# Filters


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"tu": "01/02/2020"}, ["Lúa ba", "Lúa hai"]),
        ({"den": "2020-01-31"}, ["Lúa một"]),
        ({"tu": "01/02/2020", "den": "29/02/2020"}, ["Lúa ba", "Lúa hai"]),
        ({"tu": "29/02/2020", "den": "01/02/2020"}, ["Lúa ba", "Lúa hai"]),
        ({"muc": "kinh-te"}, ["Lúa hai", "Lúa một"]),
        ({"muc": "nong-nghiep"}, ["Lúa một"]),
        ({"tac_gia": "ha-thu"}, ["Lúa ba", "Lúa một"]),
        ({"the_loai": "reportage"}, ["Lúa hai"]),
        ({"muc": "xa-hoi", "tac_gia": "ha-thu", "the_loai": "news", "tu": "01/01/2020"}, ["Lúa ba"]),
        ({"muc": "xa-hoi", "the_loai": "reportage"}, []),
    ],
)
def test_a_filter_leaves_what_it_names(stranger, four, asked, shown):
    assert titles(stranger, q="lua", **asked) == shown


def test_filters_need_no_words_and_then_the_newest_is_first(stranger, four):
    assert titles(stranger, muc="xa-hoi") == ["Ngô bốn", "Lúa ba"]
    assert titles(stranger, the_loai="news") == ["Lúa ba", "Lúa một"]


@pytest.mark.parametrize("name", ["ha-thu", "Hà Thu", "ha thu", "HÀ THU", "Ha\u0300 Thu"])
def test_an_author_is_found_by_slug_and_by_name(stranger, four, name):
    assert titles(stranger, tac_gia=name) == ["Lúa ba", "Lúa một"]


def test_a_name_stands_for_all_who_bear_it_and_a_slug_for_one(stranger):
    for title in ("Của một", "Của hai"):
        author = type(factories.author()).objects.create(name="Văn An")
        factories.published(title=title).bylines.create(author=author)
    assert sorted(titles(stranger, tac_gia="văn an")) == ["Của hai", "Của một"]
    assert titles(stranger, tac_gia="van-an-2") == ["Của hai"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("tu", "31/02/2020"), ("den", "hôm qua"), ("tu", "9999-99-99"), ("den", "00/00/0000")),
        *(("muc", "khong-co"), ("tac-gia", "Không Ai"), ("tac-gia", "%"), ("the-loai", "khong-co")),
    ],
)
def test_a_filter_that_says_nothing_is_named_beside_its_box_and_the_rest_is_searched(stranger, four, name, value):
    asked = {"q": "lua", name: value}
    assert value in error(stranger, name, **asked)
    assert titles(stranger, **asked) == ["Lúa ba", "Lúa hai", "Lúa một"]
    assert '<details class="search-filters" open>' in found(stranger, **asked)


def test_the_form_shows_all_that_was_typed(stranger, four):
    words = {"q": "Lúa", "tu": "1/2/2020", "den": "31/02/2020", "tac_gia": "hà thu"}
    html = found(stranger, **words, muc="kinh-te", the_loai="news", xep="moi")
    for typed in ('name="q" value="Lúa"', 'name="tu" value="1/2/2020"', 'name="den" value="31/02/2020"',
                  'value="kinh-te" selected', 'name="tac-gia" value="hà thu"', 'value="news" selected',
                  'name="xep" value="moi"'):  # fmt: skip
        assert typed in html, typed


def test_a_filter_can_be_dropped_and_the_others_stay(stranger, four):
    html = found(stranger, q="lua", muc="xa-hoi", the_loai="news", xep="moi")
    assert '<a href="/tim-kiem/?q=lua&amp;the-loai=news&amp;xep=moi">' in html
    assert '<a href="/tim-kiem/?q=lua&amp;muc=xa-hoi&amp;xep=moi">' in html


def test_without_filters_the_box_of_filters_is_closed(stranger, four):
    assert '<details class="search-filters">' in found(stranger, q="lua")


# Order and pages


def test_the_order_is_by_relevance_or_by_time(stranger):
    factories.published("2023-03-20 08:00", title="Đà Bắc đổi mới")
    factories.published("2023-03-22 08:00", title="Tin mới", body="<p>Trên đà phát triển ở phía bắc.</p>")
    assert titles(stranger, q="da bac") == ["Đà Bắc đổi mới", "Tin mới"]
    assert titles(stranger, q="da bac", xep="moi") == ["Tin mới", "Đà Bắc đổi mới"]


def test_a_page_keeps_all_that_was_asked(stranger):
    factories.many(45, when="2020-02-01 08:00")
    html = found(stranger, q="tin loat", tu="01/02/2020", muc="kinh-te", xep="moi", trang="2")
    asked = "q=tin+loat&amp;tu=01%2F02%2F2020&amp;muc=kinh-te&amp;xep=moi"
    assert f'class="pager-newer" href="/tim-kiem/?{asked}"' in html
    assert f'href="/tim-kiem/?{asked}&amp;trang=3"' in html


@pytest.mark.parametrize("page", ["3", "51", "0", "x", "9" * 30])
def test_a_page_that_is_none_is_not_found(stranger, page):
    factories.many(40)
    assert stranger.get("/tim-kiem/", {"q": "tin loat", "trang": page}).status_code == 404


def status(html):
    return re.search(r'<p role="status">(.*?)</p>', html)[1]


@pytest.mark.parametrize(("articles", "number"), [(1, "1"), (45, "45"), (500, "500")])
def test_results_are_counted(stranger, articles, number):
    factories.many(articles, apart=timedelta(0))
    assert number in re.findall(r"\d+", status(found(stranger, q="tin loat")))


def test_beyond_a_thousand_nobody_counts_nor_turns(stranger):
    factories.many(1000, apart=timedelta(0))
    exact = status(found(stranger, q="tin loat"))
    factories.many(2, apart=timedelta(0))
    more = status(found(stranger, q="tin loat"))
    assert "1.000" in exact
    assert "1.000" in more
    assert more != exact
    assert 'rel="next"' in found(stranger, q="tin loat", trang="49")
    assert 'rel="next"' not in found(stranger, q="tin loat", trang="50")


def test_a_search_asks_no_more_for_fifty_articles_than_for_one(stranger):
    """Masthead, author, all that is found, its tiers, the texts, the articles shown."""
    asked = "/tim-kiem/?q=tin&tac-gia=ha-thu&muc=kinh-te&tu=01/01/2020&den=01/01/2025&the-loai=news"
    numbers = []
    for articles in (1, 49):
        for article in factories.many(articles, category=factories.section("Kinh tế")):
            factories.signed(article)
        with CaptureQueriesContext(connection) as queries:
            assert "<mark>Tin</mark>" in found(stranger, **dict(parse_qsl(urlsplit(asked).query)))
        numbers.append(len(queries))
    assert numbers[1] <= numbers[0] + 1
    assert numbers[1] <= 9


def test_where_the_words_no_longer_stand_side_by_side_the_page_says_so_once(stranger):
    factories.published("2023-03-20 08:00", title="Đà Bắc đổi mới")
    assert 'class="search-rest"' not in found(stranger, q="da bac")
    for number in (1, 2):
        factories.published(title=f"Tin {number}", body="<p>Trên đà phát triển ở phía bắc.</p>")
    html = found(stranger, q="da bac")
    assert html.count('class="search-rest"') == 1
    assert html.index("đổi mới") < html.index('class="search-rest"') < html.index("Tin 2")
    assert 'class="search-rest"' not in found(stranger, q="da bac", xep="moi")


def test_words_that_never_stand_side_by_side_need_no_heading(stranger):
    factories.published(title="Tin", body="<p>Trên đà phát triển ở phía bắc.</p>")
    assert 'class="search-rest"' not in found(stranger, q="da bac")


def test_a_withdrawn_article_is_found_no_more_and_one_published_again_is(stranger):
    article = factories.published(title="Lúa trổ")
    assert titles(stranger, q="lua tro") == ["Lúa trổ"]
    transitions.withdraw(article)
    assert titles(stranger, q="lua tro") == []
    transitions.publish(article)
    assert titles(stranger, q="lua tro") == ["Lúa trổ"]


def test_the_index_is_never_asked_who_may_see(stranger):
    """Withdrawn in the row alone: the index does not know it yet."""
    article = factories.published(title="Lúa trổ")
    type(article).objects.filter(pk=article.pk).update(state="withdrawn")
    assert titles(stranger, q="lua tro") == []


def test_a_scheduled_article_is_found_from_its_moment_on(stranger, clock):
    article = factories.scheduled(minutes=5, title="Lúa trổ")
    assert titles(stranger, q="lua tro") == []
    clock(article.published_at)
    assert titles(stranger, q="lua tro") == ["Lúa trổ"]


# What is shown


def test_the_hit_is_marked_in_the_title_and_in_a_piece_of_the_text(stranger):
    body = f"<p>{'Mây nhiều. ' * 50}</p><p>Nhà máy <strong>thủy</strong> điện &amp; hồ.</p>"
    factories.published(title="Thủy điện lớn", lede="Sa-pô.", body=body)
    html = found(stranger, q="thuy dien")
    assert "<mark>Thủy điện</mark> lớn</a>" in html
    assert "Nhà máy <mark>thủy điện</mark> &amp; hồ." in html


def test_no_text_of_an_article_becomes_markup(stranger):
    factories.published(title="<i>Lúa</i> & <script>", lede="<b>lúa</b> <mark>")
    html = found(stranger, q="lua")
    assert "&lt;i&gt;<mark>Lúa</mark>&lt;/i&gt; &amp; &lt;script&gt;" in html
    assert "&lt;b&gt;<mark>lúa</mark>&lt;/b&gt; &lt;mark&gt;" in html


def test_when_nothing_is_found_each_filter_and_each_word_has_a_way_out(stranger, four):
    html = found(stranger, q="xyzzy ngô", muc="kinh-te")
    assert 'class="nothing"' in html
    assert 'href="/tim-kiem/?q=xyzzy+ng%C3%B4"' in html
    assert 'href="/tim-kiem/?q=ng%C3%B4&amp;muc=kinh-te"' in html
    assert 'href="/xa-hoi/"' in html


def test_the_empty_page_leads_to_the_sections_and_shows_no_news(stranger, four):
    html = found(stranger)
    assert "<article" not in html
    assert 'href="/kinh-te/"' in html


def test_no_page_of_search_is_for_search_engines(stranger, four):
    assert '<meta name="robots" content="noindex">' in stranger.get("/tim-kiem/?muc=kinh-te").content.decode()


def test_search_engines_may_know_the_form_but_no_results(stranger):
    assert "noindex" not in stranger.get("/tim-kiem/").content.decode()
    assert '<meta name="robots" content="noindex">' in stranger.get("/tim-kiem/?q=lua").content.decode()


@pytest.mark.parametrize("name", ["q", "tu", "den", "muc", "tac-gia", "the-loai", "xep"])
@pytest.mark.parametrize("value", ["\x00", "đ" * 100_000, "%", "'\"\\", "9" * 5000, "\ud800", "<b>", "(", "😀"])
def test_hostile_words_in_any_parameter_get_a_page(stranger, four, name, value):
    response = stranger.get("/tim-kiem/", {"q": "lua", name: value.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert b'<b>"' not in response.content
