"""Office files (docx, xlsx, odt …) are ZIP archives: what may lie in one that readers unpack on their machines.

Nothing is unpacked here: the names and sizes in the archive's directory are judged, after a look at how long that is.
"""

import re
import stat
import zipfile

DIRECTORY_LIMIT = 512 * 1024  # bytes: some 6,000 entries; the longest office file measured has 400
UNPACKED_LIMIT, RATIO_LIMIT = 200 * 1024 * 1024, 100  # bytes; times as much as packed, from RATIO_FROM bytes on
RATIO_FROM = 10 * 1024 * 1024
NAME_LENGTH = 200
_END, _END_SIZE = b"PK\x05\x06", 22 + 65_535  # the directory's end record, with the longest comment behind it

# What makes an archive a file of its kind: an entry's name begins like this; OpenDocument says its type in an entry.
MARKS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "content.xml", "ods": "content.xml"}
_MACRO = re.compile(r"vbaproject|(^|/)(basic|scripts)/", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(exe|dll|js|vbs|bat|cmd|com|scr|ps1|jar|hta|lnk|html?|svg|zip|php)$", re.IGNORECASE)
_OLE_MACRO = "_VBA_PROJECT".encode("utf-16-le")  # the name of a stream in DOC, XLS and PPT
OUTWARD, BOMB, MACRO, OTHER = "outward", "bomb", "macro", "other"


def fault(kind, file):
    """OUTWARD, BOMB, MACRO or OTHER where a file of this kind may not be handed out; None where it may. `file` can be
    read and searched in."""
    if kind not in MARKS:
        file.seek(0)
        return MACRO if kind in {"doc", "xls", "ppt"} and _OLE_MACRO in file.read() else None
    if not 0 < _directory_size(file) <= DIRECTORY_LIMIT:
        return BOMB
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return OTHER
    return _fault_of(kind, entries)


def _directory_size(file):
    """Bytes of the archive's directory; 0 where it has none, or one for archives above 4 GB."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE))
    _before, found, record = file.read().rpartition(_END)
    length = int.from_bytes(record[8:12], "little") if found and len(record) >= 18 else 0
    return 0 if length == 0xFFFFFFFF else length


def _fault_of(kind, entries):
    names = [entry.filename for entry in entries]
    if any(map(_leads_out, entries)) or len({name.casefold() for name in names}) < len(names):
        return OUTWARD
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or unpacked > max(RATIO_FROM, RATIO_LIMIT * packed):
        return BOMB
    if any(_MACRO.search(name) or _PROGRAM.search(name) for name in names):
        return MACRO
    return None if any(name.startswith(MARKS[kind]) for name in names) else OTHER


def _leads_out(entry):
    """A name outside the folder it is unpacked in, a link or a device, or what is encrypted and cannot be judged."""
    name = entry.orig_filename  # zipfile itself cuts `filename` at a NUL
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        not name.isprintable()
        or len(name) > NAME_LENGTH
        or name.startswith(("/", "~"))
        or any(mark in name for mark in ("\\", ":", "%"))
        or any(step in {"", ".", ".."} for step in name.removesuffix("/").split("/"))
        or kind not in {0, stat.S_IFREG, stat.S_IFDIR}
        or bool(entry.flag_bits & 1)
    )
