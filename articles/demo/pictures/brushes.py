"""Brushes for the land: sky, hills, mist, fields and water."""

from collections.abc import Callable
from math import exp, pi, sin
from random import Random

from PIL import Image, ImageOps

from .palettes import Color, mix
from .sheet import HEIGHT, SCALE, WIDTH, Point, Sheet

STEP = 10
Ridge = list[Point]


def wobble(rng: Random, wave: float = 900, octaves: int = 5) -> Callable[[float], float]:
    """A smooth random curve of roughly -1..1."""
    parts = [(0.5**i, 2 * pi * 2.1**i / wave, rng.uniform(0, 2 * pi)) for i in range(octaves)]
    return lambda x: sum(a * sin(f * x + p) for a, f, p in parts) / 1.6


def _xs() -> range:
    return range(-2 * STEP, WIDTH + 3 * STEP, STEP)


def ridge(rng: Random, base: float, height: float, peaks: int, sharp: float = 1.6) -> Ridge:
    """A skyline of summits: low `sharp` gives peaks, high gives karst domes."""
    span = WIDTH / peaks
    summits = [
        (
            span * (i + rng.uniform(0.1, 0.9)),
            height * rng.uniform(0.45, 1),
            span * rng.uniform(0.32, 0.62),
        )
        for i in range(-1, peaks + 1)
    ]
    rise = wobble(rng, 420)

    def top(x: float) -> float:
        return max(h * exp(-((abs(x - at) / w) ** sharp)) for at, h, w in summits)

    return [(x, base - top(x) - height * 0.13 * rise(x)) for x in _xs()]


def slope(rng: Random, left: float, right: float, sway: float, wave: float = 1100) -> Ridge:
    """A skyline that leads the eye from one side to the other."""
    rise = wobble(rng, wave, 3)

    def ease(x: float) -> float:
        t = min(1, max(0, x / WIDTH))
        return t * t * (3 - 2 * t)

    return [(x, left + (right - left) * ease(x) + sway * rise(x)) for x in _xs()]


def height_at(line: Ridge, x: float) -> float:
    """Where the skyline stands at x, to plant things on it."""
    index = int((x + 2 * STEP) / STEP)
    return line[min(len(line) - 1, max(0, index))][1]


def land(sheet: Sheet, line: Ridge, ink: Color, fade: float = 0, mist: Color | None = None) -> None:
    """Fill below a skyline; `fade` is how deep the mist at its foot begins to win."""
    foot = HEIGHT + 10 if not fade else max(y for _, y in line) + fade
    shape = [*line, (WIDTH + 30, foot), (-30, foot)]
    sheet.poly(shape, ink)
    if mist:
        sheet.stipple(shape, mist, "down", 1.05)


def facets(sheet: Sheet, line: Ridge, ink: Color, reach: float) -> None:
    """Grain on the side of each summit that turns away from the light."""
    for i in range(6, len(line) - 6):
        if line[i][1] > min(y for _, y in line[i - 6 : i + 7]):
            continue
        j = i + 1
        while j < len(line) - 1 and line[j + 1][1] >= line[j][1]:
            j += 1
        (x0, y0), (x1, y1) = line[i], line[j]
        back = [
            (x1 - (x1 - x0) * 0.3, y1 + reach * 0.5),
            (x0 + (x1 - x0) * 0.42, y1 + reach),
            (x0 + (x1 - x0) * 0.1, y0 + (y1 - y0) * 0.6),
        ]
        sheet.stipple([*line[i : j + 1], *back], ink, "up", 0.8)


def sky(sheet: Sheet, horizon: float) -> None:
    """Blend, sun and cloud bands; the sun keeps left so every shadow can fall right."""
    pal, rng = sheet.pal, sheet.rng
    sheet.wash(pal.sky_top, pal.sky_low, 0, horizon)
    # Whatever the nearer land leaves open below the hills must read as the same mist.
    sheet.box(0, horizon, WIDTH, HEIGHT - horizon, pal.mist)
    x, y = rng.uniform(180, 760), rng.uniform(0.2, 0.5) * horizon
    if pal.name != "rain":
        sheet.glow(x, y, rng.uniform(330, 480), pal.sun, 0.6)
        radius = rng.uniform(44, 84)
        sheet.oval(x, y, radius, radius, pal.sun)
    for _ in range(rng.randint(3, 5)):
        cloud(sheet, rng.uniform(0, WIDTH), rng.uniform(0.08, 0.62) * horizon)


def cloud(sheet: Sheet, x: float, y: float) -> None:
    """Stacked flat lozenges, the way a print cuts a cloud."""
    rng, pal = sheet.rng, sheet.pal
    ink = mix(pal.sky_low, pal.mist if pal.name != "rain" else pal.far, rng.uniform(0.3, 0.7))
    for i in range(rng.randint(2, 4)):
        w, h = rng.uniform(120, 330), rng.uniform(11, 19)
        left, top = x + rng.uniform(-130, 90), y + i * h * 0.9
        edges = [v * SCALE for v in (left, top, left + w, top + h)]
        sheet.pen.rounded_rectangle(edges, radius=h * SCALE / 2, fill=ink)


def distance(sheet: Sheet, t: float) -> Color:
    """The ink of a hill: 0 far away in the mist, 1 close by."""
    pal = sheet.pal
    return mix(pal.far, pal.mid, t * 2) if t < 0.5 else mix(pal.mid, pal.near, t * 2 - 1)


def backdrop(sheet: Sheet, horizon: float, layers: int = 4, height: float = 330) -> None:
    """Sky and receding ranges, each sinking into mist before the next begins."""
    rng, pal = sheet.rng, sheet.pal
    horizon += rng.uniform(-60, 15)
    sky(sheet, horizon)
    peaks, sharp = rng.randint(1, 4), rng.choice((1.3, 1.6, 2.2, 3))
    height *= rng.uniform(0.7, 1.2)
    for i in range(layers):
        t = i / max(1, layers - 1)
        base = horizon - 95 * (1 - t) + 35 * t
        line = ridge(
            rng,
            base,
            height * (1 - 0.45 * t) * rng.uniform(0.8, 1.1),
            peaks + rng.randint(0, 1) + i % 2 * 2,
            sharp,
        )
        ink = mix(distance(sheet, t * 0.8), pal.mist, 0.22 * (1 - t))
        land(sheet, line, ink, 190, pal.mist)
        facets(sheet, line, mix(ink, pal.ink, 0.28), 40)
        if t > 0.6:
            tufts(sheet, line, ink)
    drift(sheet, horizon + 15)


def drift(sheet: Sheet, y: float, strength: float = 0.75) -> None:
    """Valley fog in long uneven banks."""
    rng = sheet.rng
    banks = [
        (
            rng.uniform(-100, WIDTH + 100),
            y + rng.uniform(-26, 22),
            rng.uniform(160, 430),
            rng.uniform(12, 30),
        )
        for _ in range(7)
    ]
    sheet.veil(banks, sheet.pal.mist, strength)


def tufts(sheet: Sheet, line: Ridge, ink: Color) -> None:
    """Tree crowns breaking a skyline, so a hill reads as wooded."""
    rng = sheet.rng
    for x, y in line:
        if rng.random() < 0.6:
            size = rng.uniform(4, 11)
            sheet.oval(x + rng.uniform(-5, 5), y + 2, size, size * 1.15, ink)


def contours(rng: Random, line: Ridge, bottom: float, rows: int, sway: float) -> list[Ridge]:
    """Level lines down a hill: near the top they copy it, lower down they flatten."""
    bend, drift_by = wobble(rng, 620, 3), rng.uniform(20, 60)
    result = []
    for k in range(rows + 1):
        t = (k / rows) ** 1.35
        result.append([(x, y + (bottom - y) * t + sway * t * (1.25 - t) * bend(x + k * drift_by)) for x, y in line])
    return result


def paddies(sheet: Sheet, lines: list[Ridge], inks: list[Color], lip: Color) -> None:
    """Stepped fields: a dark earth lip, then the flat crop or water of the step."""
    last = None
    for k in range(len(lines) - 1):
        upper, lower = lines[k], lines[k + 1]
        ink = last = sheet.rng.choice([i for i in inks if i != last])
        depth = 2.5 + 6 * k / len(lines)
        band = [(x, y + depth) for x, y in upper] + [(x, y + 8) for x, y in reversed(lower)]
        sheet.poly([*upper, *((x, y + depth + 3) for x, y in reversed(upper))], lip)
        sheet.poly(band, ink)
        if k % 3 == 1:
            sheet.stipple(band, mix(ink, sheet.pal.ink, 0.3), "right", 0.55)
        sheet.line([(x, y + depth + 2) for x, y in upper], mix(ink, sheet.pal.wall, 0.55), 1.6)


def hedges(sheet: Sheet, lines: list[Ridge], ink: Color) -> None:
    """Clipped tea rows: rounded bushes over a dark gap."""
    pal, rng = sheet.pal, sheet.rng
    for k in range(len(lines) - 1):
        gap = sum(b[1] - a[1] for a, b in zip(lines[k], lines[k + 1], strict=True))
        size = max(4, gap / len(lines[k]) * 0.55)
        shade = mix(ink, pal.field, 0.28 * k / len(lines) + rng.uniform(0, 0.08))
        for x, y in lines[k][:: max(1, round(size / 11))]:
            sheet.oval(x, y + size, size * 1.25, size * 0.95, mix(shade, pal.ink, 0.35))
        for x, y in lines[k][:: max(1, round(size / 11))]:
            sheet.oval(x + rng.uniform(-2, 2), y + size * 0.62, size * 1.1, size * 0.62, shade)
            sheet.oval(x - size * 0.2, y + size * 0.35, size * 0.6, size * 0.24, mix(shade, pal.wall, 0.3))


def mirror_water(sheet: Sheet, y: float) -> None:
    """Turn everything below y into still water that holds the view above it."""
    top, deep = round(y * SCALE), round((HEIGHT - y) * SCALE)
    view = sheet.image.crop((0, max(0, top - deep), WIDTH * SCALE, top))
    view = ImageOps.flip(view).resize((WIDTH * SCALE, deep))
    tint = Image.new("RGB", view.size, sheet.pal.water)
    sheet.image.paste(Image.blend(view, tint, 0.42), (0, top))
    floor = [(0, y), (WIDTH, y), (WIDTH, HEIGHT), (0, HEIGHT)]
    sheet.stipple(floor, mix(sheet.pal.near, sheet.pal.water, 0.35), "down", 0.75)
    ripples(sheet, y, 120)


def ripples(sheet: Sheet, y: float, count: int, x0: float = 0, x1: float = WIDTH) -> None:
    """Level slivers of light that grow toward the viewer."""
    rng, pal = sheet.rng, sheet.pal
    for _ in range(count):
        t = rng.random() ** 1.5
        at, x, w = y + 4 + t * (HEIGHT - y), rng.uniform(x0, x1), 25 + 120 * t * rng.random()
        ink = mix(pal.water, pal.wall, 0.5) if rng.random() < 0.6 else mix(pal.water, pal.near, 0.5)
        sheet.poly([(x - w, at), (x, at - 0.8 - 1.6 * t), (x + w, at), (x, at + 0.8 + 1.6 * t)], ink)
