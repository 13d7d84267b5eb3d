"""Who may fetch a stored file before readers may: the desk, and who was given the link to a version that shows it."""

from articles.attachments import is_picture
from articles.models import Attachment, Photo
from articles.models.photo_use import shown_in
from articles.renditions import master_of

from . import permissions


def can_fetch(user, name):
    """A picture is the library's, which the desk shares; an attachment belongs to its article, or still to a form."""
    if not (user.is_active and user.is_staff):
        return False
    if is_picture(name):
        return user.has_perm("articles.view_photo")
    found = Attachment.objects.select_related("article__category").filter(file=name).first()
    return permissions.can_see(user, found.article) if found else user.has_perm("articles.view_article")


def is_of(link, name):
    """Whether the version that a SharedVersion leads to shows the file."""
    document = link.revision.document
    if not is_picture(name):
        return any(row.get("file") == name for row in document.get("attachments") or [])
    numbers, masters = shown_in(document)
    master = master_of(name)
    return master in masters or Photo.objects.filter(pk__in=numbers, master=master).exists()
