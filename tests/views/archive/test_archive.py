"""The news of a day: its form, its page, the calendar of its month; in Vietnam's days and in the scope asked for."""

import re
from datetime import date

import pytest

from articles import days
from tests import factories

pytestmark = pytest.mark.django_db


def main_of(client, address):
    html = client.get(address).content.decode()
    return html[html.index('id="main"') : html.index("</main>")]


def titles(client, address):
    return re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", main_of(client, address))


def step(client, address, rel):
    found = re.search(rf'<a rel="{rel}" href="([^"]+)"', main_of(client, address))
    return found and found[1]


def counted(client, address):
    """{day's address: count} of a month's calendar."""
    cells = re.findall(r'<td><a [^>]*href="([^"]+)"[^>]*>.*?calendar-count">(\d+)', main_of(client, address))
    return {day: int(count) for day, count in cells}


# The page of a day


@pytest.mark.parametrize(
    ("when", "day"),
    [("2023-03-22 23:30", 22), ("2023-03-23 00:30", 23), ("2023-03-22 00:00", 22), ("2023-03-22 23:59:59.999999", 22),
     ("2023-03-22 06:59", 22), ("2023-03-22 07:00", 22)],
)  # fmt: skip
def test_an_article_stands_on_its_day_in_vietnam_and_on_no_other(stranger, when, day):
    factories.published(when, title="Tin")
    on = {number: titles(stranger, f"/ngay/2023/03/{number}/") for number in (21, 22, 23, 24)}
    assert on == {number: ["Tin"] if number == day else [] for number in on}


def test_a_day_shows_its_news_newest_first_with_the_hour(stranger):
    factories.published("2023-03-22 08:05", title="Sáng")
    factories.published("2023-03-22 17:45", title="Chiều")
    assert titles(stranger, "/ngay/2023/03/22/") == ["Chiều", "Sáng"]
    assert ">17:45<" in main_of(stranger, "/ngay/2023/03/22/")


def test_a_day_of_a_section_holds_the_news_of_its_sub_sections(stranger):
    factories.published(title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published(title="Trường mới", category=factories.section("Xã hội"))
    assert titles(stranger, "/kinh-te/ngay/2023/03/22/") == ["Lúa trổ"]
    assert titles(stranger, "/nong-nghiep/ngay/2023/03/22/") == ["Lúa trổ"]


def test_a_day_without_news_says_so(stranger):
    response = stranger.get("/ngay/2023/03/22/")
    assert response.status_code == 200
    assert 'class="nothing"' in response.content.decode()


def test_the_steps_lead_to_the_nearest_days_that_have_news(stranger):
    for when in ("2010-11-22 08:00", "2023-03-22 08:00", "2025-10-22 08:00"):
        factories.published(when)
    assert step(stranger, "/ngay/2023/03/22/", "prev") == "/ngay/2010/11/22/"
    assert step(stranger, "/ngay/2023/03/22/", "next") == "/ngay/2025/10/22/"


def test_the_steps_cross_midnight_as_vietnam_does(stranger):
    for when in ("2023-03-21 23:30", "2023-03-22 08:00", "2023-03-23 00:30"):
        factories.published(when)
    assert step(stranger, "/ngay/2023/03/22/", "prev") == "/ngay/2023/03/21/"
    assert step(stranger, "/ngay/2023/03/22/", "next") == "/ngay/2023/03/23/"


def test_the_steps_stay_in_the_scope(stranger):
    factories.published("2023-03-20 08:00", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published("2023-03-21 08:00", category=factories.section("Xã hội"))
    factories.published("2023-03-22 08:00", category=factories.section("Kinh tế"))
    assert step(stranger, "/kinh-te/ngay/2023/03/22/", "prev") == "/kinh-te/ngay/2023/03/20/"
    assert step(stranger, "/ngay/2023/03/22/", "prev") == "/ngay/2023/03/21/"


def test_there_is_no_step_beyond_the_first_and_the_last_day(stranger):
    factories.published()
    assert step(stranger, "/ngay/2023/03/22/", "prev") is None
    assert step(stranger, "/ngay/2023/03/22/", "next") is None


@pytest.mark.parametrize("hidden", [factories.draft, factories.withdrawn])
def test_a_step_never_leads_to_news_that_nobody_may_see(stranger, hidden):
    factories.published("2023-03-22 08:00")
    article = hidden()
    type(article).objects.filter(pk=article.pk).update(published_at=factories.at("2023-03-20 08:00"))
    assert step(stranger, "/ngay/2023/03/22/", "prev") is None


# The calendar of a month


def test_the_calendar_counts_what_the_day_pages_show(stranger):
    for when in ("2023-02-28 23:59", "2023-03-01 00:00", "2023-03-22 23:30", "2023-03-23 00:30", "2023-03-31 23:59"):
        factories.published(when, category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published("2023-04-01 00:00")
    factories.published("2023-03-22 08:00", category=factories.section("Xã hội"))
    for scope in ("", "/kinh-te", "/nong-nghiep", "/xa-hoi"):
        by_day = {f"{scope}/ngay/2023/03/{day:02}/": 0 for day in range(1, 32)}
        by_day = {day: len(titles(stranger, day)) for day in by_day}
        assert counted(stranger, f"{scope}/ngay/2023/03/") == {day: count for day, count in by_day.items() if count}


@pytest.mark.parametrize(("month", "first", "last"), [("2024/02", "Thứ năm", 29), ("2023/02", "Thứ tư", 28)])
def test_a_calendar_has_the_days_of_its_month_under_their_weekdays(stranger, month, first, last):
    factories.published(f"{month.replace('/', '-')}-01 08:00")
    html = main_of(stranger, f"/ngay/{month}/")
    weekdays = re.findall(r'<th scope="col"><abbr title="(.*?)"', html)
    week = re.findall(r"<td>(.*?)</td>", html[html.index("<tbody>") :], flags=re.DOTALL)
    place = next(number for number, cell in enumerate(week) if ">1<" in cell)
    assert weekdays[place] == first
    assert [int(day) for day in re.findall(r'calendar-day">(\d+)', html)] == list(range(1, last + 1))


def test_the_steps_of_a_calendar_skip_months_without_news(stranger):
    for when in ("2010-11-22 08:00", "2023-03-22 08:00", "2025-10-22 08:00"):
        factories.published(when)
    assert step(stranger, "/ngay/2023/03/", "prev") == "/ngay/2010/11/"
    assert step(stranger, "/ngay/2023/03/", "next") == "/ngay/2025/10/"


def test_a_month_without_news_says_so(stranger):
    assert 'class="nothing"' in main_of(stranger, "/ngay/2023/03/")


@pytest.mark.parametrize("scope", ["", "/kinh-te"])
@pytest.mark.parametrize(
    "when",
    [
        *(
            "9999/99/99",
            "0000/01/01",
            "2023/02/29",
            "2023/13/01",
            "2023/00/10",
            "2023/03/00",
            "1899/12/31",
            "2201/01/01",
        ),
        *("9999/99", "0000/00", "2023/13", "1899/12", "2201/01", "٢٠٢٣/٠٣/٢٢", "2023/3/22", "2023/03/22/23"),
    ],
)
def test_an_address_of_no_day_is_not_found(stranger, scope, when):
    factories.section()
    assert stranger.get(f"{scope}/ngay/{when}/").status_code == 404


@pytest.mark.parametrize("when", ["1900/01", "2200/12", "1900/01/01", "2200/12/31"])
def test_the_outermost_days_have_pages(stranger, when):
    factories.published()
    assert stranger.get(f"/ngay/{when}/").status_code == 200


def test_the_day_of_an_unknown_section_is_not_found(stranger):
    assert stranger.get("/khong-co/ngay/2023/03/22/").status_code == 404


# The form


@pytest.mark.parametrize("text", ["2010-11-22", "22/11/2010", "22-11-2010", " 22/11/2010 ", "22.11.2010", "22112010"])
def test_the_form_leads_to_its_day(stranger, text):
    response = stranger.get("/ngay/", {"ngay": text, "muc": ""})
    assert (response.status_code, response.url) == (302, "/ngay/2010/11/22/")


def test_the_form_reads_the_day_before_the_month(stranger):
    assert stranger.get("/ngay/", {"ngay": "01/02/2026"}).url == "/ngay/2026/02/01/"


def test_the_form_leads_to_its_day_in_the_section(stranger):
    factories.section()
    assert stranger.get("/ngay/", {"ngay": "22/11/2010", "muc": "kinh-te"}).url == "/kinh-te/ngay/2010/11/22/"


def test_the_bare_address_leads_to_this_month_in_vietnam(stranger, clock):
    clock(factories.at("2023-04-01 00:30"))  # still 31 March in London
    assert stranger.get("/ngay/").url == "/ngay/2023/04/"


@pytest.mark.parametrize(
    "text",
    ["32/13/2010", "hôm qua", "0000-01-01", "9999-99-99", "29/02/2023", "2010-11-22T00:00", "<b>x</b>", "1899-12-31"],
)
def test_what_is_no_day_is_refused_with_the_words_typed(stranger, text):
    response = stranger.get("/ngay/", {"ngay": text})
    html = response.content.decode()
    assert response.status_code == 400
    assert text.replace("<", "&lt;").replace(">", "&gt;") in re.search(r'role="alert">(.*?)</p>', html)[1]
    assert 'class="archive-form"' in html
    assert 'aria-invalid="true"' in html


def test_a_section_without_a_day_leads_to_its_calendar(stranger, clock):
    clock(factories.at("2023-04-01 00:30"))
    factories.section()
    assert stranger.get("/ngay/", {"ngay": "", "muc": "kinh-te"}).url == "/kinh-te/ngay/2023/04/"


def test_an_unknown_section_is_refused_and_the_day_is_kept(stranger):
    response = stranger.get("/ngay/", {"ngay": "22/11/2010", "muc": "khong-co"})
    html = response.content.decode()
    assert response.status_code == 400
    assert "khong-co" in re.search(r'role="alert">(.*?)</p>', html)[1]
    assert 'value="22/11/2010"' in html


def test_the_form_of_a_section_begins_with_this_section_and_offers_all(stranger):
    factories.section()
    html = stranger.get("/kinh-te/").content.decode()
    form = html[html.index('class="archive-form"') :]
    assert re.findall(r'<option value="([^"]*)"( selected)?>', form)[:2] == [("kinh-te", " selected"), ("", "")]


def test_the_form_of_the_front_page_offers_every_section(stranger):
    factories.subsection("Nông nghiệp", "Kinh tế")
    html = stranger.get("/").content.decode()
    form = html[html.index('class="archive-form"') :]
    assert re.findall(r'<option value="([^"]*)"', form) == ["", "kinh-te", "nong-nghiep"]


def test_the_form_of_a_day_shows_that_day_and_elsewhere_today(stranger, clock):
    clock(factories.at("2024-05-06 08:00"))
    assert 'value="22/11/2010"' in stranger.get("/ngay/2010/11/22/").content.decode()
    assert 'value="06/05/2024"' in stranger.get("/").content.decode()


def test_a_day_of_old_news_far_from_the_archive_breaks_no_step(stranger):
    """Rows that a raw import dated in the year 210, which the desk and the importer refuse."""
    factories.published("2023-03-22 08:00")
    old = factories.published("2020-01-01 08:00")
    type(old).objects.filter(pk=old.pk).update(published_at=factories.at("0210-11-22 08:00"))
    assert stranger.get("/ngay/2023/03/22/").status_code == 200
    assert step(stranger, "/ngay/2023/03/22/", "prev") is None
    assert date(210, 11, 22) < days.FIRST_DAY
