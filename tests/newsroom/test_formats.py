"""Dates and numbers as Vietnam writes and reads them."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats

DAY = date(2010, 11, 22)


def rendered(template, **context):
    return Template("{% load l10n %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234567.5, "1.234.567,5"), (1707, "1.707"), (2.5, "2,5"), (-1234567, "-1.234.567"), (999, "999"), (0, "0")],
)
def test_numbers_are_grouped_by_dots_and_broken_by_a_comma(value, shown):
    assert rendered("{{ value }}", value=value) == shown


@pytest.mark.parametrize(
    ("template", "shown"),
    [("{{ day }}", "22/11/2010"), ('{{ day|date:"SHORT_DATE_FORMAT" }}', "22/11/2010"),
     ('{{ day|date:"YEAR_MONTH_FORMAT" }}', "tháng 11/2010"), ('{{ day|date:"MONTH_DAY_FORMAT" }}', "22/11")],
)  # fmt: skip
def test_days_are_shown_day_first(template, shown):
    assert rendered(template, day=DAY) == shown


def test_moments_are_shown_in_vietnams_time():
    moment = datetime(2025, 10, 22, 12, 25, tzinfo=UTC)
    assert rendered("{{ moment }}", moment=moment) == "19:25 22/10/2025"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/2026", date(2026, 2, 1)),
        ("22/11/2010", DAY),
        ("22-11-2010", DAY),
        ("2010-11-22", DAY),
        ("1/2/2026", date(2026, 2, 1)),
    ],
)
def test_a_form_reads_the_day_first(text, day):
    assert forms.DateField(localize=True).clean(text) == day


@pytest.mark.parametrize("text", ["13/13/2026", "02/30/2026", "31/02/2026", "22/11/10"])
def test_a_form_refuses_what_is_no_day(text):
    with pytest.raises(forms.ValidationError):
        forms.DateField(localize=True).clean(text)


@pytest.mark.parametrize("text", ["22/10/2025 19:25", "22/10/2025 19:25:00", "2025-10-22 19:25"])
def test_a_form_reads_a_moment_in_vietnams_time(text):
    found = forms.DateTimeField(localize=True).clean(text)
    assert found.astimezone(UTC) == datetime(2025, 10, 22, 12, 25, tzinfo=UTC)


def test_a_form_shows_again_what_it_reads():
    shown = formats.localize_input(datetime(2025, 10, 22, 19, 25))  # noqa: DTZ001 (as a widget gets it)
    assert formats.localize_input(DAY) == "22/11/2010"
    assert formats.localize_input(time(7, 5)) == "07:05"
    assert forms.DateTimeField(localize=True).clean(shown).minute == 25


@pytest.mark.parametrize(("text", "number"), [("1.234.567,5", 1234567.5), ("2,5", 2.5)])
def test_a_form_reads_numbers_as_they_are_shown(text, number):
    assert forms.FloatField(localize=True).clean(text) == number


def test_the_week_begins_on_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
