"""The news of a day, in one section or in all of them; the calendars of its month and its year."""

from .form import choose
from .pages import day, month, year

__all__ = ["choose", "day", "month", "year"]
