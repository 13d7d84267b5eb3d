"""The newspaper itself: its masthead, its pages, its front page."""

from . import correction, english, page, placement, redirect, settings

__all__ = ["correction", "english", "page", "placement", "redirect", "settings"]
