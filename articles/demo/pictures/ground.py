"""Open ground and the people standing on it, shared by the outdoor scenes."""

from math import cos, pi, sin

from . import brushes, people
from .palettes import Color, mix
from .sheet import HEIGHT, WIDTH, Sheet


def yard(sheet: Sheet, y: float, ink: Color) -> None:
    """Open ground, darker toward the viewer."""
    edge = brushes.slope(sheet.rng, y, y - 14, 8)
    brushes.land(sheet, edge, ink)
    sheet.stipple([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], mix(ink, sheet.pal.ink, 0.24), "down", 0.55)


def earth(sheet: Sheet) -> Color:
    return mix(mix(sheet.pal.field, sheet.pal.wall, 0.5), sheet.pal.far, 0.15)


def shadow(sheet: Sheet, x: float, y: float, w: float) -> None:
    """A short ground shadow keeps figures from floating."""
    pal = sheet.pal
    disc = [(x + w * (0.3 + 0.65 * cos(a)), y + w * 0.08 * sin(a)) for a in (2 * pi * k / 24 for k in range(24))]
    sheet.stipple(disc, mix(pal.near, pal.ink, 0.3), "left", 1.1)


def crowd(sheet: Sheet, spots: list[tuple[float, float]], h: float, poses: tuple[str, ...]) -> None:
    """People painted from far to near; size follows how low they stand."""
    rng = sheet.rng
    low = max(y for _, y in spots)
    for x, y in sorted(spots, key=lambda q: q[1]):
        size = h * (0.55 + 0.45 * (y - 480) / (low - 480)) * rng.uniform(0.92, 1.05)
        shadow(sheet, x, y, size * 0.4)
        people.figure(sheet, x, y, size, rng.choice(poses), facing=rng.choice((1, -1)))
