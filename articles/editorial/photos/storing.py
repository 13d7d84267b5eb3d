"""Taking a picture in: make its renditions (which proves that it is one), then store them and the original.

A disk that is full, a storage or a database that breaks off leaves no half of it: what was stored goes again. A process
that is killed in between leaves files without a row, which nobody is shown (`manage.py check_media` counts them)."""

import contextlib
import hashlib
import posixpath
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import renditions

from . import uses


@dataclass(frozen=True)
class Prepared:
    """Renditions that wait for their photo; `data` is the upload, None where its original is kept already."""

    data: bytes | None
    made: renditions.Renditions


def prepare(data, focus=renditions.CENTRE, speed=renditions.SPEED, cut=None):
    """The upload's bytes with their renditions. Raises renditions.PictureRefused; nothing is stored yet."""
    return Prepared(data, renditions.render(data, focus, cut=cut, speed=speed))


def prepare_again(photo, focus=None, cut=None):
    """The files that a stored photo lacks, from its original: crops about another focal point or cut by hand, or,
    where neither is given, all that the edition of today has and an older one had not. Beside the old ones, because
    bodies and readers' caches name those."""
    if focus is None:
        focus, cut = photo.focus, photo.cut
    folder = posixpath.dirname(photo.master)
    made = renditions.render(_original(photo), focus, cut=cut, folder=folder, skip=default_storage.exists)
    return Prepared(None, made)


def keep(photo, prepared):
    """Store the files and save `photo` with them. Files come first: an orphan file is better than a broken page."""
    made, before = prepared.made, photo.master
    folder = "" if prepared.data is None else f"{timezone.localdate():%Y/%m}/"
    with _whole_or_nothing() as store_one:
        for name, content in made.files.items():
            store_one(default_storage, f"{folder}{name}", content)
        if prepared.data is not None:
            name = f"{folder}{hashlib.sha256(prepared.data).hexdigest()}"
            photo.original = store_one(storages["originals"], name, prepared.data)
        with transaction.atomic():
            _note(photo, made, folder)
            if prepared.data is not None and before:
                uses.replace(photo, before)
    return photo


@contextlib.contextmanager
def _whole_or_nothing():
    """with … as store_one: store_one(storage, name, content) answers the name; after an error none of them is left."""
    stored = []

    def store_one(storage, name, content):
        free = storage.get_available_name(name)  # known before, so that a half of it is found, and no other's file
        stored.append((storage, free))
        stored[-1] = (storage, storage.save(free, ContentFile(content)))
        return stored[-1][1]

    try:
        yield store_one
    except BaseException:
        for storage, name in stored:
            with contextlib.suppress(OSError):
                storage.delete(name)
        raise


def _note(photo, made, folder):
    photo.master, photo.width, photo.height = f"{folder}{made.master}", made.width, made.height
    photo.focus_x, photo.focus_y = made.focus
    photo.crop_x, photo.crop_y, photo.crop_width = made.cut or (0, 0, 0)
    photo.crop_height = made.cut.height(photo.size) if made.cut else 0
    photo.edition = renditions.EDITION
    photo.save()


def store(photo, data):
    return keep(photo, prepare(data, photo.focus))


def renew(photos):
    """Bring photos up to the edition of today, one by one: yields (photo, None) or (photo, why it could not be).

    What is there is not made again, so it may be stopped and started as one likes."""
    for photo in photos:
        try:
            keep(photo, prepare_again(photo))
        except (renditions.PictureRefused, OSError) as error:
            yield photo, str(error)
        else:
            yield photo, None


def _original(photo):
    try:
        with storages["originals"].open(photo.original) as file:
            return file.read()
    except (OSError, ValueError) as error:  # ValueError: no name
        raise renditions.PictureRefused(_("The original of this picture is not there any more.")) from error
