"""How long the server waits for PostgreSQL, and what it does while that says nothing.

Design notes
- PostgreSQL's own limits (LIMITS) end what takes too long, while it lives. One that is paused, or whose machine went
  away without a word, keeps no limit; TCP does not end the wait either, as long as a kernel acknowledges. So each wait
  ends here, in a callback that psycopg2 calls instead of waiting by itself.
- One request waits so long, or as many as were under way; then nobody does. For PAUSE seconds every question to that
  server fails at once, readers are answered from the page cache, and the desk with 503. Then a single one looks.
- Only in the server (newsroom/wsgi.py). Commands run long statements on purpose, and COPY, which psycopg2 refuses
  where such a callback is set.
"""

import logging
import select
import time

import psycopg2
from django.db.backends.signals import connection_created
from psycopg2 import extensions

CONNECTING, ANSWERING = 3.0, 12.0  # seconds; the second is longer than statement_timeout, which leaves the connection
PAUSE = 5.0  # seconds in which a server that said nothing is left alone
# A transaction that a stopped process left open gives its locks back.
LIMITS = "SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'"
CONNECTED = {extensions.STATUS_READY, extensions.STATUS_BEGIN, extensions.STATUS_PREPARED}

log = logging.getLogger(__name__)


class Patience:
    """psycopg2's wait callback. `silent`: {server: until when nobody asks it}."""

    def __init__(self, clock=time.monotonic):
        self._clock, self.silent = clock, {}

    def __call__(self, line):
        server, limit = line.dsn, ANSWERING if line.status in CONNECTED else CONNECTING
        until, now = self.silent.get(server), self._clock()
        if until is not None:
            if now < until:
                raise psycopg2.OperationalError("The database said nothing a moment ago and is not asked.")
            limit = CONNECTING
            self.silent[server] = now + limit  # this request looks; no other meanwhile
        if not _wait(line, now + limit, self._clock):
            self.silent[server] = self._clock() + PAUSE
            log.error("PostgreSQL says nothing: for %s s nobody asks it.", PAUSE)
            raise psycopg2.OperationalError("The database says nothing.")
        if until is not None:
            self.silent.pop(server, None)


def _wait(line, end, clock):
    """Whether it was done in time. What the server refuses is raised by `poll`."""
    poll = select.poll()
    while (state := line.poll()) != extensions.POLL_OK:
        file = line.fileno()
        poll.register(file, select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        is_there = poll.poll(max(0, (end - clock()) * 1000))
        poll.unregister(file)  # a connection that tries the next address has another
        if not is_there:
            return False
    return True


def set_limits(sender, connection, **kwargs):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LIMITS)


def begin():
    """For this process, from the next connection on."""
    extensions.set_wait_callback(Patience())
    connection_created.connect(set_limits, dispatch_uid="limits")
