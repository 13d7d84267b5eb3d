"""Asking for a page: as a reader does (`ask`), and made anew past every cache (`make_anew`).

Only our own site is asked: the host comes from the settings, no redirect is followed, nothing is sent but the path, and
of an answer that is long or slow only a part is read.
"""

import http.client
import io
import logging
import zlib
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import resolve
from django.utils.translation import gettext as _

from .judging import NOT_FOUND, Answer

SECONDS = 3  # for one page; nobody waits for it but the thread of the outbox
LARGEST = 4 * 1024 * 1024  # bytes of a page
CHUNK = 64 * 1024
log = logging.getLogger(__name__)
CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


def ask(path):
    """The Answer that a reader gets at a path of SITE_URL. RECEIPT_URL is where this machine reaches it."""
    public, way = urlsplit(settings.SITE_URL), urlsplit(settings.RECEIPT_URL or settings.SITE_URL)
    connection = CONNECTIONS[way.scheme](way.hostname, way.port, timeout=SECONDS)
    headers = {
        "Host": public.netloc,
        "User-Agent": f"newsroom-receipt (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",  # as readers do: caches keep a copy for each encoding
    }
    if settings.RECEIPT_URL:
        headers["X-Forwarded-Proto"] = public.scheme
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = _read(answer, monotonic() + SECONDS)
        return Answer(answer.status, body.decode(errors="replace"))
    except TimeoutError:
        return Answer(0, problem=_("No answer within %(seconds)s seconds.") % {"seconds": SECONDS})
    except (OSError, http.client.HTTPException, zlib.error) as error:
        return Answer(0, problem=_("The site cannot be asked: %(error)s") % {"error": error or type(error).__name__})
    finally:
        connection.close()


def _read(answer, deadline):
    is_packed = answer.getheader("Content-Encoding") == "gzip"
    unpack = zlib.decompressobj(wbits=31) if is_packed else None
    out = bytearray()
    while len(out) < LARGEST and (chunk := answer.read1(CHUNK)):
        out += unpack.decompress(chunk, LARGEST) if unpack else chunk
        if monotonic() > deadline:
            raise TimeoutError
    return bytes(out)


def make_anew(path):
    """The Answer that the views give now, in this process: no cache in front, no middleware, nobody signed in."""
    request = WSGIRequest(_environ(path))
    request.user = AnonymousUser()
    try:
        match = resolve(request.path_info)
        response = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return Answer(NOT_FOUND)
    except Exception as error:  # noqa: BLE001 (what readers would get as an error 500 is told to people, as all else)
        log.warning("The page cannot be made: %s", path, exc_info=error)
        return Answer(0, problem=_("The page cannot be made: %(error)s") % {"error": type(error).__name__})
    if hasattr(response, "render"):
        response.render()
    return Answer(response.status_code, response.content.decode(errors="replace"))


def _environ(path):
    site, (name, _mark, query) = urlsplit(settings.SITE_URL), path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": name,
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or {"http": 80, "https": 443}[site.scheme]),
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
