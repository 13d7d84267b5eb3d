"""The browsers that people sign in with: what they are called, and the cookie by which one is known again.

The cookie opens nothing. It is given to who was let in, lasts a year, and only its fingerprint is stored.
"""

import hashlib
import re
import secrets

from django.conf import settings

YEAR = 365 * 24 * 3600
KINDS = [
    ("coc_coc_browser", "Cốc Cốc"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
]  # fmt: skip
SYSTEMS = [
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
]  # fmt: skip


def name_of(agent):
    """'Chrome · Windows' of a User-Agent; '' where it names neither."""
    return " · ".join(found for kinds in (KINDS, SYSTEMS) if (found := next((n for w, n in kinds if w in agent), "")))


def cookie_of(request):
    """What the browser showed of ours; '' where it is none, or not in our form."""
    said = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    return said if re.fullmatch(r"[\w-]{43}", said, flags=re.ASCII) else ""


def new_cookie():
    return secrets.token_urlsafe(32)


def mark_of(cookie):
    return hashlib.sha256(cookie.encode()).hexdigest() if cookie else ""


def give(response, cookie):
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME, cookie, YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
