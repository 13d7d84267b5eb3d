"""Named ink sets: each picture is printed from one of them, and from nothing else."""

from dataclasses import dataclass, fields, replace
from random import Random

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """Inks by the job they do, so one scene can be printed at any hour."""

    name: str
    sky_top: Color
    sky_low: Color
    sun: Color
    mist: Color
    far: Color
    mid: Color
    near: Color
    ink: Color
    leaf: Color
    field: Color
    roof: Color
    wall: Color
    accent: Color
    water: Color
    skin: Color


def mix(a: Color, b: Color, t: float) -> Color:
    """Blend two inks; t=0 is a, t=1 is b."""
    return tuple(round(x + (y - x) * t) for x, y in zip(a, b, strict=True))


def _palette(name: str, inks: str) -> Palette:
    values = [tuple(bytes.fromhex(code)) for code in inks.split()]
    return Palette(name, *values)


# Order of the codes: sky_top sky_low sun mist / far mid near ink /
# leaf field roof wall / accent water skin.
PALETTES = (
    _palette(
        "dawn",
        "E9A08E FBE6CB FFF4DC F8E0CE C7A6B3 84809F 44607A 1E2E40 54806F E0AE5C 96493C F5E6CC D9543A E8C5B5 BF8161",
    ),
    _palette(
        "noon",
        "6FB0C0 E9F1E0 FFF8DF E6F0E2 9FC6C3 5F9F92 2E7060 143539 67A04C E8C052 AE5738 F8EED8 DB4A2E A9D5D1 C58A62",
    ),
    _palette(
        "dusk",
        "39406B F3A868 FCDD9C E29A7E A36F88 624E7C 38355F 171A35 565B78 E3A055 7A3347 F3CFA2 F0673A DE9676 B3715A",
    ),
    _palette(
        "rain",
        "748D98 D5DFD9 E6ECE4 D5E0DB A3B7B8 688A8F 375F66 172D37 527B66 C2B262 84504A EAE9DC CC513A AFC5C6 B5836A",
    ),
    _palette(
        "harvest",
        "EBC06C FCF2D3 FFFCEC F9EAC4 CEC08D 92A066 50724A 22342C 7A9645 EBAF3C 95492B FAEFD6 C63F29 EADBAC B97F55",
    ),
    _palette(
        "moonrise",
        "1E3859 B4CCD3 F8F3DC AEC8D0 7C9DB2 466F90 244868 0D1F36 33697A CFB86C 74465A EEE4CB E87B40 8CAEBD AE7B66",
    ),
)


def choose(rng: Random, turn: int) -> Palette:
    """Consecutive turns never share a palette; a small tint keeps even repeats apart."""
    base = PALETTES[turn % len(PALETTES)]
    tint, amount = rng.choice((base.accent, base.far, base.field)), rng.uniform(0.0, 0.09)
    # Figures and lights stay pure: tinting them reads as dirt, not as weather.
    kept = {"name", "accent", "wall", "skin", "sun", "ink"}
    inks = {f.name: mix(getattr(base, f.name), tint, amount) for f in fields(base) if f.name not in kept}
    return replace(base, **inks)
