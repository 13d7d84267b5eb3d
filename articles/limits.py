"""How often one sender may ask for what is dear: counted by all processes together, and kept nowhere.

Design notes
- A window of so many seconds, a count in it. One machine: the counts lie in a file of fixed size that its processes map
  into memory, a slot for each keyed hash of limit and sender. So a million senders take no more room than one, nothing
  in it tells who asked, and two that share a slot share a count, which is rare and harms neither. It is written whole
  when it is made: on a full disk a hole in a mapped file would kill the process that touches it.
- With REDIS_URL all machines count together, in Django's cache. While it does not answer, each counts by itself.
- Fails open. These limits keep the site quick and guard no secret; where nothing can be counted, everybody is answered.
"""

import fcntl
import logging
import math
import mmap
import os
import threading
import time
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

SLOTS = 2**17  # of eight bytes each
_HALF = 2**32  # of a slot: the window in the upper half, the count in the lower
QUIET = 5  # seconds in which a cache that did not answer is not asked again

log = logging.getLogger(__name__)


class Limit(NamedTuple):
    name: str
    most: int  # requests of one sender
    seconds: int  # in so long


class FileCounts:
    """Counts that all processes of a machine share."""

    def __init__(self, path):
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < SLOTS * 8:
            os.posix_fallocate(self._file, 0, SLOTS * 8)
        self._slots = memoryview(mmap.mmap(self._file, SLOTS * 8)).cast("Q")
        self._lock = threading.Lock()

    def add(self, key, window):
        """One more in this window; how many it are."""
        place, window = int.from_bytes(key[:8], "big") % SLOTS, window % _HALF
        with self._lock:  # of the threads; the record lock below is one of processes
            fcntl.lockf(self._file, fcntl.LOCK_EX, 8, place * 8)
            try:
                then, count = divmod(self._slots[place], _HALF)
                count = min(count + 1, _HALF - 1) if then == window else 1
                self._slots[place] = window * _HALF + count
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 8, place * 8)
        return count


_counts_of = lru_cache(4)(FileCounts)
_quiet = {"until": 0.0}


def over(limit, who, at=None):
    """Count one more request of a sender; 0 where it is within the limit, else the seconds until the next window."""
    window, gone = divmod(time.time() if at is None else at, limit.seconds)
    key = salted_hmac("articles.limits", f"{limit.name}\0{who}", algorithm="sha256").digest()
    try:
        count = _count(key, int(window), limit.seconds)
    except OSError as error:
        log.warning("Requests are not counted: %s", error)
        return 0
    return math.ceil(limit.seconds - gone) if count > limit.most else 0


def _count(key, window, seconds):
    if settings.REDIS_URL and time.monotonic() > _quiet["until"]:
        try:
            return _count_in_cache(f"limit:{key.hex()[:32]}:{window}", seconds)
        except Exception as error:  # noqa: BLE001 (each cache has errors of its own; Redis' are no OSError)
            log.warning("This machine counts requests by itself, the cache does not answer: %s", error)
            _quiet["until"] = time.monotonic() + QUIET
    return _counts_of(settings.LIMITS_FILE).add(key, window)


def _count_in_cache(name, seconds):
    cache.add(name, 0, 2 * seconds)
    try:
        return cache.incr(name)
    except ValueError:  # it went out between the two lines
        return 1
