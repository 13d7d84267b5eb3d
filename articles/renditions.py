"""Pictures: what an upload becomes. Sizes are made at upload, never on a reader's request.

Every upload is decoded and encoded again, so nothing of the file survives but its pixels: no place, no serial number,
no payload behind the image. Names are ours. One upload makes a master JPEG and WebP copies at WIDTHS, all in one
folder, so a `srcset` is written without a query or a look into the storage.
"""

import io
import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
UPLOAD_LIMIT = 12 * 1024 * 1024  # bytes
PIXEL_LIMIT = 40_000_000
SMALLEST_SIDE, LONGEST_SIDE = 16, 16_000  # pixels; WebP itself ends at 16,383
MASTER_WIDTH = 1600
WIDTHS = (480, 960)  # with the master's 1600: a phone, a large phone or a column, a wide screen


class PictureRefused(ValueError):
    """The file is no picture that can be published; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Renditions:
    """The encoded files of one picture: `files` maps a name to bytes, `master` is the name of the JPEG."""

    master: str
    width: int
    height: int
    files: dict


def render(data):
    """The renditions of an uploaded file's bytes, or PictureRefused."""
    if len(data) > UPLOAD_LIMIT:
        raise PictureRefused(_("The file is larger than %(limit)s MB.") % {"limit": UPLOAD_LIMIT // 2**20})
    image = _fit(_decode(data), MASTER_WIDTH)
    folder = secrets.token_hex(12)
    files = {f"{folder}/{width}.webp": _encode(_fit(image, width), "WEBP") for width in widths(image.width)}
    files[f"{folder}/master.jpg"] = _encode(image, "JPEG")
    return Renditions(f"{folder}/master.jpg", image.width, image.height, files)


def widths(master_width):
    """The widths at which WebP copies of a master exist."""
    return [width for width in WIDTHS if width < master_width] + [master_width]


def sources(master_url, master_width):
    """[(address, width)] of the WebP copies beside the master at `master_url`."""
    base = master_url.rsplit("/", 1)[0]
    return [(f"{base}/{width}.webp", width) for width in widths(master_width)]


def _decode(data):
    """The picture upright, in sRGB, or PictureRefused. Pillow raises anything on hostile files, so all is caught."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        _refuse_size(*image.size)  # before a pixel is decoded
        image.load()
        return _to_srgb(ImageOps.exif_transpose(image))
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:  # noqa: BLE001 (SyntaxError, ValueError, IndexError … were all met)
        raise PictureRefused(_("The file is not a picture, or it is damaged (use JPEG, PNG, WebP or GIF).")) from error


def _refuse_size(width, height):
    if width * height > PIXEL_LIMIT or max(width, height) > LONGEST_SIDE:
        raise _too_large()
    if min(width, height) < SMALLEST_SIDE:
        size = {"width": width, "height": height}
        raise PictureRefused(_("The picture is too small: %(width)s × %(height)s pixels.") % size)


def _too_large():
    message = _("The picture is too large: at most %(pixels)s million pixels and %(side)s pixels a side.")
    return PictureRefused(message % {"pixels": PIXEL_LIMIT // 1_000_000, "side": LONGEST_SIDE})


def _to_srgb(image):
    if image.mode.startswith("I;16"):
        image = image.point(lambda shade: shade / 256).convert("L")  # Pillow itself would clip all shades to white
    profile = image.info.get("icc_profile")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the plain conversion is the best that is left
    return image.convert("RGB")


def _fit(image, width):
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encode(image, kind):
    out = io.BytesIO()
    clean = Image.new("RGB", image.size)  # a fresh picture: no metadata of the upload can ride along
    clean.paste(image)
    clean.save(out, kind, **({"quality": 82, "method": 2} if kind == "WEBP" else {"quality": 84, "optimize": True}))
    return out.getvalue()
