"""Taking a picture in: make its renditions (which proves that it is one), then store them and the original."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone

from articles import renditions


@dataclass(frozen=True)
class Prepared:
    data: bytes
    made: renditions.Renditions


def prepare(data):
    """The upload's bytes with their renditions. Raises renditions.PictureRefused; nothing is stored yet."""
    return Prepared(data, renditions.render(data))


def keep(photo, prepared):
    """Store the files and save `photo` with them. Files come first: an orphan file is better than a broken page."""
    made, folder = prepared.made, f"{timezone.localdate():%Y/%m}"
    for name, content in made.files.items():
        default_storage.save(f"{folder}/{name}", ContentFile(content))
    photo.master, photo.width, photo.height = f"{folder}/{made.master}", made.width, made.height
    name = f"{folder}/{hashlib.sha256(prepared.data).hexdigest()}"
    photo.original = storages["originals"].save(name, ContentFile(prepared.data))
    photo.save()
    return photo


def store(photo, data):
    return keep(photo, prepare(data))
