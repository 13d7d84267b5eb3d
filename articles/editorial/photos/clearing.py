"""Files of pictures that no photo names: of one that was deleted, or of an upload that was killed half-way.

Readers are handed none of them (articles/readers/files.py); but what was deleted is to be gone. Not before a day: an
upload stores its files first and its row last. And not what a text or a version of one names: of a photo whose file was
replaced earlier versions show the old one. That reads all of them, for each folder that nobody has.
"""

import posixpath
import re
from datetime import timedelta

from django.core.files.storage import default_storage, storages
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Photo, Revision

from .uses import TEXTS

AGE = timedelta(days=1)
_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"\d\d")
_PICTURE = re.compile(r"[0-9a-f]{24}")  # the folder of one (renditions.py); what else lies there is not ours to judge
_LOGO = "logo"  # begins the names of a masthead's files, which versions of it name for good (masthead.py)
_ORIGINAL = re.compile(r"[0-9a-f]{64}(_\w+)?")


def clear():
    """Delete them, month by month, and yield the name of each picture's folder, or of an original."""
    yield from _clear(default_storage, "master", _PICTURE, is_folder=True)
    yield from _clear(storages["originals"], "original", _ORIGINAL, is_folder=False)


def _clear(storage, column, pattern, is_folder):
    for month in _months(storage):
        folders, files = storage.listdir(month)
        rows = Photo.objects.filter(**{f"{column}__startswith": f"{month}/"}).order_by().values_list(column, flat=True)
        known = {posixpath.dirname(name) if is_folder else name for name in rows.iterator()}
        for found in folders if is_folder else files:
            name = f"{month}/{found}"
            if name in known or not pattern.fullmatch(found):
                continue
            parts = [f"{name}/{file}" for file in storage.listdir(name)[1]] if is_folder else [name]
            is_logo = any(posixpath.basename(part).startswith(_LOGO) for part in parts)
            if not is_logo and _are_old(storage, parts) and not (is_folder and _is_named(found)):
                for part in parts:
                    storage.delete(part)
                if is_folder:
                    storage.delete(name)  # an object storage has no folders, and does not mind
                yield name


def _months(storage):
    for year in filter(_YEAR.fullmatch, _folders(storage, "")):
        yield from (f"{year}/{month}" for month in filter(_MONTH.fullmatch, _folders(storage, year)))


def _folders(storage, place):
    try:
        return sorted(storage.listdir(place)[0])
    except FileNotFoundError:  # nothing was ever stored
        return []


def _are_old(storage, names):
    latest = timezone.now() - AGE
    return bool(names) and all(storage.get_modified_time(name) < latest for name in names)


def _is_named(folder):
    """Whether a text shows a picture of this folder, or did in a version that may be restored."""
    versions = Revision.objects.annotate(text=Cast("document", TextField())).filter(text__contains=folder)
    return versions.exists() or any(model.objects.filter(body__contains=folder).exists() for model in TEXTS)
