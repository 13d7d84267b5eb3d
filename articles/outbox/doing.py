"""Doing what is owed: lease, handler, and what is written down afterwards."""

import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from articles.models import Effect

from .handlers import handler, lease

LONGEST_WAIT = 3600  # seconds between two attempts; they double from two on
KEPT = timedelta(days=7)  # what was done, for whoever asks what happened
PRUNED_AT_ONCE = 5_000  # rows in one statement, so that nobody waits for it

log = logging.getLogger(__name__)


class NotYet(Exception):
    """Raised by a handler that is to be asked again: nothing broke."""


def run_due(limit=100):
    """Do what is due and nobody is at, the longest due first; how many were done."""
    return sum(do(*row) for row in list(Effect.objects.due().values_list("pk", "kind")[:limit]))


def do(pk, kind):
    """Do one effect if it is due and nobody is at it; whether it was done. What its handler raises is written down."""
    effect = _leased(pk, kind)
    if effect is None:
        return False
    try:
        handler(kind).act(effect.key, effect.payload)
    except NotYet as reason:
        _owe_still(effect, str(reason))
        return False
    except Exception as error:  # noqa: BLE001 (whatever a handler does, the rest is done and this one is tried again)
        log.warning("Not done, and tried again: %s (attempt %s)", effect, effect.attempts, exc_info=error)
        _owe_still(effect, f"{type(error).__name__}: {error}")
        return False
    _note(effect, last_error="", done_at=timezone.now())
    return True


def prune(at=None):
    """Forget what was done some days ago; how many rows. What is owed is never forgotten."""
    old = Effect.objects.filter(done_at__lt=(at or timezone.now()) - KEPT).order_by("done_at").values("pk")
    number, _kinds = Effect.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:PRUNED_AT_ONCE])).delete()
    return number


def _leased(pk, kind):
    """The effect, ours for the time of its lease; None where it is done, not due, or somebody else's.

    One UPDATE that names what it must find, on both databases: of two at once the second finds nothing. What is to be
    done is read after it, so the newest payload counts.
    """
    now = timezone.now()
    changes = {"leased_until": now + lease(kind), "attempts": F("attempts") + 1}
    return Effect.objects.get(pk=pk) if Effect.objects.due(now).filter(pk=pk).update(**changes) else None


def _owe_still(effect, error):
    wait = min(2**effect.attempts, LONGEST_WAIT)
    _note(effect, last_error=error[:500], due_at=timezone.now() + timedelta(seconds=wait))


def _note(effect, **changes):
    """Write down what became of it, and give the lease back; not where it ran out and somebody else is at it."""
    Effect.objects.filter(pk=effect.pk, leased_until=effect.leased_until).update(leased_until=None, **changes)
