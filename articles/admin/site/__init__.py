"""The newspaper itself: its masthead, its pages, its front page."""

from . import checks, correction, english, page, placement, redirect, settings

__all__ = ["checks", "correction", "english", "page", "placement", "redirect", "settings"]
