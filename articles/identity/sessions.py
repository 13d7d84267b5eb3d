"""The sessions of the desk: how one begins, how far it is let in, when it is over, and how all of them end.

Times are the machine's seconds and stand in the session itself, so that a page of the desk asks the database nothing
more. The list of a person's sessions (SignIn) is what ends them: by it their rows are deleted.
"""

import time
from datetime import timedelta

from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial import notices, trail
from articles.models import SignIn

from . import browsers, factors

IDLE, ABSOLUTE = 8 * 3600, 7 * 24 * 3600  # seconds
FRESH = 10 * 60  # seconds for which a password that was just given need not be given again
NOTED = 300  # seconds: how exactly "last seen" is kept
KEPT = timedelta(days=400)  # how long a browser is remembered

# How far a session is let in. Without a word: nobody has asked yet for more than the password.
VERIFIED, PENDING, ENROL, CODES = "verified", "pending", "enrol", "codes"


def begin(request, user):
    """The password was right: note who sits where. Answers the browser's name."""
    session, now = request.session, timezone.now()
    if session.session_key is None:
        session.create()
    shown = browsers.cookie_of(request)
    cookie = shown or browsers.new_cookie()
    mark, name = browsers.mark_of(cookie), browsers.name_of(request.headers.get("User-Agent", ""))
    before = SignIn.objects.filter(user=user, admitted_at__isnull=False)
    if before.exists() and not (shown and before.filter(mark=mark).exists()):
        _warn(user, name)
    has = factors.has(user)
    began = time.time()
    session.update({"began": began, "seen": began, "confirmed": began, "browser": cookie})
    session["factor"] = PENDING if has else ""
    SignIn.objects.filter(user=user, at__lt=now - KEPT).delete()
    SignIn.objects.create(
        user=user, session_key=session.session_key, mark=mark, browser=name, address=trail.address.get()[:60], at=now,
        seen_at=now, admitted_at=None if has or factors.needs(user) else now,
    )  # fmt: skip
    return name


def step(request, user=None):
    """What stands between the session and the desk: '' where nothing does."""
    state, user = request.session.get("factor", ""), user or request.user
    if state == VERIFIED:
        return ""
    if not state and factors.needs(user):
        return PENDING if factors.has(user) else ENROL
    return state


def admit(request, state=VERIFIED):
    """The second factor was there. The session gets a new name: who knew the old one has nothing."""
    rotate(request)
    request.session["factor"] = state
    if state == VERIFIED:
        SignIn.objects.filter(session_key=request.session.session_key).update(admitted_at=timezone.now())


def confirm(request):
    rotate(request)
    request.session["confirmed"] = time.time()


def is_fresh(request):
    return time.time() - request.session.get("confirmed", 0) < FRESH


def rotate(request):
    old = request.session.session_key
    request.session.cycle_key()
    moved(old, request.session.session_key)


def moved(old, new):
    """The session `old` goes on as `new`."""
    SignIn.objects.filter(session_key=old).update(session_key=new)


def is_over(request):
    """One that says nothing of its beginning is of an earlier release, or of nobody's making: it is over too."""
    session, now = request.session, time.time()
    return now - session.get("seen", 0) > IDLE or now - session.get("began", 0) > ABSOLUTE


def end(request):
    """It has lasted too long."""
    trail.record(request.user, "session_over")
    _forget([request.session.session_key])
    logout(request)


def touch(request):
    """Somebody works with it."""
    now = time.time()
    if now - request.session.get("seen", 0) > NOTED:
        request.session["seen"] = now
        SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=timezone.now())


def end_all(user, keep="", pk=None):
    """End a person's sessions (one where `pk` names it, never the one of the key `keep`); how many."""
    found = SignIn.objects.filter(user=user).exclude(session_key__in=["", keep])
    keys = list((found if pk is None else found.filter(pk=pk)).values_list("session_key", flat=True))
    return _forget(keys)


def _forget(keys):
    ended, _kinds = Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).update(session_key="")
    return ended


def open_ones(user):
    """The sessions with which the person is signed in now, the newest first."""
    rows = list(SignIn.objects.filter(user=user).exclude(session_key=""))
    keys = [row.session_key for row in rows]
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    alive = set(alive.values_list("session_key", flat=True))
    oldest = timezone.now() - timedelta(seconds=IDLE + NOTED)
    return [row for row in rows if row.session_key in alive and row.seen_at > oldest]


def is_known(name, mark):
    """Whether this browser was let in with that user name before."""
    return bool(mark) and SignIn.objects.filter(
        user__username=name, mark=mark, admitted_at__isnull=False
    ).exists()  # fmt: skip


def _warn(user, browser):
    where = {"browser": browser or _("an unknown browser"), "address": trail.address.get() or "?"}
    text = _("Your password was used in a new browser: %(browser)s, address %(address)s.") % where
    notices.warn(user, text, note=_("If it was not you, change your password now and log out everywhere."))
