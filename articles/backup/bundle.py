"""A bundle on the disk:

newsroom-20261129T031500Z/       the moment of its snapshot, in UTC
    manifest.json                what it is: engine, release, tables with rows and checksums, files with SHA-256
    manifest.json.sha256         for `sha256sum -c`
    database.sqlite3.gz          or database/, what pg_dump writes
    settings.env                 the variables of the environment
    media.jsonl.gz               a line a file: kind, name, bytes, time of change, SHA-256
    files/ab/ab34…               the files, named by their SHA-256
"""

import hashlib
import json
import re
import shutil
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from .disk import Problem, below, opened

FORMAT = 1
MANIFEST, DIGEST = "manifest.json", "manifest.json.sha256"
UNFINISHED = ".unfinished-"
_NAME = re.compile(r"newsroom-(\d{8}T\d{6}Z)(-secrets)?")
_STAMP = "%Y%m%dT%H%M%SZ"
LARGEST = 64 * 1024 * 1024  # bytes of a manifest


def name_of(moment, secrets=False):
    return f"newsroom-{moment.astimezone(UTC):{_STAMP}}{'-secrets' if secrets else ''}"


class Bundle:
    def __init__(self, path):
        self.path = Path(path)

    def __str__(self):
        return self.path.name

    @cached_property
    def manifest(self):
        """What the bundle says of itself. Raises Problem where it is unfinished, damaged or of another format."""
        try:
            with opened(self.path / MANIFEST) as file:
                text = file.read(LARGEST)
            with opened(self.path / DIGEST) as file:
                wanted = file.read(64).decode("ascii", "replace")
        except OSError as error:
            raise Problem(_("%(path)s is no finished bundle.") % {"path": self.path}) from error
        if hashlib.sha256(text).hexdigest() != wanted:
            raise Problem(_("%(file)s is damaged.") % {"file": self.path / MANIFEST})
        found = json.loads(text)
        if found.get("format") != FORMAT:
            raise Problem(_("%(path)s is a bundle of another format.") % {"path": self.path})
        return found

    def write(self, manifest):
        text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True).encode()
        (self.path / MANIFEST).write_bytes(text)
        (self.path / DIGEST).write_text(f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n")

    def file(self, name):
        return below(self.path, name)

    def stored(self, sha256):
        """The path of a file of the media."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise Problem(_("%(name)r is no name of a file in a bundle.") % {"name": sha256})
        return self.path / "files" / sha256[:2] / sha256

    @property
    def moment(self):
        return datetime.strptime(_NAME.fullmatch(self.path.name)[1], _STAMP).replace(tzinfo=UTC)


def finished(root):
    """The finished bundles in a folder, the newest first."""
    if not Path(root).is_dir():
        return []
    found = [path for path in Path(root).iterdir() if _NAME.fullmatch(path.name) and (path / DIGEST).is_file()]
    return [Bundle(path) for path in sorted(found, reverse=True) if not path.is_symlink()]


def newest(root):
    """Raises Problem where there is none."""
    for bundle in finished(root):
        return bundle
    raise Problem(_("There is no finished bundle in %(folder)s.") % {"folder": root})


def outlived(bundles, keep, keep_days):
    """Of bundles, the newest first, those that may go: neither one of the newest `keep`, nor the last of one of the
    newest `keep_days` days that have one."""
    last_of_day = {}
    for bundle in bundles:
        last_of_day.setdefault(bundle.moment.date(), bundle)
    stay = {*bundles[:keep], *list(last_of_day.values())[:keep_days]}
    return [bundle for bundle in bundles if bundle not in stay]


def clear(path):
    """Delete a bundle. Its seal first: one that is half deleted is no finished one."""
    (Path(path) / DIGEST).unlink(missing_ok=True)
    shutil.rmtree(path)
