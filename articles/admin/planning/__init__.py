"""Planning at the desk: assignments, anniversaries, and the calendar on which both stand."""

from . import anniversary, assignment

__all__ = ["anniversary", "assignment"]
