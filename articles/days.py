"""The newsroom's days: they begin at midnight in Vietnam (UTC+7, no summer time since 1975), not in UTC."""

import re
from calendar import isleap
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(1900, 1, 1)
LAST_YEAR = 2200  # far enough for any schedule, near enough that no arithmetic overflows

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SHORT_WEEKDAYS = (
    *(pgettext_lazy("short weekday", "Mon"), pgettext_lazy("short weekday", "Tue")),
    *(pgettext_lazy("short weekday", "Wed"), pgettext_lazy("short weekday", "Thu")),
    *(pgettext_lazy("short weekday", "Fri"), pgettext_lazy("short weekday", "Sat")),
    pgettext_lazy("short weekday", "Sun"),
)

_ISO = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
_VIETNAMESE = re.compile(r"(?P<d>[0-9]{1,2})[/. -](?P<m>[0-9]{1,2})[/. -](?P<y>[0-9]{4})")
_DIGITS = re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})")  # a phone's keys for digits have no slash


def of(moment):
    """The day in Vietnam of an aware datetime."""
    return moment.astimezone(VIETNAM).date()


def moment_text(text):
    """A moment in ISO, as a document keeps it, the way the newspaper writes it: 14:03 22/11/2010."""
    return f"{datetime.fromisoformat(text).astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def today():
    return of(timezone.now())


def start(day):
    """The aware moment at which `day` begins in Vietnam."""
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def bounds(first, last=None):
    """[start of `first`, start of the day after `last`), aware; one day when `last` is left out."""
    return start(first), start((last or first) + timedelta(days=1))


def whole_month(day):
    """The first and the last day of a day's month."""
    return day.replace(day=1), next_month(day) - timedelta(days=1)


def month_bounds(first):
    """The same for the whole month that `first`, its first day, opens."""
    return start(first), start(next_month(first))


def next_month(first):
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1)


def year_bounds(first):
    """The same for the whole year that `first`, its first day, opens."""
    return start(first), start(date(first.year + 1, 1, 1))


def in_earlier_years(day, years):
    """The same day of the `years` years before that the archive can hold, the newest first; 29 February is rare."""
    found = []
    for year in range(day.year - 1, max(day.year - years, FIRST_DAY.year) - 1, -1):
        if day.month != 2 or day.day != 29 or isleap(year):
            found.append(day.replace(year=year))
    return found


def make(year, month, day=1):
    """A date the archive can hold, or ValueError: 9999-99-99, 31 February, the year 0."""
    found = date(int(year), int(month), int(day))
    if found < FIRST_DAY or found.year > LAST_YEAR:
        raise ValueError(f"{found} is outside the archive")
    return found


def holds(moment):
    """Whether an aware datetime falls on a day of the archive."""
    return start(FIRST_DAY) <= moment < start(date(LAST_YEAR + 1, 1, 1))


def parse(text):
    """'2010-11-22', '22/11/2010' or '22112010' as a date, or ValueError."""
    text = text.strip()
    match = _ISO.fullmatch(text) or _VIETNAMESE.fullmatch(text) or _DIGITS.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date")
    return make(match["y"], match["m"], match["d"])


def day_line(day):
    """'Thứ tư, 22/10/2025'."""
    return gettext("%(weekday)s, %(date)s") % {"weekday": WEEKDAYS[day.weekday()], "date": f"{day:%d/%m/%Y}"}


def date_line(moment):
    """'Thứ tư, 22/10/2025, 19:25 (GMT+7)', the line Vietnamese readers look for."""
    local = moment.astimezone(VIETNAM)
    return f"{day_line(local)}, {local:%H:%M} (GMT+7)"
