"""The Vietnamese lunar calendar, against dates that are known from printed calendars."""

from datetime import date, timedelta

import pytest

from articles import lunar

# Where the Chinese calendar has another day: 1968 (30 January), 1985 (20 February), 2007 (18), 2030 (3 February).
TET = [
    *("1900-01-31", "1920-02-20", "1930-01-30", "1945-02-13", "1960-01-28", "1967-02-09", "1968-01-29", "1975-02-11"),
    *("1985-01-21", "2000-02-05", "2007-02-17", "2010-02-14", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01"),
    *("2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2030-02-02"),
]
LEAP_MONTHS = {1985: 2, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6,
               2028: 5, 2033: 11}  # fmt: skip
CENTURIES = (date(1900, 1, 1), date(2200, 12, 31))


def every_day(first, last):
    return (first + timedelta(number) for number in range((last - first).days + 1))


@pytest.mark.parametrize("day", TET)
def test_tet_falls_on_the_day_that_calendars_print(day):
    day = date.fromisoformat(day)
    assert lunar.new_year(day.year) == day
    assert lunar.of(day) == lunar.LunarDay(1, 1, False, day.year)


@pytest.mark.parametrize("year", LEAP_MONTHS)
def test_the_leap_month_follows_the_month_that_calendars_print(year):
    begin, end = lunar.new_year(year), lunar.new_year(year + 1)
    found = {lunar.of(day).month for day in every_day(begin, end) if lunar.of(day).is_leap}
    assert found == {LEAP_MONTHS[year]}


@pytest.mark.parametrize("year", [2011, 2019, 2022, 2024, 2026])
def test_a_year_of_twelve_months_has_no_leap_month(year):
    assert not any(lunar.of(day).is_leap for day in every_day(lunar.new_year(year), lunar.new_year(year + 1)))


def test_for_three_centuries_each_day_follows_the_one_before():
    """Months of 29 or 30 days, each number followed by its leap month or by the next, and 12 by the next year's 1."""
    before = lunar.of(CENTURIES[0] - timedelta(1))
    wrong = []
    for day in every_day(*CENTURIES):
        after = lunar.of(day)
        if after.day != 1:
            follows = after == lunar.LunarDay(before.day + 1, before.month, before.is_leap, before.year)
        elif after.is_leap:
            follows = before.day in {29, 30} and (after.month, after.year) == (before.month, before.year)
        else:
            year = before.year + (before.month == 12)
            follows = before.day in {29, 30} and (after.month, after.year) == (before.month % 12 + 1, year)
        wrong += [] if follows else [(day, before, after)]
        before = after
    assert wrong == []


@pytest.mark.parametrize(("year", "place"), [(1984, 0), (2020, 36), (2025, 41), (2026, 42)])
def test_a_year_is_called_by_its_place_in_the_cycle_of_sixty(year, place):
    assert lunar.year_name(year) == f"{lunar.STEMS[place % 10]} {lunar.BRANCHES[place % 12]}"
    assert lunar.year_name(year) == lunar.year_name(year - 60)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2025, 10, 22), "mùng 2 tháng 9 năm Ất Tỵ"),
        (date(2025, 8, 3), "mùng 10 tháng 6 nhuận năm Ất Tỵ"),
        (date(2024, 2, 24), "rằm tháng Giêng năm Giáp Thìn"),
        (date(2025, 1, 22), "ngày 23 tháng Chạp năm Giáp Thìn"),
        (date(2023, 1, 22), "mùng 1 tháng Giêng năm Quý Mão"),
    ],
)
def test_the_line_is_worded_as_vietnam_says_it(day, line):
    assert lunar.line(day) == line
