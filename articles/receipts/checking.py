"""One round of asking for a story: every place until all are right, for a few seconds; then again by the outbox.

A round that ends without is counted. After ALARM_AFTER of them people are told, and it goes on, more and more seldom,
until all is right, a later step of the story takes over, or two days are over.
"""

import logging
from datetime import timedelta
from time import monotonic, sleep

from django.utils import timezone

from articles import outbox
from articles.editorial import notices
from articles.models import Article, Receipt, State, Transition

from . import asking, judging, places
from .owing import KIND, NEWS, VERBS

PATIENCE = 3  # seconds of the first rounds
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.4  # seconds between two looks at what is not right yet
ALARM_AFTER = 3  # rounds: 3 s, a pause of 2, 3 s, a pause of 4, 3 s
GIVEN_UP = timedelta(days=2)
LEASE = 120  # seconds: a round in which every place of a silent site is waited for
SETTLED = {"outcome", "asked_at", "seen_at", "rounds", "alarmed_at", "problem"}
Outcome = Receipt.Outcome

log = logging.getLogger(__name__)


@outbox.handles(KIND, is_slow=True, lease=LEASE)
def check(key, payload):
    step = Transition.objects.select_related("article__category__parent", "moved_by").filter(pk=payload["step"]).first()
    if step is None or step.article.is_scheduled or _is_overtaken(step):
        return
    earlier = Receipt.objects.filter(article=step.article, step__lt=step.pk, outcome__in=Receipt.OPEN)
    earlier.update(outcome=Outcome.OVERTAKEN)
    receipts = _open_book(step)
    waiting = _round(step, receipts)
    if not waiting:
        return
    if waiting[0].rounds >= ALARM_AFTER:
        _alarm(step, waiting)
    if timezone.now() - receipts[0].since < GIVEN_UP:
        raise outbox.NotYet("; ".join(f"{one.place}: {one.problem}" for one in waiting))


def _is_overtaken(step):
    return Transition.objects.filter(article=step.article_id, verb__in=VERBS, pk__gt=step.pk).exists()


def _open_book(step):
    """The receipts of a step, made where they are not there yet."""
    found = list(step.receipts.order_by("pk"))
    if not found:
        paths = places.of(step.article).items()
        rows = [Receipt(article=step.article, step=step, place=place, address=path) for place, path in paths]
        Receipt.objects.bulk_create(rows, ignore_conflicts=True)
        found = list(step.receipts.order_by("pk"))
    return found


def _round(step, receipts):
    """Ask until all is right or the patience is over; those that are not."""
    waiting = [one for one in receipts if one.outcome in Receipt.OPEN]
    patience = PATIENCE if all(one.rounds < ALARM_AFTER for one in waiting) else 0
    end, pause = monotonic() + patience, FIRST_PAUSE
    while waiting:
        waiting = _look(step, waiting)
        if not waiting or monotonic() >= end:
            break
        sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
    for one in waiting:
        one.rounds += 1
    Receipt.objects.bulk_update(waiting, SETTLED)
    return waiting


def _look(step, waiting):
    story = _story(step.article)
    for one in waiting:
        seen = asking.ask(one.address)
        one.asked_at = timezone.now()
        outcome, one.problem = judging.judge(one.place, story, seen, lambda one=one: asking.make_anew(one.address))
        one.problem = one.problem[:300]
        if outcome == Outcome.SEEN:
            one.seen_at = one.asked_at
        if outcome not in Receipt.OPEN:
            one.outcome = outcome
    Receipt.objects.bulk_update([one for one in waiting if one.outcome not in Receipt.OPEN], SETTLED)
    return [one for one in waiting if one.outcome in Receipt.OPEN]


def _story(article):
    """What a place is judged by; anew at each look, as newer stories come."""
    newest = Article.objects.published().newest().values_list("pk", flat=True).first()
    return judging.Story(
        pk=article.pk,
        title=article.title,
        is_gone=article.state == State.WITHDRAWN,
        was_public=article.was_public(),
        is_newest=newest == article.pk,
        is_news=article.is_public() and article.published_at > timezone.now() - NEWS,
    )


def _alarm(step, waiting):
    """Tell people, once for each place."""
    fresh = [one for one in waiting if one.alarmed_at is None]
    for one in waiting:
        one.outcome, one.alarmed_at = Outcome.FAILED, one.alarmed_at or timezone.now()
    Receipt.objects.bulk_update(waiting, SETTLED)
    if fresh:
        notices.alarm(step, [f"{one.get_place_display()}: {one.problem}" for one in fresh])
        for one in fresh:
            log.error("Readers do not see article %s as it is: %s: %s", step.article_id, one.address, one.problem)
