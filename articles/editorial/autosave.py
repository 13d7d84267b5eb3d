"""What a person is typing, kept before it is saved: the form as it stands, given back to the same person only.

Design notes
- An autosave is no version: it may be half-done or refused. It is kept raw, never shown as HTML, never merged here;
  the browser puts it back into the form, and saving that goes the usual way. The body is cleaned when it is given back
  (`given_back`), because the editor is handed clean HTML only.
- One row for each form (browser tab), overwritten as the typing goes on. It ends when the form is saved
  (`revisions.forget_autosaves`), when its writer throws it away, or after `DAYS`.
"""

from datetime import timedelta

from django.utils import timezone

from articles import richtext
from articles.models import Autosave, Revision

from . import permissions

LIMIT = 2 * 1024 * 1024  # bytes of JSON; the longest body accepted is smaller by half
DAYS = 30
MOST = 50  # forms of one person: nobody has more open, and nobody may fill the disk


class Malformed(ValueError):
    """What was sent is no list of names and values."""


def may_keep(user, article=None):
    """Who may save the article, or write a new one."""
    if article is None:
        return user.is_active and user.has_perm("articles.add_article")
    return permissions.can_change(user, article)


def keep(user, form, data, *, article=None, base=0):
    """Store `data`, [[name, value] or [name, value, what the person sees of it], …], under the form's name.

    Raises Malformed. The caller has asked `may_keep`.
    """
    entries = [_entry(item) for item in data] if isinstance(data, list) else None
    if entries is None:
        raise Malformed
    values = {"article": article, "base": base, "data": entries, "saved_at": timezone.now()}
    stored, created = Autosave.objects.update_or_create(user=user, form=form, defaults=values)
    if created:
        _forget_old(user)
    return stored


def waiting(user, article=None):
    """The person's own autosaves of an article; without one, those of articles that were never saved."""
    since = timezone.now() - timedelta(days=DAYS)
    return Autosave.objects.filter(user=user, article=article, saved_at__gte=since)


def given_back(stored):
    """The data of an autosave as the form may be filled with it."""
    return [
        [name, richtext.clean(value), *seen] if name == "body" else [name, value, *seen]
        for name, value, *seen in stored.data
    ]


def discard(user, form):
    """Throw away what was typed. Returns whether there was anything."""
    return bool(Autosave.objects.filter(user=user, form=form).delete()[0])


def saved_since(article, base):
    """The newest version that was saved after number `base`, None where there is none."""
    if article.version <= base:
        return None
    newer = Revision.objects.filter(article=article, number__gt=base).exclude(kind=Revision.Kind.CONFLICT)
    return newer.defer("document").order_by("-number").first()


def _entry(item):
    if not (isinstance(item, list) and len(item) in {2, 3} and all(isinstance(text, str) for text in item)):
        raise Malformed
    return [_storable(text) for text in item]


def _storable(text):
    """Without what PostgreSQL's JSON refuses: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _forget_old(user):
    since = timezone.now() - timedelta(days=DAYS)
    Autosave.objects.filter(saved_at__lt=since).delete()
    surplus = Autosave.objects.filter(user=user).order_by("-saved_at").values_list("pk", flat=True)[MOST:]
    if pks := list(surplus):
        Autosave.objects.filter(pk__in=pks).delete()
