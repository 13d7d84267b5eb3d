"""Decoding a picture that came from outside, in a process of its own: `decode` starts it, and it runs `main`.

Design notes
- What a file does to a decoder (a bomb, a crash, an endless loop, a hole in a C library) it does there: the process
  has no environment, no open database, so much memory, so many seconds, and ends after one picture.
- What comes back are plain pixels, no larger than `Rules.box`. Metadata, further frames and what lies behind the
  picture have no way out.
- The size is asked before a pixel is decoded. A picture is made small before anything else is done to it, because each
  copy of 40 million pixels takes 160 MB. Measured on two busy cores: 40 ms a process; at most 290 MB (RSS) for what the
  limits below let in, 57 MB and 0.4 s for the worst of 338 hostile files.
- Nothing but the standard library and Pillow is imported, for the start to be cheap.
"""

import io
import json
import os
import resource
import subprocess
import sys
import threading
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

import PIL
from PIL import Image, ImageCms, WebPImagePlugin  # noqa: F401 (else Pillow imports every plugin to find WebP)

CPU_SECONDS, SECONDS = 2, 15  # of its processor; of waiting for it on a busy machine
MEMORY = 280 * 2**20  # bytes of data; the code of the libraries makes 20 MB more
AT_ONCE = 2  # in one process of the server
SMALLEST_SIDE, LONGEST_SIDE = 16, 16_000  # pixels; WebP itself ends at 16,383
# Pixels, each of which takes four bytes; eight where what is transparent is laid on paper, six more in a progressive
# JPEG, and the decoder of WebP keeps four copies.
MOST, MOST_PROGRESSIVE, MOST_TRANSPARENT, MOST_WEBP = 40_000_000, 25_000_000, 24_000_000, 14_000_000
PNG_END = b"IEND\xaeB`\x82"
STRIP = 512  # lines that are laid on paper at once
LARGE, SMALL, BROKEN, HEAVY = "large", "small", "broken", "heavy"
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
# Pillow and this file are all that the process finds, wherever this one found them.
_START = "import sys; sys.path += sys.argv[1:3]; import decoding; decoding.main(sys.argv[3])"
_PATHS = [str(Path(PIL.__file__).parent.parent), str(Path(__file__).parent)]
_gate = threading.BoundedSemaphore(AT_ONCE)


class Refused(Exception):
    """`why` is LARGE, SMALL, BROKEN or HEAVY; `size` and `most` (pixels) say more where they are known."""

    def __init__(self, why, size=(0, 0), most=0):
        super().__init__(why)
        self.why, self.size, self.most = why, tuple(size), most


@dataclass(frozen=True)
class Rules:
    """What is taken in (`formats` as Pillow names them, `most` pixels) and what comes out: at most `box` in size, a
    side of None without limit, and `area` pixels; with its transparency, or on white paper."""

    formats: tuple
    box: tuple
    area: int = 6_000_000
    most: int = MOST
    keeps_transparency: bool = False


def decode(data, rules):
    """The picture in a file's bytes: upright, in sRGB, without anything else. Raises Refused."""
    program = [sys.executable, "-I", "-S", "-c", _START, *_PATHS, json.dumps(asdict(rules))]
    try:
        with _gate:
            done = subprocess.run(program, input=data, capture_output=True, timeout=SECONDS, env={}, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Refused(HEAVY) from error
    if done.returncode < 0:  # a signal: too many seconds, or the decoder crashed
        raise Refused(HEAVY)
    if done.returncode:
        raise OSError(f"The decoder cannot be started: {done.stderr[-500:].decode(errors='replace')}")
    head, _newline, pixels = done.stdout.partition(b"\n")
    said = json.loads(head)
    if "why" in said:
        raise Refused(**said)
    return Image.frombytes(said["mode"], tuple(said["size"]), pixels)


# In the other process


def read(data, rules):
    """As `decode`, in this process."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow's limit, which is above ours
            image = Image.open(io.BytesIO(data), formats=rules.formats)
            _refuse_size(image, rules.most)
            if image.format == "PNG" and PNG_END not in data:  # cut off behind the pixels, which Pillow lets pass
                raise Refused(BROKEN)
            turn = TURNS.get(image.getexif().get(ORIENTATION))
            image = _coloured(_shrunk(image, rules, turn), rules)
            return image if turn is None else image.transpose(turn)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused(LARGE, most=rules.most) from error
    except MemoryError as error:
        raise Refused(HEAVY) from error
    except Exception as error:  # noqa: BLE001 (SyntaxError, ValueError, IndexError … were all met)
        raise Refused(BROKEN) from error


def _refuse_size(image, most):
    if image.format == "WEBP":
        most = min(most, MOST_WEBP)
    elif _is_transparent(image):
        most = min(most, MOST_TRANSPARENT)
    elif image.info.get("progressive"):
        most = min(most, MOST_PROGRESSIVE)
    if image.width * image.height > most or max(image.size) > LONGEST_SIDE:
        raise Refused(LARGE, image.size, most)
    if min(image.size) < SMALLEST_SIDE:
        raise Refused(SMALL, image.size)


def _is_transparent(image):
    return image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info


def _shrunk(image, rules, turn):
    """The first frame, loaded, in a mode that can be scaled, no larger than the box."""
    lies = turn in {TURNS[5], TURNS[6], TURNS[7], TURNS[8]}
    wide, high = reversed(rules.box) if lies else rules.box
    area = (rules.area / (image.width * image.height)) ** 0.5
    scale = min(1, area, (wide or image.width) / image.width, (high or image.height) / image.height)
    size = tuple(max(1, round(scale * side)) for side in image.size)
    image.draft(None, (2 * size[0], 2 * size[1]))  # JPEG: every second point is work enough for less than the half
    image.load()
    image = _scalable(image, rules.keeps_transparency)
    return image.resize(size, Image.Resampling.LANCZOS) if size != image.size else image


def _scalable(image, keeps_transparency):
    if image.mode.startswith("I;16"):
        return image.point(lambda shade: shade / 256).convert("L")  # Pillow itself would clip all shades to white
    if keeps_transparency:
        return image.convert("RGBA")
    if _is_transparent(image):
        return _on_paper(image)
    return image if image.mode in {"L", "CMYK", "RGB"} else image.convert("RGB")


def _on_paper(image):
    """White where it is transparent. In strips, so that there is never a second copy of the whole."""
    paper = Image.new("RGB", image.size, "white")
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height))).convert("RGBA")
        paper.paste(strip, (0, top), strip)
    return paper


def _coloured(image, rules):
    """In sRGB."""
    mode = "RGBA" if rules.keeps_transparency else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the plain conversion is the best that is left
    return image.convert(mode)


def main(rules):
    """Bytes in, one line of JSON and the pixels out."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        image = read(sys.stdin.buffer.read(), Rules(**json.loads(rules)))
        said, pixels = {"mode": image.mode, "size": image.size}, image.tobytes()
    except Refused as error:
        said, pixels = {"why": error.why, "size": error.size, "most": error.most}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + pixels)
    sys.stdout.buffer.flush()
    os._exit(0)
