"""Room for readers while other requests hang: of the threads of each worker only INSIDE are ever in Django.

A page that is kept is answered before Django is asked, and asks nothing; but it needs a thread. Whoever comes as far as
Django while INSIDE others are there waits for one of them to leave, as he would for a thread. But where all of these
have been there for longer than PATIENCE (a database that is locked, or says nothing), everybody who waits or comes is
told to come back, at once, and the threads are the readers'. Static files and /healthz stand before it.

Who sends something is there for as long as the sending takes. Bodies that trickle, from eight telephones or from one
who means it, must not take every place: at most SENDING are for such requests. nginx gathers a body before a worker
hears of it: behind deploy/nginx.conf nobody notices (the drill `slow`); without it readers wait, and are served.
"""

import threading
import time

from articles.views import errors

from .environment import THREADS

INSIDE = THREADS // 2  # as many as keep a core busy while some wait for the database
SENDING = max(1, INSIDE - 1)
PATIENCE = 4.0  # seconds; on a machine that is merely busy somebody leaves much sooner


class RoomMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self._begun, self._sending, self._room = {}, {}, threading.Condition()

    def __call__(self, request):
        if request.path == "/healthz":
            return self.get_response(request)
        mine = self._enter(request.method not in {"GET", "HEAD"})
        if mine is None:
            return errors.unavailable(request)
        try:
            return self.get_response(request)
        finally:
            with self._room:
                del self._begun[mine]
                self._sending.pop(mine, None)
                self._room.notify_all()  # there are few, and not each may take each place

    def _enter(self, is_sending):
        """A name for this visit; None where nobody leaves."""
        with self._room:
            while full := self._full(is_sending):
                left = max(full.values()) + PATIENCE - time.monotonic()
                if left <= 0:
                    return None
                self._room.wait(left)
            mine = object()
            self._begun[mine] = time.monotonic()
            if is_sending:
                self._sending[mine] = self._begun[mine]
            return mine

    def _full(self, is_sending):
        """Those of whom one has to leave, {visit: when it began}; nobody where there is room."""
        if is_sending and len(self._sending) >= SENDING:
            return self._sending
        return self._begun if len(self._begun) >= INSIDE else {}
