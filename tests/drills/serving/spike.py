"""R14. Breaking news: a crowd on one page, ten times the load the product is built for, while the desk saves."""

import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from tests import factories
from tests.drills.asking import Crowd, ask
from tests.drills.ledger import Ledger, Outcome, percentile
from tests.drills.outages.database import Savers

# The bar is 10 x 10,000 readers a minute of one 2-core machine, with a cache in front. The crowd here runs on the same
# two cores as the server, in Python: what it can ask is the limit, and that is stated.
SECONDS, LONG_SECONDS, RATE, CROWD_P95, SAVE_P95 = 15, 600, 400, 0.3, 1.0


def drill(is_long):
    found, seconds = Outcome(), LONG_SECONDS if is_long else SECONDS
    factories.many(300, when="2026-01-05 08:00")
    story = factories.published(title="Tin nóng")
    with newsroom.server(2, RECEIPTS=0) as server:
        savers, stop = Savers(server.home, 3, Ledger()), threading.Event()
        connections.close_all()
        [ask(server.home, story.get_absolute_url()) for _ in range(8)]
        savers.save("warm")
        savers.answers.clear()
        saving = threading.Thread(target=_save, args=(savers, stop))
        with Crowd(server.home, [story.get_absolute_url()], RATE, threads=32) as crowd:
            saving.start()
            time.sleep(seconds)
            stop.set()
            saving.join(60)
        savers.compare(found)
    saves = percentile([answer.seconds for answer in savers.answers], 95)
    bad = {status: number for status, number in crowd.statuses().items() if status not in {200, 304}}
    rate = len(crowd.seen) / seconds
    found.figure(
        f"{rate:.0f} readers/s on one page for {seconds} s: p95 {crowd.p95() * 1000:.0f} ms, {sum(bad.values())} errors"
    )
    found.figure(f"a save p95 {saves:.2f} s")
    found.expect(not bad, f"errors: {bad}")
    found.expect(crowd.p95() < CROWD_P95, "readers waited")
    found.expect(saves < SAVE_P95, "the desk waited")
    return found


def _save(savers, stop):
    number = 0
    while not stop.is_set():
        number += 1
        savers.save(f"s{number}")
        time.sleep(0.3)
