"""Files of a bundle: read only where they are plain files below their folder, written whole or not at all."""

import gzip
import hashlib
import os
import shutil
import stat
from pathlib import Path

from django.utils.translation import gettext as _

CHUNK = 1024 * 1024
RESERVE = 64 * 1024 * 1024  # bytes that stay free


class Problem(Exception):
    """What stands in the way of a backup or a restore, in words for the person at the shell."""


def below(folder, name):
    """The path of a name in a folder. Raises Problem for a name that leads anywhere else."""
    parts = name.split("/")
    if not name or "\0" in name or "\\" in name or {"", ".", ".."} & set(parts):
        raise Problem(_("%(name)r is no name of a file in a bundle.") % {"name": name})
    path = Path(folder, *parts)
    if not path.parent.resolve().is_relative_to(Path(folder).resolve()):
        raise Problem(_("%(name)r leads out of its folder.") % {"name": name})
    return path


def opened(path):
    """A plain file, open for reading: no link, no device, no pipe, whatever lies there."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is no plain file")
    return os.fdopen(descriptor, "rb", buffering=0)


def created(path):
    """A new file that its owner alone may read; what lies there already, a link for instance, is refused."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def pour(source, *targets, most=None):
    """Read a file to its end into the targets; (its SHA-256, its length). Raises Problem past `most` bytes."""
    digest, length = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        length += len(chunk)
        if most is not None and length > most:
            raise Problem(_("A file of the bundle is larger than the bundle says."))
        for target in targets:
            target.write(chunk)
    return digest.hexdigest(), length


def digest(path):
    with opened(path) as file:
        return pour(file)


def pack(path, target):
    """Compress a file fast rather than small."""
    with opened(path) as source, created(target) as file, gzip.open(file, "wb", compresslevel=1) as packed:
        pour(source, packed)


def unpack(path, target, most):
    with opened(path) as file, gzip.open(file) as packed, created(target) as plain:
        pour(packed, plain, most=most)


def need(folder, size):
    """Raise Problem unless `size` bytes fit where the folder is."""
    free = shutil.disk_usage(folder).free
    if free < size + RESERVE:
        words = {"folder": folder, "free": free // 10**6, "need": (size + RESERVE) // 10**6 + 1}
        raise Problem(_("Too little space in %(folder)s: %(free)d MB are free, %(need)d MB are needed.") % words)
