"""Scenes of craft: the loom and the forge."""

from math import pi, sin

from . import brushes, people, plants, props
from .interiors import floor_boards, room, window_bars
from .palettes import Color, mix
from .sheet import WIDTH, Sheet


def weaving(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 560, 4, 400)
    brushes.land(sheet, brushes.slope(rng, 640, 610, 14), mix(pal.leaf, pal.mist, 0.2))
    for _ in range(3):
        plants.palm(sheet, rng.uniform(100, 1300), 660, rng.uniform(200, 320), pal.near)
    wood = mix(pal.roof, pal.ink, 0.3)
    floor_boards(sheet, 800, mix(pal.roof, pal.field, 0.25))
    _porch(sheet, wood)
    _hung_cloths(sheet, rng.randint(4, 5))
    _loom(sheet, rng.uniform(620, 740), 985)
    for k in range(4):
        props.basket(
            sheet,
            1190 + 90 * k,
            1010 + 14 * (k % 2),
            110,
            (pal.accent, pal.field, pal.wall, pal.near)[k],
        )


def _porch(sheet: Sheet, wood: Color) -> None:
    pal, rng = sheet.pal, sheet.rng
    sheet.box(0, 0, WIDTH, 120, mix(wood, pal.ink, 0.5))
    sheet.stipple([(0, 100), (WIDTH, 100), (WIDTH, 210), (0, 210)], mix(wood, pal.ink, 0.6), "up", 0.9)
    for px in (rng.uniform(20, 60), rng.uniform(1490, 1530)):
        sheet.box(px, 90, 46, 740, wood)
        sheet.stipple([(px, 90), (px + 46, 90), (px + 46, 830), (px, 830)], pal.ink, "right", 1.0)


def _hung_cloths(sheet: Sheet, count: int) -> None:
    rng, pal = sheet.rng, sheet.pal
    sheet.line([(0, 168), (WIDTH, 160)], pal.ink, 7)
    for k in range(count):
        x = 150 + 1180 / count * (k + rng.uniform(0.05, 0.4)) + (180 if k > count / 2 else 0)
        ink = (pal.accent, pal.near, pal.field, pal.roof, pal.wall)[k % 5]
        brocade(sheet, x, 160, rng.uniform(110, 165), rng.uniform(240, 420), ink)


def brocade(sheet: Sheet, x: float, y: float, w: float, h: float, ink: Color) -> None:
    """A hanging cloth in bands of lozenges, as Tày and Dao weavers make them."""
    pal, rng = sheet.pal, sheet.rng
    sheet.box(x, y, w, h, ink)
    pale = pal.wall if ink != pal.wall else pal.accent
    rows = round(h / 42)
    for row in range(rows):
        top = y + 12 + row * 42
        sheet.box(x, top, w, 4, mix(ink, pale, 0.8))
        for k in range(4):
            cx, cy = x + w * (k + 0.5) / 4, top + 21
            thread = (pale, pal.field, pal.accent if ink != pal.accent else pal.ink)[(row + k * (row % 2)) % 3]
            sheet.poly([(cx - w * 0.1, cy), (cx, cy - 12), (cx + w * 0.1, cy), (cx, cy + 12)], thread)
            sheet.poly([(cx - w * 0.04, cy), (cx, cy - 5), (cx + w * 0.04, cy), (cx, cy + 5)], ink)
    for k in range(14):
        sheet.line(
            [
                (x + w * (k + 0.5) / 14, y + h),
                (x + w * (k + 0.5) / 14 + rng.uniform(-2, 2), y + h + 20),
            ],
            ink,
            3,
        )
    shape = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    sheet.stipple(shape, mix(ink, pal.ink, 0.35), "right", 0.5)


def _loom(sheet: Sheet, x: float, y: float) -> None:
    """Frame loom from the side: warp running right, finished cloth at the weaver's lap."""
    pal = sheet.pal
    wood = mix(pal.field, pal.roof, 0.5)
    dark = mix(wood, pal.ink, 0.5)
    for px in (x - 20, x + 520):
        sheet.box(px, y - 520, 26, 520, dark)
    _warp(sheet, x, y)
    _loom_front(sheet, x, y, wood, dark)
    _weaver(sheet, x, y, dark)


def _warp(sheet: Sheet, x: float, y: float) -> None:
    """Threads running away from the weaver, and the finished cloth at her lap."""
    pal = sheet.pal
    for k in range(26):
        t = k / 25
        thread = mix(pal.wall, pal.accent if k % 5 == 0 else pal.field, 0.35 if k % 5 else 0.9)
        sheet.line(
            [
                (x - 60 - 22 * t, y - 262 + 62 * t),
                (x + 250, y - 292 + 84 * t),
                (x + 540, y - 330 + 96 * t),
            ],
            thread,
            3.2,
        )
    cloth = [(x - 150, y - 250), (x + 110, y - 276), (x + 100, y - 198), (x - 180, y - 182)]
    sheet.poly(cloth, pal.accent)
    for k in range(7):
        cx, cy = x - 140 + k * 36, y - 217 - k * 3
        sheet.poly(
            [(cx - 14, cy), (cx, cy - 20), (cx + 14, cy), (cx, cy + 20)],
            pal.wall if k % 2 else pal.field,
        )


def _loom_front(sheet: Sheet, x: float, y: float, wood: Color, dark: Color) -> None:
    pal = sheet.pal
    for k in range(3):
        sheet.box(x + 190 + 60 * k, y - 400, 14, 250, wood)
        sheet.line([(x + 197 + 60 * k, y - 400), (x + 197 + 60 * k, y - 500)], pal.ink, 3)
    for px in (x - 50, x + 560):
        sheet.box(px, y - 520, 26, 540, wood)
        sheet.stipple([(px, y - 520), (px + 26, y - 520), (px + 26, y + 20), (px, y + 20)], dark, "right", 0.8)
    for py, h in ((y - 530, 26), (y - 120, 22)):
        sheet.box(x - 70, py, 690, h, wood)


def _weaver(sheet: Sheet, x: float, y: float, dark: Color) -> None:
    pal = sheet.pal
    sheet.box(x - 420, y - 160, 210, 24, dark)
    for dx in (-410, -240):
        sheet.box(x + dx, y - 140, 20, 150, dark)
    wear = people.Dress(pal.near, pal.ink, "scarf", True, sash=pal.accent)
    people.figure(sheet, x - 310, y + 10, 590, "sit", wear, 1)


def forge(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 560, 3, 330)
    brushes.land(sheet, brushes.slope(rng, 700, 670, 10), mix(pal.leaf, pal.mist, 0.15))
    x = rng.uniform(90, 230)
    room(sheet, mix(pal.ink, pal.roof, 0.22), x, 220, 300, 620)
    window_bars(sheet, x, 220, 300, 620, 1, mix(pal.roof, pal.ink, 0.5))
    floor_boards(sheet, 840, mix(pal.ink, pal.roof, 0.4))
    hearth = rng.uniform(1180, 1280)
    _hearth(sheet, hearth)
    for k in range(rng.randint(3, 4)):
        _gong(sheet, x + 400 + 165 * k, rng.uniform(250, 330), rng.uniform(48, 76))
    sheet.line([(x + 330, 130), (WIDTH, 110)], mix(pal.roof, pal.ink, 0.3), 22)
    _smiths(sheet, hearth)


def _smiths(sheet: Sheet, hearth: float) -> None:
    pal, rng = sheet.pal, sheet.rng
    anvil = rng.uniform(760, 860)
    people.figure(sheet, hearth + 190, 1000, 520, "talk", people.Dress(pal.near, pal.ink, "none"), -1)
    people.figure(
        sheet,
        anvil - 165,
        1010,
        610,
        "strike",
        people.Dress(pal.wall, pal.ink, "none", sash=pal.roof),
        1,
    )
    _hammer(sheet, anvil - 104, 370)
    _anvil(sheet, anvil, 1010)
    _sparks(sheet, anvil, 800)


def _hearth(sheet: Sheet, x: float) -> None:
    pal, _rng = sheet.pal, sheet.rng
    brick, fire = mix(pal.roof, pal.ink, 0.35), mix(pal.accent, pal.field, 0.5)
    sheet.glow(x, 700, 620, pal.accent, 0.75)
    _chimney_breast(sheet, x, brick)
    mouth = (
        [(x - 150, 760)]
        + [(x - 150 * (1 - 2 * k / 16), 640 - 100 * sin(pi * k / 16)) for k in range(17)]
        + [(x + 150, 760)]
    )
    sheet.poly(mouth, mix(pal.ink, pal.accent, 0.35))
    sheet.glow(x, 730, 190, fire, 1.5)
    _flames(sheet, x, fire)
    sheet.box(x - 250, 758, 500, 34, mix(brick, pal.ink, 0.3))


def _chimney_breast(sheet: Sheet, x: float, brick: Color) -> None:
    pal, rng = sheet.pal, sheet.rng
    sheet.poly(
        [
            (x - 210, 480),
            (x + 210, 480),
            (x + 120, 250),
            (x + 90, -10),
            (x - 90, -10),
            (x - 120, 250),
        ],
        brick,
    )
    sheet.box(x - 230, 470, 460, 410, brick)
    for row in range(9):
        for k in range(6):
            left = x - 226 + k * 78 + (row % 2) * 36 - 18
            sheet.box(
                max(x - 228, left),
                478 + row * 44,
                70,
                38,
                mix(brick, pal.field, rng.uniform(0, 0.16)),
            )


def _flames(sheet: Sheet, x: float, fire: Color) -> None:
    pal, rng = sheet.pal, sheet.rng
    for k in range(11):
        h = rng.uniform(50, 150) * sin(pi * (k + 1) / 12)
        plants.leaf(
            sheet,
            x - 120 + k * 24,
            762,
            -pi / 2 + rng.uniform(-0.2, 0.2),
            h,
            18,
            fire if k % 2 else pal.accent,
        )
    for k in range(9):
        plants.leaf(
            sheet,
            x - 100 + k * 25,
            764,
            -pi / 2,
            rng.uniform(24, 60),
            9,
            mix(pal.sun, pal.field, 0.3),
        )


def _gong(sheet: Sheet, x: float, y: float, r: float) -> None:
    pal = sheet.pal
    brass = mix(pal.field, pal.roof, 0.25)
    for dx in (-0.5, 0.5):
        sheet.line([(x + dx * r, y - r * 0.8), (x + dx * r * 0.5, 125)], pal.field, 3)
    sheet.oval(x + 6, y + 6, r, r, pal.ink)
    for size, ink in (
        (1.0, mix(brass, pal.ink, 0.35)),
        (0.9, brass),
        (0.42, mix(brass, pal.ink, 0.3)),
        (0.34, mix(brass, pal.sun, 0.35)),
    ):
        sheet.oval(x, y, r * size, r * size, ink)
    sheet.glow(x + r * 0.3, y + r * 0.3, r * 0.7, mix(pal.accent, pal.field, 0.4), 0.7)


def _hammer(sheet: Sheet, x: float, y: float) -> None:
    pal = sheet.pal
    sheet.limb([(x - 70, y - 50), (x + 50, y + 14)], mix(pal.field, pal.roof, 0.5), 13)
    sheet.limb([(x + 24, y + 46), (x + 66, y - 28)], mix(pal.far, pal.ink, 0.35), 42)


def _anvil(sheet: Sheet, x: float, y: float) -> None:
    pal = sheet.pal
    iron = mix(pal.far, pal.ink, 0.6)
    sheet.poly(
        [(x - 80, y - 130), (x + 80, y - 130), (x + 98, y + 10), (x - 98, y + 10)],
        mix(pal.roof, pal.ink, 0.4),
    )
    sheet.poly(
        [
            (x - 100, y - 200),
            (x + 96, y - 200),
            (x + 170, y - 190),
            (x + 90, y - 165),
            (x + 46, y - 156),
            (x + 60, y - 122),
            (x - 64, y - 122),
            (x - 46, y - 156),
            (x - 100, y - 168),
        ],
        iron,
    )
    sheet.line([(x - 100, y - 199), (x + 110, y - 199)], mix(iron, pal.wall, 0.5), 5)
    sheet.glow(x + 10, y - 210, 150, mix(pal.accent, pal.field, 0.5), 1.1)
    sheet.limb([(x - 40, y - 208), (x + 74, y - 208)], mix(pal.sun, pal.field, 0.4), 17)


def _sparks(sheet: Sheet, x: float, y: float) -> None:
    rng, pal = sheet.rng, sheet.pal
    for _ in range(70):
        a, far = -pi * rng.uniform(0.02, 0.98), rng.uniform(30, 300) * rng.random() ** 0.5
        plants.leaf(
            sheet,
            x + 20 + far * 0.9 * (1 - 2 * abs(a) / pi),
            y - far * 0.7 * sin(-a),
            a,
            rng.uniform(8, 26),
            2.4,
            rng.choice((pal.sun, pal.field, pal.accent)),
        )
