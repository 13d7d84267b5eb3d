"""For the machines that watch: alive, and ready."""

from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request):
    """The process answers; nothing else is asked."""
    return _text("ok")


@require_safe
def readyz(request):
    """The database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _text("database unavailable", status=503)
    return _text("ok")


def _text(text, status=200):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status, headers=headers)
