"""The lists of a day's page beside the plain one by time."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce, ExtractYear, RowNumber

from articles import days
from articles.models import Article, Category

GROUP_SIZE = 12  # stories of a section before "see all"; the paper's busiest sections have about ten a day
EARLIER, EARLIER_YEARS = 5, 60


@dataclass(frozen=True)
class Group:
    section: Category
    articles: list
    total: int
    more_url: str  # '' when all are shown


def by_section(articles, day, scope, sections):
    """The day's news under the sections of the first level, or under the sub-sections of the scope; one query."""
    # In one section's scope its own news and those of its sub-sections stand apart.
    group = F("category_id") if scope.section else Coalesce("category__parent_id", "category_id")
    newest = [F("published_at").desc(), F("pk").desc()]
    ranked = articles.on(day).annotate(
        place=Window(RowNumber(), partition_by=[group], order_by=newest),
        total=Window(Count("pk"), partition_by=[group]),
    )
    found = {}
    for article in ranked.filter(place__lte=GROUP_SIZE).newest().for_cards():
        section = sections.by_id[article.category_id]
        found.setdefault(section if scope.section else sections.top(section), []).append(article)
    return [_group(section, found[section], day, scope) for section in sections.all if section in found]


def _group(section, articles, day, scope):
    total = articles[0].total
    more = type(scope)(section).day_url(day) if total > len(articles) else ""
    return Group(section, articles, total, more)


def in_earlier_years(articles, day):
    """ "This day in earlier years": the newest of each year before any year has a second; one query."""
    spans = Q()
    for earlier in days.in_earlier_years(day, EARLIER_YEARS):
        begin, end = days.bounds(earlier)
        spans |= Q(published_at__gte=begin, published_at__lt=end)
    if not spans:
        return []
    newest = [F("published_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=[ExtractYear("published_at", tzinfo=days.VIETNAM)], order_by=newest)
    chosen = articles.filter(spans).order_by().annotate(place=place).order_by("place", *newest).values("pk")[:EARLIER]
    return Article.objects.filter(pk__in=chosen).newest().for_cards()
