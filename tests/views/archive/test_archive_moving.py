"""Moving through the archive: the two orders of a day, its calendar, its year, this day in earlier years."""

import re

import pytest

from tests import factories

from .test_archive import main_of, step, titles

pytestmark = pytest.mark.django_db

DAY = "/ngay/2023/03/22/"


def groups(client, address):
    """{heading: titles} of a day by section."""
    parts = main_of(client, address).split('<section class="archive-group"')[1:]
    heading = re.compile(r"<h2 [^>]*>(.*?) <span")
    return {heading.search(part)[1]: re.findall(r"<h3><a [^>]*>(.*?)</a>", part) for part in parts}


def earlier(client, address):
    found = re.findall(r'archive-year">(\d{4})</span> <a [^>]*>(.*?)</a>', main_of(client, address))
    return [(int(year), title) for year, title in found]


@pytest.fixture
def two_sections():
    factories.published("2023-03-22 08:00", title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published("2023-03-22 09:00", title="Giá vàng", category=factories.section("Kinh tế"))
    factories.published("2023-03-22 10:00", title="Trường mới", category=factories.section("Xã hội"))


# The two orders


def test_a_day_by_section_stands_under_the_sections_of_the_first_level(stranger, two_sections):
    assert groups(stranger, DAY + "?xep=muc") == {"Kinh tế": ["Giá vàng", "Lúa trổ"], "Xã hội": ["Trường mới"]}


def test_a_section_s_day_by_section_stands_under_its_sub_sections(stranger, two_sections):
    assert groups(stranger, "/kinh-te" + DAY + "?xep=muc") == {"Kinh tế": ["Giá vàng"], "Nông nghiệp": ["Lúa trổ"]}


@pytest.mark.parametrize("order", ["", "?xep=gio", "?xep=x", "?xep=%00"])
def test_any_other_order_is_by_time(stranger, two_sections, order):
    assert titles(stranger, DAY + order) == ["Trường mới", "Giá vàng", "Lúa trổ"]


def test_a_section_without_sub_sections_has_one_order(stranger, two_sections):
    assert titles(stranger, "/xa-hoi" + DAY + "?xep=muc") == ["Trường mới"]
    assert 'class="archive-orders"' not in main_of(stranger, "/xa-hoi" + DAY)


def test_a_busy_section_shows_twelve_and_leads_to_all(stranger):
    factories.many(13, when="2023-03-22 08:00", category=factories.section("Xã hội"))
    html = main_of(stranger, DAY + "?xep=muc")
    assert len(groups(stranger, DAY + "?xep=muc")["Xã hội"]) == 12
    assert re.search(r'archive-more"><a href="/xa-hoi/ngay/2023/03/22/">[^<]*13', html)


def test_the_order_is_kept_while_moving(stranger, two_sections):
    for when in ("2023-02-20 08:00", "2023-03-21 08:00", "2023-04-22 08:00"):
        factories.published(when)
    main = main_of(stranger, DAY + "?xep=muc")
    moves = re.findall(r'href="((?:/kinh-te)?/ngay/[0-9/]+[^"]*)"', main.split('class="archive-ways"')[0])
    assert len(moves) == 3
    assert all(move.endswith("?xep=muc") for move in moves)
    assert stranger.get("/ngay/?ngay=21/03/2023&muc=kinh-te&xep=muc").url == "/kinh-te/ngay/2023/03/21/?xep=muc"
    assert step(stranger, "/ngay/2023/03/?xep=muc", "prev") == "/ngay/2023/02/?xep=muc"


def test_both_orders_are_one_page_to_search_engines(stranger, two_sections, settings):
    html = stranger.get(DAY + "?xep=muc").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}{DAY}">' in html


# Scope


def test_a_day_of_a_section_leads_to_the_same_day_of_all_sections(stranger, two_sections):
    assert f'href="{DAY}">' in main_of(stranger, "/kinh-te" + DAY)


def test_the_scope_can_be_narrowed_on_the_page(stranger, two_sections):
    form = re.search(r'<form class="archive-scope".*?</form>', main_of(stranger, "/kinh-te" + DAY), flags=re.DOTALL)[0]
    assert 'name="ngay" value="2023-03-22"' in form
    assert re.findall(r'value="([^"]*)"( selected)?>', form)[1:] == [
        ("", ""),
        ("kinh-te", " selected"),
        ("nong-nghiep", ""),
        ("xa-hoi", ""),
    ]


# The calendar beside the list


def test_a_day_is_marked_in_the_calendar_of_its_month(stranger, two_sections):
    factories.published("2023-03-20 08:00")
    html = main_of(stranger, DAY)
    assert re.findall(r'href="([^"]+)" aria-current="date"', html) == [DAY]
    assert 'href="/ngay/2023/03/20/"' in html


def test_a_day_without_news_is_marked_too(stranger):
    factories.published("2023-03-20 08:00")
    marked = '<span class="calendar-quiet" aria-current="date"><span class="calendar-day">22<'
    assert marked in main_of(stranger, DAY)


def test_the_busiest_day_has_the_highest_step(stranger):
    for day, count in ((20, 1), (21, 5), (22, 8)):
        factories.many(count, when=f"2023-03-{day} 08:00")
    found = re.findall(r'calendar-level-(\d)" href="/ngay/2023/03/(\d+)/"', main_of(stranger, "/ngay/2023/03/"))
    assert found == [("1", "20"), ("3", "21"), ("4", "22")]


# This day in earlier years


def test_this_day_in_earlier_years_has_one_story_a_year_before_any_year_has_two(stranger):
    for when, title in (("2020-03-22 08:00", "A"), ("2020-03-22 09:00", "B"), ("2010-03-22 23:59", "C")):
        factories.published(when, title=title)
    for when in ("2020-03-21 23:59", "2020-03-23 00:00", "2023-03-22 08:00", "2024-03-22 08:00"):
        factories.published(when)
    assert earlier(stranger, DAY) == [(2020, "B"), (2020, "A"), (2010, "C")]


def test_of_many_earlier_years_the_five_newest_are_shown(stranger):
    for year in range(2014, 2023):
        factories.many(2, when=f"{year}-03-22 08:00")
    assert [year for year, _title in earlier(stranger, DAY)] == [2022, 2021, 2020, 2019, 2018]


def test_earlier_years_stay_in_the_scope(stranger):
    factories.published("2020-03-22 08:00", title="Lúa", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published("2021-03-22 08:00", title="Trường", category=factories.section("Xã hội"))
    assert earlier(stranger, "/kinh-te" + DAY) == [(2020, "Lúa")]


@pytest.mark.parametrize("hidden", [factories.draft, factories.withdrawn])
def test_earlier_years_never_show_what_nobody_may_see(stranger, hidden):
    article = hidden()
    type(article).objects.filter(pk=article.pk).update(published_at=factories.at("2020-03-22 08:00"))
    assert earlier(stranger, DAY) == []


# The year


def test_the_year_counts_its_days_and_months(stranger):
    for when in ("2022-12-31 23:59", "2023-01-01 00:00", "2023-03-22 08:00", "2023-03-22 09:00", "2023-12-31 23:59"):
        factories.published(when)
    html = main_of(stranger, "/ngay/2023/")
    days = re.findall(r'href="/ngay/(2023/\d\d/\d\d)/"[^>]*>.*?calendar-count">(\d+)<', html)
    assert days == [("2023/01/01", "1"), ("2023/03/22", "2"), ("2023/12/31", "1")]
    assert re.findall(r'<caption><a href="/ngay/2023/(\d\d)/"', html) == ["01", "03", "12"]
    assert html.count("<table") == 12


def test_the_year_of_a_section_holds_its_scope_and_leads_to_all(stranger, two_sections):
    html = main_of(stranger, "/kinh-te/ngay/2023/")
    assert re.findall(r'href="/kinh-te/ngay/2023/03/22/"[^>]*>.*?calendar-count">(\d+)<', html) == ["2"]
    assert '<a href="/ngay/2023/">' in html


def test_the_steps_of_a_year_skip_years_without_news(stranger):
    for when in ("2010-11-22 08:00", "2023-03-22 08:00", "2025-10-22 08:00"):
        factories.published(when)
    assert step(stranger, "/ngay/2023/", "prev") == "/ngay/2010/"
    assert step(stranger, "/ngay/2023/", "next") == "/ngay/2025/"


def test_a_month_leads_to_its_year(stranger, two_sections):
    assert 'href="/kinh-te/ngay/2023/"' in main_of(stranger, "/kinh-te/ngay/2023/03/")


@pytest.mark.parametrize("year", ["1899", "2201", "0000", "9999", "٢٠٢٣", "202", "20230"])
@pytest.mark.parametrize("scope", ["", "/kinh-te"])
def test_an_address_of_no_year_is_not_found(stranger, scope, year):
    factories.section()
    assert stranger.get(f"{scope}/ngay/{year}/").status_code == 404


@pytest.mark.parametrize("year", ["1900", "2200"])
def test_the_outermost_years_have_pages(stranger, year):
    assert stranger.get(f"/ngay/{year}/").status_code == 200


# All three


@pytest.mark.parametrize("when", ["2023/03/22/", "2023/03/", "2023/"])
def test_what_is_ahead_is_said_to_be_ahead(stranger, clock, when):
    def message():
        return re.search(r'class="nothing">(.*?)<', main_of(stranger, f"/ngay/{when}"))[1]

    clock(factories.at("2024-05-06 08:00"))
    behind = message()
    clock(factories.at("2022-05-06 08:00"))
    assert message() != behind


@pytest.mark.parametrize("when", ["2023/03/22/", "2023/03/", "2023/"])
def test_the_head_of_a_page_names_its_neighbours(stranger, settings, when):
    for moment in ("2010-11-22 08:00", "2023-03-22 08:00", "2025-10-22 08:00"):
        factories.published(moment)
    head = stranger.get(f"/ngay/{when}").content.decode().split("</head>")[0]
    parts = when.count("/")
    before, after = ("/".join(day.split("/")[:parts]) for day in ("2010/11/22", "2025/10/22"))
    assert f'<link rel="prev" href="{settings.SITE_URL}/ngay/{before}/">' in head
    assert f'<link rel="next" href="{settings.SITE_URL}/ngay/{after}/">' in head


@pytest.mark.parametrize("when", ["2023/03/22/", "2023/03/", "2023/"])
def test_a_page_that_did_not_change_is_not_sent_again(stranger, two_sections, when):
    etag = stranger.get(f"/ngay/{when}")["ETag"]
    assert stranger.get(f"/ngay/{when}", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("scope", ["", "/kinh-te"])
def test_a_day_names_its_feeds(stranger, two_sections, scope):
    html = stranger.get(scope + DAY).content.decode()
    for kind in ("rss/", "atom/", "feed.json"):
        assert html.count(f'href="{scope}{DAY}{kind}"') + html.count(f'{scope}{DAY}{kind}">') >= 2


def test_a_day_says_its_lunar_date(stranger):
    assert re.search(r'archive-lunar">\([^)<]{8,}\)<', main_of(stranger, DAY))


QUERIES = {"ngay/2023/03/22/": 6, "ngay/2023/03/22/?xep=muc": 6, "ngay/2023/03/": 4, "ngay/2023/": 4}


@pytest.mark.parametrize("address", QUERIES)
@pytest.mark.parametrize("scope", ["/", "/kinh-te/"])
@pytest.mark.parametrize("articles", [1, 50])
def test_a_page_asks_as_often_for_fifty_articles_as_for_one(
    stranger, django_assert_num_queries, scope, address, articles
):
    for when in ("2022-03-22 08:00", "2023-03-21 08:00", "2023-03-22 08:00", "2023-04-22 08:00"):
        factories.many(articles, when=when, category=factories.subsection("Nông nghiệp", "Kinh tế"))
    with django_assert_num_queries(QUERIES[address]):
        stranger.get(scope + address)
