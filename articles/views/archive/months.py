"""The calendars: how many stories each day has, and where it leads."""

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

LEVELS = 4  # steps from a quiet day to the busiest one shown


@dataclass(frozen=True)
class Cell:
    day: date
    number: str  # of the day; as words, since a calendar has too many of them to be put into a language one by one
    count: int
    unit: str  # "article" or "articles"
    level: int  # 0 without news, else 1 to LEVELS
    url: str  # '' without news
    is_current: bool


@dataclass(frozen=True)
class Month:
    first: date
    total: int
    url: str  # '' without news
    weeks: list  # of seven cells; None for the days of other months

    @property
    def name(self):
        return month_name(self.first)

    @property
    def name_of_year(self):
        return year_name(self.first)

    @property
    def said(self):
        """ "1.204 articles"."""
        return ngettext("%(count)s article", "%(count)s articles", self.total) % {"count": localize(self.total)}


def month_name(day):
    return _("Month %(month)s") % {"month": f"{day.month}/{day.year}"}


def year_name(day):
    return _("Year %(year)s") % {"year": f"{day.year}"}


def month(first, counted, scope, current=None):
    """The calendar of the month that `first` opens, with `current` marked in it."""
    busiest = max(counted.values(), default=0)
    units = {number: npgettext("calendar", "article", "articles", number) for number in set(counted.values())}

    def cell(day):
        if day.month != first.month:
            return None
        count = counted.get(day, 0)
        level = -(-count * LEVELS // busiest) if count else 0
        url = scope.day_url(day) if count else ""
        return Cell(day, str(day.day), count, units.get(count, ""), level, url, day == current)

    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    total = sum(count for day, count in counted.items() if (day.year, day.month) == (first.year, first.month))
    return Month(first, total, scope.month_url(first) if total else "", [[cell(day) for day in week] for week in weeks])


def year(first, counted, scope):
    return [month(first.replace(month=number), counted, scope) for number in range(1, 13)]
