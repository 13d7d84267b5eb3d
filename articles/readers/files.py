"""Which stored files readers may fetch: those that something public shows at this moment, and nothing else.

Design notes
- A name that nobody can guess is not enough: it stands in drafts, previews, mails and logs, and it stays good after the
  article was withdrawn. So each request asks, as each page does, and the clock alone opens what is scheduled.
- One picture is a folder of files, and one row answers for all of them; an attachment answers for itself.
- Every question is one row by an index: a page of sixty pictures costs sixty of them, and a server in front asks once
  in half a minute (deploy/).
- `last` is what was answered before, for the hour in which the database does not: pictures of pages that are shown
  stale. What was never asked for is not shown then.
"""

from collections import OrderedDict

from django.db import Error
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles import attachments, renditions
from articles.models import (
    Article,
    Attachment,
    EnglishVersion,
    GalleryPhoto,
    LiveUpdate,
    Photo,
    PhotoUse,
    SiteSettings,
    StaticPage,
)
from articles.models.listing import topics

MOST = 10_000  # answers that a process remembers
last = OrderedDict()  # {name: whether readers might have it}


def is_public(name, at=None):
    """Whether something that readers may see shows the file of this name."""
    try:
        found = _is_shown(name, at or timezone.now())
    except Error:
        if name not in last:
            raise
        return last[name]
    last[name] = found
    last.move_to_end(name)
    if len(last) > MOST:
        last.popitem(last=False)
    return found


def _is_shown(name, at):
    if not attachments.is_picture(name):
        return Attachment.objects.filter(_of(Article.objects.published(at), "article"), file=name).exists()
    return Photo.objects.filter(_anywhere(at), master=renditions.master_of(name)).exists() or _is_logo(name)


def _anywhere(at):
    """Above a story, in its gallery, in a text, with a topic."""
    public, photo = Article.objects.published(at), OuterRef("pk")
    uses, text = PhotoUse.objects.filter(photo=photo), PhotoUse.Text
    updates = LiveUpdate.objects.posted(at).filter(_of(public, "article"))
    return (
        Exists(public.filter(photo=photo))
        | Exists(GalleryPhoto.objects.filter(_of(public, "article"), photo=photo))
        | Exists(uses.filter(_of(public, "key"), text=text.ARTICLE))
        | Exists(uses.filter(_of(updates, "key"), text=text.LIVE))
        | Exists(uses.filter(_of(EnglishVersion.objects.published(at), "key"), text=text.ENGLISH))
        | Exists(uses.filter(_of(StaticPage.objects.public(), "key"), text=text.PAGE))
        | Exists(topics(at).filter(is_shown=True, photo=photo))
    )


def _of(rows, key):
    """That the row whose number stands in `key` is among `rows`: by its number, never as a list of all of them."""
    return Exists(rows.filter(pk=OuterRef(key)).order_by())


def _is_logo(name):
    logo = SiteSettings.load().logo
    return bool(logo) and logo.rpartition(".")[0] == name.rpartition(".")[0]
