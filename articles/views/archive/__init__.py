"""The news of a day, in one section or in all of them; the calendars of its month and its year."""

from .form import choose
from .pages import day, month, year
from .scope import day_url, month_url, year_url

__all__ = ["choose", "day", "day_url", "month", "month_url", "year", "year_url"]
