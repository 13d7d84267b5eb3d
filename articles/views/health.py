"""For the machines that watch: alive, ready, and which addresses crawlers leave alone."""

from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse
from django.urls import reverse
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


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Disallow: {reverse('search')}", f"# {settings.SITE_URL}"]
    return _text("\n".join(lines) + "\n")


def _text(text, status=200):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status, headers=headers)
