"""Search: what is asked (query.py), what is found and shown (results.py)."""

from .results import search

__all__ = ["search"]
