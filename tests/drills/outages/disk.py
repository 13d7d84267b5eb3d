"""R6. The disk of database and media is full: uploads and saves are refused with a reason, readers notice nothing.

A small disk of its own in memory (needs root), filled to its last byte and freed again, twice.
"""

import contextlib
import subprocess
import time
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from tests import factories
from tests.drills.asking import Crowd, Person
from tests.drills.ledger import Ledger, Outcome
from tests.drills.outages.database import LEAST, RATE, Savers, pages

MEGABYTES, PICTURES = 64, 20
UPLOAD = "/admin/articles/photo/upload/"


def drill(is_long):
    found = Outcome()
    articles = [factories.published(when=f"2026-01-06 08:{number:02}") for number in range(59)]
    factories.many(50, when="2026-01-05 08:00")
    with memory_disk(MEGABYTES) as place:
        where = {"DATABASE_URL": f"sqlite:///{place}/news.sqlite3", "VAR_DIR": place / "var", "RECEIPTS": 0}
        with newsroom.moved(place / "news.sqlite3"), newsroom.server(**where) as server:
            savers = Savers(server.home, 3, Ledger())
            # Each round is another's: nobody may upload as fast as this (articles/limits.py).
            phong, *hands = (Person(server.home, name, "photo editor") for name in ("phong", "lan", "hoa"))
            savers.save(0)
            connections.close_all()
            with Crowd(server.home, pages(articles), RATE) as crowd:
                time.sleep(2)
                statuses = [_full(place, round_, savers, who, found) for round_, who in enumerate(hands)][0]
            after = phong.upload(UPLOAD, "a.jpg", factories.picture_bytes(size=(640, 427)))
            found.figure(f"{PICTURES} uploads: {_said(statuses)}; readers {crowd.served():.1f} % served")
            found.expect(crowd.served() >= LEAST, f"readers: {dict(crowd.statuses())}")
            found.expect(after.status == 200, f"an upload after it was freed: {after.status} {after.text[:200]}")
            savers.save("after")
            savers.compare(found)
            _nothing_half(found, place)
    return found


def _full(place, round_, savers, who, found):
    ballast = place / "ballast"
    with ballast.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 65536)
            file.flush()
    statuses = []
    for number in range(PICTURES):
        data = factories.picture_bytes(size=(900, 600), color=(number, round_, 99))
        statuses.append(who.upload(UPLOAD, f"{number}.jpg", data).status)
    savers.save(f"full{round_}")
    ballast.unlink()
    found.expect(set(statuses) <= {507, 503}, f"uploads onto a full disk: {_said(statuses)}")
    return statuses


def _said(statuses):
    return ", ".join(f"{statuses.count(status)}x {status}" for status in sorted(set(statuses)))


def _nothing_half(found, place):
    """Every file of media and originals has its row, and none is empty."""
    from articles.models import Photo  # noqa: PLC0415 (of the database that moved)

    known = {str(Path(photo.master).parent) for photo in Photo.objects.all()}
    originals = {photo.original for photo in Photo.objects.all()}
    media, kept = place / "var" / "media", place / "var" / "originals"
    files = [file for root in (media, kept) for file in root.rglob("*") if file.is_file()]
    empty = [str(file) for file in files if not file.stat().st_size]
    strange = [str(file) for file in media.rglob("*.jpg") if str(file.parent.relative_to(media)) not in known]
    strange += [
        str(file) for file in kept.rglob("*") if file.is_file() and str(file.relative_to(kept)) not in originals
    ]
    found.figure(f"{len(empty)} empty files, {len(strange)} without a row")
    found.expect(not empty, f"empty files: {empty[:3]}")
    found.expect(not strange, f"files without a row: {strange[:3]}")
    with connections["default"].cursor() as cursor:
        found.expect(cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the database is damaged")


@contextlib.contextmanager
def memory_disk(megabytes):
    place = newsroom.VAR / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (ours)
    if done.returncode:
        raise SystemExit(f"no small disk ({done.stderr.strip()}); it needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S603, S607 (ours)
