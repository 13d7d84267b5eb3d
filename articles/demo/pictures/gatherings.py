"""Scenes out of doors where the crowd is the subject."""

from math import cos, pi, sin

from . import brushes, ground, people, plants, props
from .palettes import Color, mix
from .sheet import HEIGHT, WIDTH, Sheet


def market(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 470)
    ground.yard(sheet, 560, ground.earth(sheet))
    for k in range(5):
        plants.tree(sheet, 90 + 350 * k + rng.uniform(-60, 60), 575, rng.uniform(130, 220), pal.near)
    inks = [pal.accent, pal.wall, pal.field, pal.leaf, pal.roof]
    rng.shuffle(inks)
    for k in range(5):
        _stall(sheet, 20 + 325 * k + rng.uniform(-25, 25), 690 + rng.uniform(-12, 12), 280, inks[k])
    ground.crowd(
        sheet,
        [(rng.uniform(40, 1560), rng.uniform(715, 830)) for _ in range(15)],
        215,
        ("walk", "talk", "stand", "walk"),
    )
    for k in range(4):
        x = 200 + 420 * k + rng.uniform(-60, 60)
        _vendor(sheet, x, 985 + rng.uniform(-25, 15), rng.choice((1, -1)))
    if rng.random() < 0.6:
        props.lanterns(sheet, (-20, rng.uniform(80, 220)), (1620, rng.uniform(80, 220)), 90, 22)


def _vendor(sheet: Sheet, x: float, y: float, facing: int) -> None:
    rng, pal = sheet.rng, sheet.pal
    ground.shadow(sheet, x - 30, y, 190)
    props.stool(sheet, x, y, 165)
    people.figure(sheet, x, y, 400, "squat", people.dress(sheet, rng.choice(("cone", "scarf")), True), facing)
    for dx, dy in ((125, -12), (215, 4), (150, 42)):
        props.basket(
            sheet,
            x + dx * facing,
            y + dy,
            rng.uniform(100, 130),
            rng.choice((pal.accent, pal.leaf, pal.field)),
        )


def _stall(sheet: Sheet, x: float, y: float, w: float, ink: Color) -> None:
    pal, h = sheet.pal, w * 0.78
    sheet.box(x, y - h * 0.75, w, h * 0.75, mix(pal.ink, pal.near, 0.4))
    people.figure(sheet, x + w * sheet.rng.uniform(0.3, 0.7), y - 4, h * 0.86, "talk")
    for px in (x, x + w):
        sheet.line([(px, y), (px, y - h)], mix(pal.roof, pal.ink, 0.3), 7)
    _awning(sheet, x, y, w, h, ink)
    _counter(sheet, x, y, w, h)


def _awning(sheet: Sheet, x: float, y: float, w: float, h: float, ink: Color) -> None:
    pal = sheet.pal
    for k in range(8):
        left, low = x - 22 + k * (w + 44) / 8, y - h * 0.72
        top = x + 10 + k * (w - 20) / 8
        stripe = ink if k % 2 else mix(ink, pal.wall, 0.75)
        sheet.poly(
            [
                (top, y - h * 1.02),
                (top + (w - 20) / 8, y - h * 1.02),
                (left + (w + 44) / 8, low),
                (left, low),
            ],
            stripe,
        )
        sheet.oval(left + (w + 44) / 16, low, (w + 44) / 16, 9, stripe)
    slant = [
        (x + 10, y - h * 1.02),
        (x + w - 10, y - h * 1.02),
        (x + w + 22, y - h * 0.72),
        (x - 22, y - h * 0.72),
    ]
    sheet.stipple(slant, mix(ink, pal.ink, 0.35), "right", 0.6)


def _counter(sheet: Sheet, x: float, y: float, w: float, h: float) -> None:
    pal = sheet.pal
    sheet.box(x - 8, y - h * 0.26, w + 16, h * 0.26, mix(pal.roof, pal.field, 0.4))
    sheet.stipple(
        [(x - 8, y - h * 0.26), (x + w + 8, y - h * 0.26), (x + w + 8, y), (x - 8, y)],
        mix(pal.roof, pal.ink, 0.35),
        "down",
        0.8,
    )
    for k in range(5):
        props.basket(
            sheet,
            x + w * (0.1 + 0.2 * k),
            y - h * 0.24,
            w * 0.17,
            (pal.accent, pal.leaf, pal.field)[(k + round(x)) % 3],
        )


def football_field(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 450, 4, 370)
    ground.yard(sheet, 560, mix(pal.leaf, pal.near, 0.3))
    _touchline(sheet)
    _pitch(sheet)
    kits = (pal.accent, pal.wall)
    _field_players(sheet, kits)
    x = rng.uniform(520, 760)
    _duel(sheet, x, kits)
    sheet.oval(x + 178, 965, 19, 19, pal.wall)
    sheet.oval(x + 184, 969, 10, 10, mix(pal.wall, pal.ink, 0.45))


def _touchline(sheet: Sheet) -> None:
    """Trees, and the village in front of them."""
    pal, rng = sheet.pal, sheet.rng
    for k in range(14):
        plants.tree(
            sheet,
            k * 125 + rng.uniform(-40, 40),
            585,
            rng.uniform(80, 170),
            mix(pal.near, pal.mid, 0.3),
        )
    ground.crowd(
        sheet,
        [(rng.uniform(20, 1580), rng.uniform(596, 628)) for _ in range(34)],
        110,
        ("stand", "cheer", "talk"),
    )


def _field_players(sheet: Sheet, kits: tuple[Color, Color]) -> None:
    pal, rng = sheet.pal, sheet.rng
    for k in range(8):
        x, y = 170 + 175 * k + rng.uniform(-60, 60), rng.uniform(690, 850)
        ground.shadow(sheet, x, y, 60)
        people.figure(
            sheet,
            x,
            y,
            60 + (y - 560) * 0.42,
            rng.choice(("run", "run", "walk")),
            people.Dress(kits[k % 2], mix(kits[1 - k % 2], pal.ink, 0.55), bare=True),
            rng.choice((1, -1)),
        )


def _duel(sheet: Sheet, x: float, kits: tuple[Color, Color]) -> None:
    pal = sheet.pal
    for fx, pose, kit, facing in ((x, "kick", 0, 1), (x + 330, "run", 1, -1)):
        ground.shadow(sheet, fx, 1000, 160)
        people.figure(
            sheet,
            fx,
            1000,
            350,
            pose,
            people.Dress(kits[kit], mix(pal.ink, kits[1 - kit], 0.3), bare=True),
            facing,
        )


def _pitch(sheet: Sheet) -> None:
    pal, rng = sheet.pal, sheet.rng
    turf, chalk = mix(pal.leaf, pal.field, 0.28), mix(pal.wall, pal.leaf, 0.15)
    vanish = rng.uniform(600, 1000)
    sheet.poly([(-20, 650), (WIDTH + 20, 640), (WIDTH + 20, HEIGHT), (-20, HEIGHT)], turf)
    for k in range(-9, 10, 2):
        far, near = vanish + k * 120, vanish + k * 300
        sheet.poly(
            [(far, 646), (far + 120, 646), (near + 300, HEIGHT), (near, HEIGHT)],
            mix(turf, pal.near, 0.22),
        )
    sheet.stipple([(0, 650), (WIDTH, 650), (WIDTH, HEIGHT), (0, HEIGHT)], mix(turf, pal.ink, 0.5), "down", 0.6)
    sheet.line([(-20, 668), (WIDTH + 20, 660)], chalk, 4)
    sheet.line([(vanish, 664), (vanish - 90, HEIGHT)], chalk, 6)
    ring = [(vanish - 30 + cos(a) * 300, 800 + sin(a) * 70) for a in (2 * pi * k / 60 for k in range(61))]
    sheet.line(ring, chalk, 5)
    _goal(sheet, chalk, turf)


def _goal(sheet: Sheet, chalk: Color, turf: Color) -> None:
    pal = sheet.pal
    sheet.line([(1330, 790), (1330, 640), (1500, 690), (1500, 880)], pal.wall, 8)
    for k in range(7):
        t = k / 6
        sheet.line(
            [(1330 + 170 * t, 640 + 50 * t), (1400 + 170 * t, 780 + 90 * t)],
            mix(chalk, turf, 0.4),
            1.5,
        )
        sheet.line(
            [(1330 + 70 * t, 640 + 140 * t), (1500 + 70 * t, 690 + 185 * t)],
            mix(chalk, turf, 0.4),
            1.5,
        )


def festival(sheet: Sheet) -> None:
    rng, _pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 470, 4, 380)
    ground.yard(sheet, 590, ground.earth(sheet))
    for k in range(3):
        props.stilt_house(sheet, 260 + 540 * k + rng.uniform(-170, 170), 640, rng.uniform(190, 290))
    cx, ring = rng.uniform(520, 1080), rng.uniform(360, 500)
    _throwing_pole(sheet, cx, 800)
    for end, y in ((-30, rng.uniform(290, 430)), (WIDTH + 30, rng.uniform(290, 430))):
        props.lanterns(sheet, (cx, 330), (end, y), 70, 21)
    ground.crowd(
        sheet,
        [(rng.uniform(10, 1590), rng.uniform(655, 690)) for _ in range(44)],
        150,
        ("stand", "cheer", "talk"),
    )
    _ring_dance(sheet, cx, ring)
    _onlookers(sheet)


def _ring_dance(sheet: Sheet, cx: float, ring: float) -> None:
    pal, rng = sheet.pal, sheet.rng
    dancers = rng.randint(11, 14)
    for k in sorted(range(dancers), key=lambda i: sin(2 * pi * i / dancers)):
        a = 2 * pi * k / dancers
        x, y = cx + cos(a) * ring, 825 + sin(a) * ring * 0.24
        wear = people.Dress((pal.accent, pal.near, pal.roof)[k % 3], pal.ink, "scarf", True, sash=pal.field)
        ground.shadow(sheet, x, y, 80)
        people.figure(sheet, x, y, 190 + 62 * sin(a), "cheer", wear, 1 if k % 2 else -1)


def _onlookers(sheet: Sheet) -> None:
    """Dark backs along the near edge put the reader in the crowd."""
    pal, rng = sheet.pal, sheet.rng
    for k in range(6):
        x = 60 + 300 * k + rng.uniform(-60, 60)
        people.figure(
            sheet,
            x,
            1215,
            350,
            rng.choice(("stand", "cheer")),
            people.Dress(pal.ink, pal.ink, rng.choice(("cone", "scarf", "none"))),
        )


def _throwing_pole(sheet: Sheet, x: float, y: float) -> None:
    """The tall bamboo and paper ring of the Tày ball-throwing game."""
    pal = sheet.pal
    sheet.line([(x, y), (x + 4, 300)], mix(pal.field, pal.roof, 0.3), 11)
    for k in range(7):
        sheet.line([(x - 6, y - 70 * k), (x + 8, y - 70 * k)], pal.roof, 4)
    for r, ink in ((62, pal.accent), (50, pal.wall), (38, pal.field)):
        ring = [(x + 4 + cos(a) * r, 260 + sin(a) * r) for a in (2 * pi * k / 40 for k in range(41))]
        sheet.line(ring, ink, 11)
    bx = x - 210
    sheet.line([(bx - 90, 300), (bx - 40, 260), (bx, 238)], pal.accent, 4)
    sheet.oval(bx, 234, 15, 15, pal.accent)
