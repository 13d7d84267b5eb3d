"""The newsroom of one drill. Its folder and its fresh database come from the runner (__main__.py), servers from here.

Imported first by every drill: it sets Django up, for the database that the runner chose.
"""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ["VAR_DIR"])
# Playwright's synchronous API runs an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
FIRST, MANY = int(os.environ.get("DRILL_PORT", 8300)), 45  # ports that this drill may take (FIRST_PORTS in __main__.py)
PORTS = itertools.cycle(range(FIRST, FIRST + MANY))  # each call takes the next: what it answers is not bound yet

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402 (settings first)


class Server:
    """The production server; `prefork` is the stand-in whose processes are back at once when they are killed."""

    def __init__(self, workers=2, *, port=None, prefork=False, root=ROOT, **variables):
        self.port = port or free_port()
        self.home = f"http://127.0.0.1:{self.port}"
        module = "tests.drills.prefork" if prefork else "newsroom.server"
        wanted = {"PORT": self.port, "SITE_URL": self.home, "WORKERS": workers, **variables}
        wanted |= {"SECRET_KEY": settings.SECRET_KEY}  # sessions are made by the drill, also where VAR_DIR is another
        self._env, self._root = env(**wanted), root
        self._command, self.log = [sys.executable, "-m", module], VAR / f"server-{self.port}.log"

    def start(self, wait=True):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 (ours)
                self._command, cwd=self._root, env=self._env, stdout=log, stderr=log
            )
        if wait:
            self.wait()
        return self

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.home}/healthz", timeout=5).close()  # noqa: S310 (ours)
                return
            time.sleep(0.05)
        raise SystemExit(f"The server does not answer: {self.said()[-1500:]}")

    def workers(self):
        """The process ids of its workers."""
        pid = self.process.pid
        with contextlib.suppress(OSError):
            return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def said(self):
        return self.log.read_text(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                kill(*self.workers(), self.process.pid)
        self.process.wait()

    def lose_one(self, dice):
        """`kill -9` of one of its workers, whatever that is at."""
        if found := self.workers():
            kill(dice.choice(found))

    def kill(self):
        """All of it at once, as the system does when memory runs out."""
        kill(*self.workers(), self.process.pid)
        self.process.wait()


@contextlib.contextmanager
def server(workers=2, **options):
    found = Server(workers, **options)
    try:
        yield found.start()
    finally:
        found.stop()


def env(**variables):
    """That of the drill, and what is said here."""
    return {**os.environ, **{name: str(said) for name, said in variables.items()}}


def manage(*words, **variables):
    """A command in a process of its own, which somebody else waits for."""
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.Popen(  # noqa: S603 (ours)
        command, cwd=ROOT, env=env(**variables), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def kill(*pids, how=signal.SIGKILL):
    """Processes, never a group of them: 0 and -1 mean many."""
    assert all(pid > 1 for pid in pids)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)


def free_port():
    for port in itertools.islice(PORTS, MANY):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise SystemExit(f"None of {MANY} ports from {FIRST} on is free.")


def until(check, seconds, pause=0.1):
    """Wait for `check()`; the seconds it took, or None."""
    begun = time.monotonic()
    while not check():
        if time.monotonic() - begun > seconds:
            return None
        time.sleep(pause)
    return time.monotonic() - begun


@contextlib.contextmanager
def other_database(url):
    """The drill's own questions go to another database than the one it was given."""
    connections.close_all()
    chosen, name = connections["default"].settings_dict, url.rpartition("/")[2]
    before = chosen["NAME"]
    chosen["NAME"] = url.removeprefix("sqlite:///") if url.startswith("sqlite") else name
    try:
        yield
    finally:
        connections.close_all()
        chosen["NAME"] = before


@contextlib.contextmanager
def moved(place):
    """The database of this drill on another disk."""
    connections.close_all()
    shutil.copyfile(connections["default"].settings_dict["NAME"], place)
    with other_database(f"sqlite:///{place}"):
        yield
