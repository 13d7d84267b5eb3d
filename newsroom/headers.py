"""The headers of safety, which every answer carries, whoever gives it: a view, a refusal, a file, the page cache.

Design notes
- Nothing inline is allowed, to readers or at the desk. Only the two pages with CKEditor allow what it does not start
  without: handlers in attributes (its buttons) and inline styles. No inline script runs there either, and no eval: the
  two scripts that CKEditor would write into its frames carry the number of a callback, which no hash can foresee, so
  static/js/editor-frames.js leaves them out and makes their calls itself. nh3 stands before all of this.
- Pictures and static files may be shown by other sites (feed readers do), and their scripts may read the API, which
  knows no reader: a browser that is told "*" sends no cookie along. Everything else is for our own pages.
- The desk names itself to nobody: the address of a draft is nobody's business. Within the site the referrer stays,
  because Django's check against forged requests asks for it.
"""

import logging
import re

from django.conf import settings

from articles import players
from articles.pagecache.gate import API

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
EDITOR_POLICY = f"{DESK_POLICY}; script-src 'self'; script-src-attr 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
PREVIEW_POLICY = READER_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")  # at the width of a phone
MEDIA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
EDITOR_PAGES = re.compile(r"/admin/articles/(article|staticpage|englishversion|storytemplate)/(add|[^/]+/change)/")
SAID = "Trang báo đang gặp sự cố. Mời bạn thử lại sau ít phút.\n".encode()
log = logging.getLogger(__name__)
DESK, AT_DESK = "/admin/", "same-origin"
FILES = (settings.STATIC_URL, settings.MEDIA_URL)  # the same for everyone, whoever asks

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def policy_for(path):
    if EDITOR_PAGES.fullmatch(path):
        return EDITOR_POLICY
    if path.startswith(DESK):
        return DESK_POLICY
    if path.startswith("/xem-truoc/"):
        return PREVIEW_POLICY
    return MEDIA_POLICY if path.startswith(settings.MEDIA_URL) else READER_POLICY


def of(path, *, is_secure=False):
    """{name: value} for the answer at a path, where whoever made it has no other word of its own."""
    found = {
        "Content-Security-Policy": policy_for(path),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if path.startswith((*FILES, API)) else "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": AT_DESK if path.startswith(DESK) else settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    if path.startswith(API):
        found["Access-Control-Allow-Origin"] = "*"
    if is_secure and settings.SECURE_HSTS_SECONDS:
        inside = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        known = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
        found["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{inside}{known}"
    return found


def guarded(application):
    """The outermost layer of the server: what fails outside of Django, such as the page cache on a full disk, is a 500
    with these headers, and not the server's own bare one."""

    def answer(environ, start_response):
        try:
            return application(environ, start_response)
        except Exception:
            log.exception("Nothing answered %r.", environ.get("PATH_INFO", "")[:200])
        found = of(environ.get("PATH_INFO", "")) | {"Content-Type": "text/plain; charset=utf-8"}
        found |= {"Cache-Control": "no-store", "Content-Length": str(len(SAID))}
        start_response("500 Internal Server Error", list(found.items()))
        return [SAID]

    return answer
