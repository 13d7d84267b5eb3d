"""R19. From "published" to "seen everywhere", and back, through a real server with four processes.

Each publication: until its page, its section, the front page, the day, the feed, the news sitemap and the search show
it, as a reader sees them; then each of them is read again over new connections, and what does not show it is a stale
read. Every story is withdrawn again, and must be gone from all. In the end two hundred readers of a front page that was
just purged.
"""

import http.client
import statistics
import threading
import time
from urllib.parse import urlsplit

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from tests.drills.ledger import Outcome
from tests.drills.publishing.desk import Desk

MOST, GONE, READS, READERS = 5.0, 60.0, 4, 200  # seconds until seen, until gone; reads of each place; readers at once
WARM = 5  # publications that are not timed: each process reads its templates first
TIMES, ARCHIVE, LONG_TIMES, LONG_ARCHIVE = 100, 500, 1000, 100_000
LISTS = ("/", "/kinh-te/", "/rss/", "/sitemap-news.xml")


class Reader:
    """A browser that keeps its connection."""

    def __init__(self, home):
        self._address, self._line = urlsplit(home).netloc, None

    def get(self, path):
        """(status, how the page cache answered, the text)"""
        for _again in range(2):
            try:
                self._line = self._line or http.client.HTTPConnection(self._address, timeout=20)
                self._line.request("GET", path)
                answer = self._line.getresponse()
                return answer.status, answer.getheader("X-Cache"), answer.read().decode()
            except (http.client.HTTPException, ConnectionError):  # kept for too long, and closed by the server
                self._line = None
        raise SystemExit(f"The server does not answer for {path}.")


def places(article, word):
    day = f"/ngay/{article.published_at:%Y/%m/%d}/"
    return {
        "article": article.get_absolute_url(), "section": "/kinh-te/", "front": "/", "feed": "/rss/", "day": day,
        "sitemap": "/sitemap-news.xml", "search": f"/tim-kiem/?q={word}",
    }  # fmt: skip


def until_seen(reader, wanted, mark):
    """{place: seconds} until each shows the mark."""
    begin, seen = time.perf_counter(), {}
    while len(seen) < len(wanted) and time.perf_counter() - begin < 20:
        for name, path in wanted.items():
            if name not in seen and mark in reader.get(path)[2]:
                seen[name] = time.perf_counter() - begin
    return {name: seen.get(name, float("inf")) for name in wanted}


class Cycles:
    def __init__(self, home, desk):
        self.home, self.desk, self.reader = home, desk, Reader(home)
        self.seen, self.gone, self.slowest, self.stale = [], [], {}, 0

    def one(self, number):
        word = f"moctin{number % 1_000_000}x"
        article = self.desk.publish(word)
        mark, wanted = article.get_absolute_url(), places(article, word)
        seen = until_seen(self.reader, wanted, mark)
        self.seen.append(max(seen.values()))
        self.slowest = {name: max(seconds, self.slowest.get(name, 0)) for name, seconds in seen.items()}
        self.stale += sum(mark not in Reader(self.home).get(path)[2] for path in wanted.values() for _ in range(READS))

    def back(self):
        begun, address = time.perf_counter(), self.desk.withdraw()
        while any(address in self.reader.get(path)[2] for path in LISTS) or self.reader.get(address)[0] != 410:
            if time.perf_counter() - begun > GONE:
                break
        self.gone.append(time.perf_counter() - begun)
        fresh = [Reader(self.home) for _ in range(READS)]
        self.stale += sum(address in reader.get(path)[2] for reader in fresh for path in LISTS)
        self.stale += sum(reader.get(address)[0] != 410 for reader in fresh)


def burst(home, path="/"):
    """How READERS at once were answered: {X-Cache: how many}."""
    found, gate = [], threading.Barrier(READERS)

    def read():
        reader = Reader(home)
        gate.wait()
        found.append(reader.get(path)[1])

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return {how: found.count(how) for how in sorted(set(found), key=str)}


def drill(is_long):
    found, desk = Outcome(), Desk(LONG_ARCHIVE if is_long else ARCHIVE)
    times = LONG_TIMES if is_long else TIMES
    with newsroom.server(workers=4) as server:
        warm = Cycles(server.home, desk)
        [warm.one(number) for number in range(-WARM, 0)]
        cycles = Cycles(server.home, desk)
        for number in range(times):
            cycles.one(number)
            cycles.back()
        desk.purge_front()
        how = burst(server.home)
    seen, slowest = cycles.seen, max(cycles.slowest, key=cycles.slowest.get)
    found.figure(f"{times} cycles: seen everywhere after {statistics.median(seen):.2f} s, at worst {max(seen):.2f} s")
    found.figure(f"slowest: {slowest}")
    found.figure(f"gone after {max(cycles.gone):.2f} s at worst, {cycles.stale} stale reads")
    found.figure(f"{READERS} readers of a purged front page: {how.get('miss', 0)} renderings")
    found.expect(max(seen) <= MOST, f"a publication took {max(seen):.1f} s")
    found.expect(max(cycles.gone) < GONE, "a withdrawal was not seen")
    found.expect(not cycles.stale, f"{cycles.stale} stale reads")
    found.expect(how.get("miss") == 1, f"a purged front page: {how}")
    return found
