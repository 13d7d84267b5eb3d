"""Internal notes beside the text: a remark, its answers, "resolved". Readers never see them.

A thread is a note with the answers to it, one level deep: whoever answers an answer answers the note.
"""

import re
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles import vietnamese
from articles.models import Note

from . import notices, permissions, roles

SUGGESTED = 8  # people offered while a name is typed


@dataclass(frozen=True)
class Thread:
    note: Note
    answers: list


def threads(article):
    """The Threads of an article, the oldest first, in one query."""
    found = list(article.notes.select_related("created_by", "resolved_by"))
    answers = {}
    for note in found:
        answers.setdefault(note.answers_id, []).append(note)
    return [Thread(note, answers.get(note.pk, [])) for note in answers.get(None, [])]


def open_count(article):
    """How many notes still ask for something."""
    return article.notes.filter(answers=None, resolved_at=None).count()


@transaction.atomic
def add(article, user, text, quote=""):
    """A new note, about the whole article or about a passage of it."""
    _may(user, article)
    return _write(Note(article=article, text=text, quote=quote[:300]), user)


@transaction.atomic
def answer(note, user, text):
    """An answer opens a resolved note again: something was left to say."""
    _may(user, note.article)
    first = note.answers or note
    _set_resolved(first, None)
    return _write(Note(article=note.article, text=text, answers=first), user)


def resolve(note, user):
    _may(user, note.article)
    if not note.resolved_at:
        _set_resolved(note, user)


def reopen(note, user):
    _may(user, note.article)
    _set_resolved(note, None)


def mentioned_in(text, article):
    """The people of the desk whose name or user name stands behind an @ in the text, and who may read the notes."""
    folded = vietnamese.fold(text)
    found = []
    # The longest name first, and what was recognised is taken out: "@Hà Thu" must not be seen in "@Hà Thu Trang".
    for name, user in sorted(_names(), key=lambda pair: -len(pair[0])):
        pattern = re.compile(rf"@{re.escape(name)}(?!\w)")
        if pattern.search(folded):
            folded = pattern.sub(" ", folded)
            found.append(user)
    return [user for user in dict.fromkeys(found) if permissions.can_note(user, article)]


def people(term, article, limit=SUGGESTED):
    """[(user name, name)] of those who may read an article's notes and whose name begins so, any word of it."""
    term = vietnamese.fold(term).strip()
    found = {}
    for name, user in _names():
        if f" {name}".find(f" {term}") >= 0 and user.pk not in found and permissions.can_note(user, article):
            found[user.pk] = (user.get_username(), roles.name_of(user))
        if len(found) == limit:
            break
    return sorted(found.values(), key=lambda pair: vietnamese.sort_key(pair[1]))


def _names():
    """[(folded name, user)] of everybody at the desk, by user name and by the name they sign with."""
    staff = get_user_model().objects.filter(is_active=True, is_staff=True).order_by("last_name", "first_name", "pk")
    return [(vietnamese.fold(name), user) for user in staff for name in {user.get_username(), roles.name_of(user)}]


def _may(user, article):
    if not permissions.can_note(user, article):
        raise PermissionDenied


def _write(note, user):
    note.created_by, note.created_by_name = user, roles.name_of(user)
    note.full_clean(exclude=["mentioned"])
    note.save()
    others = [person for person in mentioned_in(note.text, note.article) if person != user]
    note.mentioned.set(others)
    if others:
        notices.mention(note, others)
    return note


def _set_resolved(note, user):
    note.resolved_by, note.resolved_at = user, timezone.now() if user else None
    note.save(update_fields=["resolved_by", "resolved_at"])
