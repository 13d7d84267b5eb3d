"""Which steps owe a receipt, from when on."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from articles import outbox
from articles.models import State, Transition

KIND = "receipt"
Verb = Transition.Verb
VERBS = [Verb.PUBLISH, Verb.SCHEDULE, Verb.UPDATE, Verb.SILENT, Verb.CORRECT, Verb.WITHDRAW]
NEWS = timedelta(hours=48)
SHELL = "shell"  # the one key of what the shell publishes: of a burst the last counts


def owe_for(step):
    """Owe the receipt of a step; of one that lies ahead it is due when readers first see the story."""
    article, now = step.article, timezone.now()
    if not settings.RECEIPTS or step.verb not in VERBS:
        return
    published_at = article.published_at or now
    key = str(step.article_id)
    if step.moved_by_id is None and step.verb != Verb.WITHDRAW:
        if published_at < now - NEWS:
            return
        if published_at <= now:
            key = SHELL
    due_at = max(now, published_at) if article.state == State.PUBLISHED else now
    outbox.owe(KIND, key, {"step": step.pk}, due_at)
