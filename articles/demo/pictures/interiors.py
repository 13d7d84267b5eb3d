"""Scenes under a roof: a dark room, a lit opening, people together."""

from . import brushes, people, props
from .palettes import Color, mix
from .sheet import HEIGHT, WIDTH, Sheet


def room(sheet: Sheet, wall: Color, x: float, y: float, w: float, h: float) -> None:
    """Paint a wall round the outdoor view that is already there."""
    for left, top, wide, high in (
        (0, 0, WIDTH, y),
        (0, y, x, h),
        (x + w, y, WIDTH - x - w, h),
        (0, y + h, WIDTH, HEIGHT - y - h),
    ):
        sheet.box(left, top, wide, high, wall)
    dark = mix(wall, sheet.pal.ink, 0.65)
    sheet.stipple([(0, 0), (WIDTH, 0), (WIDTH, y), (0, y)], dark, "up", 0.9)
    sheet.stipple([(x + w, 0), (WIDTH, 0), (WIDTH, HEIGHT), (x + w, HEIGHT)], dark, "right", 0.9)
    sheet.stipple([(0, 0), (x, 0), (x, HEIGHT), (0, HEIGHT)], dark, "left", 0.7)


def window_bars(sheet: Sheet, x: float, y: float, w: float, h: float, panes: int, ink: Color) -> None:
    for k in range(panes + 1):
        sheet.box(x + w * k / panes - 8, y, 16, h, ink)
    sheet.box(x - 18, y - 16, w + 36, 18, ink)
    sheet.box(x - 34, y + h - 4, w + 68, 26, mix(ink, sheet.pal.wall, 0.35))
    sheet.line([(x, y + h * 0.3), (x + w, y + h * 0.3)], ink, 8)


def floor_boards(sheet: Sheet, y: float, ink: Color) -> None:
    pal = sheet.pal
    sheet.box(0, y, WIDTH, HEIGHT - y, ink)
    for k in range(-12, 26):
        sheet.line([(500 + k * 60, y), (-100 + k * 140, HEIGHT)], mix(ink, pal.ink, 0.3), 2)
    sheet.stipple([(0, y), (WIDTH, y), (WIDTH, HEIGHT), (0, HEIGHT)], mix(ink, pal.ink, 0.6), "down", 0.85)


def meeting(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 520, 4, 330)
    x, w = rng.uniform(150, 330), rng.uniform(860, 1000)
    wall = mix(mix(pal.near, pal.roof, 0.25), pal.far, 0.2)
    room(sheet, wall, x, 170, w, 400)
    window_bars(sheet, x, 170, w, 400, rng.randint(3, 5), mix(pal.roof, pal.ink, 0.35))
    floor_boards(sheet, 820, mix(pal.roof, pal.ink, 0.3))
    props.plant_pot(sheet, 1500, 850, 260)
    speaker = rng.choice((330, 1300))
    people.figure(
        sheet,
        speaker,
        850,
        500,
        "talk",
        people.Dress(pal.wall, pal.ink),
        1 if speaker < 800 else -1,
    )
    _seated_row(sheet, speaker)
    _table(sheet, 330, 760, 940)
    _near_row(sheet)


def _seated_row(sheet: Sheet, speaker: float) -> None:
    rng = sheet.rng
    for k in range(6):
        sx = 440 + 142 * k + rng.uniform(-22, 22)
        people.figure(
            sheet,
            sx,
            905,
            rng.uniform(420, 450),
            "sit",
            people.dress(sheet, rng.choice(("none", "none", "scarf"))),
            1 if sx > speaker - 40 and speaker > 800 else -1,
        )


def _near_row(sheet: Sheet) -> None:
    rng = sheet.rng
    seats = rng.randint(2, 4)
    for k in range(seats):
        sx = 800 + 215 * (k - (seats - 1) / 2) + rng.uniform(-46, 46)
        _listener(sheet, sx, 1067, rng.uniform(185, 215))


def _table(sheet: Sheet, x: float, y: float, w: float) -> None:
    pal, rng = sheet.pal, sheet.rng
    wood = mix(pal.field, pal.roof, 0.45)
    sheet.poly([(x + 60, y), (x + w - 60, y), (x + w + 50, y + 130), (x - 50, y + 130)], wood)
    sheet.stipple(
        [(x + 60, y), (x + w - 60, y), (x + w + 50, y + 130), (x - 50, y + 130)],
        mix(wood, pal.sun, 0.4),
        "left",
        0.45,
    )
    sheet.box(x - 50, y + 130, w + 100, 26, mix(wood, pal.ink, 0.5))
    sheet.box(x - 10, y + 156, w + 20, 150, mix(wood, pal.ink, 0.7))
    for k in range(7):
        px, py = x + 70 + k * (w - 120) / 7, y + rng.uniform(24, 80)
        sheet.poly([(px, py), (px + 66, py - 4), (px + 78, py + 26), (px + 4, py + 30)], pal.wall)
        sheet.box(px + 92, py - 8, 20, 22, mix(pal.wall, pal.water, 0.6))
    pot = x + w * rng.uniform(0.4, 0.6)
    sheet.oval(pot, y + 30, 34, 28, pal.accent)
    sheet.line([(pot + 26, y + 30), (pot + 56, y + 6)], pal.accent, 9)
    sheet.oval(pot, y + 3, 9, 7, mix(pal.accent, pal.ink, 0.4))


def _listener(sheet: Sheet, x: float, y: float, h: float) -> None:
    """Seen from behind and cropped by the edge: the reader sits at this table too."""
    pal, ink = sheet.pal, mix(sheet.pal.ink, sheet.pal.near, sheet.rng.uniform(0, 0.45))
    back = [
        (x - h * 0.5, y + 10),
        (x - h * 0.44, y - h * 0.42),
        (x - h * 0.16, y - h * 0.58),
        (x + h * 0.16, y - h * 0.58),
        (x + h * 0.44, y - h * 0.42),
        (x + h * 0.5, y + 10),
    ]
    sheet.poly(back, ink)
    sheet.stipple(back, mix(ink, pal.mid, 0.5), "left", 0.5)
    sheet.limb([(x, y - h * 0.6), (x, y - h * 0.7)], mix(pal.skin, pal.ink, 0.35), h * 0.16)
    sheet.oval(x, y - h * 0.82, h * 0.17, h * 0.2, pal.ink)


def library(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 560, 4, 360)
    x, w = rng.uniform(520, 640), rng.uniform(420, 500)
    room(sheet, mix(pal.wall, pal.field, 0.3), x, 130, w, 520)
    window_bars(sheet, x, 130, w, 520, 2, mix(pal.roof, pal.ink, 0.2))
    _shelves(sheet, -30, x - 70, 60, 840)
    _shelves(sheet, x + w + 70, WIDTH + 30, 60, 840)
    floor_boards(sheet, 850, mix(pal.roof, pal.field, 0.25))
    people.figure(
        sheet,
        x + w + rng.uniform(150, 260),
        920,
        440,
        "reach",
        people.Dress(pal.near, pal.ink, "none", rng.random() < 0.5),
        1,
    )
    people.figure(sheet, rng.uniform(150, 300), 930, 330, "talk", people.Dress(pal.accent, pal.near), -1)
    _reading_table(sheet, x, w)
    _lamp(sheet, x + w * 0.5, 120)


def _reading_table(sheet: Sheet, x: float, w: float) -> None:
    pal, rng = sheet.pal, sheet.rng
    for k, h in enumerate((520, 460)):
        _reader(sheet, x + 40 + 330 * k, 1040 + 8 * k, h, 1 - 2 * k)
    sheet.poly(
        [(x - 130, 850), (x + w + 100, 850), (x + w + 170, 905), (x - 190, 905)],
        mix(pal.field, pal.roof, 0.3),
    )
    sheet.box(x - 190, 905, w + 360, 22, mix(pal.roof, pal.ink, 0.4))
    for dx in (-150, w + 110):
        sheet.box(x + dx, 927, 24, 160, mix(pal.roof, pal.ink, 0.5))
    for k in range(5):
        _spread(sheet, x - 70 + 125 * k, 882 + rng.uniform(-8, 8), 44)


def _shelves(sheet: Sheet, x0: float, x1: float, top: float, foot: float) -> None:
    rng, pal = sheet.rng, sheet.pal
    wood = mix(pal.roof, pal.ink, 0.35)
    sheet.box(x0, top, x1 - x0, foot - top + 20, mix(wood, pal.ink, 0.55))
    inks = (pal.accent, pal.wall, pal.near, pal.field, pal.leaf, pal.roof, pal.mid)
    rows, high = 5, (foot - top) / 5
    for row in range(rows):
        y, x = top + high * (row + 1), x0 + 14
        while x < x1 - 30:
            wide, tall = rng.uniform(12, 30), high * rng.uniform(0.55, 0.82)
            ink = mix(rng.choice(inks), pal.ink, rng.uniform(0.0, 0.25))
            if rng.random() < 0.9:
                sheet.box(x, y - tall, wide - 2, tall, ink)
                sheet.box(x, y - tall * 0.82, wide - 2, 5, mix(ink, pal.wall, 0.5))
            x += wide + (14 if rng.random() < 0.06 else 0)
        sheet.box(x0, y - 2, x1 - x0, 15, mix(wood, pal.field, 0.25))
    for x in (x0, x1 - 16):
        sheet.box(x, top - 14, 16, foot - top + 34, mix(wood, pal.field, 0.15))


def _reader(sheet: Sheet, x: float, y: float, h: float, facing: int) -> None:
    people.figure(sheet, x, y, h, "sit", people.dress(sheet, "none", False), facing)


def _spread(sheet: Sheet, x: float, y: float, r: float) -> None:
    pal = sheet.pal
    sheet.poly(
        [(x - r, y - 4), (x, y - 12), (x, y + 10), (x - r * 1.05, y + 16)],
        mix(pal.wall, pal.sun, 0.5),
    )
    sheet.poly(
        [(x + r, y - 4), (x, y - 12), (x, y + 10), (x + r * 1.05, y + 16)],
        mix(pal.wall, pal.far, 0.3),
    )


def _lamp(sheet: Sheet, x: float, y: float) -> None:
    pal = sheet.pal
    sheet.line([(x, -10), (x, y)], pal.ink, 4)
    sheet.glow(x, y + 50, 240, pal.sun, 0.3)
    sheet.poly([(x - 24, y), (x + 24, y), (x + 78, y + 62), (x - 78, y + 62)], pal.accent)
    sheet.poly([(x + 6, y), (x + 24, y), (x + 78, y + 62), (x + 26, y + 62)], mix(pal.accent, pal.ink, 0.3))
