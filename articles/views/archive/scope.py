"""What stays while a reader moves through the archive: one section or all, and the order of a day's news."""

from dataclasses import dataclass

from django.http import Http404

from articles import day_paths, days
from articles.models import Category
from articles.models.day_count import counts_between
from articles.models.lists import nearest_day

from .. import page

BY_SECTION = "muc"  # of ?xep=; anything else is by time


@dataclass(frozen=True)
class Scope:
    section: Category | None
    is_by_section: bool = False

    def day_url(self, day):
        return day_paths.of_day(day, self.section) + self.query

    def month_url(self, day):
        return day_paths.of_month(day, self.section) + self.query

    def year_url(self, day):
        return day_paths.of_year(day, self.section) + self.query

    @property
    def key(self):
        return self.section and self.section.pk

    @property
    def query(self):
        return f"?xep={BY_SECTION}" if self.is_by_section else ""

    @property
    def everywhere(self):
        """The scope of all sections, or None when this is it."""
        return self.section and Scope(None, self.is_by_section)

    def family(self, request):
        """The keys of the sections in it; none for all."""
        return page.sections(request).family(self.section) if self.section else ()

    def count(self, request, first, last):
        """{day: how many} of the days of a span that have news."""
        return counts_between(first, last, self.section, self.family(request))


def read(request, slug, year, month=1, day=1):
    """(the day, the scope) that an address names, or 404."""
    try:
        day = days.make(year, month, day)
    except ValueError as error:
        raise Http404(str(error)) from error
    return day, Scope(page.get_section(request, slug) if slug else None, is_by_section(request))


def is_by_section(request):
    return request.GET.get("xep") == BY_SECTION


def neighbours(scope, counted, first, last):
    """The last day before a span that has news, and the first after it; None where there is none.

    From `counted`, the days around that are known already, else from the articles: never a day of scheduled news only.
    """
    before = max((day for day in counted if day < first), default=None) or nearest_day(scope.section, before=first)
    after = min((day for day in counted if day > last), default=None) or nearest_day(scope.section, after=last)
    return before, after
