"""A link that shows one version of an article to an outsider: the interviewee, a lawyer, an expert.

Design notes
- The link is its secret: 32 random bytes, told once to who made it and stored as a hash. So nobody who reads the
  database, a backup or the trail can open it, and it cannot be shown a second time.
- It leads to one version for a few days at most, whatever is written afterwards, and can be taken back at any time.
- A wrong, an expired and a revoked link are the same thing: nothing.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import SharedVersion, State

from . import permissions, revisions

LIFETIMES = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "3-days": timedelta(days=3),
    "week": timedelta(days=7),
}
SECRET_BYTES = 32
LONGEST_SECRET = 64  # characters that are looked at; ours have 43


@transaction.atomic
def create(article, user, *, lifetime, recipient="", number=None):
    """(SharedVersion, secret) of a version by its number, else of the newest one. The secret is not kept anywhere."""
    _may(user, article)
    article = revisions.lock(article.pk)
    revisions.note_found(article)  # one from an importer has no version yet
    kept = article.revisions.get(number=number or article.version)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    shared = SharedVersion(
        article=article, revision=kept, token_hash=_hash(secret), recipient=recipient, created_by=user,
        expires_at=timezone.now() + LIFETIMES[lifetime],
    )  # fmt: skip
    shared.full_clean()
    shared.save()
    return shared, secret


def find(secret, at=None):
    """The SharedVersion that a secret opens, or None. It is looked for by its hash, so a guess learns no time."""
    if not secret.isascii() or len(secret) > LONGEST_SECRET:
        return None
    known = SharedVersion.objects.exclude(article__state=State.TRASHED)
    found = known.select_related("revision").filter(token_hash=_hash(secret)).first()
    return found if found and found.is_open(at) else None


def note_opened(shared):
    """Count an opening. Two at once are two. A count is all that a GET changes here, and it gives nobody anything: an
    outsider has no page of ours from which to send more than that."""
    SharedVersion.objects.filter(pk=shared.pk).update(opened=F("opened") + 1, opened_at=timezone.now())


def revoke(shared, user):
    """Take a link back, for good."""
    _may(user, shared.article)
    SharedVersion.objects.filter(pk=shared.pk, revoked_at=None).update(revoked_at=timezone.now())


def _may(user, article):
    if not permissions.can_share(user, article):
        raise PermissionDenied


def _hash(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
