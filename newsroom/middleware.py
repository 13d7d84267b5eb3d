"""Headers of every response, and the compression of what readers get.

Two content policies: what readers get allows nothing inline at all; the admin's pages allow CKEditor's inline
handlers and styles, because CKEditor 4 does not start without them (it needs no eval). nh3 stands before both.
"""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware

READER_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
DESK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
MEDIA_POLICY = "default-src 'none'; sandbox"


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_for(request.path))
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class CompressReaderPagesMiddleware(GZipMiddleware):
    """gzip for readers, where no server in front does it. Never for the desk: its pages carry secrets (BREACH)."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        return super().process_response(request, response)


def policy_for(path):
    if path.startswith("/admin/"):
        return DESK_POLICY
    return MEDIA_POLICY if path.startswith(settings.MEDIA_URL) else READER_POLICY
