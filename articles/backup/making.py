"""Taking a backup: everything into a bundle under another name, the name at the end, then the old ones may go."""

import fcntl
import os
import shutil
import time
import tomllib
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from . import bundle as bundles
from . import disk, media, record, variables
from .bundle import Bundle, Problem


class Made(NamedTuple):
    bundle: Bundle
    seconds: float
    media: media.Taken
    database: int  # bytes in the bundle
    gone: list  # names of bundles that were deleted


def engine():
    """The module of the database in use."""
    if connection.vendor == "postgresql":
        from . import postgres  # noqa: PLC0415 (the driver is only there where it is used)

        return postgres
    from . import sqlite  # noqa: PLC0415

    return sqlite


def make(root=None, *, keep=48, keep_days=30, secrets=False):
    """Take a backup into the folder (settings.BACKUP_ROOT); what was Made. Raises Problem, and then nothing changed.

    Kept are the newest `keep` bundles, and the last one of each of the newest `keep_days` days.
    """
    root, begun = Path(root or settings.BACKUP_ROOT), time.monotonic()
    _refuse_public(root)
    with _alone(root):
        found = bundles.finished(root)
        before = found[0] if found else None
        engine().check_tools()
        disk.need(root, engine().size() + media.new_bytes(before))
        unfinished = Bundle(root / f"{bundles.UNFINISHED}{os.getpid()}")
        unfinished.path.mkdir(mode=0o700)
        try:
            made = _fill(unfinished, before, secrets)
            bundle = _finish(unfinished, root, secrets, made["snapshot_at"])
        except BaseException:  # Ctrl+C too
            shutil.rmtree(unfinished.path, ignore_errors=True)
            raise
        gone = bundles.outlived([bundle, *found], max(keep, 1), keep_days)
        for old in gone:
            bundles.clear(old.path)
        seconds = time.monotonic() - begun
        _note(bundle, made, seconds)
        return Made(bundle, seconds, made["media"], made["packed"], [str(one) for one in gone])


def _fill(bundle, before, secrets):
    """Everything into the folder, the manifest last; what it said, with how many files were taken."""
    moment = timezone.now()
    # First read, then dumped: a migration in between would be in the tables alone, and migrating again is refused.
    migrations = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    tables, length = engine().dump(bundle.path)
    database = sorted(str(path.relative_to(bundle.path)) for path in _plain(bundle.path))
    with disk.created(bundle.path / variables.FILE) as file:
        file.write("".join(f"{line}\n" for line in variables.lines(secrets)).encode())
    taken = media.take(bundle, before)
    names = [*database, variables.FILE, media.LISTING]
    files = {name: dict(zip(("sha256", "bytes"), disk.digest(bundle.file(name)), strict=True)) for name in names}
    engine_facts = {"engine": connection.vendor, "bytes": length, "server": _server()}
    if connection.vendor == "postgresql":
        engine_facts["tools"] = engine().version("pg_dump")
    manifest = {
        "format": bundles.FORMAT,
        "snapshot_at": moment.isoformat(),
        "release": tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"],
        "site": settings.SITE_URL,
        "secrets": secrets,
        "database": engine_facts,
        "migrations": migrations,
        "tables": tables,
        "media": {"in": media.place(), **taken._asdict()},
        "files": files,
    }
    bundle.write(manifest)
    return {"snapshot_at": moment, "media": taken, "packed": sum(files[name]["bytes"] for name in database)}


def _plain(folder):
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _server():
    if connection.vendor == "postgresql":
        return str(connection.pg_version)
    return ".".join(map(str, connection.Database.sqlite_version_info))


def _finish(unfinished, root, secrets, moment):
    """Onto the disk, and only then under its name."""
    os.sync()  # one for all: a sync a file would take longer than the copies
    while (target := root / bundles.name_of(moment, secrets)).exists():
        moment += timedelta(seconds=1)  # two within one second
    unfinished.path.rename(target)
    descriptor = os.open(root, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return Bundle(target)


def _note(bundle, made, seconds):
    taken = made["media"]
    record.write({
        "bundle": str(bundle.path),
        "snapshot_at": made["snapshot_at"],
        "finished_at": timezone.now(),
        "seconds": round(seconds, 1),
        "bytes": made["packed"] + taken.bytes,
        "new_bytes": made["packed"] + taken.new_bytes,
    })  # fmt: skip


def _refuse_public(root):
    for name in ("MEDIA_ROOT", "STATIC_ROOT", "ORIGINALS_ROOT"):
        if root.resolve().is_relative_to(Path(getattr(settings, name)).resolve()):
            raise Problem(_("BACKUP_ROOT lies in %(name)s.") % {"name": name})


@contextmanager
def _alone(root):
    """One backup at a time, readable by nobody else; what an earlier one left unfinished goes."""
    mask = os.umask(0o077)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Problem(_("Another backup is being taken.")) from error
            for left in root.glob(f"{bundles.UNFINISHED}*"):
                shutil.rmtree(left)
            yield
    except OSError as error:
        raise Problem(str(error)) from error
    finally:
        os.umask(mask)
