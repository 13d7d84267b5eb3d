"""What readers do: what they read, what they write to us."""

from . import comments, reads

__all__ = ["comments", "reads"]
