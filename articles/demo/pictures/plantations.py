"""Scenes among crops and trees."""

from math import pi, sin

from . import brushes, people, plants, props
from .landscapes import farmer, near_frame
from .palettes import Color, mix
from .sheet import HEIGHT, WIDTH, Sheet


def tea_hill(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 420)
    for k, (left, right) in enumerate(((560, 470), (520, 690), (800, 700))):
        if rng.random() < 0.5:
            left, right = right, left
        dome = brushes.ridge(rng, 0, rng.uniform(130, 200), rng.randint(1, 2), 2.2)
        lean = brushes.slope(rng, left + 60, right + 60, 14)
        hill = [(x, y + rise) for (x, y), (_, rise) in zip(lean, dome, strict=True)]
        fresh = mix(pal.leaf, pal.field, 0.3)
        ink = mix(mix(fresh, pal.mist, 0.4), mix(fresh, pal.near, 0.2), k / 2)
        brushes.land(sheet, hill, mix(ink, pal.ink, 0.45))
        rows = brushes.contours(rng, hill, 900 + 130 * k, 14 - 3 * k, 12)
        brushes.hedges(sheet, rows, ink)
        if k == 1:
            x = rng.uniform(250, 1350)
            plants.tree(sheet, x, brushes.height_at(hill, x) + 12, rng.uniform(170, 220), pal.near)
            brushes.drift(sheet, 760, 0.35)
    for k in range(rng.randint(3, 5)):
        x = 250 + 270 * k + rng.uniform(-60, 60)
        _picker(sheet, x, brushes.height_at(rows[3], x) + 44, rng.uniform(150, 175), ink)
    near_frame(sheet, 1020)


def _picker(sheet: Sheet, x: float, y: float, h: float, ink: Color) -> None:
    facing = sheet.rng.choice((1, -1))
    wear = people.Dress(
        sheet.rng.choice((sheet.pal.accent, sheet.pal.wall, sheet.pal.roof)),
        sheet.pal.ink,
        "cone",
        sash=sheet.pal.field,
    )
    props.basket(sheet, x - h * 0.15 * facing, y - h * 0.46, h * 0.24, sheet.pal.leaf)
    people.figure(sheet, x, y, h, sheet.rng.choice(("talk", "bend")), wear, facing)
    # Bushes over the legs put the picker inside the row instead of on top of it.
    for k in range(5):
        bush = mix(ink, sheet.pal.field if k % 2 else sheet.pal.ink, 0.13)
        sheet.oval(x + (k - 2) * h * 0.13, y - h * 0.05, h * 0.1, h * (0.15 + 0.03 * (k % 2)), bush)


def orange_grove(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 430)
    ground = brushes.slope(rng, 520, 480, 22)
    brushes.land(sheet, ground, mix(pal.leaf, pal.field, 0.4))
    sheet.stipple([*ground, (WIDTH, HEIGHT), (0, HEIGHT)], mix(pal.leaf, pal.ink, 0.3), "down", 0.7)
    fruit, lane = mix(pal.accent, pal.field, 0.35), rng.uniform(460, 1080)
    sheet.poly(
        [(lane - 14, 520), (lane + 14, 520), (lane + 330, HEIGHT), (lane - 260, HEIGHT)],
        mix(pal.field, pal.wall, 0.55),
    )
    _orchard_rows(sheet, lane, fruit)
    _harvest(sheet, lane, fruit)


def _orchard_rows(sheet: Sheet, lane: float, fruit: Color) -> None:
    """Rows on both sides of the lane; the walker is painted between two of them."""
    pal, rng = sheet.pal, sheet.rng
    for row in range(6):
        t = (row / 5) ** 1.5
        y, size = 545 + 400 * t, 80 + 300 * t
        for k in range(-6, 7):
            x = lane + (k + (0.5 if k >= 0 else -0.5) * 0.6) * size * 1.02 + size * 0.25 * (k >= 0)
            if -size < x < WIDTH + size:
                plants.tree(
                    sheet,
                    x + rng.uniform(-6, 6),
                    y,
                    size * rng.uniform(0.92, 1.06),
                    mix(mix(pal.leaf, pal.mist, 0.3), mix(pal.leaf, pal.near, 0.5), t),
                    fruit,
                )
        if row == 3:
            people.figure(sheet, lane - 30, y + 60, 190, "walk", farmer(sheet), 1)
            props.basket(sheet, lane - 62, y - 42, 54, fruit)


def _harvest(sheet: Sheet, lane: float, fruit: Color) -> None:
    pal, rng = sheet.pal, sheet.rng
    side = 1 if lane < 780 else -1
    people.figure(
        sheet,
        lane + side * rng.uniform(150, 330),
        985,
        rng.uniform(260, 310),
        "reach",
        people.Dress(rng.choice((pal.roof, pal.accent, pal.wall)), pal.ink, "cone", sash=pal.field),
        side,
    )
    for k in range(rng.randint(2, 4)):
        props.basket(sheet, lane + side * 115 * k, 1020 + rng.uniform(-12, 12), 105, fruit)


def forest(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    sheet.wash(mix(pal.sky_low, pal.sun, 0.5), mix(pal.leaf, pal.mist, 0.6), 0, HEIGHT)
    sun = rng.uniform(450, 1000)
    sheet.glow(sun, 330, 520, pal.sun, 0.8)
    for k in range(2):
        hill = brushes.ridge(rng, 640 + 40 * k, 260 - 60 * k, 2 + k)
        brushes.land(sheet, hill, mix(mix(pal.mist, pal.far, 0.6), pal.mid, 0.3 * k), 120, pal.mist)
    for k in range(5):
        _stand(sheet, k / 4, sun)
        if k in (0, 2):
            brushes.drift(sheet, 560 + 90 * k, 0.45 - 0.1 * k)
    _rays(sheet, sun)
    floor = brushes.slope(rng, 890, 900, 14)
    brushes.land(sheet, floor, mix(pal.near, pal.ink, 0.35))
    sheet.poly(
        [(sun - 30, 880), (sun + 60, 880), (sun + 330, HEIGHT), (sun - 190, HEIGHT)],
        mix(pal.field, pal.near, 0.35),
    )
    _hikers(sheet, sun)
    _undergrowth(sheet, sun)


def _hikers(sheet: Sheet, sun: float) -> None:
    pal = sheet.pal
    for k in range(2):
        people.figure(
            sheet,
            sun + 20 + k * 105,
            960 + k * 22,
            185,
            "walk",
            people.Dress((pal.accent, pal.wall)[k], pal.ink, ("cap", "scarf")[k]),
            1,
        )


def _undergrowth(sheet: Sheet, sun: float) -> None:
    rng = sheet.rng
    for _ in range(26):
        x = rng.uniform(-20, WIDTH)
        if abs(x - sun - 70) > 250:
            _fern(sheet, x, rng.uniform(985, 1085), rng.uniform(120, 210))


def _stand(sheet: Sheet, t: float, clearing: float) -> None:
    """One depth of trunks; the nearest are few, wide and dark."""
    rng, pal = sheet.rng, sheet.pal
    ink = mix(mix(pal.mist, pal.mid, 0.45 + 0.3 * t), mix(pal.near, pal.ink, 0.55), t)
    floor = brushes.slope(rng, 640 + 260 * t, 650 + 250 * t, 18)
    for _ in range(round(20 - 12 * t)):
        x, w = rng.uniform(-40, WIDTH + 40), (12 + 52 * t**1.4) * rng.uniform(0.7, 1.2)
        if abs(x - clearing) < 60 + 230 * t:
            continue
        lean, foot = rng.uniform(-20, 20), brushes.height_at(floor, x) + 20
        trunk = [
            (x - w * 0.38 + lean, -10),
            (x + w * 0.38 + lean, -10),
            (x + w * 0.5, foot - 60),
            (x + w * 0.9, foot),
            (x - w * 0.9, foot),
            (x - w * 0.5, foot - 60),
        ]
        sheet.poly(trunk, ink)
        if t > 0.3:
            sheet.stipple(trunk, mix(ink, pal.ink, 0.6), "right", 0.8)
    _canopy(sheet, t, clearing, ink)
    brushes.land(sheet, floor, mix(ink, pal.leaf, 0.4))


def _canopy(sheet: Sheet, t: float, clearing: float, ink: Color) -> None:
    pal, rng = sheet.pal, sheet.rng
    for _ in range(round(11 - 5 * t)):
        x = rng.uniform(0, WIDTH)
        drop = min(1, abs(x - clearing) / 600)
        crown = plants.blob(rng, x, rng.uniform(-110, -20 + 210 * drop), 120 + 70 * t, 70 + 30 * t)
        sheet.poly(crown, mix(ink, pal.leaf, 0.35))
        if t > 0.4:
            sheet.stipple(crown, mix(ink, pal.ink, 0.45), "right", 0.7)


def _rays(sheet: Sheet, x: float) -> None:
    for k in range(3):
        lean, w = (k - 1) * 230, sheet.rng.uniform(30, 80)
        sheet.stipple(
            [(x + k * 16, -60), (x + k * 16 + 60, -60), (x + lean + w, 940), (x + lean - w, 940)],
            sheet.pal.sun,
            "up",
            0.42,
        )


def _fern(sheet: Sheet, x: float, y: float, size: float) -> None:
    ink = mix(sheet.pal.ink, sheet.pal.leaf, sheet.rng.uniform(0.0, 0.45))
    for k in range(7):
        angle = -pi * (0.1 + 0.8 * k / 6)
        plants.blade(sheet, x, y, angle, size * (0.8 + 0.3 * sin(pi * k / 6)), size * 0.04, ink, 0.35)
