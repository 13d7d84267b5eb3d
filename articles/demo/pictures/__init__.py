"""Illustrations for the demo articles, drawn instead of photographed.

`draw(scene, seed)` always returns the same picture for the same pair, and two seeds of one
scene differ in hour, hills and arrangement.
"""

from random import Random

from PIL import Image

from .palettes import choose
from .scenes import SCENES
from .sheet import Sheet

__all__ = ["SCENES", "draw"]

_INDOORS = frozenset({"forge", "library", "meeting", "weaving"})


def draw(scene: str, seed: int) -> Image.Image:
    """Draw one 1600x1067 RGB picture."""
    if scene not in SCENES:
        raise ValueError(f"unknown scene {scene!r}; known: {', '.join(sorted(SCENES))}")
    # Seeding with the name too keeps neighbours on a page from sharing hills and hour.
    rng = Random(f"{scene}:{seed}")
    sheet = Sheet(rng, choose(rng, seed + list(SCENES).index(scene)))
    SCENES[scene](sheet)
    if sheet.pal.name == "rain" and scene not in _INDOORS:
        sheet.streaks(rng.randint(260, 420), sheet.pal.mist, 0.4)
    return sheet.finish(mirrored=rng.random() < 0.5)
