"""Bytes → text. What is no text, or too much of it, is refused before any parser sees it."""

import codecs
import re

from django.utils.translation import gettext as _

from .incoming import ImportRefused

SIZE_LIMIT = 8 * 1024 * 1024  # bytes; the largest saved page measured has 0.2 MB
LINE_LIMIT = 100_000  # a page with its styles and scripts in line has a few thousand

_BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
# Single-byte tables that Vietnamese pages declared. TCVN3 and VNI were fonts: no declaration names them rightly.
_DECLARED = {"windows-1258": "cp1258", "cp1258": "cp1258", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|div|article|table|p|meta|h1|font)\b[^<>]*>", re.I)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SIGNATURES = {
    b"%PDF": "PDF", b"PK\x03\x04": "ZIP", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF",
    b"\xd0\xcf\x11\xe0": "DOC", b"\x1f\x8b": "GZIP", b"RIFF": "WebP", b"{\\rtf": "RTF", b"Rar!": "RAR",
}  # fmt: skip
_DATA = {
    "JSON": re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\"{\[\d\]])"),
    "XML": re.compile(
        r"\s*(?:<!--.{0,5000}?-->\s*){0,3}<(?:\?xml(?!.{0,1000}<html)|rss|rdf|feed|urlset)\b", re.S | re.I
    ),
}
_DECLARES = re.compile(r"<!ENTITY\b|<!DOCTYPE[^>]{0,500}\[", re.I)  # what only XML expands, and no page has
_MARKUP = re.compile(r"\s*<[a-z?]", re.I)
_BROKEN_BYTES = 20  # old systems cut descriptions in the middle of a letter


def decode(data):
    """The text of a page's bytes, line ends as '\\n'; or ImportRefused."""
    _refuse_size(data)
    for start, kind in _SIGNATURES.items():
        if data.startswith(start):
            raise ImportRefused(_not_a_page(kind))
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_content(text)
    return text


def _refuse_content(text):
    if "\x00" in text or len(_CONTROL.findall(text[:100_000])) > 3:
        raise ImportRefused(_("This is a binary file, not a page."))
    if not text.strip():
        raise ImportRefused(_("The file is empty."))
    for kind, opening in _DATA.items():
        if opening.match(text):
            raise ImportRefused(_not_a_page(kind))
    if _DECLARES.search(text) or (_MARKUP.match(text) and not is_html(text)):
        raise ImportRefused(_not_a_page("XML"))
    if (lines := text.count("\n")) > LINE_LIMIT:
        message = _("The file has %(lines)s lines; a page has at most %(limit)s.")
        raise ImportRefused(message % {"lines": lines, "limit": LINE_LIMIT})


def _not_a_page(kind):
    return _("This is a %(kind)s file, not a page.") % {"kind": kind}


def is_html(text):
    return _TAGS.search(text[:20_000]) is not None


def _refuse_size(data):
    if not data.strip():
        raise ImportRefused(_("The file is empty."))
    if len(data) > SIZE_LIMIT:
        raise ImportRefused(_("The file is larger than %(limit)s MB.") % {"limit": SIZE_LIMIT // 2**20})


def _decode(data):
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], codec)
    if 0 in data:
        return _utf16(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)


def _utf16(data):
    """UTF-16 without its mark has a NUL beside every plain letter; anything else with NULs is no text."""
    even, odd = data[0:400:2].count(0), data[1:400:2].count(0)
    if len(data) % 2 or min(even, odd) > 2 or max(even, odd) < len(data[:400]) // 5:
        raise ImportRefused(_("This is a binary file, not a page."))
    return _strict(data, "utf-16-le" if odd > even else "utf-16-be")


def _not_utf8(data):
    charset = _CHARSET.search(data[:4096])
    codec = _DECLARED.get(charset[1].decode().lower()) if charset else None
    if codec:
        return _strict(data, codec)
    text = data.decode("utf-8", "replace")
    if is_html(text) and text.count("\ufffd") <= _BROKEN_BYTES:
        return text.replace("\ufffd", "")
    raise ImportRefused(_unreadable())


def _strict(data, codec):
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise ImportRefused(_unreadable()) from error


def _unreadable():
    return _("The text is not UTF-8. Convert old encodings (TCVN3, VNI, VISCII) to UTF-8 first.")
