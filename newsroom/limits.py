"""How much of the site one sender may ask for, and the answer to who asks for more.

Design notes
- What the page cache answers is not counted: the gate asks here only before a page is made (`judge`), because the
  request that makes it carries no address any more.
- Who is signed in is counted as a person and not by address: a newsroom behind one address goes on working whatever its
  network sends. The login is not counted here: it has its own rules.
- Addresses of private networks are not counted: that is the machine itself, the newsroom's own network, or a proxy that
  BEHIND_PROXY was not told of, and one count for a proxy would shut out every reader.
- A body is judged by the length it says, before a byte is read; without one (chunked) Django reads nothing.
"""

import ipaddress
import re

from django.conf import settings

from articles.limits import Limit, over
from articles.pagecache.gate import COUNTED
from articles.views import errors
from articles.views.readers.address import address_in

MINUTE = 60
PAGES = Limit("pages", 600, MINUTE)  # made anew: archive days nobody read, feeds, calendars
SEARCHES = Limit("searches", 120, MINUTE)
LIMITS = [  # (method, path, limit): the first that fits counts
    ("GET|HEAD", r"/tim-kiem/|/api/v1/search", SEARCHES),
    ("POST", r"/y-kien/.*", Limit("comments", 30, 10 * MINUTE)),  # readers/comments.py also counts what was taken in
    ("POST", r"/dem/.*", Limit("reads", 300, MINUTE)),
    (".*", r"/xem-ban/.*", Limit("shared versions", 60, MINUTE)),
    (".*", r"/xem-truoc/.*", Limit("previews", 120, MINUTE)),
    (".*", r"/admin/(autocomplete|articles/article/(titled|alike|pictures|player|\d+/notes/people))/", Limit(
        "suggestions", 600, MINUTE)),
    (".*", r"/admin/articles/article/(so-tin|xuat)/\w+/", Limit("exports", 30, MINUTE)),
    ("GET|HEAD", r"/(?!admin/|static/|media/|healthz|readyz).*", PAGES),
]  # fmt: skip
LIMITS = [(re.compile(method), re.compile(path, re.DOTALL), limit) for method, path, limit in LIMITS]
READERS_BODY = 1024 * 1024  # bytes; nginx' limit too
DESKS_BODY = 250 * 1024 * 1024


def limit_for(method, path):
    fitting = (limit for methods, paths, limit in LIMITS if methods.fullmatch(method) and paths.fullmatch(path))
    return next(fitting, None)


def judge(environ, person=None):
    """Count a request; the seconds it has to wait, 0 when it may be answered now."""
    limit = settings.RATE_LIMITS and limit_for(environ["REQUEST_METHOD"], environ["PATH_INFO"])
    if not limit:
        return 0
    address = address_in(environ)
    if person is None and (not address or ipaddress.ip_network(address).is_private):
        return 0
    return over(limit, address if person is None else f"person {person}")


def admits(environ):
    """For the page cache: whether a page may be made for this request. It is not counted once more behind that."""
    environ[COUNTED] = judge(environ)
    return not environ[COUNTED]


class LimitMiddleware:
    """Behind the one that knows the person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._length(request) > READERS_BODY and self._length(request) > self._most(request):
            return errors.too_large(request)
        wait = request.META.get(COUNTED)
        if wait is None:
            wait = judge(request.META, self._person(request))
        return errors.too_many(request, wait) if wait else self.get_response(request)

    @staticmethod
    def _length(request):
        text = request.META.get("CONTENT_LENGTH") or "0"
        return int(text[:18]) if text.isascii() and text.isdecimal() else 0

    def _most(self, request):
        return READERS_BODY if self._person(request) is None else DESKS_BODY

    @staticmethod
    def _person(request):
        return request.user.pk if settings.SESSION_COOKIE_NAME in request.COOKIES else None
