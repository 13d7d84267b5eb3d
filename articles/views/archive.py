"""The news of a day, in one section or in all of them."""

import calendar

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import days
from articles.models import Article

from . import page, paging

DAY_SIZE = 60  # a busy provincial paper publishes about 50 stories a day


@require_safe
def choose(request):
    """Where the archive form leads: the day's own address, or the form again with what is wrong."""
    text, slug = request.GET.get("ngay", "").strip(), request.GET.get("muc", "")
    if not text and not slug:
        today = days.today()
        return redirect("archive-month", f"{today:%Y}", f"{today:%m}")
    section = page.sections(request).by_slug.get(slug)
    try:
        day = days.parse(text)
    except ValueError:
        return _refuse(request, section, _("“%(text)s” is not a date. Write it like 22/11/2010.") % {"text": text[:40]})
    if slug and not section:
        return _refuse(request, None, _("There is no section “%(slug)s”.") % {"slug": slug[:40]}, day)
    return redirect(day_url(day, section))


def _refuse(request, section, message, day=None):
    context = {"error": message, "archive_day": day}
    return page.render(request, "articles/archive_refused.html", context, section=section, status=400)


@require_safe
def day(request, year, month, day, section=None):
    day, section, articles = _scope(request, section, year, month, day)
    begin, end = days.bounds(day)
    older, newer = _neighbours(articles, begin, end)
    context = {
        "page": paging.keyset(request, articles.on(day), DAY_SIZE),
        "archive_day": day,
        "older": older and (older, day_url(older, section)),
        "newer": newer and (newer, day_url(newer, section)),
        "all_sections_url": section and day_url(day, None),
        "month_url": month_url(day, section),
    }
    return page.render(request, "articles/archive_day.html", context, section=section)


@require_safe
def month(request, year, month, section=None):
    first, section, articles = _scope(request, section, year, month)
    begin, end = days.month_bounds(first)
    counts = dict(
        articles.filter(published_at__gte=begin, published_at__lt=end)
        .order_by()
        .values_list(TruncDate("published_at", tzinfo=days.VIETNAM))
        .annotate(Count("pk"))
    )
    older, newer = _neighbours(articles, begin, end)
    context = {
        "first": first,
        "weeks": _weeks(first, counts, section),
        "total": sum(counts.values()),
        "weekdays": days.WEEKDAYS,
        "older": older and (older, month_url(older, section)),
        "newer": newer and (newer, month_url(newer, section)),
        "all_sections_url": section and month_url(first, None),
    }
    return page.render(request, "articles/archive_month.html", context, section=section)


def _scope(request, slug, year, month, day=1):
    """(the day, its section or None, the articles in scope), or 404."""
    try:
        day = days.make(year, month, day)
    except ValueError as error:
        raise Http404(str(error)) from error
    section = page.get_section(request, slug) if slug else None
    articles = Article.objects.published()
    if section:
        articles = articles.filter(category__in=page.sections(request).family(section))
    return day, section, articles


def _neighbours(articles, begin, end):
    """The last day before a span that has news, and the first after it; None where there is none."""
    times = articles.order_by("published_at").values_list("published_at", flat=True)
    times = times.filter(published_at__gte=days.start(days.FIRST_DAY))
    before, after = times.filter(published_at__lt=begin).last(), times.filter(published_at__gte=end).first()
    return before and days.of(before), after and days.of(after)


def _weeks(first, counts, section):
    """Rows of (day, count, address or None); None for the days of other months."""
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [[_cell(day, first, counts.get(day, 0), section) for day in week] for week in weeks]


def _cell(day, first, count, section):
    if day.month != first.month:
        return None
    return day, count, day_url(day, section) if count else None


def day_url(day, section):
    parts = [f"{day:%Y}", f"{day:%m}", f"{day:%d}"]
    name = "section-archive-day" if section else "archive-day"
    return reverse(name, args=[section.slug, *parts] if section else parts)


def month_url(day, section):
    parts = [f"{day:%Y}", f"{day:%m}"]
    name = "section-archive-month" if section else "archive-month"
    return reverse(name, args=[section.slug, *parts] if section else parts)


def year(request, year, section=None):
    raise Http404
