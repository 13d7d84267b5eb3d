"""Room for readers while the desk's requests hang: one thread of each worker does nothing that could hang with them.

A page that is kept is answered before Django is asked, and asks nothing; but it needs a thread. So where all others of
a worker have been at their requests for longer than PATIENCE (a database that is locked or says nothing), the next one
that comes as far as Django is told to come back, at once. Static files and /healthz stand before it.
"""

import threading
import time

from articles.views import errors

from .environment import THREADS

PATIENCE = 4.0  # seconds; on a machine that is merely busy requests do not take as long


class RoomMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self._begun, self._lock = {}, threading.Lock()

    def __call__(self, request):
        if request.path == "/healthz":
            return self.get_response(request)
        mine, now = object(), time.monotonic()
        with self._lock:
            is_full = sum(now - begun > PATIENCE for begun in self._begun.values()) >= THREADS - 1
            if not is_full:
                self._begun[mine] = now
        if is_full:
            return errors.unavailable(request)
        try:
            return self.get_response(request)
        finally:
            with self._lock:
                del self._begun[mine]
