"""The trash: drafts that were deleted, for as long as one may come to regret it.

Design notes
- Deleting is a step of the route (transitions.trash): the row stays as it was but for its state, so an article comes
  back with its address, versions, pictures, topics, links and bylines, and no count or index has to be mended.
- What readers ever saw does not come here: it is withdrawn, its address says so, and it can be published again.
- Emptying is the one place that deletes an article for good. It leaves what the trail says of it, and what was imported
  (so that the same old page is not imported a second time).
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.models import Article, Attachment

from . import documents, trail

KEPT = timedelta(days=30)
AT_ONCE = 500  # articles of one look; each goes in a transaction of its own

log = logging.getLogger(__name__)


def emptied_on(article):
    """When an article in the trash is gone for good."""
    return article.state_since + KEPT


def empty(at=None):
    """Delete for good what lies in the trash longer than KEPT; how many. One that fails waits for the next night."""
    due = Article.objects.trashed().filter(state_since__lte=(at or timezone.now()) - KEPT).order_by("pk")
    done, last = 0, 0
    while keys := list(due.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        last = keys[-1]
        done += sum(_delete(pk) for pk in keys)
    return done


def _delete(pk):
    try:
        with transaction.atomic():
            # Locked: whoever takes it out of the trash at this moment is first, or is told that it is gone.
            article = Article.objects.trashed().select_for_update().filter(pk=pk).first()
            if article is None:
                return False
            _forget_files(article)
            trail.record(None, "delete", article)
            article.delete()
    except DatabaseError:
        log.exception("Article %s stays in the trash.", pk)
        return False
    return True


def _forget_files(article):
    """Its attachments, those of earlier versions too: a file belongs to one article. Photos belong to the library."""
    kept = [documents.of(article), *article.revisions.values_list("document", flat=True)]
    names = {row["file"] for document in kept for row in document.get("attachments", []) if row.get("file")}
    storage = Attachment._meta.get_field("file").storage
    for name in names:
        transaction.on_commit(lambda name=name: storage.delete(name), robust=True)
