"""What is read most, everywhere and in each section.

Design note: the reads of a week are up to a million rows on a busy site, and the front page and every section show
them. So they are added up once in STEP in each process, for all sections at once; a page then asks for the few it
shows, and whether readers may still see them.
"""

from copy import copy
from datetime import timedelta

from django.db import connections
from django.db.models import Sum
from django.utils import timezone

from articles import days
from articles.models import Article, ReadCount, newest
from articles.models import lists as named

from .reads import within

STEP = timedelta(minutes=5)
KEPT = 20  # of each section: what the desk's list shows, and more than a page does
RANKED = """
    SELECT id, top_id, category_id, total FROM (
        SELECT id, top_id, category_id, total, {}
        FROM ({}) AS counted JOIN ({}) AS public ON public.id = counted.article_id
    ) AS ranked WHERE overall <= %s OR in_top <= %s OR in_category <= %s
    ORDER BY overall"""
PLACES = {"overall": "", "in_top": "PARTITION BY top_id ", "in_category": "PARTITION BY category_id "}

_kept = {}  # hours → (the moment, its ranking)


def lately():
    """When that changed which changes all the time, such as the most read: the last whole STEP that is over."""
    now = timezone.now()
    return now - (now - days.start(days.of(now))) % STEP


def most_read(hours, limit, section=None, at=None):
    """The articles read most in the last hours, as cards, each with `read_total`; of equals the newest first.

    As it was a few minutes ago, or exactly as of a moment.
    """
    return lists([hours], limit, section, at)[0]


def lists(spans, limit, section=None, at=None):
    """The same of several spans of hours, in one query of articles."""
    rankings = [(_rank(hours, at) if at else _lately(hours)).get(section and section.pk, []) for hours in spans]
    first = _cards([ranking[:limit] for ranking in rankings], at)
    if all(len(cards) == min(limit, len(ranking)) for cards, ranking in zip(first, rankings, strict=True)):
        return first
    return [cards[:limit] for cards in _cards(rankings, at)]  # one was withdrawn in the last minutes


def _cards(rankings, at):
    cards = named.cards_by_key({pk for ranking in rankings for pk, _total in ranking}, at)
    return [[_with(cards[pk], total) for pk, total in ranking if pk in cards] for ranking in rankings]


def _with(card, total):
    card = copy(card)
    card.read_total = total
    return card


def _lately(hours):
    at = lately()
    if _kept.get(hours, (None,))[0] != at:
        _kept[hours] = at, _rank(hours, at)
    return _kept[hours][1]


def forget():
    _kept.clear()


def _rank(hours, at):
    """{a section's key, or None for all: [(an article's key, its reads)], the most first}."""
    public = Article.objects.published(at).order_by().values_list("id", "top_id", "category_id", "published_at")
    counted = ReadCount.objects.filter(within(hours, at)).order_by().values("article_id").annotate(total=Sum("reads"))
    order = "ORDER BY total DESC, published_at DESC, id DESC"
    places = ", ".join(f"ROW_NUMBER() OVER ({group}{order}) AS {name}" for name, group in PLACES.items())
    (read, read_params), (seen, seen_params) = newest.part(counted), newest.part(public)
    with connections[public.db].cursor() as cursor:
        cursor.execute(RANKED.format(places, read, seen), [*read_params, *seen_params, KEPT, KEPT, KEPT])
        rows = cursor.fetchall()
    found = {}
    for pk, top, section, total in rows:
        for key in {None, top, section}:
            found.setdefault(key, []).append((pk, total))
    return {key: ranking[:KEPT] for key, ranking in found.items()}
