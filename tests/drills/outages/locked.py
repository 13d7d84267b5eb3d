"""R5 on SQLite. Another program holds the file for half a minute; then the disk turns read-only, as after an error.

The read-only disk is a small ext4 in a file, told to abort (`mount -o remount,abort`), which is what the kernel does
when a disk fails under files that are open.
"""

import contextlib
import sqlite3
import subprocess
import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.conf import settings
from django.db import connections

from tests import factories
from tests.drills.asking import Crowd, ask
from tests.drills.ledger import Ledger, Outcome
from tests.drills.outages.database import EDITORS, LEAST, RATE, SLOW, Savers, pages

LOCKED, READ_ONLY = 30, 10


def drill(is_long):
    found = Outcome()
    factories.many(200, when="2026-01-05 08:00")
    articles = [factories.published(when=f"2026-01-06 08:{number:02}") for number in range(59)]
    with newsroom.server() as server:
        savers = Savers(server.home, EDITORS, Ledger())
        connections.close_all()
        savers.save(0)
        with Crowd(server.home, pages(articles), RATE) as crowd:
            time.sleep(2)
            locked(found, server, crowd, savers)
        savers.compare(found)
    connections.close_all()
    read_only(found, articles)
    return found


def locked(found, server, crowd, savers):
    with contextlib.closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        saving = threading.Thread(target=savers.save, args=("locked",))
        saving.start()
        time.sleep(LOCKED / 2)
        fresh = ask(server.home, "/tim-kiem/?q=chua-ai-tim", timeout=LOCKED)
        time.sleep(max(0, begun + LOCKED - time.monotonic()))
        other.execute("ROLLBACK")
        ended = time.monotonic()
    saving.join()
    rows = crowd.since(begun, ended)
    good = sum(status in {200, 304} and took < SLOW for _due, took, status, _how in rows)
    found.figure(f"locked {LOCKED} s: {100 * good / len(rows):.1f} % of {len(rows)} readers served within {SLOW:.0f} s")
    found.expect(100 * good / len(rows) >= LEAST, f"readers of the lock: {dict(crowd.statuses(begun, ended))}")
    found.expect(fresh.status in {200, 503}, f"a page that nobody kept: {fresh.status}")
    savers.save("after")


def read_only(found, articles):
    with small_disk(96) as place:
        paths = pages(articles)
        where = {"DATABASE_URL": f"sqlite:///{place}/news.sqlite3", "VAR_DIR": place / "var", "RECEIPTS": 0}
        with newsroom.moved(place / "news.sqlite3"), newsroom.server(**where) as server:
            [ask(server.home, path) for path in paths]
            people = Savers(server.home, 2, Ledger())
            connections.close_all()
            people.open()
            with Crowd(server.home, paths, RATE) as crowd:
                time.sleep(1)
                subprocess.run(["mount", "-o", "remount,abort", str(place)], check=False)  # noqa: S603, S607 (ours)
                begun = time.monotonic()
                people.save("read-only")
                refused = [answer.status for answer in people.answers]
                login = ask(server.home, "/admin/login/")
                time.sleep(READ_ONLY)
                served, counted = crowd.served(begun), dict(crowd.statuses(begun))
    found.figure(f"disk read-only {READ_ONLY} s: {served:.1f} % served")
    found.expect(served >= LEAST, f"readers of a read-only disk: {counted}")
    found.expect(set(refused) == {503}, f"saves on a read-only disk: {refused}")
    found.expect(login.status == 200, f"the login page: {login.status}")


@contextlib.contextmanager
def small_disk(megabytes):
    """A disk of its own; needs root."""
    image, place = newsroom.VAR / "disk", newsroom.VAR / "mounted"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    for command in (["mkfs.ext4", "-q", "-F", image], ["mount", "-o", "loop,errors=remount-ro", image, place]):
        done = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)  # noqa: S603 (ours)
        if done.returncode:
            raise SystemExit(f"no small disk ({' '.join(map(str, command))}: {done.stderr.strip()}); it needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S603, S607 (ours)
