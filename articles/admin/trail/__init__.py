"""The trail at the desk: what every screen writes into it, and the screen that shows it."""

from .mixin import TrailMixin, note_forged
from .screen import TrailEntryAdmin

__all__ = ["TrailEntryAdmin", "TrailMixin", "note_forged"]
