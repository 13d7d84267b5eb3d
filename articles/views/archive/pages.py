from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import day_paths, days
from articles.models import lists as newest
from articles.pagecache import tags

from .. import page, paging
from . import lists, months, scope

DAY_SIZE = 60  # a busy provincial paper publishes about 50 stories a day


@require_safe
def day(request, year, month, day, section=None):
    day, here = scope.read(request, section, year, month, day)
    sections = page.sections(request)
    has_groups = not here.section or bool(sections.children(here.section))
    is_grouped = here.is_by_section and has_groups
    found = _Day(
        counted=(counted := here.count(request, *days.whole_month(day))),
        earlier_years=list(lists.in_earlier_years(request, day, here)),
        steps=scope.neighbours(here, counted, day, day),
        groups=lists.by_section(day, here, sections) if is_grouped else [],
        page=None if is_grouped else paging.keyset(request, newest.Newest(here.section, day=day), DAY_SIZE),
    )
    made_of = (here.is_by_section, request.GET.get("truoc", ""), *found.key)
    return page.render_once(request, made_of, lambda: _written(request, day, here, has_groups, found))


@dataclass(frozen=True)
class _Day:
    """What the database says of a day."""

    counted: dict  # of its month
    earlier_years: list
    steps: tuple
    groups: list  # where they are asked for, else the page
    page: paging.Page | None

    @property
    def articles(self):
        return self.page.articles if self.page else [article for group in self.groups for article in group.articles]

    @property
    def key(self):
        groups = tuple((group.section.pk, len(group.articles), group.total) for group in self.groups)
        rows = tuple(article.row for article in self.articles)
        older = self.page and self.page.older
        return tuple(sorted(self.counted.items())), tuple(self.earlier_years), self.steps, groups, rows, older


def _written(request, day, here, has_groups, found):
    is_grouped = found.page is None
    context = {
        "archive_day": day,
        "name": _("News of %(day)s") % {"day": days.day_line(day).lower()},
        "calendar": months.month(day.replace(day=1), found.counted, here, current=day),
        "earlier_years": found.earlier_years,
        "feeds": day_paths.of_feeds(day, here.section),
        "orders": _orders(day, here.section, is_grouped) if has_groups else [],
        "is_by_section": here.is_by_section,
        **_led(found.steps, here.day_url, "{:%d/%m/%Y}".format),
        "all_sections_url": here.everywhere and here.everywhere.day_url(day),
        "month_url": here.month_url(day),
        "is_ahead": day > days.today(),
    } | ({"groups": found.groups} if is_grouped else {"page": found.page})
    named = {tags.day(day, here.key), tags.month(day, here.key), tags.earlier_years(day), *_end(context, here)}
    named |= tags.cards([*found.articles, *found.earlier_years])
    return page.write(request, "articles/archive_day.html", context, section=here.section, tags=named)


def _end(context, here):
    """The tag of what leads to no newer news yet."""
    return [] if context["newer"] else [tags.archive_end(here.key)]


def _orders(day, section, is_grouped):
    """[(whether by section, address, whether it is the one shown)] of the two orders of a day."""
    return [
        (by_section, scope.Scope(section, by_section).day_url(day), by_section == is_grouped)
        for by_section in (False, True)
    ]


def _steps(here, counted, first, last, url, name):
    return _led(scope.neighbours(here, counted, first, last), url, name)


def _led(steps, url, name):
    """(what it is called, address) of what is before and after."""
    older, newer = steps
    return {"older": older and (name(older), url(older)), "newer": newer and (name(newer), url(newer))}


@require_safe
def month(request, year, month, section=None):
    first, here = scope.read(request, section, year, month)
    span = days.whole_month(first)
    counted = here.count(request, *span)
    context = {
        "name": _("News of the month %(month)s") % {"month": f"{first.month}/{first.year}"},
        "calendar": months.month(first, counted, here, current=days.today()),
        **_steps(here, counted, *span, here.month_url, months.month_name),
        "all_sections_url": here.everywhere and here.everywhere.month_url(first),
        "year_url": here.year_url(first),
        "is_ahead": first > days.today(),
    }
    named = [tags.month(first, here.key), *_end(context, here)]
    return page.render(request, "articles/archive_month.html", context, section=here.section, tags=named)


@require_safe
def year(request, year, section=None):
    first, here = scope.read(request, section, year)
    span = first, first.replace(month=12, day=31)
    counted = here.count(request, *span)
    context = {
        "name": _("News of the year %(year)s") % {"year": first.year},
        "months": months.year(first, counted, here),
        "total": sum(counted.values()),
        **_steps(here, counted, *span, here.year_url, months.year_name),
        "all_sections_url": here.everywhere and here.everywhere.year_url(first),
        "is_ahead": first > days.today(),
    }
    named = [tags.year(first, here.key), *_end(context, here)]
    return page.render(request, "articles/archive_year.html", context, section=here.section, tags=named)
