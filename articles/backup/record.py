"""When the last backup was taken: a small file in VAR_DIR, for whoever watches."""

import json
import os
from datetime import datetime

from django.conf import settings
from django.utils import timezone

FILE = "last_backup.json"


def last_backup():
    """{bundle, snapshot_at, finished_at, seconds, bytes, new_bytes}, or None where none was taken or the file cannot
    be read. Moments are datetimes; `verified_at` is there once the bundle was read through."""
    try:
        found = json.loads((settings.VAR_DIR / FILE).read_text())
        return found | {name: datetime.fromisoformat(value) for name, value in found.items() if name.endswith("_at")}
    except (OSError, ValueError, TypeError):
        return None


def age(at=None):
    """How old the snapshot of the last backup is, or None: what would be lost if all were lost at that moment."""
    last = last_backup()
    return (at or timezone.now()) - last["snapshot_at"] if last else None


def write(found):
    file, fresh = settings.VAR_DIR / FILE, settings.VAR_DIR / f".{FILE}.{os.getpid()}"
    fresh.write_text(json.dumps(found, default=datetime.isoformat, indent=1))
    os.replace(fresh, file)


def note_verified(bundle):
    last = last_backup()
    if last and last["bundle"] == str(bundle.path):
        write(last | {"verified_at": timezone.now()})
