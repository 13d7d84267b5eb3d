"""What changes an article's entry: its own row, and everything that is searched with it.

Each change owes the index of the article in the transaction that makes it (articles/outbox), so a process that is
killed between commit and indexing loses nothing. A transaction that changes an article ten times indexes it once.
"""

from django.db import transaction
from django.dispatch import Signal

from articles import outbox
from articles.models import Article, GalleryPhoto, Photo, PhotoUse

from .index import index

indexed = Signal()  # the entry of an article that is out of work changed: readers may find it otherwise now


def of(instance):
    """The keys of the articles in whose entries a row stands."""
    if isinstance(instance, Article):
        return [instance.pk]
    if isinstance(instance, Photo):
        return _showing(instance)
    article = getattr(instance, "article_id", None)
    return [] if article is None or _is_english(instance) else [article]


def _is_english(instance):
    return isinstance(instance, PhotoUse) and instance.text == PhotoUse.Text.ENGLISH


def _showing(photo):
    shown = [
        Article.objects.filter(photo=photo).order_by().values_list("pk", flat=True),
        GalleryPhoto.objects.filter(photo=photo).order_by().values_list("article", flat=True),
        PhotoUse.objects.filter(photo=photo, article__isnull=False).values_list("article", flat=True),
    ]
    return sorted({pk for keys in shown for pk in keys})


def owe(keys):
    """Owe the index of articles; of what this transaction owes already nothing is written twice."""
    owed = {getattr(act, "indexes", None) for _savepoints, act, _robust in transaction.get_connection().run_on_commit}
    for key in set(keys) - owed:
        outbox.owe("index", str(key))
        transaction.on_commit(_Owed(key), robust=True)


class _Owed:
    """A mark among what waits for the commit, which goes with it and with a savepoint that is taken back."""

    def __init__(self, key):
        self.indexes = key

    def __call__(self):
        """Done by the outbox."""


@outbox.handles("index")
def index_owed(key, payload):
    if index([int(key)]) and not Article.objects.in_work().filter(pk=key).exists():
        indexed.send(sender=Article)
