"""Brushes for what grows: trees, palms, leaves, grass."""

from math import cos, pi, sin
from random import Random

from .brushes import height_at, land, slope
from .palettes import Color, mix
from .sheet import WIDTH, Point, Sheet


def leaf(sheet: Sheet, x: float, y: float, angle: float, length: float, width: float, ink: Color) -> None:
    """A pointed blade; most foliage is made of it."""
    dx, dy = cos(angle), sin(angle)
    mx, my = x + dx * length * 0.45, y + dy * length * 0.45
    sheet.poly(
        [
            (x, y),
            (mx - dy * width, my + dx * width),
            (x + dx * length, y + dy * length),
            (mx + dy * width, my - dx * width),
        ],
        ink,
    )


def blade(
    sheet: Sheet,
    x: float,
    y: float,
    angle: float,
    length: float,
    width: float,
    ink: Color,
    droop: float = 0.5,
) -> list[Point]:
    """A long leaf that bends under its own weight; returns its spine."""
    spine = [
        (x + cos(angle) * length * t, y + sin(angle) * length * t + droop * length * t * t)
        for t in (k / 9 for k in range(10))
    ]
    edge = [width * sin(pi * (0.08 + 0.92 * k / 9)) for k in range(10)]
    upper = [(px, py - w) for (px, py), w in zip(spine, edge, strict=True)]
    lower = [(px, py + w) for (px, py), w in zip(spine, edge, strict=True)]
    sheet.poly(upper + lower[::-1], ink)
    return spine


def blob(rng: Random, x: float, y: float, rx: float, ry: float) -> list[Point]:
    """A scalloped crown outline."""
    lobes, phase = rng.randint(6, 9), rng.uniform(0, 6)
    points = []
    for i in range(48):
        a = 2 * pi * i / 48
        r = 0.86 + 0.14 * abs(sin(a * lobes / 2 + phase)) + rng.uniform(-0.012, 0.012)
        points.append((x + cos(a) * rx * r, y + sin(a) * ry * r))
    return points


def tree(
    sheet: Sheet,
    x: float,
    y: float,
    h: float,
    ink: Color,
    fruit: Color | None = None,
    bloom: Color | None = None,
) -> None:
    """A broad tree: trunk, a clustered crown lit from the left, optional fruit or blossom."""
    rng, pal = sheet.rng, sheet.pal
    bark = mix(pal.ink, pal.roof, 0.35)
    for dx, foot, width in ((0.02, 0, 0.05), (-0.16, 0.26, 0.025), (0.17, 0.3, 0.025)):
        sheet.line([(x, y - foot * h), (x + dx * h, y - h * 0.56)], bark, h * width)
    for k, (dx, dy, r) in enumerate(
        (
            (0.24, 0.5, 0.17),
            (-0.26, 0.54, 0.18),
            (0.12, 0.66, 0.24),
            (-0.1, 0.76, 0.22),
            (-0.02, 0.55, 0.22),
        )
    ):
        at = x + (dx + rng.uniform(-0.05, 0.05)) * h, y - (dy + rng.uniform(-0.04, 0.04)) * h
        crown = blob(rng, *at, r * h * 1.15, r * h * 0.84)
        sheet.poly(crown, mix(ink, pal.ink, 0.16 * (k % 2)))
        # The two outer lobes are mostly covered; small trees can leave them flat.
        if h > 90 and (k > 1 or h > 250):
            sheet.stipple(crown, mix(ink, pal.ink, 0.55), "right", 0.8)
        if bloom or (k > 2 and h > 90):
            sheet.stipple(crown, bloom or mix(ink, pal.wall, 0.5), "up", 0.95 if bloom else 0.4)
    if fruit:
        _fruit(sheet, x, y, h, fruit)


def _fruit(sheet: Sheet, x: float, y: float, h: float, ink: Color) -> None:
    for _ in range(round(16 + h / 12)):
        a, r = sheet.rng.uniform(0, 2 * pi), sheet.rng.random() ** 0.5
        size = h * sheet.rng.uniform(0.012, 0.019)
        fx, fy = x + cos(a) * r * h * 0.36, y - h * 0.62 + sin(a) * r * h * 0.25
        sheet.oval(fx, fy, size, size, ink)
        sheet.oval(
            fx - size * 0.3,
            fy - size * 0.3,
            size * 0.35,
            size * 0.35,
            mix(ink, sheet.pal.wall, 0.6),
        )


def pine(sheet: Sheet, x: float, y: float, h: float, ink: Color) -> None:
    """A narrow conifer for cold heights."""
    sheet.line([(x, y), (x, y - h * 0.3)], mix(ink, sheet.pal.ink, 0.5), h * 0.04)
    for k in range(5):
        w, top = h * (0.25 - 0.042 * k), y - h * (0.38 + 0.155 * k)
        low = top + h * 0.26
        tier = [
            (x, top),
            (x + w, low),
            (x + w * 0.3, low - h * 0.03),
            (x, low + h * 0.015),
            (x - w * 0.3, low - h * 0.03),
            (x - w, low),
        ]
        sheet.poly(tier, ink)
        sheet.poly([tier[0], *tier[1:4]], mix(ink, sheet.pal.ink, 0.25))


def palm(sheet: Sheet, x: float, y: float, h: float, ink: Color) -> None:
    """A slender areca: arching fronds hung with leaflets."""
    rng = sheet.rng
    tip = x + rng.uniform(-0.06, 0.06) * h
    sheet.line(
        [(x, y), (x + (tip - x) * 0.3, y - h * 0.5), (tip, y - h)],
        mix(ink, sheet.pal.roof, 0.4),
        max(2, h * 0.026),
    )
    for i in range(9):
        angle, reach = -pi * (0.06 + 0.88 * i / 8), h * rng.uniform(0.28, 0.38)
        shade = mix(ink, sheet.pal.wall, 0.14 * (i % 2))
        for px, py in blade(sheet, tip, y - h, angle, reach, h * 0.008, shade, 0.7)[2:]:
            for side in (0.9, pi - 0.9):
                leaf(sheet, px, py, side, reach * 0.3, h * 0.008, shade)


def bamboo(sheet: Sheet, x: float, y: float, h: float, ink: Color, culms: int = 7) -> None:
    """A clump of bending culms, heavy with leaf at the tips."""
    rng = sheet.rng
    for i in range(culms):
        lean = (i - culms / 2 + rng.uniform(-0.6, 0.6)) / culms * h * 0.9
        tall = h * rng.uniform(0.75, 1)
        arc = [(x + i * h * 0.012 + lean * t * t, y - tall * (t - 0.22 * t**3)) for t in (k / 8 for k in range(9))]
        shade = mix(ink, sheet.pal.wall, rng.uniform(0, 0.18))
        sheet.line(arc, shade, max(1.5, h * 0.011))
        for px, py in arc[3:]:
            for _ in range(4):
                angle = rng.uniform(0.2, 1.1) if rng.random() < 0.5 + lean / h else rng.uniform(2, 2.9)
                leaf(sheet, px, py, angle, h * rng.uniform(0.07, 0.13), h * 0.01, shade)


def banana(sheet: Sheet, x: float, y: float, h: float, ink: Color) -> None:
    """Big arching leaves for the edge of a yard."""
    rng, pal = sheet.rng, sheet.pal
    sheet.line([(x, y), (x, y - h * 0.5)], mix(ink, pal.field, 0.35), h * 0.06)
    for i in (0, 6, 1, 5, 2, 4, 3):
        a = -pi * (0.12 + 0.76 * i / 6) + rng.uniform(-0.08, 0.08)
        shade = mix(ink, pal.ink if i % 2 else pal.wall, 0.16)
        spine = blade(sheet, x, y - h * 0.45, a, h * rng.uniform(0.55, 0.68), h * 0.06, shade, 0.42)
        sheet.line(spine[:-1], mix(shade, pal.wall, 0.35), h * 0.007)


def grass(sheet: Sheet, y: float, ink: Color, count: int = 190, size: float = 70) -> None:
    """The dark near edge that pushes everything else back."""
    rng = sheet.rng
    edge = slope(rng, y, y - 20, 18, 700)
    land(sheet, edge, ink)
    for _ in range(count):
        x = rng.uniform(-10, WIDTH + 10)
        leaf(
            sheet,
            x,
            height_at(edge, x) + 6,
            -pi / 2 + rng.uniform(-0.55, 0.55),
            size * rng.uniform(0.35, 1),
            size * 0.045,
            ink,
        )


def canopy(sheet: Sheet, x: float, ink: Color, reach: float = 330) -> None:
    """Sprays hanging from above: a near frame for the far view."""
    rng = sheet.rng
    for _ in range(6):
        at, lean = x + rng.uniform(-reach, reach), rng.uniform(-0.5, 0.5)
        long = rng.uniform(0.35, 0.85) * reach
        twig = [(at + lean * long * t, -20 + long * t) for t in (k / 7 for k in range(8))]
        sheet.line(twig, ink, 2.5)
        for px, py in twig[2:]:
            for side in (0.5, 1.3, 1.9, 2.6):
                leaf(sheet, px, py, side + rng.uniform(-0.25, 0.25), rng.uniform(45, 85), 6, ink)
