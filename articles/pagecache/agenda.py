"""How long a page may live: until midnight in Vietnam, until the next moment that is planned for it, and no longer than
its most-read lists or its search may be old.

Design note: what is planned is asked of the database, where the desk wrote it, and kept for a minute in each process:
a handful of small queries a minute, by whoever makes a page, and none on any page. A plan that changes purges the pages
it will change (tags.scheduled and the like), so they learn of it when they are made again. A page shows what was due
when its making began, which on a busy machine may be seconds ago: what became due since ends it at once.
"""

import threading
import time
from datetime import timedelta

from django.db import Error
from django.utils import timezone

from articles import days
from articles.models import Article, Correction, EnglishVersion, LiveUpdate, Placement
from articles.models.correction import ON_FRONT

from . import standings, tags

AHEAD = timedelta(hours=25)  # no page outlives midnight
LOOK_EVERY = 60  # seconds
SLOWEST = timedelta(minutes=5)  # that the making of a page may take
BLIND = 60  # seconds that a page lives where nobody could be asked what is planned
MOST = 1_000  # rows of one kind; more are looked at when the first of them have passed
MINUTE, HOUR = 60, 3600
SOONER = {tags.MOST_READ: 5 * MINUTE, tags.SEARCH: 10 * MINUTE, tags.MISSING: MINUTE, tags.SITEMAP_NEWS: HOUR}
SOONER |= {tags.SITEMAP_PAGES: HOUR}


def longest(named):
    """Seconds that a page with these tags may be old, whatever is planned."""
    return min((seconds for tag, seconds in SOONER.items() if tag in named), default=24 * HOUR)


def midnight(now):
    return days.start(days.of(now) + timedelta(days=1))


def planned(now):
    """[(moment, the tags of the pages that change then)] of the next day, and of what was due while pages were made."""
    now, until = now - SLOWEST, now + AHEAD
    found = list(_coming(now, until))
    for placement in Placement.objects.current(now).filter(starts_at__lt=until)[:MOST]:
        moments = (placement.starts_at, placement.ends_at)
        found += [(moment, tags.placed(placement.section_id)) for moment in moments if moment and now < moment < until]
    updates = LiveUpdate.objects.filter(posted_at__gt=now, posted_at__lt=until).values_list("posted_at", "article")
    found += [(moment, tags.part(pk)) for moment, pk in updates[:MOST]]
    versions = EnglishVersion.objects.filter(released_at__gt=now, released_at__lt=until).select_related("article")
    for version in versions.defer("body", "article__body")[:MOST]:
        if version.article.published_at and version.article.category_id:
            found.append((version.released_at, tags.translated(standings.of(version.article))))
    issued = Correction.objects.filter(issued_at__gt=now - ON_FRONT, issued_at__lt=until)
    for correction in issued.defer("wrong", "right", "apology")[:MOST]:
        moments = (correction.issued_at, correction.leaves_front_at)
        found += [(one, tags.corrected(correction.article_id)) for one in moments if now < one < until]
    return sorted(((moment, frozenset(named)) for moment, named in found), key=lambda one: one[0])


def _coming(now, until):
    coming = Article.objects.scheduled(now).filter(published_at__lt=until).order_by("published_at")
    for article in coming.select_related("category").defer("body")[:MOST]:
        yield article.published_at, tags.lists(standings.of(article)) | tags.part(article.pk)


class Agenda:
    """What is planned, as this process knows it."""

    def __init__(self):
        self._lock, self._planned, self._looked = threading.Lock(), [], None

    def end(self, named, began, number, judge):
        """Until when (seconds since 1970) a page with these tags is good whose making began at a moment.

        `number` is that of the last purge before the page was made; the agenda is read anew when a plan was changed
        since it was read (the tag `plan`).
        """
        until = min(midnight(began), began + timedelta(seconds=longest(named)))
        try:
            coming = self._coming(number, judge)
        except Error:
            return min(until.timestamp(), began.timestamp() + BLIND)
        named = frozenset(named)
        moments = (moment for moment, tagged in coming if moment > began and not tagged.isdisjoint(named))
        return min(next(moments, until), until).timestamp()

    def _coming(self, number, judge):
        with self._lock:
            looked = self._looked
            is_known = looked and time.monotonic() - looked[0] < LOOK_EVERY and judge(looked[1], (tags.PLAN,)) is None
            if not is_known:
                self._planned, self._looked = planned(timezone.now()), (time.monotonic(), number)
            return self._planned
