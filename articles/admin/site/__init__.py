"""The newspaper itself: its masthead, its pages, its front page."""

from . import settings

__all__ = ["settings"]
