"""Writing down what is owed."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from articles.models import Effect

from .background import thread
from .doing import do
from .handlers import handler


@transaction.atomic(savepoint=False)
def owe(kind, key, payload=None, due_at=None):
    """Owe the effect of a kind on a key, from `due_at` (else now) on; commits with the transaction it is called in.

    One that is owed already and that nobody is at takes the new payload and the new time: of a kind and key the newest
    state matters. One that somebody is at may have read an older state, so a second one is written beside it.
    """
    how, now = handler(kind), timezone.now()
    due_at, payload = due_at or now, {} if payload is None else payload
    waiting = Effect.objects.waiting(now).filter(kind=kind, key=key).select_for_update(skip_locked=True).first()
    if waiting is None:
        effect = Effect.objects.create(kind=kind, key=key, payload=payload, due_at=due_at)
    else:
        effect = waiting
        effect.payload = how.merge(waiting.payload, payload)
        effect.due_at, effect.attempts, effect.last_error = due_at, 0, ""
        effect.save(update_fields=["payload", "due_at", "attempts", "last_error"])
    if due_at <= now:
        transaction.on_commit(thread.wake if how.is_slow else partial(do, effect.pk, kind), robust=True)
    return effect
