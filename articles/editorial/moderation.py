"""What the desk does with readers' comments; the only code that changes their state."""

from django.core.exceptions import PermissionDenied
from django.dispatch import Signal
from django.utils import timezone

from articles.models import Comment

from . import trail

moderated = Signal()  # `articles`: the numbers of those whose page shows other comments now


def can_moderate(user):
    """Show, hide, take for spam. Nobody changes what a reader wrote."""
    return user.is_active and user.has_perm("articles.change_comment")


def moderate(pks, state, user, at=None):
    """Move comments to a state, with who did it and when; how many moved.

    One UPDATE that leaves out what has the state already: of two people pressing at once the first stays on record.
    """
    if not can_moderate(user):
        raise PermissionDenied
    waiting = Comment.objects.filter(pk__in=pks).exclude(state=state)
    moved = waiting.update(state=Comment.State(state), moderated_by=user, moderated_at=at or timezone.now())
    if moved:
        moderated.send(
            sender=Comment, articles=set(Comment.objects.filter(pk__in=pks).values_list("article", flat=True))
        )
        numbers = ", ".join(map(str, sorted(pks)))
        changes = {"state": [None, state]}
        only = {"key": numbers} if len(pks) == 1 else {}
        trail.record(user, "moderate", kind="comment", label=numbers, changes=changes, **only)
    return moved


def number_waiting(user):
    """How many comments wait for this person; 0 for whom they do not concern."""
    return Comment.objects.waiting().count() if can_moderate(user) else 0
