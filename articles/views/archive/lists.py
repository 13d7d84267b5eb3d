"""The lists of a day's page beside the plain one by time."""

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from articles import days
from articles.models import Article, Category
from articles.models.day_count import counts_on
from articles.models.lists import of_days

GROUP_SIZE = 12  # stories of a section before "see all"; the paper's busiest sections have about ten a day
EARLIER, EARLIER_YEARS = 5, 60


@dataclass(frozen=True)
class Group:
    section: Category
    articles: list
    total: int
    more_url: str  # '' when all are shown


def by_section(day, scope, sections):
    """The day's news under the sections of the first level, or under the sub-sections of the scope; one query."""
    # In one section's scope its own news and those of its sub-sections stand apart.
    group = F("category_id" if scope.section else "top_id")
    public = Article.objects.published().on(day)
    ranked = (public.within(scope.section) if scope.section else public).annotate(
        place=Window(RowNumber(), partition_by=[group], order_by=[F("published_at").desc(), F("pk").desc()]),
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


def in_earlier_years(request, day, scope):
    """ "This day in earlier years": the newest of each year before any year has a second.

    Two queries: which years have news is kept (DayCount), and only those that are shown are read.
    """
    wanted = days.in_earlier_years(day, EARLIER_YEARS)
    counted = counts_on(wanted, scope.section, scope.family(request))
    shares = _shares([(earlier, counted[earlier]) for earlier in wanted if earlier in counted])
    return of_days(scope.section, shares)


def _shares(counted):
    """[(day, how many of it are shown)] of [(day, how many there are)], as many as EARLIER in all."""
    shares = dict.fromkeys((day for day, _number in counted), 0)
    for _round in range(EARLIER):
        for day, number in counted:
            if sum(shares.values()) < EARLIER and shares[day] < number:
                shares[day] += 1
    return [(day, share) for day, share in shares.items() if share]
