"""For the machines that watch: alive, and ready.

What is public is decided by the clock of the machine that answers. One that is off would publish early or late, so it
is not ready until its clock is right.
"""

from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles import clock


@require_safe
def healthz(request):
    """The process answers; nothing else is asked."""
    return _text("ok")


@require_safe
def readyz(request):
    """The database answers too, and its clock is ours."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        off = clock.seconds_off()
    except Error:
        return _text("database unavailable", status=503)
    if abs(off) > clock.MOST_OFF:
        return _text(f"clock off by {off:+.0f} s from the database", status=503)
    return _text("ok")


def _text(text, status=200):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status, headers=headers)
