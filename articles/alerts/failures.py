"""How many answers were errors (5xx), minute by minute, of all processes of this machine.

In files, one byte an error: the database may be the very thing that fails, and a file that is appended to counts right
whoever writes at the same time.
"""

import contextlib
import time
from pathlib import Path

from django.conf import settings

KEPT = 60  # minutes


def note(at=None):
    """One answer was an error. Where even that cannot be written (a full disk) the log still says so."""
    with contextlib.suppress(OSError):
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / str(_minute(at))).open("ab") as file:
            file.write(b".")


def number(minutes, at=None):
    """How many in the last whole minutes and the one that runs."""
    newest = _minute(at)
    return sum(_size(minute) for minute in range(newest - minutes, newest + 1))


def prune(at=None):
    oldest = _minute(at) - KEPT
    with contextlib.suppress(OSError):
        for file in _folder().iterdir():
            if file.name.isdecimal() and int(file.name) < oldest:
                file.unlink(missing_ok=True)


def _folder():
    return Path(settings.VAR_DIR) / "failures"


def _minute(at):
    return int(at.timestamp() if at else time.time()) // 60


def _size(minute):
    try:
        return (_folder() / str(minute)).stat().st_size
    except OSError:
        return 0
