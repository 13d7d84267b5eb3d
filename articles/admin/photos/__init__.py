"""The photo library: the list, the form of one photo, many files at once, the picker, credit for many."""

from . import screen  # noqa: F401 (registers it)
