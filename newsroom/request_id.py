"""The outermost layer: each request has an id, and each answer that is an error is counted (articles/alerts)."""

import secrets

from articles import alerts

from .logs import request_id

HEADER = "X-Request-ID"
READINESS = "/readyz"  # an error there is an answer


class RequestIdMiddleware:
    """Gives the request its id, and tells it to whoever may have to report what went wrong."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Ours and nobody else's: what a stranger sent would stand in the log as if it were ours.
        mark = request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            if response.status_code >= 400 or request.path.startswith("/admin/"):
                response.headers[HEADER] = request_id.get()
            if response.status_code >= 500 and request.path != READINESS:
                alerts.note_failure()
            return response
        finally:
            request_id.reset(mark)
