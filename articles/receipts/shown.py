"""The receipts of an article, for its page at the desk."""

from dataclasses import dataclass

from django.conf import settings

from articles.models import Effect, Receipt, Transition

from .owing import KIND, SHELL, VERBS

MOST_STEPS = 6


@dataclass(frozen=True)
class Told:
    """A step and what became of it. `is_pending`: it is still being asked for, so the page looks again."""

    step: Transition
    receipts: list
    is_pending: bool

    @property
    def is_gone(self):
        return self.step.verb == Transition.Verb.WITHDRAW

    @property
    def seen_at(self):
        """When the last of the places was right; None while one is not."""
        moments = [one.seen_at for one in self.receipts if one.outcome == Receipt.Outcome.SEEN]
        return None if any(one.outcome in Receipt.UNSEEN for one in self.receipts) else max(moments, default=None)

    @property
    def is_failed(self):
        return any(one.outcome == Receipt.Outcome.FAILED for one in self.receipts)


def panel(article):
    """[Told] of the last steps that readers noticed, the newest first; three queries. Empty where nothing is asked."""
    steps = list(article.transitions.filter(verb__in=VERBS).prefetch_related("receipts")[:MOST_STEPS])
    if not steps or not (settings.RECEIPTS or any(step.receipts.all() for step in steps)):
        return []
    keys = [str(article.pk), SHELL]
    owed = Effect.objects.filter(kind=KIND, key__in=keys, done_at__isnull=True).values_list("payload", flat=True)
    asked_for = {payload["step"] for payload in owed}
    told = [Told(step, sorted(step.receipts.all(), key=lambda one: one.pk), step.pk in asked_for) for step in steps]
    return [one for one in told if one.receipts or (one.is_pending and not article.is_scheduled)]
