"""A page of paper as PDF, set in the newspaper's own typeface, for the attachments of the demo."""

import io

from PIL import Image, ImageDraw, ImageFont

from .pictures.infographic import FONT

PAGE, MARGIN, LINE = (1240, 1754), 130, 62  # A4 at 150 dots an inch
HEADLINE, TEXT = 52, 34


def pdf(lines):
    """The first line is the headline."""
    page = Image.new("L", PAGE, 255)
    pen = ImageDraw.Draw(page)
    for place, line in enumerate(lines):
        font = ImageFont.truetype(FONT, TEXT if place else HEADLINE)
        pen.text((MARGIN, MARGIN + place * LINE), line, fill=0, font=font)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150, title=lines[0])
    return out.getvalue()
