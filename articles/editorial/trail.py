"""Writing the trail: who did what to what, from where, with what outcome.

Design notes
- An entry is written in the transaction of what it tells of: both are stored, or neither. Where something was refused
  the caller's transaction is gone, and the entry stands alone.
- No text of a story enters the log: of long texts it keeps the number of words and a mark by which two are compared.
- Of the desk's people it keeps the whole address, of anybody else the network only: it is never deleted.
- The verbs know no browser: where the person sits is told once, at the door, by `address` (newsroom/middleware.py).
"""

import hashlib
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.db.models import Model, TextField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import addresses, vietnamese
from articles.models import TrailEntry, Transition

from . import roles

DONE, REFUSED, FAILED = TrailEntry.Outcome.DONE, TrailEntry.Outcome.REFUSED, TrailEntry.Outcome.FAILED

# What an entry's `action` says to a reader. A word that is not here is shown as it is.
ACTIONS = {
    **dict(Transition.Verb.choices),
    "sign_in": _("Signed in"),
    "sign_out": _("Signed out"),
    "password": _("Password set"),
    "second_factor": _("Second factor"),
    "factor_add": _("Second factor added"),
    "factor_remove": _("Second factor removed"),
    "factor_reset": _("Second factor reset"),
    "recovery_codes": _("Recovery codes made"),
    "confirm": _("Password asked again"),
    "session_over": _("Session over"),
    "sign_out_everywhere": _("Logged out everywhere"),
    "add": pgettext_lazy("trail", "Added"),
    "upload": _("Uploaded"),
    "change": pgettext_lazy("trail", "Changed"),
    "create": _("Begun"),
    "save": _("Saved"),
    "discard": _("Working version given up"),
    "restore": _("An earlier version restored"),
    "delete": pgettext_lazy("trail", "Deleted"),
    "share": _("Version shown to an outsider"),
    "unshare": _("Shared version taken back"),
    "settings": _("Settings changed"),
    "credit": _("Photo credited"),
    "export": _("Exported"),
    "import": _("Imported"),
    "moderate": _("Comments moderated"),
    "attempt": _("Tried at the desk"),
    "recover": _("Restored from a backup"),
    # Steps of a list of articles that are no verbs of the route
    "section": _("Moved to another section"),
    "topic": _("Tied to a topic"),
}
FIELDS = {  # what `changes` names that is no field
    "browser": _("browser"),
    "second factor": _("Second factor"),
    "sha256": _("SHA-256 of the version"),
}
PRIVATE = {"lede", "body", "text", "document", "data"}  # of a story or a reader, long or not
SHORT = 200  # characters of a value that is kept as it is
MOST_ROWS = 12  # of a list of names
WORDS_LENGTH = 4000
MOST_COUNTED = 1_000

address = ContextVar("address of the person's machine", default="")


def record(user, action, instance=None, changes=None, *, outcome=DONE, label="", person="", kind="", key=""):
    """Add an entry. `changes` is {field: [before, after]}, or names of fields that changed.

    `person` is the name that somebody gave who is not known (user None); `kind` and `key` name what is no instance.
    """
    known = user is not None and user.is_authenticated
    entry = TrailEntry(
        person=_line(user.get_username() if known else person, 150),
        person_name=_line(roles.name_of(user), 200) if known else "",
        action=_line(action, 40),
        outcome=outcome,
        kind=instance._meta.model_name if instance is not None else _line(kind, 60),
        key=_line(instance.pk or "", 40) if instance is not None else _line(key, 40),
        label=_line(label or ("" if instance is None else instance), 300),
        changes=_changes(instance, changes or {}),
        address=address.get()[:60] if known else addresses.shorten(address.get()),
    )
    entry.words = _words(entry)
    entry.save()
    return entry


def was_just_refused(user, label):
    """Whether the same was refused to a person less than a minute ago."""
    since = timezone.now() - timedelta(minutes=1)
    recent = TrailEntry.objects.filter(person=user.get_username(), at__gt=since, outcome=REFUSED)
    return recent.filter(label=_line(label, 300)).exists()


def number_denied(since):
    """How often somebody was denied something since a moment, signing in included; at most MOST_COUNTED.

    Not what failed on an article by its own state: a check before publication denies nobody anything.
    """
    denied = TrailEntry.objects.exclude(outcome=DONE).filter(at__gt=since).exclude(outcome=FAILED, kind="article")
    denied = denied.order_by()
    return denied[:MOST_COUNTED].count()


def name_of_action(action):
    return ACTIONS.get(action, action)


def _changes(instance, changes):
    if not isinstance(changes, dict):
        return {_line(name, 100): [None, None] for name in sorted(changes)}
    return {_line(name, 100): [_kept(instance, name, value) for value in pair] for name, pair in changes.items()}


def _kept(instance, name, value):
    """A value as the log may hold it: JSON, clean, short."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        rows = sorted(map(str, value)) if isinstance(value, set) else value
        return [_kept(None, "", row) for row in list(rows)[:MOST_ROWS]]
    if isinstance(value, Model):
        value = str(value)
    text = str(value)
    if name in PRIVATE or len(text) > SHORT or _is_long(instance, name):
        mark = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]
        return {"words": len(text.split()), "mark": mark}
    return _line(text, SHORT)


def _is_long(instance, name):
    """Whether the model declares the field as a text of any length."""
    fields = {} if instance is None else {field.name: field for field in instance._meta.concrete_fields}
    return isinstance(fields.get(name), TextField)


def _line(value, length):
    return vietnamese.clean_line(str(value))[:length]


def _words(entry):
    """What the search looks through: the people, the object, the short values."""
    values = [value for pair in entry.changes.values() for side in pair for value in _texts(side)]
    found = [entry.person, entry.person_name, entry.label, entry.key, entry.address, *values]
    return vietnamese.fold(" ".join(filter(None, found)))[:WORDS_LENGTH]


def _texts(value):
    if isinstance(value, str):
        return [value]
    return [row for row in value if isinstance(row, str)] if isinstance(value, list) else []
