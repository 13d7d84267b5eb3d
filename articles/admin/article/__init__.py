"""The form of an article: `screen.py` declares it, the other files are its parts."""

from .screen import ArticleAdmin

__all__ = ["ArticleAdmin"]
