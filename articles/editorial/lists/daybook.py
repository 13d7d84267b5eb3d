"""The day book ("sổ tin"): what each pen name and each section published in some days.

An article with two authors stands under both, and counts once in the totals. The cost is the same for a day and for
a month: the articles, their bylines, and one query for the counts. Of many articles in longer than LONG it gives the
totals of the sections only, from the counts that the database keeps for each day: no archive is read through.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Prefetch, Sum

from articles import days, vietnamese
from articles.editorial import permissions, roles
from articles.models import Article, Byline, DayCount, Genre

LONG = 366  # days
LISTED = 1_500  # articles on one page; beyond that the counts only


@dataclass
class Signed:
    """What one pen name published: [(article, the byline that says in which role)]. `person`: whose name it is."""

    name: str
    person: str = ""
    rows: list = field(default_factory=list)

    @property
    def number(self):
        return len({article.pk for article, _byline in self.rows})


def articles_of(user, first, last, sections=None, author=""):
    """What of these days readers may see, the oldest first. `author`: the folded part of a pen name."""
    found = permissions.visible_to(user).published().on(first, last)
    if sections is not None:
        found = found.filter(category__in=sections)
    if author:
        found = found.filter(pk__in=Byline.objects.filter(author__slug__contains=author).values("article"))
    return found.order_by("published_at", "pk")


LINE = ("title", "slug", "genre", "category_id", "published_at")


def with_names(found, sections):
    """The articles with what a line of the book says of them, and nothing else of their rows."""
    bylines = Prefetch("bylines", Byline.objects.select_related("author__user"))
    known = {section.pk: section for section in sections.all}
    articles = list(found.prefetch_related(bylines).only(*LINE))
    for article in articles:
        article.category = known.get(article.category_id)
    return articles


def by_author(articles, author=""):
    """[Signed], in the order of a Vietnamese dictionary; last what nobody signed."""
    found = {}
    for article in articles:
        signed = [byline for byline in article.bylines.all() if not author or _is(byline, author)]
        for byline in signed or [None]:
            key = (byline.author_id, "" if byline.author_id else byline.name) if byline else None
            found.setdefault(key, _signed(byline)).rows.append((article, byline))
    return sorted(found.values(), key=lambda one: (not one.name, vietnamese.sort_key(one.name)))


def counts(found, sections):
    """(the genres that occur, [(section, its counts in their order, its sum)], the sums of the genres, the total)."""
    rows = found.order_by().values_list("category", "genre").annotate(number=Count("pk"))
    cells = {(category, genre): number for category, genre, number in rows}
    genres = [genre for genre in Genre if any(genre == used for _category, used in cells)]
    lines = []
    for section in sections.all:
        numbers = [cells.get((section.pk, genre), 0) for genre in genres]
        if any(numbers):
            lines.append((section, numbers, sum(numbers)))
    sums = [sum(column) for column in zip(*(numbers for _section, numbers, _sum in lines), strict=True)]
    return [genre.label for genre in genres], lines, sums, sum(sums)


def totals(first, last, sections, family=None):
    """The same of many years, without the genres. Today's are counted: its kept count has what is still scheduled."""
    today = days.today()
    kept = DayCount.objects.filter(day__gte=first, day__lte=min(last, today - timedelta(days=1)))
    rows = list(kept.order_by().values_list("section").annotate(n=Sum("number")))
    if first <= today <= last:
        rows += Article.objects.published().on(today).order_by().values_list("category").annotate(n=Count("pk"))
    sums = Counter()
    for section, number in rows:
        sums[section] += number
    lines = [(one, [], sums[one.pk]) for one in sections.all if sums[one.pk] and (not family or one.pk in family)]
    return [], lines, [], sum(number for _section, _none, number in lines)


def _is(byline, author):
    return byline.author is not None and author in byline.author.slug


def _signed(byline):
    if byline is None:
        return Signed("")
    person = byline.author.user if byline.author else None
    return Signed(byline.name, roles.name_of(person) if person else "")
