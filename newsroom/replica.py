"""A read replica for readers: which of the two databases answers which question (DATABASE_REPLICA_URL).

Design notes
- Only a request that reads, without a session, outside the desk is answered by the replica. Everything else is the
  primary's: whoever is signed in, whatever is inside a transaction or locks rows, commands, threads, and the rest of a
  request once it has written. So the desk reads what it wrote, always.
- A publication is seen at once although a replica lags: its commit purges the page cache, and the page that is made
  anew would be kept for long, so it may not be made from yesterday's rows. After every commit that readers could see,
  the place of the primary's log is put into Redis (`MARK`), before the purge is sent: the hook that does it goes
  first. A request asks the replica whether it has come that far; if it has not,
  the primary answers. No waiting: the page cache in front makes this rare, and a lagging replica needs no further load.
- Nobody knows the mark (Redis was restarted): the primary is asked once how far it is. Redis is down: the primary
  answers. The replica is down, cut off, or cancels a question because the primary's changes need its rows: the primary
  answers, this request too, and the replica is asked again after PAUSE.
"""

import logging
import re
import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import redis
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction
from django.db.backends.signals import connection_created

PRIMARY, REPLICA = "default", "replica"
MARK = "newsroom:replica-mark"
PAUSE = 5  # seconds in which a replica that did not answer is left alone; each try may cost its connect_timeout
OF_THE_DESK = ("/admin/", "/xem-truoc/", "/xem-ban/")
_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY|WITH|CALL)\b", re.IGNORECASE)
# What is written all the time and what no reader is shown, or not at once: it need not send readers to the primary.
_UNSEEN = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(?:django_session|django_admin_log|auth_user|'
    r"articles_(?:readcount|presence|effect|receipt|notice|trailentry|alert))\b"
)
log = logging.getLogger(__name__)
_request = ContextVar("replica_request", default=None)


class Reading:
    """One request that may read from the replica; decided at its first question."""

    def __init__(self):
        self.place = None

    def choose(self):
        if self.place is None:
            self.place = REPLICA if _has_caught_up() else PRIMARY
        return self.place


class ReplicaRouter:
    """Django's router. Outside a request of a reader nothing is asked of the replica."""

    def __init__(self):
        connection_created.connect(note_writes, dispatch_uid="replica")
        note_writes(None, connections[PRIMARY])  # which may be open already

    def db_for_read(self, model, **hints):
        reading = _request.get()
        return PRIMARY if reading is None or connections[PRIMARY].in_atomic_block else reading.choose()

    def db_for_write(self, model, **hints):
        if reading := _request.get():
            reading.place = PRIMARY
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True  # the same rows, read in two places

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


class ReplicaMiddleware:
    """The last one: between it and the view stands nothing, so a view can be asked once more."""

    def __init__(self, get_response):
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if not may_read_replica(request):
            return self.get_response(request)
        with reading():
            return self.get_response(request)

    def process_exception(self, request, exception):
        """The replica broke off in the middle: the view begins again, on the primary."""
        reading = _request.get()
        if not isinstance(exception, (OperationalError, InterfaceError)) or not reading or reading.place != REPLICA:
            return None
        _leave_alone(exception)
        reading.place = PRIMARY
        return self.get_response(request)


def may_read_replica(request):
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in {"GET", "HEAD"} and not is_signed_in and not request.path.startswith(OF_THE_DESK)


@contextmanager
def reading():
    """What is asked inside may be answered by the replica."""
    token = _request.set(Reading())
    try:
        yield
    finally:
        _request.reset(token)


# How far the replica is

_alone_until = 0.0


def _has_caught_up():
    if time.monotonic() < _alone_until:
        return False
    try:
        mark = _shared().zscore(MARK, PRIMARY)
        if mark is None:
            mark = set_mark()
    except (redis.RedisError, DatabaseError) as error:
        log.warning("The replica is not asked, because Redis does not tell how far it must be: %s", error)
        return False
    return _has_replayed(mark)


def _has_replayed(mark):
    """Whether the replica shows all that was committed before `mark`. A server that is no replica knows no place."""
    for is_last in (False, True):  # a connection that was cut while it lay idle fails once
        try:
            with connections[REPLICA].cursor() as cursor:
                cursor.execute("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') >= %s", [int(mark)])
                return bool(cursor.fetchone()[0])
        except DatabaseError as error:
            was_open = connections[REPLICA].connection is not None
            connections[REPLICA].close()
            if is_last or not was_open:
                _leave_alone(error)
                break
    return False


def _leave_alone(error):
    global _alone_until
    _alone_until = time.monotonic() + PAUSE
    connections[REPLICA].close()
    log.warning("The replica does not answer, the primary does: %s", error)


# How far it must be


def note_writes(sender, connection, **kwargs):
    """Every new connection to the primary notes what is written through it, by whichever door."""
    if connection.alias == PRIMARY and _noted not in connection.execute_wrappers:
        connection.execute_wrappers.append(_noted)


def _noted(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if _WRITES.match(sql) and not _UNSEEN.match(sql):
        connection = context["connection"]
        if not any(hook is _tell_mark for _savepoints, hook, *_ in connection.run_on_commit):
            transaction.on_commit(_tell_mark, using=PRIMARY)  # at once where there is no transaction
            if connection.in_atomic_block:  # before a purge that was asked for before the first row was written
                connection.run_on_commit.insert(0, connection.run_on_commit.pop())
    return result


def _tell_mark():
    """What is committed is committed: a mark that could not be set makes no error of it."""
    try:
        set_mark()
    except (redis.RedisError, DatabaseError):
        log.exception("The mark for the replica could not be set: until the next one readers may see what was before.")


def set_mark():
    """From now on readers see all that is committed. Returns the place in the primary's log, in bytes.

    GT: of two commits at once the later place stays, whoever of them comes last."""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        place = cursor.fetchone()[0]
    _shared().zadd(MARK, {PRIMARY: place}, gt=True)  # a score is exact up to 2**53 bytes of log, 9 petabytes
    return place


@cache
def _shared():
    """Redis itself: Django's cache cannot keep the greater of two values."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
