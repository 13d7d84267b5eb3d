from datetime import UTC, date, datetime

import pytest

from articles import days
from tests import factories


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2010-11-22", date(2010, 11, 22)),
        ("22/11/2010", date(2010, 11, 22)),
        ("22-11-2010", date(2010, 11, 22)),
        ("22.11.2010", date(2010, 11, 22)),
        ("22 11 2010", date(2010, 11, 22)),
        ("22112010", date(2010, 11, 22)),  # a phone's keys for digits have no slash
        (" 2/1/2026 ", date(2026, 1, 2)),
        ("01/02/2026", date(2026, 2, 1)),  # 1 February: the day comes first in Vietnam
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_as_vietnam_writes_it(text, day):
    assert days.parse(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "hôm qua", "22/11", "22/11/10", "2010/11/22", "31/02/2023", "29/02/2023", "00/00/0000"),
        *("0000-01-01", "9999-99-99", "9999-12-31", "1899-12-31", "2201-01-01", "22/11/2010 08:00", "2010-11-22\x00"),
        *("20101122", "2211210", "31022023"),
        *("２０１０-１１-２２", "٢٠١٠-١١-٢٢", "-2010-11-22", "1" * 5000, "2010-11-22; DROP TABLE"),
    ],
)
def test_what_is_no_day_of_the_archive_is_refused(text):
    with pytest.raises(ValueError, match=r"no date|outside|month|day|year|range"):
        days.parse(text)


@pytest.mark.parametrize(("clock", "day"), [("16:59:59", 21), ("17:00:00", 22)])
def test_a_day_begins_at_midnight_in_vietnam(clock, day):
    assert days.of(datetime.fromisoformat(f"2023-03-21 {clock}").replace(tzinfo=UTC)) == date(2023, 3, day)


def test_the_bounds_of_a_day_are_its_two_midnights():
    begin, end = days.bounds(date(2023, 3, 22))
    assert (begin, end) == (factories.at("2023-03-22"), factories.at("2023-03-23"))


@pytest.mark.parametrize(
    ("month", "following"), [((2023, 12), (2024, 1)), ((2024, 1), (2024, 2)), ((2024, 2), (2024, 3))]
)
def test_a_month_ends_where_the_next_begins(month, following):
    assert days.month_bounds(date(*month, 1))[1] == days.start(date(*following, 1))


def test_the_outermost_days_of_the_archive_have_bounds_too():
    assert days.bounds(days.FIRST_DAY)[0].year == 1900
    assert days.bounds(days.make(days.LAST_YEAR, 12, 31))[1].year == 2201


@pytest.mark.parametrize(
    ("moment", "held"),
    [("1899-12-31 23:59", False), ("1900-01-01 00:00", True), ("2200-12-31 23:59", True), ("2201-01-01 00:00", False)],
)
def test_the_archive_holds_the_moments_of_its_days(moment, held):
    assert days.holds(factories.at(moment)) is held


def test_the_last_moment_of_all_is_outside_and_does_not_overflow():
    assert not days.holds(datetime.max.replace(tzinfo=UTC))


def test_the_line_of_a_moment_is_the_one_readers_look_for():
    moment = datetime(2025, 10, 22, 12, 25, 52, tzinfo=UTC)
    assert days.date_line(moment) == "Thứ tư, 22/10/2025, 19:25 (GMT+7)"


def test_the_week_has_its_seven_newspaper_names():
    week = ["Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"]
    assert [days.day_line(date(2010, 11, 22 + number)).split(",")[0] for number in range(7)] == week


def test_a_year_ends_where_the_next_begins():
    begin, end = days.year_bounds(date(2023, 1, 1))
    assert (begin, end) == (factories.at("2023-01-01"), factories.at("2024-01-01"))


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (date(2023, 3, 22), [date(2022, 3, 22), date(2021, 3, 22), date(2020, 3, 22)]),
        (date(2024, 2, 29), []),
        (date(2023, 2, 28), [date(2022, 2, 28), date(2021, 2, 28), date(2020, 2, 28)]),
        (date(1902, 5, 1), [date(1901, 5, 1), date(1900, 5, 1)]),
        (date(1900, 5, 1), []),
    ],
)
def test_the_same_day_of_earlier_years_begins_with_the_archive(day, earlier):
    assert days.in_earlier_years(day, 3) == earlier


def test_the_29th_of_february_has_earlier_years_too():
    assert days.in_earlier_years(date(2024, 2, 29), 8) == [date(2020, 2, 29), date(2016, 2, 29)]
