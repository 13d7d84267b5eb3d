"""Which pictures rotted, or lost files: for `manage.py check_media`, by night, from a thread of nobody who waits.

An original is named after its checksum, so a single changed bit shows. The files made of it are decoded: what a browser
could not show is found, and can be made again from the original.
"""

import hashlib
import posixpath

from django.core.files.storage import default_storage, storages
from PIL import Image

_SUM = 64  # characters of a SHA-256; a storage may have added a word to a name that was taken


def damaged(photos):
    """Yields (photo, what is wrong with it, for the log)."""
    for photo in photos.iterator(chunk_size=500):
        if photo.original and (wrong := _original(photo.original)):
            yield photo, wrong
        if photo.master and (wrong := _master(photo.master)):
            yield photo, wrong


def _original(name):
    try:
        with storages["originals"].open(name) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"original {name}: {error.strerror or error}"
    return "" if posixpath.basename(name)[:_SUM] == found else f"original {name}: its bytes have changed"


def _master(name):
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            image.load()
    except Exception as error:  # noqa: BLE001 (Pillow raises what it likes at broken bytes)
        return f"{name}: {error}"
    return ""
