"""Pictures, attachments and originals: into a bundle, where it links what the bundle before has, and out of it.

The listing says of each file which stored one it is; both it and the walk go in the same order, so neither is ever
held in memory as a whole: a newspaper may have millions of files.
"""

import contextlib
import gzip
import itertools
import json
import os
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.utils.translation import gettext as _

from . import disk
from .disk import Problem

LISTING = "media.jsonl.gz"
LONGEST = 20_000  # characters of a line of it
KINDS = ("media", "originals")  # in the order of the listing


class Entry(NamedTuple):
    kind: str
    name: str
    size: int
    changed: int  # nanoseconds
    sha256: str

    @property
    def place(self):
        return (self.kind, self.name.split("/"))


class Taken(NamedTuple):
    files: int
    bytes: int
    new: int  # files that the bundle before had not
    new_bytes: int
    links: int  # symbolic links, which no bundle follows


def folders():
    """{kind: its folder} of what lies on this machine's disk; empty with an object storage."""
    found = {"media": default_storage, "originals": storages["originals"]}
    return {kind: Path(storage.location) for kind, storage in found.items() if isinstance(storage, FileSystemStorage)}


def place():
    """Where the media are, for the manifest."""
    return "disk" if folders() else getattr(default_storage, "bucket_name", "elsewhere")


def walk():
    """(kind, name, what the system knows) of each file, in the order of the listing; None for a link."""
    for kind, folder in folders().items():
        for name, found in _walk(folder, ""):
            yield kind, name, found


def _walk(folder, prefix):
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:  # deleted since
        return
    for entry in entries:
        with contextlib.suppress(FileNotFoundError):
            if entry.is_symlink():
                yield prefix + entry.name, None
            elif entry.is_dir():
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name, entry.stat()


def listed(bundle):
    """The Entries of a bundle (none where there is no bundle)."""
    if bundle is None:
        return
    with disk.opened(bundle.file(LISTING)) as file, gzip.open(file, "rt", encoding="utf-8") as lines:
        while line := lines.readline(LONGEST):
            entry = Entry(*json.loads(line))
            if entry.kind not in KINDS:
                raise Problem(_("%(name)r is no name of a file in a bundle.") % {"name": entry.kind})
            yield entry


def _beside(before):
    """(kind, name, found, the Entry of that file in the bundle before or None) of each file."""
    known = listed(before)
    old = next(known, None)
    for kind, name, found in walk():
        place = (kind, name.split("/"))
        while old and old.place < place:
            old = next(known, None)
        yield kind, name, found, old if old and old.place == place else None


def _is_same(found, old):
    return old is not None and (old.size, old.changed) == (found.st_size, found.st_mtime_ns)


def new_bytes(before):
    """How much a bundle would take in. Raises Problem where all is gone that the bundle before had."""
    size = files = 0
    for _kind, _name, found, old in _beside(before):
        files += 1
        size += 0 if found is None or _is_same(found, old) else found.st_size
    if not files and folders() and next(listed(before), None):
        raise Problem(_("There is no file in MEDIA_ROOT, and the last bundle has some: is its disk there?"))
    return size


def take(bundle, before):
    """Put every file into the bundle, with the listing; how many, as Taken."""
    counts = dict.fromkeys(Taken._fields, 0)
    for number in range(256):
        (bundle.path / "files" / f"{number:02x}").mkdir(parents=True, mode=0o700)
    with gzip.open(bundle.path / LISTING, "wt", compresslevel=1, encoding="utf-8") as listing:
        for kind, name, found, old in _beside(before):
            if found is None:
                counts["links"] += 1
                continue
            entry = old if _is_same(found, old) and _linked(old.sha256, before, bundle) else None
            if entry is None:
                try:
                    entry, is_new = _copied(kind, name, before, bundle)
                except FileNotFoundError:  # deleted since
                    continue
                counts["new"] += is_new
                counts["new_bytes"] += entry.size * is_new
            counts["files"] += 1
            counts["bytes"] += entry.size
            listing.write(json.dumps(entry) + "\n")
    return Taken(**counts)


def _linked(sha256, before, bundle):
    """Whether the stored file of the bundle before could be linked into this one."""
    if before is None:
        return False
    try:
        os.link(before.stored(sha256), bundle.stored(sha256), follow_symlinks=False)
    except FileExistsError:  # two pictures that are the same
        return True
    except OSError:  # another file system, or one without links: then it is copied
        return False
    return True


def _copied(kind, name, before, bundle):
    """(the Entry of a file that was copied into the bundle, whether its content is new)"""
    passing = bundle.path / "files" / "passing"
    with disk.opened(folders()[kind] / name) as source:
        found = os.fstat(source.fileno())
        with disk.created(passing) as copy:
            sha256, size = disk.pour(source, copy)
    entry = Entry(kind, name, size, found.st_mtime_ns, sha256)
    if bundle.stored(sha256).exists() or _linked(sha256, before, bundle):
        passing.unlink()
        return entry, False
    passing.rename(bundle.stored(sha256))
    return entry, True


def is_empty():
    return next(walk(), None) is None


def put_back(bundle):
    """Write the files of a bundle where they belong, each compared with its digest; (files, bytes)."""
    roots, files, size = folders(), 0, 0
    for entry in listed(bundle):
        if entry.kind not in roots:
            raise Problem(_("The bundle has media, and MEDIA_S3_URL names an object storage: copy them there instead."))
        _put_back(bundle, entry, disk.below(roots[entry.kind], entry.name))
        files, size = files + 1, size + entry.size
    return files, size


def _put_back(bundle, entry, target):
    if _is_there(entry, target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    passing = target.with_name(f".{target.name[:100]}.restoring")
    passing.unlink(missing_ok=True)
    with disk.opened(bundle.stored(entry.sha256)) as source, disk.created(passing) as copy:
        sha256, _size = disk.pour(source, copy, most=entry.size)
    if sha256 != entry.sha256:
        passing.unlink()
        raise Problem(_("%(file)s is damaged.") % {"file": f"{entry.kind}/{entry.name}"})
    passing.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
    os.utime(passing, ns=(entry.changed, entry.changed))  # so the next bundle knows it again
    passing.replace(target)


def _is_there(entry, target):
    """Whether the file was put back before: then it is read, and not written once more."""
    try:
        found = target.lstat()
        return _is_same(found, entry) and disk.digest(target) == (entry.sha256, entry.size)
    except OSError:
        return False


def left_alone(bundle):
    """How many files lie there that the bundle does not have."""
    there = ((kind, name.split("/")) for kind, name, _found in walk())
    in_bundle = (entry.place for entry in listed(bundle))
    return sum(1 for _one in _only_first(there, in_bundle))


def _only_first(first, second):
    """What only the first of two sorted rows has."""
    other = next(second, None)
    for one in first:
        other = next((two for two in itertools.chain([other] if other else [], second) if two >= one), None)
        if other != one:
            yield one
