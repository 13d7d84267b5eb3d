"""From a change in a transaction to a purge after its commit: one, however many rows were touched.

It is owed by the transaction too (articles/outbox): what the process cannot do, because it is killed right after the
commit or a cache in front does not answer, is done later, by any other. A purge that was asked for in a part of a
transaction that is taken back may still happen; that costs a rendering and nothing else. Past tags.MOST tags everything
goes.
"""

import uuid
from collections import deque
from functools import lru_cache
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection, transaction

from articles.models import Effect
from articles.outbox import handles, owe

from . import ahead, tags
from .purges import FileLog, Purges, RedisLog
from .tags import Level

KIND = "purge"
TIMEOUT = 0.25  # seconds in which Redis answers, or readers do without
_done_here = deque(maxlen=1_000)  # the keys of what this process has purged from its own store


def purges():
    """The Purges of this process."""
    return _opened(str(settings.PAGES_ROOT), settings.REDIS_URL)


@lru_cache(maxsize=1)
def _opened(folder, redis_url):
    if not redis_url:
        return Purges(FileLog(Path(folder)))
    limits = {"socket_timeout": TIMEOUT}
    if not redis_url.startswith("unix:"):
        limits["socket_connect_timeout"] = TIMEOUT
    client = redis.Redis.from_url(redis_url, **limits)
    return Purges(RedisLog(client, redis.RedisError))


def purge(names, *, hard=False):
    """Drop the pages with these tags once the transaction is committed, now where there is none.

    `names`: tags, or {tag: Level}.
    """
    found = names if isinstance(names, dict) else dict.fromkeys(names, Level.HARD if hard else Level.PLAIN)
    if not found:
        return
    if not connection.in_atomic_block:
        purge_now(found)
        _owe_ahead(found)
        return
    waiting = getattr(connection, "_pages_to_purge", None)
    if waiting is None or waiting.is_done or not any(hook[1] is waiting for hook in connection.run_on_commit):
        waiting = connection._pages_to_purge = _Waiting(found)
        transaction.on_commit(waiting, robust=True)  # before what it owes: a cache in front asks this one
        waiting.owe()
    else:
        waiting.add(found)


def purge_now(found):
    """In the store of this machine, or of all that share a Redis. `found`: {tag: Level}."""
    purges().append(found)


class _Waiting:
    """What a transaction will purge; called when it is committed."""

    def __init__(self, found):
        self._found, self._key, self._effect = tags.joined(found), uuid.uuid4().hex, None
        self.is_done = False

    def owe(self):
        self._effect = owe(KIND, self._key, self._found)

    def add(self, found):
        joined = tags.joined(self._found, found)
        if joined != self._found:
            self._found = joined
            Effect.objects.filter(pk=self._effect.pk).update(payload=joined)

    def __call__(self):
        self.is_done = True
        purge_now(self._found)
        _done_here.append(self._key)


def _owe_ahead(found):
    if settings.PURGE_URLS:
        key = uuid.uuid4().hex
        _done_here.append(key)
        owe(KIND, key, found)


@handles(KIND)
def _purge_everywhere(key, payload):
    found = {tag: Level(level) for tag, level in payload.items()}
    if key not in _done_here:
        purge_now(found)
    for address in settings.PURGE_URLS:
        ahead.send(address, found)
