"""Who makes a page anew: one request of all threads and processes of a machine; the others are told.

A lock of the system on a file, which ends with the process that holds it, however it ends. The files are few: two pages
that share one make a request wait that need not, a moment, and no more. Other machines have pages of their own to make.
Where no file can be opened (a disk that is full, or read-only) everybody makes his page himself.
"""

import contextlib
import fcntl
import logging
import os
import zlib

FILES = 512

log = logging.getLogger(__name__)


class Leases:
    def __init__(self, folder):
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def take(self, key):
        """with take(key) as mine: whether this request is the one. Never waits."""
        path = self._folder / f"{zlib.crc32(key.encode()) % FILES:03}"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        except OSError as error:
            log.warning("Nobody can be told who makes a page: %s", error)
            yield True
            return
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(descriptor)  # and with it the lock
