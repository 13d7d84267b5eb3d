"""The page cache in front of Django (articles/pagecache), put together by the settings."""

import contextlib
import hashlib
from pathlib import Path

from django.conf import settings

from articles.pagecache.agenda import Agenda
from articles.pagecache.ahead import Heading
from articles.pagecache.gate import Gate
from articles.pagecache.leases import Leases
from articles.pagecache.purging import purges
from articles.pagecache.store import Store

from .limits import admits

# What an answer depends on besides the database and the code.
SAID = ("SITE_URL", "LANGUAGE_CODE", "STATIC_URL", "MEDIA_URL", "DEBUG", "HTTPS")


MADE_OF = ("templates/**/*", "articles/**/*.py", "newsroom/**/*.py", "locale/**/*.mo")


def release():
    """Changes with every deployment: what an earlier one made looks otherwise, and names styles that may be gone."""
    digest = hashlib.sha256(repr([getattr(settings, name) for name in SAID]).encode())
    for file in sorted(file for pattern in MADE_OF for file in settings.BASE_DIR.glob(pattern)):
        stat = file.stat()
        digest.update(f"{file} {stat.st_size} {stat.st_mtime_ns}".encode())
    with contextlib.suppress(OSError):
        digest.update((Path(settings.STATIC_ROOT) / "staticfiles.json").read_bytes())
    return digest.hexdigest()[:16]


def with_pages(application):
    """The application behind its page cache, or as it is where PAGE_CACHE is off."""
    if not settings.PAGE_CACHE:
        return application
    folder = Path(settings.PAGES_ROOT)
    return Gate(
        application,
        store=Store(folder / "files", settings.PAGES_IN_MEMORY, settings.PAGES_ON_DISK, release()),
        purges=purges(),
        leases=Leases(folder / "leases"),
        agenda=Agenda(),
        heading=Heading(settings.CACHE_IN_FRONT),
        hosts=settings.ALLOWED_HOSTS,
        cookies=(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", settings.LANGUAGE_COOKIE_NAME),
        admits=admits,
        is_secure=_by_proxy if settings.HTTPS and settings.BEHIND_PROXY else _directly if settings.HTTPS else None,
    )


def _by_proxy(environ):
    return environ.get("HTTP_X_FORWARDED_PROTO") == "https"


def _directly(environ):
    return environ.get("wsgi.url_scheme") == "https"
