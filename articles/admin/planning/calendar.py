"""The calendar: a week or a month with its anniversaries, assignments and scheduled articles."""

from datetime import timedelta

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import days
from articles.editorial import planning

WEEK = timedelta(days=6)


def show(request, screen):
    """The page of ?tuan=2026-11-23 (any day of the week) or ?thang=2026-11; a bad address shows this week."""
    month = _month(request.GET.get("thang", ""))
    first, last = _span_of_month(month) if month else _span_of_week(request.GET.get("tuan", ""))
    today = days.today()
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Calendar"),
        "opts": screen.opts,
        "days": planning.plan(request.user, first, last),
        "first": first,
        "last": last,
        "is_month": bool(month),
        "offset": first.weekday() if month else 0,
        "weekdays": days.WEEKDAYS,
        "before": _address(first - timedelta(days=1), month),
        "after": _address(last + timedelta(days=1), month),
        "week": _address(today if first <= today <= last else first, None),
        "month": _address(first, first),
        "today": _address(today, month),
        "may_add": screen.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/articles/assignment/calendar.html", context)


def _span_of_week(text):
    day = _day(text)
    monday = day - timedelta(days=day.weekday())
    return monday, monday + WEEK


def _span_of_month(first):
    return first, days.next_month(first) - timedelta(days=1)


def _day(text):
    try:
        return days.parse(text)
    except ValueError:
        return days.today()


def _month(text):
    """The first day of '2026-11'; None for everything else."""
    year, _dash, month = text.partition("-")
    try:
        return days.make(year, month) if text.isascii() and len(text) <= len("2026-11") else None
    except ValueError:
        return None


def _address(day, is_month):
    """The calendar with a day on it; None beyond the years that the archive holds."""
    if day < days.FIRST_DAY or day.year > days.LAST_YEAR:
        return None
    words = f"thang={day:%Y-%m}" if is_month else f"tuan={day:%Y-%m-%d}"
    return f"{reverse('admin:articles_assignment_calendar')}?{words}"
