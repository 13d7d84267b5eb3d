"""The outermost layer of the server: what fails outside of Django, such as the page cache on a full disk, is a 500 with
the headers of safety, and not the server's own bare one."""

import logging

from . import headers

SAID = "Trang báo đang gặp sự cố. Mời bạn thử lại sau ít phút.\n".encode()
log = logging.getLogger(__name__)


def guarded(application):
    def answer(environ, start_response):
        try:
            return application(environ, start_response)
        except Exception:
            log.exception("Nothing answered %r.", environ.get("PATH_INFO", "")[:200])
        found = headers.of(environ.get("PATH_INFO", ""))
        found |= {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(SAID))}
        start_response("500 Internal Server Error", [*found.items(), ("Cache-Control", "no-store")])
        return [SAID]

    return answer
