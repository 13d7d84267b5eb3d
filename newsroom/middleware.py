"""What stands around every request: whose host it names, its method, the headers of safety, the trail, the
compression."""

import logging
import re

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpResponseNotAllowed
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from articles import hosts
from articles.editorial import trail
from articles.views.readers.address import client_address

from . import headers

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
DESK_OBJECT = re.compile(r"/admin/\w+/(?P<kind>\w+)/(?:(?P<key>\d{1,19})/)?")
log = logging.getLogger(__name__)


class SecurityHeadersMiddleware:
    """The first of all, so that no answer goes out without them. Also: no cache keeps what somebody who is signed in
    was answered, be it the page that everybody gets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in headers.of(request.path, is_secure=request.is_secure()).items():
            response.headers.setdefault(name, value)
        if request.path.startswith(headers.DESK):  # where Django's own middleware has put that of the readers' pages
            response.headers["Referrer-Policy"] = headers.AT_DESK
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(headers.FILES):
            response.headers["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


class HostMiddleware:
    """The second, so that a refused name is answered like everything else. Django alone asks only who wants to know
    the name: a file would be handed out under any."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not hosts.is_ours(host := request.get_host(), settings.ALLOWED_HOSTS):
            raise DisallowedHost(f"{host[:100]!r} is not ours.")
        return self.get_response(request)


class MethodMiddleware:
    """The desk takes what its pages send, and nothing else, as nginx does for the whole site. Django's views take any
    other method for a GET: what a PUT may do would have to be known of each of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(headers.DESK) and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class TrailMiddleware:
    """Tells the trail where a person sits, and what the desk refused to somebody who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(headers.DESK):
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
        if (
            request.path.startswith((headers.DESK, settings.MEDIA_URL))
            or settings.SESSION_COOKIE_NAME in request.COOKIES
        ):
            return response
        if response.status_code == 304:  # what varies, varies also where nothing is sent (RFC 9110, 15.4.5)
            patch_vary_headers(response, ["Accept-Encoding"])
        return super().process_response(request, response)
