"""For the machines that watch: alive, and ready.

What is public is decided by the clock of the machine that answers. One that is off would publish early or late, so it
is not ready until its clock is right: PostgreSQL's is asked, which all machines of the newsroom share."""

from datetime import UTC

from django.db import Error, connection
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

MOST_OFF = 30  # seconds


@require_safe
def healthz(request):
    """The process answers; nothing else is asked."""
    return _text("ok")


@require_safe
def readyz(request):
    """The database answers too, and its clock is ours."""
    try:
        off = _seconds_off()
    except Error:
        return _text("database unavailable", status=503)
    if abs(off) > MOST_OFF:
        return _text(f"clock off by {off:+.0f} s from the database", status=503)
    return _text("ok")


def _seconds_off():
    """How far this machine's clock is ahead of the database's; SQLite has ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()" if connection.vendor == "postgresql" else "SELECT 1")
        theirs = cursor.fetchone()[0]
    if connection.vendor != "postgresql":
        return 0
    return (timezone.now() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))).total_seconds()


def _text(text, status=200):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status, headers=headers)
