"""A copy of an article, to write the next one of its kind."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.article import TITLE_LENGTH

from . import permissions, revisions

# What belongs to the story itself and not to the next one: its moment, its address, its embargo, what the desk noted.
NOT_COPIED = {
    "published_at": None, "slug": "", "embargo_until": None, "interview_shown_at": None, "editor_note": "",
    "attachments": [],  # a file belongs to one article
}  # fmt: skip


def copy(article, user):
    """A new draft that says what the newest version of an article says, but for its files."""
    if not permissions.can_copy(user, article):
        raise PermissionDenied
    document = {**revisions.current(article), **NOT_COPIED}
    document["title"] = (_("Copy: %(title)s") % {"title": document["title"]})[:TITLE_LENGTH]
    return revisions.create(Article(), document, user).article
