"""A request whose words are UTF-8, whatever its Content-Type says of them.

Django decodes by any codec of Python that the header names, and does so while it makes the request, outside of all that
turns an error into an answer: `charset=hex` or a parameter in an unknown encoding is an empty 500 of the server. All
that sends us forms sends UTF-8.
"""

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters

LONGEST_KIND = 300  # characters of a Content-Type; the time of the standard library's reader grows with their square


class Request(WSGIRequest):
    def _set_content_type_params(self, meta):
        kind = meta.get("CONTENT_TYPE", "")
        try:
            found = parse_header_parameters(kind) if len(kind) <= LONGEST_KIND else ("", {})
        except (ValueError, LookupError):
            found = "", {}
        self.content_type, self.content_params = found
