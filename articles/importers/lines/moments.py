"""Dates and times as pages and people write them. What is out of the archive's range, or no date, is no date."""

import re
from datetime import UTC, datetime, time, timedelta, timezone

from django.utils.translation import gettext as _

from articles import days

_TIME = r"(?P<hour>\d{1,2})(?::|h|g|\.)(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>AM|PM|SA|CH)?\b"
_DAY_FIRST = r"(?P<day>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4})"
_IN_WORDS = r"ngày\s+(?P<wday>\d{1,2})\s+tháng\s+(?P<wmonth>\d{1,2})\s+năm\s+(?P<wyear>\d{4})"
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?", re.I
)
_WRITTEN = re.compile(rf"(?<![\d/.-])(?:{_DAY_FIRST}|{_IN_WORDS})(?![\d/])", re.I)
_CLOCK = re.compile(rf"(?<![\d:]){_TIME}", re.I)

# A line that is a date and nothing else: weekday, label, time and zone may stand around it.
_FURNITURE = re.compile(
    r"(?:thứ|chủ)\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|nhật|[2-7])|ngày\s+đăng|đăng\s+(?:lúc|ngày)|cập\s+nhật|xuất\s+bản"
    r"|ngày|lúc|giờ|vào|hà\s+nội|việt\s+nam|gmt|utc|[+-]\s?0?7(?::?00)?|[\s,:;|()\[\]–—•/-]",
    re.I,
)


def parse(text):
    """An aware datetime from '22/11/2010', '22/11/2010 09:30' or ISO 8601, or ValueError with a message."""
    text = text.strip()
    found = from_iso(text) if _ISO.fullmatch(text) else None
    if not found and _is_whole(text):
        found = from_text(text)
    if not found:
        raise ValueError(_why_not(text))
    return found


def _why_not(text):
    first, last = days.FIRST_DAY.year, days.LAST_YEAR
    year = _year(text)
    if year is not None and not first <= year <= last:
        message = _("“%(text)s” is outside the archive, which holds the years %(first)s to %(last)s.")
        return message % {"text": text, "first": first, "last": last}
    return _("“%(text)s” is no date: write 22/11/2010, 22/11/2010 09:30 or 2010-11-22.") % {"text": text}


def _year(text):
    """The year of what is written like a date, be there such a day or not; None when it is not."""
    if match := _ISO.fullmatch(text):
        return int(match[1])
    match = _WRITTEN.search(text) if _is_whole(text) else None
    return int(match["year"] or match["wyear"]) if match else None


def from_iso(text):
    """An aware datetime from ISO 8601, in Vietnam's time when it names no zone; None when it is none."""
    match = _ISO.match(text.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    return _moment((year, month, day), (hour, minute, second), zone)


def from_text(text):
    """The first day in Vietnamese writing, with the time that stands nearest; None when there is none."""
    match = _WRITTEN.search(text)
    if not match:
        return None
    date = (match["year"] or match["wyear"], match["month"] or match["wmonth"], match["day"] or match["wday"])
    return _moment(date, _clock(text[match.end() :]) or _clock(text[: match.start()]))


def is_date_line(text):
    """'Thứ tư, 22/10/2025, 19:25 (GMT+7)' is; 'Sáng 22/3/2023, UBND huyện …' is not."""
    return len(text) < 80 and _is_whole(text) and from_text(text) is not None


def _is_whole(text):
    rest = _CLOCK.sub("", _WRITTEN.sub("", text, count=1), count=1)
    return _WRITTEN.search(text) is not None and not _FURNITURE.sub("", rest)


def _clock(text):
    match = _CLOCK.search(text)
    if not match:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").upper()
    if half in {"PM", "CH"} and hour < 12:
        hour += 12
    return (0 if half in {"AM", "SA"} and hour == 12 else hour, match["minute"], match["second"])


def _zone(text):
    if not text:
        return days.VIETNAM
    if text.upper() in {"Z", "UTC"}:
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)  # ValueError for a day and more


def _moment(date, clock, zone=None):
    try:
        hour, minute, second = (int(part or 0) for part in clock or (0, 0, 0))
        return datetime.combine(days.make(*date), time(hour, minute, second), tzinfo=_zone(zone))
    except ValueError:
        return None
