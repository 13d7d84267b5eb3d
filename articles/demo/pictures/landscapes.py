"""Scenes where the land is the subject."""

from math import pi, sin

from . import brushes, people, plants, props
from .palettes import mix
from .sheet import HEIGHT, WIDTH, Point, Sheet


def farmer(sheet: Sheet) -> people.Dress:
    pal = sheet.pal
    return people.Dress(sheet.rng.choice((pal.accent, pal.roof, pal.wall)), pal.ink, "cone")


def near_frame(sheet: Sheet, y: float = 985) -> None:
    """Dark near edge and, often, a hanging spray in the right corner."""
    plants.grass(sheet, y, sheet.pal.ink)
    if sheet.rng.random() < 0.7:
        plants.canopy(sheet, sheet.rng.uniform(1250, 1560), sheet.pal.ink)


def terraces(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 430)
    far_side = brushes.slope(rng, 640, rng.uniform(330, 400), 34)
    steps = brushes.contours(rng, far_side, 860, rng.randint(12, 16), 46)
    green = mix(pal.leaf, pal.mid, 0.35)
    brushes.paddies(
        sheet,
        steps,
        [green, mix(pal.field, pal.mist, 0.2), mix(pal.leaf, pal.field, 0.45)],
        mix(pal.near, pal.mid, 0.3),
    )
    _homestead(sheet, far_side)
    brushes.drift(sheet, 690, 0.6)
    near = brushes.slope(rng, rng.uniform(600, 660), 880, 36, 1400)
    steps = brushes.contours(rng, near, 1120, rng.randint(7, 9), 60)
    brushes.paddies(
        sheet,
        steps,
        [pal.field, mix(pal.field, pal.leaf, 0.5), pal.leaf, mix(pal.water, pal.sky_low, 0.4)],
        mix(pal.near, pal.ink, 0.45),
    )
    _planters(sheet, steps[3])
    near_frame(sheet, 1015)


def _homestead(sheet: Sheet, line: brushes.Ridge) -> None:
    """A house among trees, small enough to measure the hill by."""
    pal, rng = sheet.pal, sheet.rng
    x = rng.uniform(1080, 1340)
    for dx in (-150, -105, 130):
        plants.tree(sheet, x + dx, brushes.height_at(line, x + dx) + 26, rng.uniform(80, 120), pal.near)
    props.stilt_house(sheet, x, brushes.height_at(line, x) + 34, 190)


def _planters(sheet: Sheet, row: brushes.Ridge) -> None:
    rng = sheet.rng
    for k in range(rng.randint(3, 4)):
        fx = 380 + 150 * k + rng.uniform(-40, 40)
        people.figure(
            sheet,
            fx,
            brushes.height_at(row, fx) + 26,
            rng.uniform(92, 104),
            rng.choice(("bend", "bend", "walk")),
            farmer(sheet),
            rng.choice((1, -1)),
        )


def lake(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    shore = rng.uniform(500, 640)
    brushes.backdrop(sheet, shore - 30, 4, 370)
    for _ in range(rng.randint(2, 4)):
        _islet(sheet, rng.uniform(60, 1540), shore, rng.uniform(70, 190))
    brushes.mirror_water(sheet, shore)
    brushes.drift(sheet, shore, 0.6)
    props.boat(sheet, rng.uniform(420, 1150), rng.uniform(760, 850), rng.uniform(220, 300))
    for _ in range(3):
        props.boat(sheet, rng.uniform(950, 1500), rng.uniform(610, 650), rng.uniform(60, 84))
    for _ in range(90):
        x = rng.uniform(-20, 420) if rng.random() < 0.7 else rng.uniform(1300, 1620)
        plants.leaf(
            sheet,
            x,
            HEIGHT + 10,
            -pi / 2 + rng.uniform(-0.25, 0.25),
            rng.uniform(110, 300),
            5,
            pal.ink,
        )
    plants.canopy(sheet, 1420, pal.ink, 380)


def _islet(sheet: Sheet, x: float, y: float, h: float) -> None:
    pal, rng = sheet.pal, sheet.rng
    w = h * rng.uniform(0.7, 1.1)
    rise = brushes.wobble(rng, 160)
    dome = [
        (x + w * t, y - h * max(0, 1 - abs(t) ** 2.4) - rise(x + w * t) * 7 * (1 - t * t))
        for t in (k / 20 - 1 for k in range(41))
    ]
    ink = mix(pal.near, pal.mid, rng.uniform(0.1, 0.6))
    sheet.poly(dome, ink)
    sheet.stipple(dome, mix(ink, pal.ink, 0.6), "right", 0.9)
    for dx, dy in dome[6:-6:2]:
        sheet.oval(dx, dy, rng.uniform(5, 12), rng.uniform(6, 12), ink)


def river(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 470, 4, 380)
    sheet.wash(mix(pal.sky_low, pal.mist, 0.4), mix(pal.water, pal.mid, 0.45), 490, HEIGHT)
    brushes.ripples(sheet, 500, 110, 200, 1400)
    sides = (1, -1) if rng.random() < 0.5 else (-1, 1)
    for k, y in enumerate((505, 560, 640, 770)):
        _bank(sheet, y, sides[k % 2], k / 3)
    props.boat(sheet, 800 + rng.uniform(-60, 60), rng.uniform(880, 930), 250)
    plants.canopy(sheet, rng.choice((160, 1440)), pal.ink, 330)


def _bank(sheet: Sheet, y: float, side: int, t: float) -> None:
    """One wing of the valley; wings from both sides make the river bend."""
    rng, pal = sheet.rng, sheet.pal
    ink = mix(brushes.distance(sheet, 0.45 + 0.55 * t), pal.leaf, 0.25 + 0.3 * t)
    reach, depth, rise = rng.uniform(880, 1010) - 290 * t, 40 + 200 * t, brushes.wobble(rng, 500, 3)
    steps = [k / 20 for k in range(21)]
    # Both edges lose their waviness toward the tip, so that they meet in a point.
    upper = [(reach * u, y - (34 + 60 * t - 9 * rise(600 * u)) * (1 - u)) for u in steps]
    lower = [(reach * (1 - u**1.4), y + 14 * t * min(1, 5 * u) + depth * u**0.8 + rise(800 * u) * 6 * u) for u in steps]
    shape = [(-30, upper[0][1]), *upper, *lower, (-30, lower[-1][1])]
    shape = [(x if side < 0 else WIDTH - x, at) for x, at in shape]
    sheet.poly([(x, at + 7 + 8 * t) for x, at in shape], mix(pal.wall, pal.field, 0.5))
    sheet.poly(shape, ink)
    sheet.stipple(shape, mix(ink, pal.ink, 0.5), "down", 0.9)
    for x, at in sorted(shape[1:18:2], key=lambda q: q[1]):
        kind = rng.choice((plants.tree, plants.tree, plants.bamboo, plants.palm))
        kind(
            sheet,
            x + rng.uniform(-20, 20),
            at + 8,
            (70 + 150 * t) * rng.uniform(0.7, 1.2),
            mix(ink, pal.near, 0.5),
        )


def mountain_road(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 440, 4, 380)
    flank = brushes.slope(rng, rng.uniform(560, 700), rng.uniform(250, 340), 34)
    ink = mix(pal.near, pal.leaf, 0.35)
    brushes.land(sheet, flank, ink)
    brushes.facets(sheet, flank, mix(ink, pal.ink, 0.5), 120)
    sheet.stipple([*flank, (WIDTH, HEIGHT), (0, HEIGHT)], mix(ink, pal.ink, 0.4), "down", 0.7)
    brushes.tufts(sheet, flank, ink)
    summit = rng.uniform(1180, 1400)
    path = _switchbacks(sheet, summit, brushes.height_at(flank, summit) + 6)
    _wayside_trees(sheet, flank)
    _road(sheet, path)
    rider, walker = path[rng.randint(115, 160)], path[rng.randint(62, 84)]
    props.motorbike(sheet, *rider, 78, -1)
    people.figure(sheet, *walker, 112, "walk", farmer(sheet), 1)
    near_frame(sheet, 1020)


def _switchbacks(sheet: Sheet, summit: float, top: float) -> list[Point]:
    """The road's middle line from the near edge up to the pass; bends tighten with distance."""
    rng, count = sheet.rng, sheet.rng.randint(5, 7)
    xs, centre = [rng.uniform(100, 400)], rng.uniform(720, 900)
    for k in range(1, count):
        t = k / count
        xs.append(centre + (summit - centre) * t + (-1) ** (k + 1) * 420 * (1 - t) ** 0.8 * rng.uniform(0.7, 1.15))
    xs.append(summit)
    ys = [1110 - (1110 - top) * (k / count) ** 0.8 for k in range(count + 1)]
    points = []
    for k in range(count):
        for step in range(60):
            t = step / 60
            ease = 0.5 - 0.5 * sin(pi / 2 + pi * t)
            points.append((xs[k] + (xs[k + 1] - xs[k]) * ease, ys[k] + (ys[k + 1] - ys[k]) * t))
    return points


def _road(sheet: Sheet, path: list[Point]) -> None:
    """Stamp flat ovals along the line: lying ovals give hairpins their perspective."""
    pal = sheet.pal
    verge, face = mix(pal.near, pal.ink, 0.55), mix(pal.wall, pal.far, 0.25)
    wide = [5 + 36 * max(0, (y - 300) / 720) ** 1.15 for _, y in path]
    for grow, drop, ink in (
        (1.12, 0.42, verge),
        (1.1, 0.0, mix(pal.roof, pal.near, 0.45)),
        (1.0, -0.05, face),
    ):
        for (x, y), w in zip(reversed(path), reversed(wide), strict=True):
            sheet.oval(x, y + drop * w, w * 1.5 * grow, w * 0.62 * grow, ink)
    for (x, y), w in list(zip(path, wide, strict=True))[::17]:
        sheet.box(x, y + w * 0.5, w * 0.14, w * 0.5, pal.wall)


def _wayside_trees(sheet: Sheet, flank: brushes.Ridge) -> None:
    rng, pal = sheet.rng, sheet.pal
    for x, y in sorted(((rng.uniform(0, WIDTH), rng.uniform(430, 1000)) for _ in range(34)), key=lambda q: q[1]):
        if y > brushes.height_at(flank, x) + 40:
            plants.pine(sheet, x, y, 40 + 130 * (y - 400) / 600, mix(pal.near, pal.ink, 0.25 + y / 3000))


def bridge(sheet: Sheet) -> None:
    rng, pal = sheet.rng, sheet.pal
    brushes.backdrop(sheet, 500, 4, 420)
    sheet.wash(mix(pal.water, pal.mist, 0.3), mix(pal.water, pal.mid, 0.5), 560, HEIGHT)
    brushes.ripples(sheet, 640, 130)
    brushes.drift(sheet, 590, 0.8)
    deck, left, right = rng.uniform(590, 700), rng.uniform(190, 420), rng.uniform(1200, 1400)
    for side in (-1, 1):
        _abutment(sheet, left if side < 0 else right, deck, side)
    _span(sheet, left, right, deck)
    for k in range(4):
        x = left + (right - left) * (0.16 + 0.2 * k) + rng.uniform(-30, 30)
        people.figure(sheet, x, deck - 4, 92, rng.choice(("walk", "walk", "talk")), facing=rng.choice((1, -1)))
    props.motorbike(sheet, rng.uniform(left + 300, right - 200), deck - 2, 88, -1)
    sheet.line([(left, deck - 42), (right, deck - 42)], mix(pal.ink, pal.roof, 0.3), 3)
    props.boat(sheet, rng.uniform(600, 1000), 900, 210)
    plants.grass(sheet, 1010, pal.ink, 170, 90)
    plants.bamboo(sheet, 130, 1060, 480, pal.ink, 8)


def _abutment(sheet: Sheet, x: float, deck: float, side: int) -> None:
    pal, rng = sheet.pal, sheet.rng
    edge = [
        (x - side * 60, HEIGHT),
        (x - side * 40, deck + 160),
        (x + side * 5, deck + 90),
        (x + side * 10, deck),
    ]
    far = WIDTH + 20 if side > 0 else -20
    shape = [*edge, (far, deck - 40), (far, HEIGHT)]
    rock = mix(pal.near, pal.leaf, 0.25)
    sheet.poly(shape, rock)
    sheet.stipple(shape, mix(rock, pal.ink, 0.6), "down", 0.9)
    for k in range(6):
        plants.tree(
            sheet,
            x + side * (110 + 55 * k),
            deck - 6 - 3 * k,
            rng.uniform(90, 190),
            mix(rock, pal.ink, 0.2),
        )


def _span(sheet: Sheet, left: float, right: float, deck: float) -> None:
    pal = sheet.pal
    steel, top = mix(pal.roof, pal.wall, sheet.rng.choice((0.1, 0.75))), deck - 300
    cable = [(left + (right - left) * t, top + 235 * 4 * t * (1 - t)) for t in (k / 40 for k in range(41))]
    for x, y in cable[1:-1]:
        sheet.line([(x, y), (x, deck)], mix(steel, pal.ink, 0.3), 2)
    for side, x in ((-1, left), (1, right)):
        sheet.line([(x, top), (x + side * 330, deck - 20)], steel, 6)
        for dx in (-24, 14):
            sheet.box(
                x + dx,
                top - 14,
                15,
                deck - top + 110,
                steel if dx < 0 else mix(steel, pal.ink, 0.35),
            )
        for k in range(3):
            sheet.box(x - 24, top + 20 + 100 * k, 53, 11, steel)
    sheet.line(cable, steel, 7)
    sheet.box(left - 200, deck, right - left + 400, 16, mix(pal.wall, pal.roof, 0.25))
    sheet.box(left - 60, deck + 16, right - left + 120, 12, mix(pal.ink, pal.roof, 0.25))
