"""The thread of a server process that does what is slow, what is due later, and what others left behind."""

import logging
import os
import threading
from datetime import timedelta
from multiprocessing import util

from django.db import Error, close_old_connections, connections
from django.utils import timezone

from articles.models import Effect

from .doing import prune, run_due

IDLE = 5  # seconds between two looks (one read of a small index) when nobody wakes it
LONGEST_FORK = 5  # seconds that a server waits for the thread before it forks all the same
PRUNE_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


class EffectsThread:
    """Runs from `start` on, in this process and in those that are forked from it, until the process ends."""

    def __init__(self):
        self._is_on = False
        self._chores = []
        self._reset()

    def _reset(self):
        self._thread, self._wake, self._stop = None, threading.Event(), threading.Event()
        self._looking, self._is_held = threading.Lock(), False
        self._done_at = {}

    def every(self, seconds, chore):
        """Have a function called about so often, in every process in which the thread runs."""
        self._chores.append((timedelta(seconds=seconds), chore))

    def start(self):
        if not self._is_on:
            self._is_on = True
            util.Finalize(None, self.stop, exitpriority=1)  # not atexit, which a server's workers do not run
        self._run_in_thread()

    def before_fork(self):
        """Let it finish what it is at: a module that it is just importing would stay half imported in the child."""
        self._is_held = self._looking.acquire(timeout=LONGEST_FORK)

    def after_fork_in_parent(self):
        if self._is_held:
            self._looking.release()

    def after_fork_in_child(self):
        """A forked process has neither the thread nor the locks of its parent in a state that can be used."""
        self._reset()
        if self._is_on:
            self._run_in_thread()

    def wake(self):
        """Something slow is due now. Where no thread runs (the shell, tests) it waits for one of a server."""
        self._wake.set()
        if self._is_on and not self._stop.is_set() and not self._thread.is_alive():
            self._run_in_thread()

    def stop(self):
        """What it is at is finished or, when the process does not wait for it, done by another after the lease."""
        self._is_on = False
        self._stop.set()
        self._wake.set()

    def _run_in_thread(self):
        self._thread = threading.Thread(target=self.run, name="effects", daemon=True)
        self._thread.start()

    def run(self):
        """Do what is due until `stop`; also the work of `manage.py run_effects`, in its own process."""
        try:
            while not self._stop.is_set():
                self._wake.clear()  # before looking: what is owed while it looks is not slept over
                with self._looking:
                    seconds = self._look()
                self._wake.wait(seconds)
        finally:
            connections.close_all()  # those of this thread

    def _look(self):
        """Do what is due; for how many seconds there is nothing to do then."""
        try:
            close_old_connections()  # what a request does by signal: replaces one that was cut or is too old
            while run_due() and not self._stop.is_set():
                pass
            for interval, chore in [(PRUNE_EVERY, prune), *self._chores]:
                self._do_now_and_then(interval, chore)
            return _seconds_to_next()
        except Error as error:
            log.warning("What is owed waits for the database: %s", error)
            connections.close_all()
            return IDLE
        finally:
            close_old_connections()

    def _do_now_and_then(self, interval, chore):
        now, last = timezone.now(), self._done_at.get(chore)
        if last is None or not timedelta(0) <= now - last <= interval:  # also where the clock was set back
            self._done_at[chore] = now
            try:
                chore()
            except Error:
                raise
            except Exception:  # whatever breaks there, what is owed is done
                log.exception("%s failed", chore.__name__)


def _seconds_to_next():
    due_at = Effect.objects.waiting().order_by("due_at", "pk").values_list("due_at", flat=True).first()
    return IDLE if due_at is None else min(max((due_at - timezone.now()).total_seconds(), 0.05), IDLE)


thread = EffectsThread()
os.register_at_fork(
    before=thread.before_fork, after_in_parent=thread.after_fork_in_parent, after_in_child=thread.after_fork_in_child
)
