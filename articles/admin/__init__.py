"""The desk: Django's admin, one file a screen. A screen declares; what it does is in articles/editorial."""

from . import article, author, category, people, photos, planning, readers, site, source, topic, trail

__all__ = [
    "article",
    "author",
    "category",
    "people",
    "photos",
    "planning",
    "readers",
    "site",
    "source",
    "topic",
    "trail",
]
