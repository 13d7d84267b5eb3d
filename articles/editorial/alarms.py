"""What an operator has to know before readers do (`manage.py watch`; docs/operations.md says what to do then)."""

import shutil
from datetime import UTC, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Effect

MOST_FULL = 85  # of a hundred parts of a disk
LATE = timedelta(minutes=2)  # for which nobody has begun what was due
MOST_OFF = 30  # seconds between our clock and the database's


def found(at=None):
    """A sentence for each thing that is wrong."""
    return [*_disks(), *_work(at or timezone.now()), *_clock()]


def seconds_off():
    """How far this machine's clock is ahead of PostgreSQL's, which all machines of the newsroom share."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    return (timezone.now() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))).total_seconds()


def _disks():
    folders = {settings.VAR_DIR, settings.MEDIA_ROOT, settings.ORIGINALS_ROOT}
    for folder in sorted(folders):
        disk = shutil.disk_usage(folder)
        if (full := 100 * disk.used // disk.total) >= MOST_FULL:
            yield _("The disk of %(folder)s is %(percent)s %% full.") % {"folder": folder, "percent": full}


def _work(now):
    if late := Effect.objects.due(now - LATE).count():
        said = ngettext(
            "%(number)s effect is due for more than two minutes.",
            "%(number)s effects are due for more than two minutes.",
            late,
        )
        yield said % {"number": late}
    for effect in Effect.objects.stuck()[:20]:
        facts = {"number": effect.attempts, "effect": effect, "error": effect.last_error}
        yield _("Still owed after %(number)s attempts: %(effect)s: %(error)s") % facts


def _clock():
    if abs(off := seconds_off()) > MOST_OFF:
        yield _("This machine's clock is %(seconds)s s off from the database's.") % {"seconds": f"{off:+.0f}"}
