"""What changes an article's entry: its own row, and everything that is searched with it.

Each change owes the index of the article in the transaction that makes it (articles/outbox), so a process that is
killed between commit and indexing loses nothing. A transaction that changes an article ten times indexes it once.
"""

from django.db import transaction

from articles.models import Article, GalleryPhoto, Photo, PhotoUse

from .index import index


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


def owe(keys, due_at=None):
    for key in keys:
        transaction.on_commit(lambda key=key: index([key]), robust=True)
