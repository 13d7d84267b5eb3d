"""Headers of every response, and the compression of what readers get.

Nothing inline is allowed, to readers or at the desk, but on the two pages with CKEditor, which does not start without
inline handlers, scripts and styles (it needs no eval). Hashes do not serve there: the scripts in CKEditor's frames
carry the number of a callback, which depends on the dialogs that were opened before. nh3 stands before all of this.
"""

import logging
import re

from django.conf import settings
from django.db import DatabaseError
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from articles import players
from articles.editorial import trail
from articles.views.readers.address import client_address

# An object storage that readers are sent to: pictures, and sound in a player.
_MEDIA = f" {settings.MEDIA_ORIGIN}" if settings.MEDIA_ORIGIN else ""
_SOUND = f"media-src 'self'{_MEDIA}; " if _MEDIA else ""
READER_POLICY = (
    f"default-src 'self'; img-src 'self' data:{_MEDIA}; {_SOUND}object-src 'none'; base-uri 'none'; "
    f"form-action 'self'; frame-ancestors 'none'; frame-src {' '.join(f'https://{host}' for host in players.HOSTS)}"
)
DESK_POLICY = (  # blob: is a picture that was chosen for upload and is shown before it is sent
    f"default-src 'self'; img-src 'self' data: blob:{_MEDIA}; {_SOUND}object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
EDITOR_POLICY = f"{DESK_POLICY}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
PREVIEW_POLICY = READER_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")  # at the width of a phone
MEDIA_POLICY = "default-src 'none'; sandbox"
DESK_OBJECT = re.compile(r"/admin/\w+/(?P<kind>\w+)/(?:(?P<key>\d{1,19})/)?")
log = logging.getLogger(__name__)
EDITOR_PAGES = re.compile(r"/admin/articles/(article|staticpage|englishversion|storytemplate)/(add|[^/]+/change)/")


FILES = (settings.STATIC_URL, settings.MEDIA_URL)  # the same for everyone, whoever asks


class SecurityHeadersMiddleware:
    """Also: no cache keeps what somebody who is signed in was answered, be it the page that everybody gets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_for(request.path))
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(FILES):
            response.headers["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


class TrailMiddleware:
    """Tells the trail where a person sits, and what the desk refused to somebody who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        token = trail.address.set(client_address(request))
        try:
            response = self.get_response(request)
            if response.status_code == 403 and request.user.is_authenticated:
                note_refusal(request)
            return response
        finally:
            trail.address.reset(token)


def note_refusal(request):
    """What was tried at which address. A log that cannot be written makes no 500 of a refusal.

    A page that only looks and is refused again and again (a form that calls every few seconds) is noted once a minute.
    """
    found = DESK_OBJECT.match(request.path)
    named = {name: value or "" for name, value in found.groupdict().items()} if found else {}
    try:
        if request.method in {"GET", "HEAD"} and trail.was_just_refused(request.user, request.path):
            return
        trail.record(request.user, "attempt", outcome=trail.REFUSED, label=request.path, **named)
    except DatabaseError:
        log.exception("A refusal could not be written to the trail.")


class SlashMiddleware(CommonMiddleware):
    """A missing slash at the end is put there for the desk only. For readers articles/views/errors.py does it, which
    knows the sections and the old addresses: one redirect, and none to a page that is not there either."""

    def should_redirect_with_slash(self, request):
        return request.path.startswith("/admin") and super().should_redirect_with_slash(request)


class CompressReaderPagesMiddleware(GZipMiddleware):
    """gzip for readers, where no server in front does it. Never for the desk: its pages carry secrets (BREACH).
    Nor for the media: pictures and sound are compressed already, and a player asks for parts of the file itself."""

    def process_response(self, request, response):
        if request.path.startswith(("/admin/", settings.MEDIA_URL)) or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        if response.status_code == 304:  # what varies, varies also where nothing is sent (RFC 9110, 15.4.5)
            patch_vary_headers(response, ["Accept-Encoding"])
        return super().process_response(request, response)


def policy_for(path):
    if EDITOR_PAGES.fullmatch(path):
        return EDITOR_POLICY
    if path.startswith("/admin/"):
        return DESK_POLICY
    if path.startswith("/xem-truoc/"):
        return PREVIEW_POLICY
    return MEDIA_POLICY if path.startswith(settings.MEDIA_URL) else READER_POLICY
