"""What is wrong at this moment (S58). Each look is one function that answers with its numbers, or with None."""

import shutil
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import clock
from articles.backup import record
from articles.editorial import trail
from articles.models import Alert, Effect

from . import failures

Kind = Alert.Kind
MOST_DENIED = 10  # in a minute
LATEST = timedelta(minutes=2)
FAILING, FAILING_MINUTES = 10, 5  # errors, and the minutes in which there are so many
HOUR = timedelta(hours=1)
LEAST_FREE = 15  # per cent of a disk


@dataclass(frozen=True)
class Finding:
    kind: str
    facts: dict


def find(at=None):
    """[Finding]: what is wrong."""
    at = at or timezone.now()
    looks = {
        Kind.DENIED: denied, Kind.LATE: late, Kind.FAILING: failing, Kind.DISK: disk, Kind.BACKUP: backup,
        Kind.STUCK: stuck, Kind.CLOCK: wrong_clock,
    }  # fmt: skip
    found = {kind: look(at) for kind, look in looks.items()}
    return [Finding(kind, facts) for kind, facts in found.items() if facts]


def denied(at):
    number = trail.number_denied(at - timedelta(minutes=1))
    return {"number": number} if number >= MOST_DENIED else None


def late(at):
    """What should have been done since, and nobody does. What failed waits for its next attempt and is no lag."""
    oldest = Effect.objects.due(at).values_list("due_at", flat=True).first()
    return {"minutes": int((at - oldest).total_seconds() // 60)} if oldest and at - oldest > LATEST else None


def stuck(at):
    """What was tried often; it is still tried, and stands on the board with its error."""
    number = Effect.objects.stuck().count()
    return {"number": number} if number else None


def wrong_clock(at):
    off = clock.seconds_off()
    return {"seconds": f"{off:+.0f}"} if abs(off) > clock.MOST_OFF else None


def failing(at):
    number = failures.number(FAILING_MINUTES, at)
    return {"number": number, "minutes": FAILING_MINUTES} if number >= FAILING else None


def disk(at):
    """The fullest of the disks that we write to."""
    free = {}
    for folder in {settings.VAR_DIR, settings.MEDIA_ROOT, settings.ORIGINALS_ROOT}:
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            continue  # one that is not there yet
        free[str(folder)] = int(100 * usage.free / usage.total)
    folder = min(free, key=free.get, default=None)
    return {"folder": folder, "free": free[folder]} if free and free[folder] < LEAST_FREE else None


def backup(at):
    """Where backups are made at all: how old the newest is."""
    old, most = record.age(at), settings.BACKUP_MAX_AGE
    return {"hours": int(old / HOUR), "most": most} if old and old > most * HOUR else None


def words(kind, facts):
    """A finding in words."""
    said = {
        Kind.DENIED: _("%(number)s refusals and failed sign-ins within a minute: see the trail."),
        Kind.LATE: _("What follows a publication is %(minutes)s minutes late: does a server run?"),
        Kind.FAILING: _("%(number)s pages failed within %(minutes)s minutes: see the log."),
        Kind.DISK: _("Only %(free)s %% of the disk of %(folder)s is free."),
        Kind.BACKUP: _("The newest backup is %(hours)s hours old; it may be %(most)s."),
        Kind.STUCK: _("%(number)s effects of publications fail again and again: see the board."),
        Kind.CLOCK: _("This machine's clock is %(seconds)s s off from the database's."),
    }
    return said[kind] % facts if kind in said else str(kind)
