"""Files that readers may take away: which kinds the newsroom hands out, and the proof that a file is of its kind.

The ending decides how a reader's machine opens the file, so it must tell the truth: `check` compares it with the
first bytes, `check_inside` with what lies in it. Formats that carry programs (docm, exe, html, svg …) are not among the
kinds, nor archives, which hide what is in them from both.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import packages

LIMIT = 20 * 1024 * 1024  # bytes
HEAD = 4096  # how many of the first bytes `check` wants to see

_ZIP, _OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_MP3 = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
_OFFICE = "application/vnd.openxmlformats-officedocument"

# Ending → (media type, how such a file begins). Text has no beginning of its own: see `_is_text`.
KINDS = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "doc": ("application/msword", _OLE),
    "xls": ("application/vnd.ms-excel", _OLE),
    "ppt": ("application/vnd.ms-powerpoint", _OLE),
    "mp3": ("audio/mpeg", _MP3),
    "csv": ("text/csv; charset=utf-8", ()),
    "txt": ("text/plain; charset=utf-8", ()),
}

FORMER = {"zip": "application/zip"}  # taken in until version 0.4; what is stored is still handed out

INSIDE = {
    packages.OUTWARD: gettext_lazy("The file holds links, or names that lead out of it. It is not handed out."),
    packages.BOMB: gettext_lazy("The file is damaged, or grows too large when it is opened. It is not handed out."),
    packages.MACRO: gettext_lazy("The file holds macros or programs. Save it without them, or as PDF."),
    packages.OTHER: gettext_lazy("The file is damaged, or not what its name says."),
}

# What is handed out beside attachments: the files of articles/renditions.py.
PICTURES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}
SOUND = {"mp3"}  # played in the page; other attachments are saved and never opened inside the site
YEAR, MOMENT = 31_536_000, 30  # seconds


class AttachmentRefused(ValueError):
    """The file cannot be handed out; the message says why, in the reader's language."""


def ending(name):
    """'pdf' of "Quyết định.PDF"; empty where there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if stem and dot else ""


def media_type(name):
    """What a browser is told of a stored file; None for a kind that is not handed out."""
    kind = KINDS.get(ending(name))
    return kind[0] if kind else FORMER.get(ending(name))


def is_picture(name):
    """Whether a stored file is one of a photo's (renditions.py), and no attachment."""
    return name.rpartition(".")[2] in PICTURES


def headers(name):
    """The headers under which a stored file is handed out; None for what is not, and may lie there all the same."""
    last = name.rpartition(".")[2]
    kind = PICTURES.get(last) or (last.islower() and media_type(name))
    if not kind:
        return None
    return {
        "Content-Type": kind,
        "Content-Disposition": "inline" if last in PICTURES or last in SOUND else "attachment",
        # A file's name is random and never used again: who has it keeps it. What stands between keeps it for a moment
        # only, because a picture goes with its article when that is withdrawn.
        "Cache-Control": f"max-age={YEAR}, s-maxage={MOMENT}, immutable",
    }


def check(name, head, size):
    """Refuse a file by its name, its first bytes (up to HEAD) and its size. Raises AttachmentRefused."""
    if ending(name) not in KINDS:
        message = _("Files of this kind are not handed out. Possible are: %(kinds)s.")
        raise AttachmentRefused(message % {"kinds": ", ".join(kind.upper() for kind in KINDS)})
    if size > LIMIT:
        raise AttachmentRefused(_("The file is larger than %(limit)s MB.") % {"limit": LIMIT // 2**20})
    begins = KINDS[ending(name)][1]
    if not (head.startswith(begins) if begins else _is_text(head)):
        message = _("The file is not what its name says: it does not begin like a %(kind)s file.")
        raise AttachmentRefused(message % {"kind": ending(name).upper()})


def check_inside(name, file):
    """Refuse a file that `check` let pass by what lies in it. Raises AttachmentRefused."""
    if fault := packages.fault(ending(name), file):
        raise AttachmentRefused(str(INSIDE[fault]))


def _is_text(head):
    """UTF-8 without control characters; the last letter may be cut in two by the end of `head`."""
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(head) < HEAD or error.start < len(head) - 3:
            return False
        text = head[: error.start].decode("utf-8-sig")
    return all(char.isprintable() or char in "\t\r\n\u200b\ufeff\xa0" for char in text)
