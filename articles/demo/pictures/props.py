"""The things people build and carry."""

from math import pi, sin

from .palettes import Color, mix
from .people import Dress, figure
from .plants import blade
from .sheet import Point, Sheet


def thatch(sheet: Sheet, x: float, y: float, w: float, h: float, ink: Color, ridge_part: float = 0.6) -> None:
    """A hipped roof with the sagging slopes of palm thatch; (x, y) is the eaves' middle."""
    half, top = w / 2, w / 2 * ridge_part
    curve = [(half - (half - top) * t**0.75, -h * t) for t in (k / 8 for k in range(9))]
    shape = [(x + dx, y + dy) for dx, dy in curve]
    shape += [(x - dx, y + dy) for dx, dy in reversed(curve)]
    sheet.poly(shape, ink)
    dark = mix(ink, sheet.pal.ink, 0.5)
    for k in range(1, 7):
        dx, dy = curve[k]
        sheet.line([(x - dx * 0.98, y + dy), (x + dx * 0.98, y + dy)], mix(ink, dark, 0.4), h * 0.012)
    sheet.stipple(shape, dark, "right", 0.85)
    sheet.stipple(shape, mix(ink, sheet.pal.sun, 0.5), "up", 0.35)
    sheet.line([(x - top * 1.04, y - h), (x + top * 1.04, y - h)], dark, h * 0.05)
    sheet.poly(
        [
            (x - half, y),
            (x + half, y),
            (x + half * 0.96, y + h * 0.06),
            (x - half * 0.96, y + h * 0.06),
        ],
        dark,
    )


def window(sheet: Sheet, x: float, y: float, w: float, h: float, ink: Color) -> None:
    """A shuttered opening with a pale sill."""
    pal = sheet.pal
    sheet.box(x, y, w, h, mix(ink, pal.ink, 0.55))
    lit = pal.field if pal.name in ("dusk", "moonrise") else mix(pal.near, pal.ink, 0.5)
    sheet.box(x + w * 0.12, y + h * 0.1, w * 0.76, h * 0.8, lit)
    sheet.line([(x + w / 2, y), (x + w / 2, y + h)], mix(ink, pal.ink, 0.55), max(1, w * 0.07))
    sheet.box(x - w * 0.08, y + h, w * 1.16, h * 0.08, mix(ink, pal.wall, 0.6))


def stilt_house(sheet: Sheet, x: float, y: float, w: float) -> None:
    """A Tày house: thatch, plank wall, gallery, and the shade between its posts."""
    pal = sheet.pal
    wood = mix(pal.roof, pal.field, 0.35)
    dark, floor, eaves = mix(wood, pal.ink, 0.6), y - w * 0.19, y - w * 0.37
    sheet.poly(
        [(x - w * 0.42, floor), (x + w * 0.42, floor), (x + w * 0.46, y), (x - w * 0.4, y)],
        mix(pal.ink, pal.near, 0.25),
    )
    for k in range(7):
        px = x - w * 0.41 + k * w * 0.137
        sheet.line([(px, floor), (px, y + w * 0.012 * (k % 2))], wood, w * 0.02)
    sheet.box(x - w * 0.42, eaves, w * 0.84, floor - eaves, wood)
    _planks(sheet, x - w * 0.42, eaves, w * 0.84, floor - eaves, dark)
    for k in (-0.29, -0.09, 0.24):
        window(sheet, x + k * w, eaves + w * 0.06, w * 0.075, w * 0.075, wood)
    sheet.box(x + w * 0.07, eaves + w * 0.045, w * 0.09, floor - eaves - w * 0.045, dark)
    _gallery(sheet, x, floor, w, wood)
    thatch(sheet, x, eaves + w * 0.02, w * 1.12, w * 0.31, mix(pal.roof, pal.ink, 0.12))


def _planks(sheet: Sheet, x: float, y: float, w: float, h: float, dark: Color) -> None:
    for k in range(1, 22):
        px = x + w * k / 22
        sheet.line([(px, y), (px, y + h)], mix(dark, sheet.pal.roof, 0.6), max(0.5, w * 0.0025))
    sheet.stipple([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], dark, "up", 0.9)


def _gallery(sheet: Sheet, x: float, floor: float, w: float, wood: Color) -> None:
    pale, foot = mix(wood, sheet.pal.wall, 0.4), floor + w * 0.2
    sheet.box(x - w * 0.46, floor, w * 0.92, w * 0.022, pale)
    sheet.line([(x - w * 0.45, floor - w * 0.06), (x + w * 0.05, floor - w * 0.06)], pale, w * 0.009)
    for k in range(13):
        px = x - w * 0.45 + k * w * 0.041
        sheet.line([(px, floor), (px, floor - w * 0.06)], pale, w * 0.006)
    for side in (0.09, 0.15):
        sheet.line([(x + w * side, floor), (x + w * (side + 0.1), foot)], pale, w * 0.013)
    for k in range(1, 8):
        t = k / 8
        sheet.line(
            [
                (x + w * (0.09 + 0.1 * t), floor + t * (foot - floor)),
                (x + w * (0.15 + 0.1 * t), floor + t * (foot - floor)),
            ],
            pale,
            w * 0.009,
        )


def hall(sheet: Sheet, x: float, y: float, w: float, h: float, bays: int, ink: Color) -> None:
    """A long low public building: tiled roof, arcade, doors between windows."""
    pal = sheet.pal
    wall = mix(pal.wall, pal.mist, 0.15)
    top, bay = y - h * 0.6, w / bays
    back = mix(ink, pal.wall, 0.2)
    sheet.box(x, top, w, y - top, back)
    sheet.stipple([(x, top), (x + w, top), (x + w, y), (x, y)], pal.ink, "up", 0.75)
    _bays(sheet, x, y, h, bay, bays)
    for k in range(bays + 1):
        sheet.box(x + k * bay - h * 0.025, top, h * 0.05, y - top, wall)
    sheet.box(x - h * 0.04, top, w + h * 0.08, h * 0.085, wall)
    sheet.box(x - h * 0.1, y - h * 0.035, w + h * 0.2, h * 0.06, mix(wall, pal.ink, 0.18))
    tiles(
        sheet,
        [
            (x - h * 0.14, top),
            (x + w + h * 0.14, top),
            (x + w - h * 0.28, y - h),
            (x + h * 0.28, y - h),
        ],
        pal.roof,
    )


def _bays(sheet: Sheet, x: float, y: float, h: float, bay: float, bays: int) -> None:
    pal = sheet.pal
    wall = mix(pal.wall, pal.mist, 0.15)
    for k in range(bays):
        left = x + k * bay + bay * 0.26
        if k % 3 == 1:
            sheet.box(left, y - h * 0.43, bay * 0.48, h * 0.43, mix(pal.roof, pal.ink, 0.35))
        else:
            window(sheet, left, y - h * 0.4, bay * 0.48, h * 0.2, wall)


def tiles(sheet: Sheet, shape: list[Point], ink: Color) -> None:
    """A tiled slope given as eaves-left, eaves-right, ridge-right, ridge-left."""
    sheet.poly(shape, ink)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = shape
    count = max(6, round((bx - ax) / 16))
    for k in range(count + 1):
        t = k / count
        sheet.line(
            [(ax + (bx - ax) * t, ay + (by - ay) * t), (dx + (cx - dx) * t, dy + (cy - dy) * t)],
            mix(ink, sheet.pal.ink, 0.22),
            1.2,
        )
    sheet.stipple(shape, mix(ink, sheet.pal.ink, 0.6), "right", 0.8)
    sheet.line([(ax, ay), (bx, by)], mix(ink, sheet.pal.ink, 0.45), 5)
    sheet.line([(dx, dy), (cx, cy)], mix(ink, sheet.pal.wall, 0.3), 4)


def stool(sheet: Sheet, x: float, y: float, h: float) -> None:
    """The low stool that a seated figure of height h needs."""
    wood = mix(sheet.pal.roof, sheet.pal.field, 0.35)
    for dx in (-0.1, 0.07):
        sheet.box(x + dx * h, y - h * 0.24, h * 0.035, h * 0.24, mix(wood, sheet.pal.ink, 0.4))
    sheet.box(x - h * 0.13, y - h * 0.26, h * 0.26, h * 0.05, wood)


def basket(sheet: Sheet, x: float, y: float, w: float, goods: Color | None = None) -> None:
    """A woven basket, heaped when it has goods."""
    pal, h = sheet.pal, w * 0.5
    straw = mix(pal.field, pal.roof, 0.35)
    if goods:
        for k in range(9):
            sheet.oval(
                x - w * 0.36 + w * 0.09 * k,
                y - h - w * 0.05 * (1 + sin(pi * k / 8) * 2.2),
                w * 0.1,
                w * 0.095,
                mix(goods, pal.wall if k % 2 else pal.ink, 0.12),
            )
        sheet.box(x - w * 0.42, y - h * 1.25, w * 0.84, h * 0.4, mix(goods, pal.ink, 0.2))
    shape = [(x - w * 0.5, y - h), (x + w * 0.5, y - h), (x + w * 0.36, y), (x - w * 0.36, y)]
    sheet.poly(shape, straw)
    for k in (0.3, 0.6):
        sheet.line(
            [
                (x - w * (0.5 - 0.14 * k), y - h * (1 - k)),
                (x + w * (0.5 - 0.14 * k), y - h * (1 - k)),
            ],
            mix(straw, pal.ink, 0.3),
            max(1, w * 0.025),
        )
    sheet.stipple(shape, mix(straw, pal.ink, 0.45), "right", 0.7)
    sheet.line([(x - w * 0.52, y - h), (x + w * 0.52, y - h)], mix(straw, pal.wall, 0.4), w * 0.06)


def boat(sheet: Sheet, x: float, y: float, w: float) -> None:
    """A sampan with its rower and their broken reflection."""
    pal = sheet.pal
    for k in range(7):
        half = w * 0.44 * (1 - k / 8)
        sheet.line(
            [(x - half, y + w * (0.05 + k * 0.035)), (x + half * 0.9, y + w * (0.05 + k * 0.035))],
            mix(pal.ink, pal.water, 0.25 + 0.09 * k),
            w * 0.014,
        )
    figure(sheet, x - w * 0.2, y - w * 0.02, w * 0.52, "talk", Dress(pal.accent, pal.ink, "cone"))
    sheet.line([(x - w * 0.12, y - w * 0.46), (x + w * 0.16, y + w * 0.13)], pal.ink, w * 0.014)
    hull = [
        (x - w * 0.56, y - w * 0.11),
        (x - w * 0.3, y - w * 0.035),
        (x + w * 0.3, y - w * 0.035),
        (x + w * 0.58, y - w * 0.12),
        (x + w * 0.36, y + w * 0.05),
        (x - w * 0.36, y + w * 0.05),
    ]
    sheet.poly(hull, mix(pal.ink, pal.roof, 0.3))
    sheet.line(hull[:4], mix(pal.field, pal.roof, 0.4), w * 0.014)


def motorbike(sheet: Sheet, x: float, y: float, h: float, facing: int = 1) -> None:
    """A rider on a small motorbike; h is the whole height."""
    pal, r = sheet.pal, h * 0.17
    figure(
        sheet,
        x - h * 0.1 * facing,
        y - h * 0.24,
        h * 0.86,
        "sit",
        Dress(pal.accent, pal.ink, "cap"),
        facing,
    )
    for dx in (-0.34, 0.36):
        sheet.oval(x + dx * h * facing, y - r, r, r, pal.ink)
        sheet.oval(x + dx * h * facing, y - r, r * 0.5, r * 0.5, mix(pal.far, pal.wall, 0.4))
    sheet.limb(
        [
            (x - h * 0.32 * facing, y - h * 0.38),
            (x, y - h * 0.34),
            (x + h * 0.1 * facing, y - h * 0.22),
        ],
        mix(pal.roof, pal.ink, 0.3),
        h * 0.13,
    )
    sheet.limb([(x + h * 0.36 * facing, y - r), (x + h * 0.22 * facing, y - h * 0.62)], pal.ink, h * 0.05)


def lanterns(sheet: Sheet, start: Point, end: Point, sag: float, size: float) -> None:
    """A sagging string of round paper lanterns."""
    pal = sheet.pal
    rope = [
        (
            start[0] + (end[0] - start[0]) * t,
            start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t),
        )
        for t in (k / 18 for k in range(19))
    ]
    sheet.line(rope, pal.ink, 1.6)
    for k, (x, y) in enumerate(rope[1:-1:2]):
        ink = (pal.accent, pal.field, pal.wall)[k % 3]
        sheet.glow(x, y + size, size * 3.2, pal.sun, 0.35)
        sheet.oval(x, y + size * 1.1, size * 0.86, size, ink)
        sheet.oval(x + size * 0.3, y + size * 1.1, size * 0.35, size * 0.8, mix(ink, pal.roof, 0.35))


def plant_pot(sheet: Sheet, x: float, y: float, h: float) -> None:
    """A potted plant to soften a hard corner."""
    pal = sheet.pal
    for k in range(7):
        blade(
            sheet,
            x,
            y - h * 0.35,
            -pi * (0.15 + 0.7 * k / 6),
            h * 0.62,
            h * 0.045,
            mix(pal.leaf, pal.ink, 0.15 * (k % 2)),
            0.35,
        )
    sheet.poly(
        [
            (x - h * 0.2, y - h * 0.38),
            (x + h * 0.2, y - h * 0.38),
            (x + h * 0.14, y),
            (x - h * 0.14, y),
        ],
        pal.roof,
    )
