"""A synthetic archive for load: twenty years of Vietnamese news in two hundred sections, as large as one likes."""

from .bar import Bar
from .run import NotEmpty, seed

__all__ = ["Bar", "NotEmpty", "seed"]
