"""R9. The clock is moved under a running server: a day back, an hour ahead, back by ten minutes; and it starts in 2100.

libfaketime gives the server its time, from a file that the drill writes. A story is never public before its time by the
clock of the machine that answers; one that was seen because a clock ran ahead is gone again when that was put right,
and its work is done once. A machine whose clock is off from PostgreSQL's says so on /readyz, so that what stands in
front leaves it out: five minutes there publish nothing early.
"""

import glob
import time
from datetime import timedelta
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connection, connections
from django.db.models import Count
from django.utils import timezone

from articles.models import Effect
from tests import factories
from tests.drills.asking import ask
from tests.drills.ledger import Outcome

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
PAGES = ("/", "/kinh-te/", "/rss/", "/sitemap-news.xml", "/sitemap.xml", "/tim-kiem/?q=tin", "/healthz")
READ_EVERY = 1  # seconds between two looks of libfaketime at the file; without, each of thousands of calls is a look
MOVES = ("-1d", "+1h", "-10m", "+5m", "+0")


def drill(is_long):
    found = Outcome()
    if not (library := glob.glob(LIBRARY)):
        raise SystemExit("No libfaketime on this machine (Debian: apt-get install faketime).")
    told = newsroom.VAR / "clock"
    moved = {"LD_PRELOAD": library[0], "FAKETIME_TIMESTAMP_FILE": told, "FAKETIME_CACHE_DURATION": READ_EVERY}
    moved |= {"FAKETIME_DONT_FAKE_MONOTONIC": 1, "PYTHONPATH": Path(__file__).parent / "faked"}
    public = factories.published(when=timezone.now() - timedelta(days=3), title="Tin đã đăng")
    coming = factories.scheduled(minutes=30, title="Tin hẹn giờ")
    connections.close_all()
    told.write_text("+0")
    with newsroom.server(1, RECEIPTS=0, **moved) as server:
        seen = {}
        for move in MOVES:
            told.write_text(move)
            time.sleep(READ_EVERY + 1)
            broken = [path for path in PAGES if ask(server.home, path).status != 200]
            status = ask(server.home, coming.get_absolute_url()).status
            seen[move], ready = status, ask(server.home, "/readyz").status
            found.expect(not broken, f"clock {move}: {broken}")
            found.expect(
                ask(server.home, public.get_absolute_url()).status == 200, f"clock {move}: a public story is gone"
            )
            if connection.vendor == "postgresql":
                found.expect(ready == (200 if move == "+0" else 503), f"clock {move}: /readyz {ready}")
        early = [move for move, status in seen.items() if (status == 200) != (move == "+1h")]
        found.expect(not early, f"seen by the wrong clock: {seen}")
        front = "Tin hẹn giờ" in ask(server.home, "/").text
        found.expect(not front, "the front page shows what is not due any more")
    far = _far(found, moved, told)
    twice = Effect.objects.filter(kind="purge").values("key").annotate(n=Count("pk")).filter(n__gt=1).count()
    found.figure(f"moved {', '.join(MOVES)} and to 2100: {len(early)} times early or late, {far} errors, {twice} twice")
    found.expect(not twice, "work was done twice")
    return found


def _far(found, moved, told):
    """Servers that start in the last second of a leap day, before 2038's overflow, in 2100 (no leap year): how many
    pages break. Python itself knows no clock after 2262; 9999 as a date in an address is for the tests."""
    broken = []
    for moment in ("@2028-02-29 16:59:55", "@2038-01-19 03:14:00", "@2100-02-28 16:59:55"):
        told.write_text(moment)
        with newsroom.server(1, RECEIPTS=0, **moved) as server:
            broken += [(moment, path) for path in PAGES if ask(server.home, path).status >= 500]
    found.expect(not broken, f"{broken[:5]}")
    return len(broken)
