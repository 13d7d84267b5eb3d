"""Who has an article open, and who holds the pen.

Design notes
- The lock is soft: it warns, and the merge protects. The first tab that types holds the pen; it goes to the next one
  that types when its holder is gone, or is taken over.
- Clocks of browsers do not count: a tab is here when the server heard from it within `GONE`.
- One pen an article is a rule of the database; of two tabs that type in the same moment one is second.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Presence

from . import permissions, roles

BEAT = timedelta(seconds=5)  # how often an open tab calls; a third of it in the background
GONE = timedelta(seconds=20)
IDLE = timedelta(minutes=5)  # then anybody who may change the article may have the pen
TYPING = timedelta(seconds=10)
FORGOTTEN = timedelta(days=1)


class Foreign(ValueError):
    """The name of the tab is another person's."""


@dataclass(frozen=True)
class Other:
    """Another tab with the article open, as this one is told of it."""

    name: str
    since: datetime
    holds: bool
    typing: bool
    same_user: bool
    may_take: bool


@dataclass(frozen=True)
class Here:
    holds: bool
    others: list


def beat(article, user, tab, *, typed=False, at=None):
    """The tab is open, and something was `typed` in it since the last call. Answers who else is there: Here."""
    now = at or timezone.now()
    rows = list(Presence.objects.filter(article=article).select_related("user"))
    mine = next((row for row in rows if row.tab == tab), None) or _arrive(article, user, tab, now)
    if mine.user_id != user.pk:
        raise Foreign
    others = [row for row in rows if row.pk != mine.pk and row.seen_at > now - GONE]
    if len(others) < len([row for row in rows if row.pk != mine.pk]):
        _forget(article, now, mine)
    if typed and not mine.holds and not any(row.holds for row in others):
        mine.holds = _take_free_pen(mine)
    Presence.objects.filter(pk=mine.pk).update(seen_at=now, **({"typed_at": now} if typed else {}))
    return Here(mine.holds, [_other(row, user, mine.rank, now) for row in others])


def leave(article, user, tab):
    """The tab was closed: nobody need wait for it."""
    Presence.objects.filter(article=article, user=user, tab=tab).delete()


def take(article, user, tab, *, at=None):
    """Take the pen from whoever holds it. Raises PermissionDenied."""
    now = at or timezone.now()
    mine = _arrive(article, user, tab, now)
    if mine.user_id != user.pk:
        raise Foreign
    with transaction.atomic():
        held = Presence.objects.select_for_update().filter(article=article, holds=True).exclude(pk=mine.pk)
        for holder in held.filter(seen_at__gt=now - GONE):
            if not may_take(user, holder, at=now):
                name = roles.name_of(holder.user)
                raise PermissionDenied(_("%(name)s is writing, and ranks above you.") % {"name": name})
        held.update(holds=False)
        _take_free_pen(mine)
    return beat(article, user, tab, typed=True, at=now)


def may_take(user, holder, *, at=None):
    """Take the pen from the holder: of no higher rank, the same person in another tab, or idle for `IDLE`."""
    if holder.user_id == user.pk or _is_idle(holder, at or timezone.now()):
        return True
    return permissions.rank(user) >= permissions.rank(holder.user)


def others(article, user, *, at=None):
    """Other people with the article open: for a page that is being built. The own tabs are told by `beat`."""
    now = at or timezone.now()
    found = Presence.objects.filter(article=article, seen_at__gt=now - GONE).exclude(user=user).select_related("user")
    return [_other(row, user, 0, now) for row in found.order_by("-holds", "opened_at", "pk")]


def _arrive(article, user, tab, now):
    Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    defaults = {"user": user, "seen_at": now, "rank": permissions.rank(user)}
    return Presence.objects.get_or_create(article=article, tab=tab, defaults=defaults)[0]


def _forget(article, now, mine):
    Presence.objects.filter(article=article, seen_at__lte=now - GONE).exclude(pk=mine.pk).delete()


def _take_free_pen(mine):
    try:
        with transaction.atomic():
            Presence.objects.filter(pk=mine.pk).update(holds=True)
    except IntegrityError:
        return False  # another tab was first
    return True


def _is_idle(row, now):
    return row.typed_at is None or row.typed_at < now - IDLE


def _other(row, user, rank, now):
    return Other(
        name=roles.name_of(row.user),
        since=row.opened_at,
        holds=row.holds,
        typing=row.typed_at is not None and row.typed_at > now - TYPING,
        same_user=row.user_id == user.pk,
        may_take=row.holds and (rank >= row.rank or row.user_id == user.pk or _is_idle(row, now)),
    )
