"""From a change in a transaction to a purge after its commit: one, however many rows were touched.

A purge that was asked for in a part of a transaction that is taken back may still happen; that costs a rendering and
nothing else. Past tags.MOST tags everything goes.
"""

import logging
from functools import lru_cache
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection, transaction

from . import tags
from .purges import FileLog, Purges, RedisLog
from .tags import Level

log = logging.getLogger(__name__)


def purges():
    """The Purges of this process."""
    return _opened(str(settings.PAGES_ROOT), settings.REDIS_URL)


@lru_cache(maxsize=1)
def _opened(folder, redis_url):
    if not redis_url:
        return Purges(FileLog(Path(folder)))
    client = redis.Redis.from_url(redis_url, socket_timeout=0.25, socket_connect_timeout=0.25)
    return Purges(RedisLog(client, redis.RedisError))


def purge(names, *, hard=False):
    """Drop the pages with these tags once the transaction is committed, now where there is none.

    `names`: tags, or {tag: Level}.
    """
    found = names if isinstance(names, dict) else dict.fromkeys(names, Level.HARD if hard else Level.PLAIN)
    if not found:
        return
    waiting = getattr(connection, "_pages_to_purge", None)
    if waiting is None or not any(hook[1] is waiting for hook in connection.run_on_commit):
        waiting = connection._pages_to_purge = _Waiting()
        waiting.add(found)
        transaction.on_commit(waiting, robust=True)
    else:
        waiting.add(found)


def purge_now(found):
    """`found`: {tag: Level}."""
    purges().append(found)


class _Waiting:
    """What a transaction will purge; called when it is committed."""

    def __init__(self):
        self._found = {}

    def add(self, found):
        self._found = tags.joined(self._found, found)

    def __call__(self):
        purge_now(self._found)
