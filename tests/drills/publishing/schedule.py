"""R3. Five hundred stories that become due within a minute, while the processes that serve and work are killed.

Scheduling is a query, so nobody has to do anything for a story to appear; what may go wrong is a page that was kept
too long, or work after the moment that is done twice or never. Three stories are poisoned: what looks after them raises
each time. They are public all the same, the others do not wait for them, and what is owed for them stays on the list.
"""

import os
import random
import threading
import time
from datetime import timedelta

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections
from django.db.models import Count
from django.utils import timezone

from articles.editorial import transitions
from articles.models import Article, Effect, Receipt, Transition
from tests import factories
from tests.drills.asking import ask
from tests.drills.ledger import Outcome

STORIES, WITHIN, POISONED, EVERY = 500, 25, 3, 1.0  # within so many seconds; seconds between two kills
READERS, AHEAD = 24, 20  # AHEAD: seconds for all to be scheduled, and for the server to start
LONG_WITHIN, LATEST, PATIENCE = 60, 60, 200  # seconds: until a story has to be seen; until its receipts are there


def drill(is_long, seed=1):
    found, dice = Outcome(), random.Random(seed)  # noqa: S311 (which process)
    within = LONG_WITHIN if is_long else WITHIN
    section = factories.section("Kinh tế")
    articles = [factories.draft(category=section, title=f"Tin hẹn giờ {number}") for number in range(STORIES)]
    begin = timezone.now() + timedelta(seconds=AHEAD)
    for number, article in enumerate(articles):
        transitions.publish(article, at=begin + timedelta(seconds=within * number / STORIES))
    poisoned = [article.pk for article in articles[:: STORIES // POISONED][:POISONED]]
    os.environ["DRILL_POISON"] = ",".join(map(str, poisoned))
    connections.close_all()
    with newsroom.server(4, prefork=True, DRILL_HOOK="tests.drills.publishing.poison") as server:
        reader = Watch(server.home, articles, begin)
        kills = reader.run(lambda: server.lose_one(dice), within)
        waiting = newsroom.until(lambda: not _owed(poisoned).exists(), PATIENCE, 0.5)
        shown = [article for article in articles if ask(server.home, article.get_absolute_url()).status != 200]
    reader.tell(found, kills)
    found.expect(not shown, f"{len(shown)} stories are not public in the end")
    compare(found, poisoned, waiting)
    return found


def _owed(poisoned):
    return Effect.objects.filter(done_at=None, kind="receipt").exclude(key__in=map(str, poisoned))


def _why(effects):
    return [f"{one.key}: attempt {one.attempts}, due {one.due_at:%X}, {one.last_error}" for one in effects[:3]]


class Watch:
    """Readers who ask for a story when its time has come, until it is there; for every fourth also shortly before."""

    def __init__(self, home, articles, begin):
        self.home, self.articles, self.begin = home, articles, begin
        self.early, self.late = [], {}

    def run(self, kill, within):
        """Until all have been seen; how many were killed meanwhile."""
        watching = [threading.Thread(target=self._watch, args=(part,), daemon=True) for part in range(READERS)]
        [thread.start() for thread in watching]
        kills, end = 0, self.begin + timedelta(seconds=within + LATEST)
        while any(thread.is_alive() for thread in watching) and timezone.now() < end:
            time.sleep(EVERY)
            kill()
            kills += 1
        return kills

    def _watch(self, part):
        for article in self.articles[part::READERS]:
            path, due = article.get_absolute_url(), article.published_at
            if article.pk % 4 == 0 and due - timezone.now() > timedelta(seconds=0.5):
                time.sleep((due - timezone.now()).total_seconds() - 0.4)
                asked = ask(self.home, path)
                if asked.status == 200 and timezone.now() < due:
                    self.early.append(article.pk)
            time.sleep(max(0, (due - timezone.now()).total_seconds()))
            while ask(self.home, path).status != 200 and timezone.now() < due + timedelta(seconds=LATEST):
                time.sleep(0.1)
            self.late[article.pk] = (timezone.now() - due).total_seconds()

    def tell(self, found, kills):
        late = sorted(self.late.values())
        missed = STORIES - sum(seconds < LATEST for seconds in late)
        found.figure(f"{STORIES} scheduled, {kills} kills: {missed} missed, {len(self.early)} early")
        found.figure(
            f"seen after {late[len(late) // 2]:.1f} s, the last after {late[-1]:.1f} s" if late else "none seen"
        )
        found.expect(not missed, f"{missed} were not seen within {LATEST} s")
        found.expect(not self.early, f"seen before their time: {self.early[:5]}")


def compare(found, poisoned, waiting):
    steps = Transition.objects.values("article").annotate(n=Count("pk"))
    twice = [row for row in steps if row["n"] != 1]
    receipts = Receipt.objects.exclude(article__in=poisoned)
    double = receipts.values("step", "place").annotate(n=Count("pk")).filter(n__gt=1).count()
    with_receipt = receipts.values("article").distinct().count()
    done = Effect.objects.filter(kind="receipt", done_at__isnull=False).values("key").annotate(n=Count("pk"))
    again = [row for row in done if row["n"] > 1]
    found.figure(f"{len(twice) + double + len(again)} double, receipts of {with_receipt} done")
    found.expect(not twice and not double and not again, f"twice: {twice[:3]} {again[:3]}")
    found.expect(waiting is not None, f"receipts still owed: {_owed(poisoned).count()}, {_why(_owed(poisoned))}")
    found.expect(with_receipt == STORIES - len(poisoned), f"receipts of {with_receipt}")
    kept = Effect.objects.filter(key__in=map(str, poisoned), done_at=None).exclude(last_error="").count()
    found.figure(f"{kept} of {len(poisoned)} poisoned kept on the list")
    found.expect(kept == len(poisoned), "a poisoned one was dropped in silence")
    found.expect(Article.objects.published().count() == STORIES, "not all are public")
