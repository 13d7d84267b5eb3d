"""Reads on their way to the database: counted in memory, written by the way, a few rows every ten seconds.

What can be lost: a process that is killed (kill -9, power) loses the reads since its last flush, ten seconds of them;
one that is stopped properly loses none. While the database is down they wait here, up to MOST_KEYS articles and hours.
"""

import logging
import os
import threading
from collections import Counter
from multiprocessing import util

from django.db import Error, connection, connections, transaction
from django.utils import timezone

from articles.models import Article, ReadCount

MOST_KEYS = 10_000  # of (article, hour): about 2 MB, and the end of what invented ids can fill
ROWS_A_STATEMENT = 500

logger = logging.getLogger(__name__)


class ReadBuffer:
    """Counts of (article id, hour), safe for threads. Nothing runs by itself until `flush_every` was called."""

    def __init__(self):
        self._interval = None
        self.reset()

    def reset(self):
        """Begin empty; also what a forked process does, whose parent keeps its thread and its counts."""
        self._counts, self._thread = Counter(), None
        self._lock, self._flushing, self._stop = threading.Lock(), threading.Lock(), threading.Event()

    def flush_every(self, seconds):
        """Have a thread write every so many seconds, from the first read on, and once more when the process ends."""
        self._interval = seconds
        util.Finalize(None, self.stop, exitpriority=1)  # not atexit, which a server's workers do not run

    def add(self, article_id, at=None, reads=1):
        hour = (at or timezone.now()).replace(minute=0, second=0, microsecond=0)
        with self._lock:
            self._add((article_id, hour), reads)
            self._start()

    def _add(self, key, reads):
        if key in self._counts or len(self._counts) < MOST_KEYS:
            self._counts[key] += reads

    def _start(self):
        """A thread that died, or that stayed behind in the parent of a fork, is replaced at the next read."""
        if self._interval and not (self._thread and self._thread.is_alive()) and not self._stop.is_set():
            self._thread = threading.Thread(target=self._run, name="reads", daemon=True)
            self._thread.start()

    def _run(self):
        while not self._stop.wait(self._interval):
            self._flush_and_close()

    def stop(self):
        self._stop.set()
        self._flush_and_close()

    def _flush_and_close(self):
        try:
            self.flush()
        finally:
            connections.close_all()  # of this thread, which asks once in ten seconds

    def flush(self):
        """Write what was counted; how many rows. What cannot be written stays for the next time."""
        with self._flushing:
            with self._lock:
                counts, self._counts = self._counts, Counter()
            is_done = False
            try:
                rows = write(counts) if counts else 0
                is_done = True
            except Error as error:
                logger.warning("Reads wait for the database: %s", error)
                rows = 0
            finally:
                if not is_done:
                    with self._lock:
                        for key, reads in counts.items():
                            self._add(key, reads)
        return rows


def write(counts):
    """Add {(article id, hour): reads} to the stored counts; of what readers may not see nothing is kept."""
    with transaction.atomic():
        public = set(
            Article.objects.published().filter(pk__in={pk for pk, _hour in counts}).values_list("pk", flat=True)
        )
        # In one order in all processes: two that add to the same rows wait for each other, and never in a circle.
        rows = [(pk, hour, reads) for (pk, hour), reads in sorted(counts.items()) if pk in public]
        with connection.cursor() as cursor:
            for first in range(0, len(rows), ROWS_A_STATEMENT):
                _upsert(cursor, rows[first : first + ROWS_A_STATEMENT])
    return len(rows)


def _upsert(cursor, rows):
    """In SQL, the same on both databases: Django's upsert replaces a value and cannot add to it."""
    table = connection.ops.quote_name(ReadCount._meta.db_table)
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    moment = connection.ops.adapt_datetimefield_value
    cursor.execute(
        f"INSERT INTO {table} (article_id, hour, reads) VALUES {values} "  # noqa: S608 (names of ours, values bound)
        f"ON CONFLICT (article_id, hour) DO UPDATE SET reads = {table}.reads + excluded.reads",
        [value for pk, hour, reads in rows for value in (pk, moment(hour), reads)],
    )


buffer = ReadBuffer()
os.register_at_fork(after_in_child=buffer.reset)
