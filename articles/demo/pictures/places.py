"""Scenes out of doors where a building is the subject."""

from . import brushes, ground, people, plants, props
from .palettes import mix
from .sheet import HEIGHT, WIDTH, Sheet


def stilt_house_scene(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 520, 4, 400)
    ground.yard(sheet, 690, mix(pal.leaf, pal.field, 0.3))
    x, y, w = rng.uniform(540, 1020), rng.uniform(800, 850), rng.uniform(600, 840)
    _house_garden(sheet, x, y, w)
    sheet.veil(
        [(x - 120 + 26 * k, y - w * 0.72 - 42 * k, 30 + 11 * k, 26) for k in range(7)],
        pal.mist,
        0.6,
    )
    props.stilt_house(sheet, x, y, w)
    sheet.poly(
        [
            (x + w * 0.12, y + 2),
            (x + w * 0.3, y + 2),
            (x + w * 0.62, HEIGHT),
            (x + w * 0.2, HEIGHT),
        ],
        mix(pal.field, pal.wall, 0.45),
    )
    _family(sheet, x, y, w)
    plants.banana(sheet, rng.uniform(60, 180), 1060, 420, mix(pal.leaf, pal.ink, 0.4))
    plants.grass(sheet, 1030, pal.ink, 150, 60)


def _house_garden(sheet: Sheet, x: float, y: float, w: float) -> None:
    pal, rng = sheet.pal, sheet.rng
    for dx in (-0.66, -0.5, 0.52, 0.68):
        plants.palm(sheet, x + dx * w, y - 50 + rng.uniform(-20, 20), rng.uniform(330, 520), pal.near)
    plants.bamboo(sheet, x - w * 0.58, y - 30, rng.uniform(420, 500), mix(pal.near, pal.leaf, 0.5), 9)
    plants.tree(sheet, x + w * 0.42, y - 90, 420, mix(pal.near, pal.leaf, 0.3))


def _family(sheet: Sheet, x: float, y: float, w: float) -> None:
    rng = sheet.rng
    for dx, h, pose in ((-0.18, 165, "sit"), (0.34, 205, "walk"), (0.43, 140, "walk")):
        ground.shadow(sheet, x + dx * w, y + 58, 80)
        if pose == "sit":
            props.stool(sheet, x + dx * w, y + 58, h)
        people.figure(sheet, x + dx * w, y + 58, h, pose, facing=-1)
    for _ in range(6):
        _hen(sheet, x + rng.uniform(-0.45, 0.1) * w, y + rng.uniform(60, 130), rng.uniform(26, 36))


def _hen(sheet: Sheet, x: float, y: float, r: float) -> None:
    pal = sheet.pal
    ink = sheet.rng.choice((pal.roof, pal.wall, pal.ink))
    sheet.poly(
        [
            (x - r * 0.7, y - r * 1.2),
            (x - r * 0.2, y - r * 0.8),
            (x + r * 0.3, y - r * 0.85),
            (x + r * 0.42, y - r * 1.3),
            (x + r * 0.68, y - r * 1.25),
            (x + r * 0.55, y - r * 0.6),
            (x + r * 0.1, y - r * 0.25),
            (x - r * 0.4, y - r * 0.4),
        ],
        ink,
    )
    sheet.oval(x + r * 0.56, y - r * 1.36, r * 0.12, r * 0.1, pal.accent)
    sheet.line([(x, y - r * 0.3), (x, y)], pal.field, 2)


def school(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 470, 4, 380)
    ground.yard(sheet, 650, ground.earth(sheet))
    x, w = rng.uniform(120, 330), rng.uniform(1000, 1140)
    for dx in (-60, w + 40, w + 150):
        plants.tree(sheet, x + dx, 680, rng.uniform(220, 300), pal.near)
    props.hall(sheet, x, 735, w, rng.uniform(280, 320), rng.randint(8, 11), pal.field)
    plants.tree(
        sheet,
        rng.choice((rng.uniform(140, 330), rng.uniform(1260, 1450))),
        860,
        rng.uniform(480, 680),
        pal.leaf,
        bloom=pal.accent,
    )
    _playground(sheet)
    plants.grass(sheet, 1052, pal.ink, 120, 46)


def _playground(sheet: Sheet) -> None:
    """Running children, and a few near enough to show their satchels."""
    pal, rng = sheet.pal, sheet.rng
    spots = [(rng.uniform(420, 1500), rng.uniform(770, 930)) for _ in range(11)]
    ground.crowd(sheet, spots, 185, ("run", "walk", "run", "talk", "cheer"))
    start = rng.uniform(480, 800)
    for k in range(rng.randint(1, 3)):
        _pupil(
            sheet,
            start + 190 * k + rng.uniform(-30, 30),
            1005 + 12 * (k % 2),
            285,
            rng.choice((1, -1)),
        )
    people.figure(
        sheet,
        1300 + rng.uniform(-80, 80),
        985,
        330,
        "talk",
        people.Dress(pal.wall, pal.near, "none", True),
        -1,
    )


def _pupil(sheet: Sheet, x: float, y: float, h: float, facing: int) -> None:
    pal = sheet.pal
    ground.shadow(sheet, x, y, h * 0.35)
    sheet.limb(
        [(x - h * 0.13 * facing, y - h * 0.72), (x - h * 0.14 * facing, y - h * 0.54)],
        pal.accent,
        h * 0.15,
    )
    people.figure(sheet, x, y, h, "walk", people.Dress(pal.wall, pal.near, "none"), facing)
    sheet.line(
        [(x + h * 0.04 * facing, y - h * 0.79), (x + h * 0.0 * facing, y - h * 0.56)],
        pal.accent,
        h * 0.025,
    )


def clinic(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 440, 3, 330)
    ground.yard(sheet, 600, mix(pal.leaf, pal.field, 0.25))
    plants.tree(sheet, rng.uniform(1400, 1520), 690, rng.uniform(340, 520), pal.near)
    plants.palm(sheet, rng.uniform(1300, 1500), 700, rng.uniform(380, 560), pal.near)
    left, right, floor = rng.uniform(60, 200), rng.uniform(1150, 1360), 860
    inside = mix(pal.wall, pal.leaf, 0.3)
    sheet.box(left, 330, right - left, floor - 330, inside)
    sheet.stipple(
        [(left, 330), (right, 330), (right, floor), (left, floor)],
        mix(inside, pal.near, 0.45),
        "up",
        0.7,
    )
    _ward(sheet, rng.uniform(left + 150, left + 330), floor)
    for k in range(2):
        props.window(sheet, right - 360 + 170 * k, 470, 110, 150, pal.wall)
    _veranda(sheet, left, right, floor)
    _patients(sheet, rng.uniform(640, 760))
    props.plant_pot(sheet, right - 60, 915, 190)
    plants.grass(sheet, 1020, pal.ink, 150, 66)


def _veranda(sheet: Sheet, left: float, right: float, floor: float) -> None:
    pal = sheet.pal
    for k in range(5):
        px = left + (right - left) * k / 4
        sheet.box(px - 13, 320, 26, floor - 320, pal.wall)
        sheet.box(px + 3, 320, 10, floor - 320, mix(pal.wall, pal.far, 0.5))
    props.tiles(
        sheet,
        [(left - 90, 345), (right + 90, 345), (right - 110, 190), (left + 110, 190)],
        pal.roof,
    )
    sheet.poly(
        [(left - 40, floor), (right + 40, floor), (right + 130, 925), (left - 130, 925)],
        mix(pal.wall, pal.far, 0.2),
    )
    sheet.box(left - 130, 925, right - left + 260, 26, mix(pal.wall, pal.ink, 0.35))


def _ward(sheet: Sheet, x: float, floor: float) -> None:
    """The open door with a bed and a half-drawn curtain says what the house is for."""
    pal = sheet.pal
    sheet.box(x, 440, 250, floor - 440, mix(pal.near, pal.ink, 0.35))
    sheet.glow(x + 110, 620, 220, pal.mid, 0.9)
    sheet.box(x + 20, floor - 120, 215, 34, pal.wall)
    sheet.box(x + 20, floor - 150, 60, 34, mix(pal.wall, pal.water, 0.5))
    for dx in (26, 224):
        sheet.line([(x + dx, floor - 150), (x + dx, floor)], pal.far, 7)
    for k in range(5):
        sheet.poly(
            [
                (x + 250 - k * 20, 445),
                (x + 228 - k * 20, 445),
                (x + 226 - k * 19, floor - 30),
                (x + 250 - k * 19, floor - 36),
            ],
            mix(pal.leaf, pal.wall, 0.25 + 0.2 * (k % 2)),
        )
    sheet.box(x - 14, 428, 278, 14, pal.wall)


def _patients(sheet: Sheet, x: float) -> None:
    pal = sheet.pal
    sheet.box(x - 30, 790, 480, 20, mix(pal.roof, pal.field, 0.4))
    for dx in (-10, 200, 420):
        sheet.box(x + dx, 810, 16, 92, mix(pal.roof, pal.ink, 0.4))
    waiting = [(70, 360, "scarf"), (205, 270, "none"), (350, 370, "scarf"), (230, 350, "none")]
    for dx, h, hat in sheet.rng.choice((waiting[:3], waiting[::2], waiting[:1] + waiting[3:])):
        people.figure(sheet, x + dx, 905, h, "sit", people.dress(sheet, hat, hat == "scarf"), -1)
    coat = people.Dress(mix(pal.wall, pal.sun, 0.6), pal.near, "none", coat=True)
    ground.shadow(sheet, x - 120, 912, 130)
    people.figure(sheet, x - 110, 910, 455, "talk", coat, 1)
    neck = [(x - 118, 546), (x - 112, 600), (x - 84, 622), (x - 74, 560)]
    sheet.line(neck, pal.ink, 5)


def factory(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 480, 4, 400)
    ground.yard(sheet, 640, mix(ground.earth(sheet), pal.far, 0.4))
    x, bays = rng.uniform(220, 520), rng.randint(3, 6)
    _chimney(sheet, x + 90 + rng.uniform(0, 60), 690, rng.uniform(360, 430))
    for k in range(bays):
        _sawtooth(sheet, x + 190 * k, 760, 190, 150)
    _tank(sheet, rng.choice((x - 110, x + 190 * bays + 100)), 765)
    for k in range(12):
        plants.tree(
            sheet,
            k * 150 + rng.uniform(-50, 50),
            800 + rng.uniform(-6, 6),
            rng.uniform(60, 120),
            mix(pal.near, pal.leaf, 0.5),
        )
    sheet.poly([(-20, 850), (WIDTH + 20, 815), (WIDTH + 20, 905), (-20, 960)], mix(pal.far, pal.ink, 0.35))
    _truck(sheet, rng.uniform(250, 900), 905, 330)
    _workers(sheet)
    plants.grass(sheet, 1040, pal.ink, 130, 56)


def _workers(sheet: Sheet) -> None:
    pal, rng = sheet.pal, sheet.rng
    start = rng.uniform(250, 850)
    for k in range(rng.randint(3, 5)):
        fx = start + 150 * k + rng.uniform(-40, 40)
        ground.shadow(sheet, fx, 1010, 90)
        people.figure(
            sheet,
            fx,
            1010 + rng.uniform(-12, 12),
            230,
            rng.choice(("walk", "talk", "stand")),
            people.Dress(rng.choice((pal.near, pal.accent)), pal.ink, "cap", sash=pal.field),
            1 if k % 2 else -1,
        )


def _chimney(sheet: Sheet, x: float, y: float, h: float) -> None:
    pal = sheet.pal
    puffs = [(x + 30 * k + 9 * k * k, y - h - 20 - 32 * k, 30 + 17 * k, 22 + 9 * k) for k in range(7)]
    sheet.veil(puffs, mix(pal.wall, pal.mist, 0.5), 0.85)
    shape = [(x - 17, y - h), (x + 17, y - h), (x + 28, y), (x - 28, y)]
    sheet.poly(shape, mix(pal.roof, pal.wall, 0.15))
    sheet.stipple(shape, pal.ink, "right", 0.9)
    for k in (0.03, 0.12):
        sheet.box(x - 19, y - h * (1 - k), 38, h * 0.035, pal.wall)


def _sawtooth(sheet: Sheet, x: float, y: float, w: float, h: float) -> None:
    pal = sheet.pal
    wall, peak = mix(pal.wall, pal.far, 0.25), y - h - w * 0.42
    sheet.poly([(x, y), (x, peak), (x + w, y - h), (x + w, y)], wall)
    sheet.poly(
        [(x - 6, peak - 6), (x + w + 4, y - h), (x + w + 4, y - h + 14), (x - 6, peak + 10)],
        pal.roof,
    )
    shape = [(x, y), (x, peak), (x + w, y - h), (x + w, y)]
    sheet.stipple(shape, mix(wall, pal.ink, 0.3), "right", 0.55)
    for k in range(4):
        left = x + w * (0.12 + 0.21 * k)
        sheet.box(left, y - h * 0.8, w * 0.14, h * 0.26, mix(pal.water, pal.near, 0.4))
    if round(x) % 3 == 0:
        sheet.box(x + w * 0.28, y - h * 0.42, w * 0.42, h * 0.42, mix(pal.ink, pal.near, 0.4))
    sheet.box(x, y - 12, w, 12, mix(wall, pal.ink, 0.35))


def _tank(sheet: Sheet, x: float, y: float) -> None:
    pal = sheet.pal
    for dx in (-38, -12, 14, 40):
        sheet.line([(x + dx * 0.8, y - 210), (x + dx, y)], pal.ink, 6)
    sheet.line([(x - 38, y - 20), (x + 34, y - 190)], pal.ink, 3)
    body = [(x - 56, y - 330), (x + 56, y - 330), (x + 56, y - 205), (x - 56, y - 205)]
    sheet.poly(body, mix(pal.wall, pal.water, 0.5))
    sheet.stipple(body, pal.near, "right", 1.0)
    sheet.poly([(x - 64, y - 328), (x, y - 372), (x + 64, y - 328)], pal.roof)


def _truck(sheet: Sheet, x: float, y: float, w: float) -> None:
    pal, log = sheet.pal, mix(sheet.pal.field, sheet.pal.roof, 0.35)
    for row, count in ((0, 6), (1, 5), (2, 4)):
        for k in range(count):
            cy, left = y - w * (0.2 + 0.07 * row), x + w * (0.02 + 0.012 * k)
            sheet.limb(
                [(left, cy - k * 0.2), (left + w * (0.6 - 0.02 * row), cy)],
                mix(log, pal.ink, 0.08 * (k % 3)),
                w * 0.07,
            )
    sheet.box(x - w * 0.02, y - w * 0.16, w, w * 0.06, pal.ink)
    cab = [
        (x + w * 0.72, y - w * 0.1),
        (x + w * 0.72, y - w * 0.4),
        (x + w * 0.9, y - w * 0.4),
        (x + w * 0.99, y - w * 0.22),
        (x + w * 0.99, y - w * 0.1),
    ]
    sheet.poly(cab, pal.accent)
    sheet.stipple(cab, mix(pal.accent, pal.ink, 0.6), "down", 0.7)
    sheet.poly(
        [
            (x + w * 0.79, y - w * 0.36),
            (x + w * 0.88, y - w * 0.36),
            (x + w * 0.94, y - w * 0.24),
            (x + w * 0.79, y - w * 0.24),
        ],
        mix(pal.water, pal.wall, 0.4),
    )
    for dx in (0.12, 0.28, 0.84):
        sheet.oval(x + w * dx, y - w * 0.06, w * 0.07, w * 0.07, pal.ink)
        sheet.oval(x + w * dx, y - w * 0.06, w * 0.03, w * 0.03, pal.far)
