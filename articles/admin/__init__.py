"""The desk: Django's admin, one file a screen. A screen declares; what it does is in articles/editorial."""

from . import article, author, category, photo, planning, readers, site, source, topic

__all__ = ["article", "author", "category", "photo", "planning", "readers", "site", "source", "topic"]
