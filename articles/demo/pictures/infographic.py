"""Figures as a picture: pairs of bars in the newspaper's own typeface. Its numbers stand in the alt text too."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[3] / "static" / "fonts" / "newsreader.woff2"
WIDTH, MARGIN = 1600, 110
HEAD, ROW, FOOT = 330, 250, 130  # heights of the title, of one pair of bars, of the note
PAPER, INK, QUIET, NOW, BEFORE = "#fbf7ee", "#221d18", "#6a6058", "#1f5c53", "#c3d3c8"
LONGEST = 980  # pixels of the longest bar of a pair


def draw(chart):
    """`chart`: title, note, legend (two words), rows of name, unit, now, before, shown (two texts)."""
    image = Image.new("RGB", (WIDTH, HEAD + ROW * len(chart["rows"]) + FOOT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 24), fill=NOW)
    _write(pen, (MARGIN, 80), chart["title"], 96, INK, bold=True)
    for place, (words, ink) in enumerate(zip(chart["legend"], (NOW, BEFORE), strict=True)):
        left = MARGIN + place * 330
        pen.rectangle((left, 230, left + 40, 270), fill=ink)
        _write(pen, (left + 58, 228), words, 38, QUIET)
    for place, row in enumerate(chart["rows"]):
        _bars(pen, row, HEAD + place * ROW)
    _write(pen, (MARGIN, image.height - 95), chart["note"], 34, QUIET)
    return image


def _bars(pen, row, top):
    _write(pen, (MARGIN, top), row["name"], 46, INK, bold=True)
    _write(pen, (MARGIN + _font(46, bold=True).getlength(row["name"]) + 18, top + 6), f"({row['unit']})", 38, QUIET)
    longest = max(row["now"], row["before"])
    for place, (value, shown) in enumerate(zip((row["now"], row["before"]), row["shown"], strict=True)):
        left, upper = MARGIN, top + 70 + place * 72
        right = left + round(LONGEST * value / longest)
        pen.rectangle((left, upper, right, upper + 56), fill=(NOW, BEFORE)[place])
        _write(pen, (right + 20, upper + 2), shown, 46, INK, bold=place == 0)


def _write(pen, place, text, size, ink, *, bold=False):
    pen.text(place, text, fill=ink, font=_font(size, bold=bold))


def _font(size, *, bold=False):
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([700 if bold else 400])
    return font
