"""R13. New workers by HUP, and an end by TERM, under load: no client sees an error.

HUP is how a new release comes in (deploy/systemd): one worker after the other is replaced. TERM is the end of the
server: whoever was connected is answered first. What is sent after that meets a closed door, which is no broken
promise: systemd starts the server again, nginx asks the next machine.
"""

import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from tests import factories
from tests.drills.asking import NO_ANSWER, Crowd, ask
from tests.drills.ledger import DONE, Ledger, Outcome, percentile
from tests.drills.outages.database import KIND, Savers, pages

RATE, RELOADS, LONG_RELOADS, ENDS, LONG_ENDS = 60, 3, 20, 3, 20


def drill(is_long):
    found = Outcome()
    articles = [factories.published(when=f"2026-01-06 08:{number:02}") for number in range(59)]
    server = newsroom.Server(2)
    savers = Savers(server.home, 3, Ledger())
    connections.close_all()
    server.start()
    try:
        _reloads(found, server, savers, pages(articles), LONG_RELOADS if is_long else RELOADS)
        _ends(found, server, savers, LONG_ENDS if is_long else ENDS)
    finally:
        server.stop()
    savers.compare(found)
    return found


def _reloads(found, server, savers, read, times):
    stop = threading.Event()
    with Crowd(server.home, read, RATE) as crowd:
        saving = threading.Thread(target=_save, args=(savers, stop))
        saving.start()
        for _number in range(times):
            before = set(server.workers())
            newsroom.kill(server.process.pid, how=1)
            renewed = newsroom.until(lambda old=before: not old & set(server.workers()), 60)
            found.expect(renewed is not None, "a worker of before still runs a minute after HUP")
        stop.set()
        saving.join(60)
    bad = {status: number for status, number in crowd.statuses().items() if status not in {200, 304}}
    broken = sum(answer.status != 302 for answer in savers.answers)
    seconds = [seconds for _due, seconds, _status, _how in crowd.seen]
    found.figure(
        f"{times} reloads: {sum(bad.values())} errors of {len(crowd.seen)} reads, p99 {percentile(seconds, 99):.2f} s"
    )
    found.figure(f"{broken} errors of {len(savers.answers)} saves")
    errors = [row for row in crowd.seen if row[2] not in {200, 304}]
    found.expect(not bad and not broken, f"client errors: reads {bad}, saves {broken}, {errors[:2]}")


def _save(savers, stop):
    number = 0
    while not stop.is_set():
        number += 1
        savers.save(f"r{number}")


def _ends(found, server, savers, times):
    """A save is under way when TERM comes: its answer arrives."""
    broken, slow = 0, []
    for number in range(times):
        before = len(savers.answers)
        saving = threading.Thread(target=savers.save, args=(f"t{number}",))
        saving.start()
        time.sleep(0.15)
        begun = time.monotonic()
        server.process.terminate()
        saving.join(60)
        server.process.wait(60)
        slow.append(time.monotonic() - begun)
        answers = savers.answers[before:]
        cut = [answer for answer in answers if answer.status == NO_ANSWER and "refused" not in answer["error"].lower()]
        broken += len(cut)
        savers.answers[before:] = [answer for answer in answers if answer.status != NO_ANSWER]
        server.start()
    found.figure(f"{times} ends by TERM: {broken} cut off, ended within {max(slow):.1f} s")
    found.expect(not broken, f"{broken} requests were cut off by TERM")
    found.expect(ask(server.home, "/readyz").status == 200, "not ready after a restart")
    found.expect(savers.ledger.counts()[KIND, DONE] > 0, "nothing was saved: the drill shows nothing")
