"""What a picture says about itself: caption, credit, rights and date, from XMP, IPTC and EXIF, in this order.

It only fills in a form that a person reads: plain text, never HTML, in NFC, on one line, cut to what a photo can hold.
Nothing here stops an upload. Read it after renditions.py took the picture: a PNG has its EXIF behind the pixels.

Sources: IPTC-IIM 4.2 (bytes in UTF-8, or Latin-1 by those who do not know better), EXIF 2.32, and the guidelines of the
Metadata Working Group: XMP first, because IPTC cuts a name after 32 bytes and EXIF knows ASCII only.
"""

import io
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from lxml import etree
from PIL import Image, IptcImagePlugin

from . import days, renditions, vietnamese

LIMITS = {"caption": 500, "credit": 150, "rights": 300}  # as models/photo.py has them
FIRST_PHOTOGRAPH = date(1826, 1, 1)
XMP_LIMIT = 512 * 1024  # bytes; an honest packet has a few thousand
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
}
IPTC = {"caption": (2, 120), "byline": (2, 80), "credit": (2, 110), "rights": (2, 116), "day": (2, 55), "time": (2, 60)}
EXIF = {"caption": 0x010E, "byline": 0x013B, "rights": 0x8298}
EXIF_IFD, TAKEN, TAKEN_OFFSET = 0x8769, 0x9003, 0x9011
# What cameras and scanners write where a caption belongs.
_NO_CAPTION = re.compile(
    r"(olympus|minolta|konica|kodak|samsung|sony|nikon|canon|digital|camera|dsc|csc|dcim|img|image|pict?|default|untitled"
    r"|screenshot|scan|exif|jpe?g|png|heic|webp|\W|\d|_)*",
    re.IGNORECASE,
)
_LOST_LETTERS = re.compile(r"\?\?\w|\w\?\w|\ufffd")
_MOMENT = re.compile(
    r"(\d{4})[:-]?(\d{2})[:-]?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": False}


class Said(NamedTuple):
    caption: str = ""
    credit: str = ""
    rights: str = ""
    taken_at: datetime | None = None


def read(data):
    """What the bytes of a picture say about it; empty where they say nothing, or nothing that can be read."""
    image = _quietly(lambda: Image.open(io.BytesIO(data), formats=renditions.FORMATS))
    if image is None:
        return Said()
    sources = [_quietly(lambda part=part: part(image)) or {} for part in (_xmp, _iptc, _exif)]

    def first(name):
        return next((found for source in sources if (found := _line(source.get(name)))), "")

    caption = first("caption")
    taken_at = next((moment for source in sources if (moment := _moment(source.get("taken")))), None)
    return Said(
        caption="" if _NO_CAPTION.fullmatch(caption) else cut(caption, LIMITS["caption"]),
        credit=cut(_credit(first("byline"), first("credit")), LIMITS["credit"]),
        rights=cut(first("rights"), LIMITS["rights"]),
        taken_at=taken_at,
    )


def cut(text, limit):
    """At most so many characters, to the last whole word, the loss marked."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rpartition(' ')[0] or text[: limit - 1]}…"


def _credit(byline, agency):
    """'Hà Thu/TTXVN', as newspapers print it; whose name holds the other's already says it alone."""
    if agency and byline and vietnamese.fold(agency) not in vietnamese.fold(byline):
        return agency if vietnamese.fold(byline) in vietnamese.fold(agency) else f"{byline}/{agency}"
    return byline or agency


def _quietly(step):
    """Pillow and lxml raise anything on hostile files: what cannot be read was not said."""
    try:
        return step()
    except Exception:  # noqa: BLE001
        return None


# The three places


def _xmp_tree(image):
    """The XMP packet as a tree; None without one, for a huge one, and for one that declares what XML would expand."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if not packet or len(packet) > XMP_LIMIT or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    root = etree.fromstring(packet.strip(b"\0 \r\n\t"), etree.XMLParser(**_PARSER))
    return None if root.getroottree().docinfo.doctype else root  # in UTF-16 the bytes do not show it


def _xmp(image):
    root = _xmp_tree(image)
    if root is None:
        return {}

    def get(*names):
        for name in names:
            prefix, local = name.split(":")
            # An element (with its alternatives or its list inside), or an attribute of the description.
            for found in root.iterfind(f".//{name}", NAMESPACES):
                items = found.findall(".//rdf:li", NAMESPACES) or [found]
                if text := ", ".join(filter(None, ("".join(item.itertext()).strip() for item in items))):
                    return text
            for found in root.iterfind(".//rdf:Description", NAMESPACES):
                if text := found.get(f"{{{NAMESPACES[prefix]}}}{local}"):
                    return text
        return ""

    return {
        "caption": get("dc:description"),
        "byline": get("dc:creator"),
        "credit": get("photoshop:Credit"),
        "rights": get("dc:rights"),
        "taken": get("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate"),
    }


def _iptc(image):
    info = IptcImagePlugin.getiptcinfo(image) or {}

    def get(name):
        value = info.get(IPTC[name], b"")
        return ", ".join(map(_text, value)) if isinstance(value, list) else _text(value)

    found = {name: get(name) for name in IPTC}
    return {**found, "taken": f"{found['day']} {found['time']}".strip()}


def _exif(image):
    exif = image.getexif()
    more = exif.get_ifd(EXIF_IFD)
    found = {name: _text(exif.get(tag, "")) for name, tag in EXIF.items()}
    return {**found, "taken": f"{_text(more.get(TAKEN, ''))}{_text(more.get(TAKEN_OFFSET, ''))}"}


def _text(value):
    """Bytes, or what Pillow took for Latin-1, as text: UTF-8 where it is that."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return value
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _line(value):
    """One clean line; nothing where letters became question marks before it came to us, as Vietnamese does in ASCII."""
    line = vietnamese.clean_line(value) if isinstance(value, str) else ""
    return "" if _LOST_LETTERS.search(line) else line


def _moment(text):
    """'2023:03:22 08:15:00', '20230322 081500+0700', '2023-03-22T08:15:00Z' as an aware moment; a camera that names
    no zone hangs on a Vietnamese shoulder. None for what no camera can have taken."""
    match = _MOMENT.match(_line(text))
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        found = datetime(*(int(part or 0) for part in (year, month, day, hour, minute, second)), tzinfo=days.VIETNAM)
        if zone:
            found = datetime.fromisoformat(f"{found:%Y-%m-%dT%H:%M:%S}{zone}")
    except ValueError:
        return None
    is_possible = found.year >= FIRST_PHOTOGRAPH.year and found <= timezone.now() + timedelta(days=1)
    return found if is_possible and days.holds(found) else None
