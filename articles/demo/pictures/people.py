"""Small faceless people: poses, clothes, and the brush that joins them."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

from .palettes import Color, mix
from .sheet import Point, Sheet

Joint = tuple[float, float]
Place = Callable[[Joint], Point]


@dataclass(frozen=True)
class Pose:
    """Joints for a figure one unit tall that faces right, feet at (0, 0), y upward."""

    hip: Joint
    neck: Joint
    head: Joint
    legs: tuple[tuple[Joint, Joint], tuple[Joint, Joint]]
    arms: tuple[tuple[Joint, Joint], tuple[Joint, Joint]]


_STRAIGHT = (((-0.04, 0.26), (-0.045, 0.01)), ((0.04, 0.26), (0.055, 0.01)))
_SEATED = (((0.2, 0.29), (0.17, 0.01)), ((0.23, 0.3), (0.24, 0.01)))

POSES = {
    "stand": Pose(
        (0, 0.48),
        (0, 0.81),
        (0.012, 0.905),
        _STRAIGHT,
        (((-0.12, 0.64), (-0.1, 0.47)), ((0.115, 0.64), (0.13, 0.48))),
    ),
    "talk": Pose(
        (0, 0.48),
        (0.01, 0.81),
        (0.03, 0.905),
        _STRAIGHT,
        (((-0.11, 0.63), (-0.06, 0.47)), ((0.13, 0.65), (0.27, 0.7))),
    ),
    "walk": Pose(
        (0, 0.48),
        (0.025, 0.81),
        (0.05, 0.905),
        (((-0.05, 0.26), (-0.17, 0.03)), ((0.09, 0.27), (0.12, 0.01))),
        (((-0.1, 0.64), (-0.14, 0.5)), ((0.12, 0.64), (0.2, 0.52))),
    ),
    "run": Pose(
        (0, 0.49),
        (0.09, 0.8),
        (0.14, 0.89),
        (((-0.1, 0.3), (-0.32, 0.24)), ((0.17, 0.34), (0.17, 0.03))),
        (((-0.07, 0.62), (-0.15, 0.68)), ((0.16, 0.58), (0.27, 0.66))),
    ),
    "kick": Pose(
        (0, 0.48),
        (-0.06, 0.8),
        (-0.05, 0.895),
        (((-0.06, 0.26), (-0.12, 0.01)), ((0.17, 0.36), (0.36, 0.2))),
        (((-0.19, 0.68), (-0.3, 0.72)), ((0.08, 0.66), (0.2, 0.76))),
    ),
    "sit": Pose(
        (0, 0.29),
        (0.03, 0.62),
        (0.05, 0.715),
        _SEATED,
        (((0.06, 0.44), (0.22, 0.37)), ((0.12, 0.45), (0.27, 0.4))),
    ),
    "squat": Pose(
        (-0.02, 0.15),
        (0.05, 0.48),
        (0.075, 0.575),
        (((0.19, 0.27), (0.12, 0.01)), ((0.22, 0.26), (0.19, 0.01))),
        (((0.13, 0.32), (0.3, 0.22)), ((0.17, 0.33), (0.34, 0.25))),
    ),
    "bend": Pose(
        (-0.1, 0.49),
        (0.2, 0.67),
        (0.29, 0.665),
        (((-0.09, 0.26), (-0.1, 0.01)), ((0.0, 0.26), (0.03, 0.01))),
        (((0.2, 0.48), (0.27, 0.27)), ((0.26, 0.48), (0.35, 0.26))),
    ),
    "reach": Pose(
        (0, 0.48),
        (0.02, 0.81),
        (0.05, 0.9),
        _STRAIGHT,
        (((0.12, 0.76), (0.22, 0.95)), ((0.15, 0.74), (0.28, 0.88))),
    ),
    "cheer": Pose(
        (0, 0.48),
        (0, 0.81),
        (0.0, 0.905),
        _STRAIGHT,
        (((-0.17, 0.8), (-0.2, 1.0)), ((0.17, 0.82), (0.21, 1.02))),
    ),
    "strike": Pose(
        (-0.03, 0.47),
        (0.05, 0.79),
        (0.11, 0.87),
        (((-0.12, 0.26), (-0.2, 0.01)), ((0.12, 0.28), (0.12, 0.01))),
        (((0.16, 0.62), (0.3, 0.5)), ((-0.06, 0.95), (0.1, 1.05))),
    ),
}


@dataclass(frozen=True)
class Dress:
    """What a figure wears; `hat` is cone, scarf, cap or none."""

    top: Color
    low: Color
    hat: str = "none"
    skirt: bool = False
    coat: bool = False
    bare: bool = False
    sash: Color | None = None


def dress(sheet: Sheet, hat: str | None = None, skirt: bool | None = None) -> Dress:
    """Everyday clothes from the picture's own inks."""
    rng, pal = sheet.rng, sheet.pal
    top = rng.choice((pal.accent, pal.wall, pal.ink, pal.roof, pal.field, pal.near))
    low = mix(pal.ink, pal.near, rng.uniform(0, 0.5))
    return Dress(
        top,
        low,
        hat or rng.choice(("cone", "cone", "scarf", "none")),
        rng.random() < 0.45 if skirt is None else skirt,
        rng.random() < 0.4,
        False,
        rng.choice((None, pal.accent, pal.field)),
    )


def figure(
    sheet: Sheet,
    x: float,
    y: float,
    h: float,
    pose: str = "stand",
    wear: Dress | None = None,
    facing: int = 1,
) -> None:
    """A faceless person with feet at (x, y); detail grows with the height."""
    form, wear = POSES[pose], wear or dress(sheet)

    def at(joint: Joint) -> Point:
        return x + joint[0] * h * facing, y - joint[1] * h

    _arm(sheet, at, form, 0, mix(wear.top, sheet.pal.ink, 0.3), h, wear.bare)
    _legs(sheet, at, form, wear, h)
    _torso(sheet, at, form, wear, h)
    _head(sheet, at(form.head), h, facing, wear)
    _arm(sheet, at, form, 1, mix(wear.top, sheet.pal.ink, 0.12), h, wear.bare)


def _arm(sheet: Sheet, at: Place, form: Pose, side: int, ink: Color, h: float, bare: bool) -> None:
    reach = -0.075 if side == 0 else 0.075
    shoulder = at((form.neck[0] + reach * 0.85, form.neck[1] - 0.035))
    elbow, hand = (at(j) for j in form.arms[side])
    sheet.oval(*hand, h * 0.024, h * 0.024, sheet.pal.skin)
    end = (elbow[0] + (hand[0] - elbow[0]) * 0.85, elbow[1] + (hand[1] - elbow[1]) * 0.85)
    sheet.limb([shoulder, elbow], ink, h * 0.062)
    sheet.limb([elbow, end], sheet.pal.skin if bare else ink, h * (0.04 if bare else 0.05))


def _legs(sheet: Sheet, at: Place, form: Pose, wear: Dress, h: float) -> None:
    for side, (knee, foot) in enumerate(form.legs):
        ink = mix(wear.low, sheet.pal.ink, 0.35 * (1 - side))
        hip = at((form.hip[0] + (-0.035 if side == 0 else 0.035), form.hip[1]))
        sheet.limb([hip, at(knee)], ink, h * 0.088)
        sheet.limb([at(knee), at(foot)], sheet.pal.skin if wear.bare else ink, h * 0.06)
        sheet.limb([at(foot), at((foot[0] + 0.045, foot[1] - 0.004))], sheet.pal.ink, h * 0.026)
    if wear.skirt:
        _skirt(sheet, at, form, wear)


def _skirt(sheet: Sheet, at: Place, form: Pose, wear: Dress) -> None:
    if form.hip[1] < 0.4:
        _lap(sheet, at, form, wear)
        return
    (hx, hy), knees = form.hip, [leg[0] for leg in form.legs]
    low = min(k[1] for k in knees) - 0.1
    left, right = min(k[0] for k in knees) - 0.09, max(k[0] for k in knees) + 0.09
    shape = [at(p) for p in ((hx - 0.08, hy + 0.05), (hx + 0.08, hy + 0.05), (right, low + 0.02), (left, low))]
    sheet.poly(shape, wear.low)
    if wear.sash:
        sheet.line(
            [at((left + 0.01, low + 0.035)), at((right - 0.01, low + 0.055))],
            wear.sash,
            abs(shape[0][0] - shape[1][0]) * 0.14,
        )


def _lap(sheet: Sheet, at: Place, form: Pose, wear: Dress) -> None:
    """A skirt over bent knees."""
    (hx, hy), (kx, ky), (fx, fy) = form.hip, *form.legs[1]
    hem = [(fx + 0.07, fy + 0.07), (fx - 0.11, fy + 0.07)]
    shape = [
        (hx - 0.09, hy - 0.03),
        (hx - 0.07, hy + 0.08),
        (kx, ky + 0.06),
        (kx + 0.06, ky + 0.01),
        *hem,
        (kx - 0.13, ky - 0.11),
    ]
    sheet.poly([at(q) for q in shape], wear.low)
    if wear.sash:
        (ax, ay), (bx, by) = at(hem[0]), at(hem[1])
        sheet.line([(ax, ay - 5), (bx, by - 5)], wear.sash, abs(ax - bx) * 0.11)


def _torso(sheet: Sheet, at: Place, form: Pose, wear: Dress, h: float) -> None:
    (hx, hy), (nx, ny) = form.hip, form.neck
    length = max(0.01, ((nx - hx) ** 2 + (ny - hy) ** 2) ** 0.5)
    ux, uy = (ny - hy) / length, -(nx - hx) / length
    dx, dy = (nx - hx) / length, (ny - hy) / length
    hem = 0.13 if wear.coat and hy > 0.4 else 0.03
    sheet.limb([at(form.neck), at(form.head)], mix(sheet.pal.skin, sheet.pal.ink, 0.2), h * 0.05)
    side = [(0.045, 0.02), (0.098, -0.03), (0.1, -0.08), (0.078, -0.2)]
    right = [(nx + ux * w + dx * d, ny + uy * w + dy * d) for w, d in side]
    left = [(nx - ux * w + dx * d, ny - uy * w + dy * d) for w, d in reversed(side)]
    flare = 0.09 + hem * 0.25
    tail = [(hx + ux * flare, hy - hem), (hx - ux * flare, hy - hem)]
    shape = [at(p) for p in (*right, *tail, *left)]
    sheet.poly(shape, wear.top)
    if h > 70:
        sheet.stipple(shape, mix(wear.top, sheet.pal.ink, 0.36), "right", 0.62)
    if h > 200 and not wear.bare:
        _placket(sheet, at, form, mix(wear.top, sheet.pal.ink, 0.45), h)
    if wear.sash:
        waist = (hx + dx * 0.07, hy + dy * 0.07)
        sheet.line(
            [
                at((waist[0] - ux * 0.085, waist[1] - uy * 0.085)),
                at((waist[0] + ux * 0.085, waist[1] + uy * 0.085)),
            ],
            wear.sash,
            h * 0.035,
        )


def _placket(sheet: Sheet, at: Place, form: Pose, ink: Color, h: float) -> None:
    """Collar and buttoned front; only large figures have room for it."""
    (hx, hy), (nx, ny) = form.hip, form.neck
    front = [(nx + 0.022 + (hx - nx) * t, ny + (hy - ny) * t) for t in (0.02, 0.45, 0.95)]
    sheet.line([at(q) for q in front], ink, h * 0.006)
    for t in (0.25, 0.42, 0.59):
        sheet.oval(*at((nx + 0.036 + (hx - nx) * t, ny + (hy - ny) * t)), h * 0.007, h * 0.007, ink)
    sheet.line(
        [at((nx - 0.04, ny + 0.012)), at((nx + 0.02, ny - 0.012)), at((nx + 0.05, ny + 0.012))],
        ink,
        h * 0.016,
    )


def _head(sheet: Sheet, at: Point, h: float, facing: int, wear: Dress) -> None:
    x, y = at
    pal, r = sheet.pal, h * 0.062
    if wear.skirt:
        sheet.oval(x - r * 1.05 * facing, y + r * 0.1, r * 0.46, r * 0.5, pal.ink)
    sheet.oval(x - r * 0.16 * facing, y - r * 0.16, r * 1.02, r * 1.04, pal.ink)
    sheet.oval(x + r * 0.16 * facing, y + r * 0.2, r * 0.8, r * 0.92, pal.skin)
    _hair(sheet, x, y, r, facing)
    if wear.hat == "cone":
        _cone_hat(sheet, x, y, r)
    elif wear.hat == "scarf":
        _scarf(sheet, x, y, r, wear.low)
    elif wear.hat == "cap":
        _cap(sheet, x, y, r, facing)


def _hair(sheet: Sheet, x: float, y: float, r: float, facing: int) -> None:
    """Fringe and ear, which turn a ball into a head."""
    pal = sheet.pal
    fringe = [
        (x - r * 0.9 * facing, y - r * 0.7),
        (x + r * 0.2 * facing, y - r * 1.1),
        (x + r * 0.86 * facing, y - r * 0.45),
        (x + r * 0.35 * facing, y - r * 0.22),
        (x - r * 0.3 * facing, y + r * 0.02),
        (x - r * 0.5 * facing, y + r * 0.6),
        (x - r * 0.95 * facing, y + r * 0.3),
    ]
    sheet.poly(fringe, pal.ink)
    sheet.oval(x - r * 0.38 * facing, y + r * 0.22, r * 0.17, r * 0.24, mix(pal.skin, pal.ink, 0.15))


def _scarf(sheet: Sheet, x: float, y: float, r: float, ink: Color) -> None:
    pal = sheet.pal
    sheet.poly(
        [
            (x - r * 1.3, y - r * 0.25),
            (x - r * 1.15, y - r * 1.1),
            (x, y - r * 1.45),
            (x + r * 1.15, y - r * 1.1),
            (x + r * 1.3, y - r * 0.25),
        ],
        ink,
    )
    sheet.line([(x - r * 1.25, y - r * 0.45), (x + r * 1.25, y - r * 0.45)], pal.accent, r * 0.36)


def _cap(sheet: Sheet, x: float, y: float, r: float, facing: int) -> None:
    pal = sheet.pal
    box = [(x + cos(a) * r * 1.2, y - r * 0.2 + sin(a) * r * 1.15) for a in (pi + pi * i / 10 for i in range(11))]
    sheet.poly(box, pal.field)
    sheet.line([(x, y - r * 0.25), (x + r * 1.7 * facing, y - r * 0.2)], pal.field, r * 0.3)


def _cone_hat(sheet: Sheet, x: float, y: float, r: float) -> None:
    straw = mix(sheet.pal.wall, sheet.pal.field, 0.25)
    tip, low = (x, y - r * 1.75), y - r * 0.15
    sheet.poly([(x - r * 2.2, low), tip, (x + r * 2.2, low), (x, low + r * 0.45)], straw)
    sheet.poly([(x + r * 0.25, low + r * 0.4), tip, (x + r * 2.2, low)], mix(straw, sheet.pal.roof, 0.35))
