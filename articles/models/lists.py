"""The lists of readers' pages, each by SQL that is written once (articles/compiled.py).

What is public, what is new, and which index finds it say the querysets; here stands what pages ask of them.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import router
from django.utils import timezone

from articles import days
from articles.compiled import Compiled

from . import newest
from .article import Article, article_url, in_section, moment_of
from .cards import cards as made_of
from .category import Category

TEN = 10  # keys of cards are asked for in tens, the last one filled up, so that there are few different queries


def _public(at, column, key):
    found = Article.objects.published(at)
    return found.newest_in(column, key) if column else found.newest()


def _place(section):
    return dict(zip(("column", "key"), in_section(section) if section else (None, None), strict=True))


@Compiled
def _newest(at, column, key, begin, end, behind, without, number):
    found = _public(at, column, key).exclude(pk__in=without)
    if begin:
        found = newest.nearer(found, published_at__gte=begin, published_at__lt=end)
    if behind:
        found = found.older_than(behind, moment_of(behind, at))
    return found.for_cards()[: int(number)]


@dataclass(frozen=True)
class Newest:
    """The newest of a section with its sub-sections, or of all; of one day where it is given. A list for `keyset`."""

    section: Category | None = None
    at: datetime | None = None
    day: date | None = None
    without: tuple = ()
    behind: int | None = None

    def older_than(self, pk):
        return replace(self, behind=pk)

    def cards(self, number):
        begin, end = days.bounds(self.day) if self.day else (None, None)
        rows = _newest(
            at=self.at or timezone.now(), **_place(self.section), begin=begin, end=end,
            behind=self.behind, without=list(self.without), number=str(number),
        )  # fmt: skip
        return list(made_of(Article, router.db_for_read(Article), rows))


@Compiled
def _cards(at, keys):
    return Article.objects.published(at).filter(pk__in=keys).order_by().for_cards()


def cards_by_key(keys, at=None):
    """{key: card} of those that readers may see."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    wanted += [wanted[-1]] * (-len(wanted) % TEN)
    rows = _cards(at=at or timezone.now(), keys=wanted)
    return {card.pk: card for card in made_of(Article, router.db_for_read(Article), rows)}


@dataclass(frozen=True)
class Earlier:
    """A story of an earlier year."""

    pk: int
    title: str
    year: int
    url: str


@Compiled.prepared
def _of_days(at, column, key, begins, ends, shares):
    columns = ("pk", "title", "slug", "category__slug")
    spans = zip(begins, ends, shares, strict=True)
    found = [
        newest.nearer(_public(at, column, key), published_at__gte=begin, published_at__lt=end).values_list(*columns)[
            :share
        ]
        for begin, end, share in spans
    ]
    return newest.Union(Article.objects.all(), [newest.part(one) for one in found])


def of_days(section, shares):
    """The newest of some days, as many of each as `shares` [(day, number)] says, the newest day first; one query."""
    if not shares:
        return []
    bounds = [days.bounds(day) for day, _number in shares]
    rows = _of_days(
        at=timezone.now(), **_place(section), begins=[begin for begin, _end in bounds],
        ends=[end for _begin, end in bounds], shares=tuple(number for _day, number in shares),
    )  # fmt: skip
    years = [day.year for day, number in shares for _one in range(number)]
    return [
        Earlier(pk, title, year, article_url(path, slug, title, pk))
        for year, (pk, title, slug, path) in zip(years, rows, strict=False)
    ]


@Compiled
def _nearest(at, column, key, first, last, is_after):
    times = _public(at, column, key).values_list("published_at", flat=True)
    span = newest.nearer(times, published_at__gte=first, published_at__lt=last)
    return (span.reverse() if is_after else span)[:1]


def nearest_day(section, before=None, after=None):
    """The last day that has news before a day, or the first after one; None where there is none."""
    first = days.bounds(after)[1] if after else days.start(days.FIRST_DAY)
    last = days.start(before) if before else days.start(date(days.LAST_YEAR + 1, 1, 1))
    found = _nearest(at=timezone.now(), **_place(section), first=first, last=last, is_after=bool(after))
    return days.of(found[0][0]) if found else None
