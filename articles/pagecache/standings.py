"""Where an article stands for readers, asked of the database (tags.Standing)."""

from articles import days
from articles.models import Article, EnglishVersion

from .tags import Standing

FACTS = ("pk", "state", "published_at", "category_id", "category__parent_id")


def of(article, *, category=None, published_at=None):
    """The Standing of an article as it is in memory, or with another section or time; None for one without."""
    category = category or article.category
    moment = published_at or article.published_at
    if category is None or moment is None:
        return None
    return Standing(
        pk=article.pk,
        sections=tuple(filter(None, (category.pk, category.parent_id))),
        day=days.of(moment),
        authors=tuple(article.bylines.exclude(author=None).order_by().values_list("author", flat=True).distinct()),
        topics=tuple(article.topics.order_by().values_list("pk", flat=True)),
        has_english=EnglishVersion.objects.filter(article=article.pk).exists(),
    )


def stored(pk, fields):
    """The row of an article as it is in the database before a save: with these fields, or None."""
    return Article.objects.filter(pk=pk).select_related("category").only("state", "category", *fields).first()
