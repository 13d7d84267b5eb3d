"""What readers see when something is not there, or broken. The page of a 500 asks no database.

A path that nothing answers may be an old address: asked here and nowhere else, so that it costs live pages nothing.
"""

import sys

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render as plain_render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from articles.models import Redirect
from articles.pagecache import tags
from articles.pagecache.gate import API

from . import page

DOWN = (OperationalError, InterfaceError)
RETRY_AFTER = 30  # seconds
TITLES = {  # for a machine, which is told the heading of the page
    400: _("This request cannot be read"),
    403: _("Not permitted"),
    404: _("Page not found"),
    413: _("Too much was sent"),
    429: _("Too many requests"),
    500: _("Something broke here"),
    503: _("We are back in a moment"),
}
LONGEST_TARGET = 8_000  # characters of an address that is given its slash; Django refuses to lead to longer ones


def not_found(request, exception=None):
    try:
        found = _with_slash(request) or _moved(request)
        return page.tag(found, [tags.MISSING]) if found else _nothing(request, getattr(exception, "tags", ()))
    except Error as error:
        return unavailable(request) if isinstance(error, DOWN) else _said(request, 500)


def _nothing(request, tags_of_why):
    """The page of a 404; of an article that may be published yet it names the article."""
    pk = request.resolver_match and request.resolver_match.kwargs.get("pk")
    named = [tags.MISSING, *tags_of_why, *([tags.article(pk)] if pk else [])]
    if request.path.startswith(API):
        return page.keep(_said(request, 404), request, tags=named)
    return page.render(request, "404.html", {}, status=404, tags=named)


def _with_slash(request):
    """A 301 to the same address with its slash, where that is one of ours; the sections are known already."""
    target = request.get_full_path(force_append_slash=True)
    if request.path.endswith("/") or request.method not in {"GET", "HEAD"} or len(target) > LONGEST_TARGET:
        return None
    try:
        match = resolve(f"{request.path}/")
    except Resolver404:
        return None
    if match.url_name == "media":
        return None
    if match.url_name == "section" and match.kwargs["section"] not in page.sections(request).by_slug:
        return None
    return HttpResponsePermanentRedirect(target)


def _moved(request):
    """A 301 to where an old address leads, or None. The query of an old address is not looked at."""
    if request.method not in {"GET", "HEAD"}:
        return None
    redirect, rest = Redirect.objects.leading(request.path)
    target = redirect and redirect.leads_to(rest)
    return HttpResponsePermanentRedirect(target) if target else None


def _said(request, status, context=None):
    """The page of an error, or its heading for who asks the API. Without a question to the database."""
    if request.path.startswith(API):
        return JsonResponse({"detail": str(TITLES[status])}, status=status, json_dumps_params={"ensure_ascii": False})
    return plain_render(request, f"{status}.html", context, status=status)


def bad_request(request, exception=None):
    return _said(request, 400)


def forbidden(request, exception=None, reason=""):
    """Also of a form without its token (CSRF_FAILURE_VIEW): its page would be in English, with styles of its own."""
    return _said(request, 403)


def too_many(request, seconds):
    """For who asks for more than newsroom/limits.py gives one sender. Without a question to the database."""
    response = _said(request, 429, {"seconds": seconds})
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def too_large(request):
    response = _said(request, 413)
    response.headers["Connection"] = "close"  # what still comes is not read
    return response


def server_error(request):
    """Django calls this where it caught the error. A database that does not answer is no fault of a page."""
    return unavailable(request) if isinstance(sys.exc_info()[1], DOWN) else _said(request, 500)


def unavailable(request):
    """Without a question to the database. The page cache answers with an older copy in its place, if it has one."""
    response = _said(request, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response
