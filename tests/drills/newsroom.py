"""A newsroom of its own for a drill: a fresh database and the production server on a free port.

DATABASE_URL chooses the engine, as for the product; what is in that database is not touched: the drill makes one beside
it and throws it away.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = tempfile.TemporaryDirectory(prefix="newsroom-drill-")
os.environ["VAR_DIR"] = VAR.name
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR.name}/newsroom.sqlite3")
# Playwright's synchronous API runs an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402 (the settings are read from here on)

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402


@contextlib.contextmanager
def database(in_place=False):
    """A fresh database with the newsroom's tables and roles; gives the DATABASE_URL by which a server finds it.

    `in_place`: the one that DATABASE_URL names, as it is, which the drill writes to.
    """
    if in_place:
        yield os.environ["DATABASE_URL"]
        connections.close_all()
        return
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        settings["TEST"]["NAME"] = f"{VAR.name}/drill.sqlite3"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield f"sqlite:///{name}" if connection.vendor == "sqlite" else _beside(os.environ["DATABASE_URL"], name)
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(name, verbosity=0)


@contextlib.contextmanager
def server(url, workers=2, port=None):
    """The production server on that database; gives its address."""
    port = port or free_port()
    call_command("collectstatic", interactive=False, verbosity=0)
    home = f"http://127.0.0.1:{port}"
    wanted = {"DATABASE_URL": url, "PORT": str(port), "SITE_URL": home, "WORKERS": str(workers)}
    command = [sys.executable, "-m", "newsroom.server"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **wanted})  # noqa: S603 (ours)
    try:
        _wait_for(home)
        yield home
    finally:
        process.terminate()
        process.wait(timeout=40)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _beside(url, name):
    address, _slash, rest = url.rpartition("/")
    _old, mark, options = rest.partition("?")
    return f"{address}/{name}{mark}{options}"


def _wait_for(home):
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{home}/healthz", timeout=5).close()  # noqa: S310 (ours)
            return
        time.sleep(0.1)
    raise SystemExit("The server does not answer.")
