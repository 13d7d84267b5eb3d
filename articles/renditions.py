"""Pictures: what an upload becomes. Sizes are made at upload, never on a reader's request.

Every upload is decoded and encoded again, so nothing of the file survives but its pixels: no place, no serial number,
no payload behind the image. Names are ours, all in one folder, and say what a file holds, so a `srcset` is written
without a query or a look into the storage:

    master.jpg                        the whole picture, at most 1600 wide and 6 million pixels, which bounds the time
                                      and memory of all that follows; what a body and old readers show
    480.avif 800.avif 480.webp …      the whole picture in WIDTHS
    card-50-30-480.avif .webp         3:2 about the focal point (50 % from the left, 30 % from the top)
    card-50-30-720.jpg                its fallback, in the largest of its widths up to 720
    card-105-200-800-480.avif …       the same cut by hand: left, top and width in tenths of a percent
    social-50-30.jpg                  1200 x 630 about the focal point, for whom the story is shared with
    1x1-50-30.jpg 4x3… 16x9…          the shapes that search engines show, at most 1200 wide

A file never changes under its name, because browsers keep it for a year: another focal point or another cut makes
further crops.

Made with Pillow, the best kept library there is. The Django ones around it were measured and are worse here:
django-pictures makes 52 files in 65 s for one photo and knows no focal point, sorl-thumbnail and easy-thumbnails work
on the reader's request. AVIF at speed 8: one photo of 12 megapixels takes 2.6 s of processor time, 1.7 s
on two idle cores (speed 6: 4.4 s for files 15 % smaller; speed 10: 1.3 s for files 25 % larger). An AVIF is about 40 %
of the WebP beside it.
"""

import io
import secrets
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import Image

from . import decoding

EDITION = 2  # 1 had the master and WebP copies only; Photo.edition says which of the files are there
FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes
MASTER = "master.jpg"
MASTER_WIDTH = 1600
RULES = decoding.Rules(formats=tuple(FORMATS), box=(MASTER_WIDTH, None))
# With the master's 1600: a phone, a phone with a fine screen, a column, a wide screen. Every edition had these WebP.
WIDTHS = {"avif": (480, 800, 1200), "webp": (480, 960)}
CARD_WIDTHS = (240, 480, 720, 960)
CARD_FALLBACK_WIDTH = 720
SOCIAL_SIZE = (1200, 630)  # what Facebook and Zalo ask for
SEARCH_RATIOS = {"1x1": 1, "4x3": 4 / 3, "16x9": 16 / 9}  # Google's guide for articles asks for all three
SEARCH_WIDTH = 1200
CARD_RATIO = 3 / 2
NARROWEST_CUT = 10  # percent of the width; less would be a blur on every screen
ENLARGED = 2  # at most, and for the social crop only: a small picture there is not shown at all
CENTRE = (50, 50)
SPEED, IN_A_HURRY = 8, 10  # of AVIF
OPTIONS = {
    "avif": {"quality": 55},
    "webp": {"quality": 82, "method": 2},
    "jpg": {"quality": 84, "optimize": True, "progressive": True},
}
PILLOW_NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}


class PictureRefused(ValueError):
    """The file is no picture that can be published; the message says why, in the reader's language."""


class Cut(NamedTuple):
    """A 3:2 part that was chosen by hand, in percent of the picture: to a tenth, as its files are named."""

    left: float
    top: float
    width: float

    def height(self, size):
        return self.width * size[0] / size[1] / CARD_RATIO


@dataclass(frozen=True)
class Renditions:
    """The encoded files of one picture: `files` maps a name to bytes, `master` is the name of the JPEG."""

    master: str
    width: int
    height: int
    focus: tuple
    cut: Cut | None
    files: dict


class Crop(NamedTuple):
    """A part of the picture, `box` (left, top, right, bottom), and the file it becomes."""

    name: str
    box: tuple
    size: tuple


def render(data, focus=CENTRE, *, cut=None, speed=SPEED, folder=None, skip=lambda name: False):
    """The renditions of an uploaded file's bytes, or PictureRefused. Files that `skip(name)` knows are not made."""
    if len(data) > UPLOAD_LIMIT:
        raise PictureRefused(_("The file is larger than %(limit)s MB.") % {"limit": UPLOAD_LIMIT // 2**20})
    image = _decode(data)
    folder = folder or secrets.token_hex(12)
    cut = cut and fit(image.size, *cut)
    wanted = [(f"{folder}/{crop.name}", crop) for crop in _files(*image.size, focus, cut)]
    files = {name: _make(image, crop, speed) for name, crop in wanted if not skip(name)}
    return Renditions(f"{folder}/{MASTER}", *image.size, tuple(focus), cut, files)


# Names and sizes: what the templates need


def master_of(name):
    """The master beside a file: the whole folder is one picture."""
    return f"{name.rpartition('/')[0]}/{MASTER}"


def widths(master_width, ending="webp"):
    """The widths at which the whole picture exists."""
    return [width for width in WIDTHS[ending] if width < master_width] + [master_width]


def sources(master_url, master_width, ending="webp"):
    """[(address, width)] of the copies beside the master at `master_url`: "webp", since edition 2 also "avif"."""
    base = master_url.rsplit("/", 1)[0]
    return [(f"{base}/{width}.{ending}", width) for width in widths(master_width, ending)]


def fit(size, left, top, width):
    """The Cut nearest to what was asked for, in percent: 3:2, inside a picture of this size, not too small."""
    widest = min(100, 100 * CARD_RATIO * size[1] / size[0])
    wide = _tenths(min(max(width, NARROWEST_CUT), widest))
    high = Cut(0, 0, wide).height(size)
    return Cut(_tenths(min(max(left, 0), 100 - wide)), _tenths(min(max(top, 0), max(100 - high, 0))), wide)


def _tenths(percent):
    return int(percent * 10 + 1e-6) / 10  # down: rounded up it might lie outside


def cut_size(size, cut):
    """The size in pixels of what the cards are made from: the cut, or the picture where there is none."""
    if not cut:
        return size
    wide = max(1, round(size[0] * cut.width / 100))
    return wide, min(size[1], -(-wide * 2 // 3))


def card_size(width, height, most=CARD_WIDTHS[-1]):
    """The largest card crop of a master, at most so wide: 3:2, never enlarged."""
    wide = min(width, height * 3 // 2, most)
    return wide, max(1, round(wide * 2 / 3))


def card_widths(width, height):
    widest = card_size(width, height)[0]
    return [width for width in CARD_WIDTHS if width < widest] + [widest]


def card_sources(master_url, size, focus, ending, cut=None):
    """[(address, width)] of the card crops in "avif" or "webp"."""
    base = master_url.rsplit("/", 1)[0]
    return [(f"{base}/{_card(focus, width, cut)}.{ending}", width) for width in card_widths(*cut_size(size, cut))]


def card_fallback(master_url, size, focus, cut=None):
    """(address, width, height) of the card crop as JPEG."""
    width, height = card_size(*cut_size(size, cut), CARD_FALLBACK_WIDTH)
    return f"{master_url.rsplit('/', 1)[0]}/{_card(focus, width, cut)}.jpg", width, height


def social(master_url, size, focus):
    """(address, width, height) of the picture that goes with a shared link."""
    return f"{master_url.rsplit('/', 1)[0]}/{_social(focus)}", *_social_size(*size)


def shapes(master_url, size, focus):
    """[(address, width, height)] of the picture in the shapes of search results."""
    base = master_url.rsplit("/", 1)[0]
    return [(f"{base}/{_shape(name, focus)}", *_shape_size(*size, name)) for name in SEARCH_RATIOS]


def _shape(name, focus):
    return "{}-{}-{}.jpg".format(name, *focus)


def _shape_size(width, height, name):
    wide = int(min(SEARCH_WIDTH, width, height * SEARCH_RATIOS[name]))
    return wide, max(1, round(wide / SEARCH_RATIOS[name]))


def _card(focus, width, cut=None):
    place = [round(percent * 10) for percent in cut] if cut else focus
    return "-".join(map(str, ["card", *place, width]))


def _social(focus):
    return "social-{}-{}.jpg".format(*focus)


def _social_size(width, height):
    wide = min(SOCIAL_SIZE[0], ENLARGED * width, round(ENLARGED * height * SOCIAL_SIZE[0] / SOCIAL_SIZE[1]))
    return wide, max(1, round(wide * SOCIAL_SIZE[1] / SOCIAL_SIZE[0]))


def _files(width, height, focus, cut=None):
    """Every file of a picture whose master has this size."""
    whole = (0, 0, width, height)
    yield Crop(MASTER, whole, (width, height))
    for ending in ("avif", "webp"):
        for wide in widths(width, ending):
            yield Crop(f"{wide}.{ending}", whole, (wide, max(1, round(height * wide / width))))
    card, source = _card_box(width, height, focus, cut), cut_size((width, height), cut)
    for wide in card_widths(*source):
        for ending in ("avif", "webp"):
            yield Crop(f"{_card(focus, wide, cut)}.{ending}", card, (wide, max(1, round(wide * 2 / 3))))
    fallback = card_size(*source, CARD_FALLBACK_WIDTH)
    yield Crop(f"{_card(focus, fallback[0], cut)}.jpg", card, fallback)
    for name, ratio in SEARCH_RATIOS.items():
        yield Crop(_shape(name, focus), _box(width, height, ratio, focus), _shape_size(width, height, name))
    yield Crop(_social(focus), _box(width, height, SOCIAL_SIZE[0] / SOCIAL_SIZE[1], focus), _social_size(width, height))


def _card_box(width, height, focus, cut):
    if not cut:
        return _box(width, height, CARD_RATIO, focus)
    left, top, wide = width * cut.left / 100, height * cut.top / 100, width * cut.width / 100
    return left, top, min(left + wide, width), min(top + wide / CARD_RATIO, height)


def _box(width, height, ratio, focus):
    """The largest part of this shape, as near to the focal point (in percent) as the edges let it be."""
    wide, high = min(width, height * ratio), min(height, width / ratio)
    left = min(max(width * focus[0] / 100 - wide / 2, 0), width - wide)
    top = min(max(height * focus[1] / 100 - high / 2, 0), height - high)
    return left, top, left + wide, top + high


def _make(image, crop, speed):
    if crop.size != image.size or crop.box != (0, 0, *image.size):
        image = image.resize(crop.size, Image.Resampling.LANCZOS, box=crop.box)
    return _encode(image, crop.name.rpartition(".")[2], speed)


# Decoding and encoding


def _decode(data):
    try:
        return decoding.decode(data, RULES)
    except decoding.Refused as error:
        raise PictureRefused(_reason(error)) from error


def _reason(refused):
    if refused.why == decoding.LARGE:
        message = _("The picture is too large: at most %(pixels)s million pixels and %(side)s pixels a side.")
        return message % {"pixels": refused.most // 1_000_000, "side": decoding.LONGEST_SIDE}
    if refused.why == decoding.SMALL:
        size = {"width": refused.size[0], "height": refused.size[1]}
        return _("The picture is too small: %(width)s × %(height)s pixels.") % size
    if refused.why == decoding.HEAVY:
        return _("The picture takes too much time or memory to open. Save it anew as a plain JPEG, and try again.")
    return _("The file is not a picture, or it is damaged (use JPEG, PNG, WebP or GIF).")


def _encode(image, ending, speed):
    out = io.BytesIO()
    clean = Image.new("RGB", image.size)  # a fresh picture: no metadata of the upload can ride along
    clean.paste(image)
    clean.save(out, PILLOW_NAMES[ending], **OPTIONS[ending], **({"speed": speed} if ending == "avif" else {}))
    return out.getvalue()
