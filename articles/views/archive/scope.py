"""What stays while a reader moves through the archive: one section or all, and the order of a day's news."""

from dataclasses import dataclass
from functools import cache

from django.http import Http404
from django.urls import reverse

from articles import days
from articles.models import Category
from articles.models.day_count import counts_between
from articles.models.lists import nearest_day

from .. import page

BY_SECTION = "muc"  # of ?xep=; anything else is by time
FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True)
class Scope:
    section: Category | None
    is_by_section: bool = False

    def day_url(self, day):
        return day_url(day, self.section) + self.query

    def month_url(self, day):
        return month_url(day, self.section) + self.query

    def year_url(self, day):
        return year_url(day, self.section) + self.query

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


def day_url(day, section=None):
    return _url("archive-day", section, f"{day:%Y}", f"{day:%m}", f"{day:%d}")


def month_url(day, section=None):
    return _url("archive-month", section, f"{day:%Y}", f"{day:%m}")


def year_url(day, section=None):
    return _url("archive-year", section, f"{day:%Y}")


def feed_urls(day, section=None):
    """[(kind, media type, address)] of a day's news for machines."""
    parts = [f"{day:%Y}", f"{day:%m}", f"{day:%d}"]
    return [(kind, media, _url(f"archive-feed-{kind}", section, *parts)) for kind, media in FEEDS.items()]


def _url(name, section, *parts):
    name, parts = (f"section-{name}", (section.slug, *parts)) if section else (name, parts)
    return _address(name, bool(section), len(parts)).format(*parts)


@cache
def _address(name, has_section, number):
    """As `reverse` would write it, which a calendar of thirty days has no time to ask."""
    stand_ins = [*(["s-0"] if has_section else []), "1001", "02", "03"][:number]
    address = reverse(name, args=stand_ins)
    for stand_in in stand_ins:
        address = address.replace(stand_in, "{}")
    return address
