"""The Vietnamese lunar calendar.

A month begins on the day of the new moon; month 11 holds the winter solstice; when thirteen months begin between two
solstices, the first that the sun passes without reaching a multiple of 30 degrees (trung khí) repeats the number before
it. What sets Vietnam apart from China is the meridian by which a day is meant: UTC+7 since 1968 (decision 121-CP of
8 August 1967), before that the Chinese one. So Tết of 1968, 1985, 2007 and 2030 falls on a day of its own.

Sources: Jean Meeus, "Astronomical Algorithms", 2nd edition, chapter 49 (new moons, good to seconds) and chapter 25 (the
sun's longitude, good to 0.01 degrees: a quarter of an hour). ΔT after 2025 is an estimate.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import floor, radians, sin

from django.utils.translation import gettext, pgettext, pgettext_lazy

STEMS = (
    pgettext_lazy("heavenly stem", "Jia"), pgettext_lazy("heavenly stem", "Yi"),
    pgettext_lazy("heavenly stem", "Bing"), pgettext_lazy("heavenly stem", "Ding"),
    pgettext_lazy("heavenly stem", "Wu"), pgettext_lazy("heavenly stem", "Ji"),
    pgettext_lazy("heavenly stem", "Geng"), pgettext_lazy("heavenly stem", "Xin"),
    pgettext_lazy("heavenly stem", "Ren"), pgettext_lazy("heavenly stem", "Gui"),
)  # fmt: skip
BRANCHES = (
    pgettext_lazy("earthly branch", "Zi"), pgettext_lazy("earthly branch", "Chou"),
    pgettext_lazy("earthly branch", "Yin"), pgettext_lazy("earthly branch", "Mao"),
    pgettext_lazy("earthly branch", "Chen"), pgettext_lazy("earthly branch", "Si"),
    pgettext_lazy("earthly branch", "Wu"), pgettext_lazy("earthly branch", "Wei"),
    pgettext_lazy("earthly branch", "Shen"), pgettext_lazy("earthly branch", "You"),
    pgettext_lazy("earthly branch", "Xu"), pgettext_lazy("earthly branch", "Hai"),
)  # fmt: skip

JD_OF_ORDINAL_0 = 1721424.5  # the Julian date at which the day date.fromordinal(0) would begin in UTC
JD_1968 = 2439855.833  # 1 January 1968, 08:00 in Vietnam: no new moon and no solar term is near
LUNATION = 29.530588861
FIRST_NEW_MOON = 2451550.09766  # that of 6 January 2000, Meeus' number 0
SOLSTICE = 9  # the twelfth of the sun's way that begins with the winter solstice, at 270 degrees

# Seconds by which even time runs ahead of the earth's turning.
_DELTA_T = [(1900, -3), (1910, 10), (1920, 21), (1930, 24), (1940, 24), (1950, 29), (1960, 33), (1970, 40), (1980, 51),
            (1990, 57), (2000, 64), (2010, 66), (2025, 69), (2050, 80), (2100, 125), (2200, 300)]  # fmt: skip

# (days, of M, of M', of F, power of E) of chapter 49, new moon
_MOON = [
    (-0.40720, 0, 1, 0, 0), (0.17241, 1, 0, 0, 1), (0.01608, 0, 2, 0, 0), (0.01039, 0, 0, 2, 0), (0.00739, -1, 1, 0, 1),
    (-0.00514, 1, 1, 0, 1), (0.00208, 2, 0, 0, 2), (-0.00111, 0, 1, -2, 0), (-0.00057, 0, 1, 2, 0),
    (0.00056, 1, 2, 0, 1), (-0.00042, 0, 3, 0, 0), (0.00042, 1, 0, 2, 1), (0.00038, 1, 0, -2, 1),
    (-0.00024, -1, 2, 0, 1), (-0.00007, 2, 1, 0, 0), (0.00004, 0, 2, -2, 0), (0.00004, 3, 0, 0, 0),
    (0.00003, 1, 1, -2, 0), (0.00003, 0, 2, 2, 0), (-0.00003, 1, 1, 2, 0), (0.00003, -1, 1, 2, 0),
    (-0.00002, -1, 1, -2, 0), (-0.00002, 1, 3, 0, 0), (0.00002, 0, 4, 0, 0),
]  # fmt: skip
# (days, degrees at k = 0, degrees a lunation) of chapter 49, planets
_PLANETS = [
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
]  # fmt: skip


@dataclass(frozen=True)
class LunarDay:
    day: int
    month: int
    is_leap: bool
    year: int


def of(day):
    """The lunar date of a date from 1900 to 2200."""
    year = day.year if day >= new_year(day.year) else day.year - 1
    months = _months(year)
    start, number, is_leap = months[bisect_right(months, day.toordinal(), key=lambda month: month[0]) - 1]
    return LunarDay(day.toordinal() - start + 1, number, is_leap, year)


def new_year(year):
    """The date of Tết."""
    return date.fromordinal(_months(year)[0][0])


def year_name(year):
    """'Ất Tỵ' of 2025."""
    names = {"stem": STEMS[(year - 4) % 10], "branch": BRANCHES[(year - 4) % 12]}
    return pgettext("lunar year", "%(stem)s %(branch)s") % names


def line(day):
    """'mùng 2 tháng 9 năm Ất Tỵ'."""
    found = of(day)
    words = {"day": _day_name(found.day), "month": _month_name(found), "year": year_name(found.year)}
    return gettext("%(day)s, %(month)s, year %(year)s") % words


def _day_name(day):
    if day == 15:
        return pgettext("lunar day", "full moon")
    early = pgettext("lunar day", "day %(day)s of the first ten")
    return (early if day <= 10 else pgettext("lunar day", "day %(day)s")) % {"day": day}


def _month_name(found):
    if found.is_leap:
        return gettext("leap month %(month)s") % {"month": found.month}
    names = {1: pgettext("lunar month", "first month"), 12: pgettext("lunar month", "last month")}
    return names.get(found.month) or pgettext("lunar month", "month %(month)s") % {"month": found.month}


@lru_cache(maxsize=512)
def _months(year):
    """[(ordinal of the first day, number, whether it is the leap month)] of a lunar year, month 1 first."""
    months = [month for month in _between_solstices(year) if month[1] < 11]
    return months + [month for month in _between_solstices(year + 1) if month[1] >= 11]


@lru_cache(maxsize=512)
def _between_solstices(year):
    """The months from number 11 of the year before to number 10 of `year`, each with its leap month."""
    first, last = _november(year - 1), _november(year)
    starts = [_new_moon(k) for k in range(first, last + 1)]
    has_leap = last - first == 13
    found, number = [], 10
    for start, following in zip(starts, starts[1:], strict=False):
        is_leap = has_leap and _sign(start) == _sign(following)
        has_leap = has_leap and not is_leap  # one leap month, however many lack a solar term
        number = number if is_leap else number % 12 + 1
        found.append((start, number, is_leap))
    return found


def _november(year):
    """Meeus' number of the new moon that begins month 11: the last day that begins before the winter solstice."""
    k = floor((date(year, 12, 31).toordinal() + JD_OF_ORDINAL_0 - FIRST_NEW_MOON) / LUNATION) + 1
    while _sign(_new_moon(k)) >= SOLSTICE:
        k -= 1
    return k


def _new_moon(k):
    """The ordinal of the day in Vietnam on which new moon number k falls."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2 - 0.00000011 * t**3
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3 - 0.000000058 * t**4
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3 + 0.000000011 * t**4
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2 + 0.00000215 * t**3
    moment = FIRST_NEW_MOON + LUNATION * k + 0.00015437 * t**2 - 0.00000015 * t**3 + 0.00000000073 * t**4
    moment += sum(days * e**power * _sin(m * sun + n * moon + f * latitude) for days, m, n, f, power in _MOON)
    moment += sum(days * _sin(start + rate * k) for days, start, rate in _PLANETS)
    moment -= 0.00017 * _sin(node)
    moment -= _delta_t(moment)
    return floor(moment + _offset(moment) - JD_OF_ORDINAL_0)


def _sign(ordinal):
    """Which twelfth of its way the sun is in when a day begins in Vietnam: 0 from the March equinox on."""
    moment = ordinal + JD_OF_ORDINAL_0
    moment -= _offset(moment)
    t = (moment + _delta_t(moment) - 2451545.0) / 36525
    anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t
    centre = (1.914602 - 0.004817 * t - 0.000014 * t * t) * _sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * _sin(2 * anomaly) + 0.000289 * _sin(3 * anomaly)
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre
    apparent = longitude - 0.00569 - 0.00478 * _sin(125.04 - 1934.136 * t)
    return floor(apparent / 30) % 12


def _sin(degrees):
    return sin(radians(degrees % 360))


def _offset(moment):
    """The part of a day by which the calendar's meridian is ahead of UTC."""
    return (7 if moment >= JD_1968 else 8) / 24


def _delta_t(moment):
    """ΔT in days, on straight lines between the known years."""
    year = 2000 + (moment - 2451545.0) / 365.25
    place = min(max(bisect_right(_DELTA_T, year, key=lambda row: row[0]), 1), len(_DELTA_T) - 1)
    (year_a, a), (year_b, b) = _DELTA_T[place - 1 : place + 1]
    return (a + (b - a) * (year - year_a) / (year_b - year_a)) / 86400
