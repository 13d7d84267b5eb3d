"""The design system: its contrast figures are computed from the stylesheet, and its page tells the truth."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CSS = (ROOT / "static" / "css" / "base.css").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "design-system.md").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in CSS.split("@media (prefers", 1))
PAIRS = re.findall(r"^\| `--([\w-]+)` on `--([\w-]+)` \| ([\d.]+) \| ([\d.]+) \|$", PAGE, flags=re.MULTILINE)


def luminance(colour):
    """Relative luminance of '#rrggbb' (WCAG 2.2)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front, back):
    darker, lighter = sorted([luminance(front), luminance(back)])
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_everybody_knows():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("front", "back", "light", "dark"), PAIRS)
def test_the_figures_of_the_design_page_are_those_of_the_stylesheet(front, back, light, dark):
    assert float(light) == pytest.approx(contrast(LIGHT[front], LIGHT[back]), abs=0.06)
    assert float(dark) == pytest.approx(contrast(DARK[front], DARK[back]), abs=0.06)


@pytest.mark.parametrize("scheme", [LIGHT, {**LIGHT, **DARK}], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), [pair[:2] for pair in PAIRS])
def test_every_pair_can_be_read(scheme, front, back):
    assert contrast(scheme[front], scheme[back]) >= (3 if front == "focus" else 4.5)


@pytest.mark.parametrize("line", re.findall(r"^\| `--([\w-]+)` \| `(#\w+)` \| `(#\w+)` \|", PAGE, flags=re.MULTILINE))
def test_the_colours_of_the_design_page_are_those_of_the_stylesheet(line):
    name, light, dark = line
    assert (LIGHT[name], DARK[name]) == (light, dark)


def test_the_design_page_names_files_that_exist():
    named = re.findall(r"`([\w-]+\.css)`", PAGE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / "static" / "css" / name).exists()] == []


def test_the_design_page_names_templates_that_exist():
    named = re.findall(r"`((?:\w+/)?\w+\.html)`", PAGE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / "templates" / name).exists()] == []


def test_the_design_page_names_every_stylesheet_of_readers():
    parts = re.findall(r'@import "\./([\w-]+\.css)"', (ROOT / "static" / "css" / "reader.css").read_text())
    assert [name for name in parts if f"`{name}`" not in PAGE] == []


def test_a_component_uses_the_colours_of_the_system_only():
    """Everything but the ground, and what has no scheme: print."""
    own = {"base.css", "print.css"}
    names = re.findall(r'@import "\./([\w-]+\.css)"', (ROOT / "static" / "css" / "reader.css").read_text())
    assert len(names) > 10
    loose = {
        name: re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])|\brgba?\(", (ROOT / "static" / "css" / name).read_text())
        for name in names if name not in own
    }  # fmt: skip
    assert {name: colours for name, colours in loose.items() if colours} == {}


def test_every_stylesheet_is_one_that_can_be_read_at_once():
    long = {file.name: len(file.read_text().splitlines()) for file in (ROOT / "static" / "css").glob("*.css")}
    assert {name: lines for name, lines in long.items() if lines > 200} == {}


def test_every_picture_of_the_design_page_is_there():
    named = re.findall(r'<img src="(screenshots/[^"]+)"', PAGE)
    assert len(named) > 80
    assert [name for name in named if not (ROOT / "docs" / name).exists()] == []
