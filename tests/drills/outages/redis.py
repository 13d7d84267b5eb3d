"""R7. Redis is killed, comes back empty, and is paused, under readers: no error, no wait, no stampede afterwards."""

import contextlib
import shutil
import signal
import subprocess
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from tests import factories
from tests.drills.asking import Crowd
from tests.drills.ledger import Ledger, Outcome
from tests.drills.outages.database import Savers, pages
from tests.drills.publishing.publish import READERS, burst

RATE, EACH, LONG_EACH, SLOW, REBUILDS = 50, 8, 60, 1.0, 3  # readers a second; seconds of each state; of an answer


class Redis:
    def __init__(self, port):
        if not shutil.which("redis-server"):
            raise SystemExit("No Redis on this machine (Debian: apt-get install redis-server).")
        self.url, self.port = f"redis://127.0.0.1:{port}/0", port
        self.start()

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", newsroom.VAR]
        self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)  # noqa: S603 (ours)

    def kill(self):
        newsroom.kill(self.process.pid)
        self.process.wait()

    @contextlib.contextmanager
    def paused(self):
        newsroom.kill(self.process.pid, how=signal.SIGSTOP)
        try:
            yield
        finally:
            newsroom.kill(self.process.pid, how=signal.SIGCONT)


def drill(is_long):
    found, each = Outcome(), LONG_EACH if is_long else EACH
    articles = [factories.published(when=f"2026-01-06 08:{number:02}") for number in range(59)]
    redis = Redis(newsroom.free_port())
    try:
        with newsroom.server(2, REDIS_URL=redis.url, RECEIPTS=0) as server:
            savers, times = Savers(server.home, 2, Ledger()), {}
            connections.close_all()
            with Crowd(server.home, pages(articles), RATE) as crowd:
                times["there"] = _state(crowd, savers, each)
                redis.kill()
                times["killed"] = _state(crowd, savers, each)
                redis.start()
                times["back"] = _state(crowd, savers, each)
                with redis.paused():
                    times["paused"] = _state(crowd, savers, each)
                times["again"] = _state(crowd, savers, each)
            _purge(server, savers)
            how = burst(server.home)
        savers.compare(found)
    finally:
        redis.kill()
    bad = {status: number for status, number in crowd.statuses().items() if status not in {200, 304}}
    spans = {name: crowd.p95(*span) for name, span in times.items()}
    found.figure("readers p95 " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in spans.items()))
    found.figure(f"{sum(bad.values())} errors of {len(crowd.seen)}; {READERS} at once: {how.get('miss', 0)} renderings")
    found.expect(not bad, f"errors: {bad}")
    found.expect(max(spans.values()) < max(SLOW, 2 * spans["there"]), "readers waited")
    found.expect(how.get("miss", 0) <= REBUILDS, f"a stampede: {how}")
    return found


def _state(crowd, savers, seconds):
    """(begin, end) of so many seconds, in the middle of which the desk saves."""
    begin = time.monotonic()
    time.sleep(seconds / 2)
    savers.save(f"{begin:.0f}")
    time.sleep(seconds / 2)
    return begin, time.monotonic()


def _purge(server, savers):
    """By a publication through the server, which knows its Redis."""
    person, article = savers._own[0][0], factories.complete(title="Tin làm mới trang nhất")
    connections.close_all()
    person.write(article, "chu", press="_publish")
