"""Room for readers while other requests hang: of the threads of each worker only INSIDE are ever in Django.

A page that is kept is answered before Django is asked, and asks nothing; but it needs a thread. Whoever comes as far as
Django while INSIDE others are there waits for one of them to leave, as he would for a thread. But where all of these
have been there for longer than PATIENCE (a database that is locked, or says nothing), everybody who waits or comes is
told to come back, at once, and the threads are the readers'. Static files and /healthz stand before it.
"""

import threading
import time

from articles.views import errors

from .environment import THREADS

INSIDE = THREADS // 2  # as many as keep a core busy while some wait for the database
PATIENCE = 4.0  # seconds; on a machine that is merely busy somebody leaves much sooner


class RoomMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self._begun, self._room = {}, threading.Condition()

    def __call__(self, request):
        if request.path == "/healthz":
            return self.get_response(request)
        mine = self._enter()
        if mine is None:
            return errors.unavailable(request)
        try:
            return self.get_response(request)
        finally:
            with self._room:
                del self._begun[mine]
                self._room.notify()

    def _enter(self):
        """A name for this visit; None where nobody leaves."""
        with self._room:
            while len(self._begun) >= INSIDE:
                left = max(self._begun.values()) + PATIENCE - time.monotonic()
                if left <= 0:
                    return None
                self._room.wait(left)
            mine = object()
            self._begun[mine] = time.monotonic()
            return mine
