"""The gate of the desk: what is asked with a session that is over, or not let in, does not reach a screen.

Outside the desk (previews, the place of a story on the front page) such a session is nobody's.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseForbidden, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import browsers, sessions

DESK = "/admin/"
PAGES = {sessions.PENDING: "admin:verify", sessions.ENROL: "admin:enrol", sessions.CODES: "admin:codes"}
# What opens before: proving and enrolling a second factor, and the way out.
OPEN = {"verify", "enrol", "codes", "confirm", "passkey_begin", "passkey_finish", "logout", "login", "desk_relogin"}
# Asked by an open form every few seconds, whether somebody sits before it or not.
BEATS = {f"{DESK}articles/article/presence/", f"{DESK}articles/article/alive/"}


class IdentityMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self._known(request, self.get_response(request))
        if not request.path.startswith(DESK):
            user = request.user
            request.user = SimpleLazyObject(lambda: user if _is_in(request, user) else AnonymousUser())
            return self.get_response(request)
        return self._known(request, self._shut(request) or self.get_response(request))

    def _shut(self, request):
        """The answer to who is not let in; None to who is."""
        if not request.user.is_authenticated:
            return None
        if sessions.is_over(request):
            sessions.end(request)
            return None
        if request.path not in BEATS:
            sessions.touch(request)
        step = sessions.step(request)
        if not step or _name(request.path_info) in OPEN:
            return None
        asks_for_page = "text/html" in request.headers.get("Accept", "text/html")  # a script says */*
        if request.method in {"GET", "HEAD"} and asks_for_page:
            return HttpResponseRedirect(f"{reverse(PAGES[step])}?{urlencode({'next': request.get_full_path()})}")
        return HttpResponseForbidden(_("The second factor is missing."), content_type="text/plain; charset=utf-8")

    def _known(self, request, response):
        """Whoever was let in has a browser that is known the next time."""
        session = request.session
        if session.modified and (cookie := session.get("browser")) and not sessions.step(request):
            browsers.give(response, cookie)
            del session["browser"]
        return response


def _is_in(request, user):
    return user.is_authenticated and not sessions.is_over(request) and not sessions.step(request, user)


def _name(path):
    try:
        return resolve(path).url_name
    except Resolver404:
        return ""
