"""A copy of an article, to write the next one of its kind."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.article import TITLE_LENGTH

from . import documents, permissions, revisions

# What belongs to the story itself and not to the next one: its moment, its address, its embargo, what the desk noted.
NOT_COPIED = {
    "published_at": None, "slug": "", "embargo_until": None, "interview_shown_at": None, "editor_note": "",
    "attachments": [],  # a file belongs to one article
}  # fmt: skip


def copy(article, user):
    """A new draft that says what the newest version of an article says that the person may see, but for its files."""
    if not permissions.can_copy(user, article):
        raise PermissionDenied
    newest = revisions.current if permissions.can_see_versions(user, article) else documents.of
    document = {**newest(article), **NOT_COPIED}
    document["title"] = (_("Copy: %(title)s") % {"title": document["title"]})[:TITLE_LENGTH]
    return revisions.create(Article(), document, user).article
