"""From "published" to "seen everywhere", through a real server with four processes.

    python -m tests.drills.publish [--times 1000] [--archive 100000] [--sqlite]

Each publication: until its page, its section, the front page, the day, the feed, the news sitemap and the search show
it, as a reader sees them; then each of them is read again over new connections, and what does not show it is a stale
read. Then a withdrawal; two hundred readers of a front page that was just purged; and, on a PostgreSQL of the drill's
own, what is answered while that is stopped, also by a server that is started then.
"""

import argparse
import contextlib
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

from tests.drills import cluster

MOST, READS, READERS = 1.0, 4, 200  # seconds until visible everywhere; reads of each place; readers at once
WARM = 5  # publications that are not timed: each process reads its templates first
INNER = "--cluster"


class Reader:
    """A browser that keeps its connection."""

    def __init__(self, home):
        self._address = urlsplit(home).netloc
        self._line = None

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


def stale_reads(home, wanted, mark):
    return sum(mark not in Reader(home).get(path)[2] for path in wanted.values() for _time in range(READS))


def publish_many(home, numbers, publish):
    """(seconds until visible everywhere of each, the slowest of each place, stale reads)"""
    reader, whole, slowest, stale = Reader(home), [], {}, 0
    for number in numbers:
        word = f"moctin{number % 1_000_000}x"
        article = publish(word)
        mark, wanted = article.get_absolute_url(), places(article, word)
        seen = until_seen(reader, wanted, mark)
        whole.append(max(seen.values()))
        slowest = {name: max(seconds, slowest.get(name, 0)) for name, seconds in seen.items()}
        stale += stale_reads(home, wanted, mark)
        if number % 50 == 49:
            print(f"  {number + 1}: median {statistics.median(whole):.3f} s, worst {max(whole):.3f} s", flush=True)
    return whole, slowest, stale


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


def answered(home, paths):
    """{path: status} of those that are not answered with a page."""
    found = {path: Reader(home).get(path) for path in paths}
    return {path: status for path, (status, _how, _text) in found.items() if status != 200}


def drill(times, archive, postgres):
    from tests.drills import newsroom  # noqa: PLC0415 (sets Django up, for the database that was chosen by then)
    from tests.drills.desk import Desk  # noqa: PLC0415

    failed, port = [], newsroom.free_port()
    with newsroom.database() as url, contextlib.ExitStack() as stack:
        desk = Desk(archive)
        stack.enter_context(newsroom.server(url, workers=4, port=port))
        home = f"http://127.0.0.1:{port}"
        publish_many(home, range(-WARM, 0), desk.publish)
        whole, slowest, stale = publish_many(home, range(times), desk.publish)
        print(f"{times} publications over {archive} articles ({desk.vendor}): visible everywhere after")
        print(f"  median {statistics.median(whole):.3f} s, worst {max(whole):.3f} s; {stale} stale reads")
        print("  slowest place: " + ", ".join(f"{name} {seconds:.3f}" for name, seconds in slowest.items()))
        failed += ["slow"] if max(whole) > MOST else []
        failed += ["stale"] if stale else []
        failed += withdrawal(home, desk)
        desk.purge_front()
        how = burst(home)
        print(f"{READERS} readers of a purged front page: {how}")
        failed += ["burst"] if how.get("miss") != 1 else []
        if postgres:
            read = desk.addresses()
            [Reader(home).get(path) for path in read]
            desk.leave()
            failed += stopped(home, read, postgres, stack, lambda: newsroom.server(url, workers=4, port=port))
    return failed


def withdrawal(home, desk):
    address = desk.withdraw()
    status, _how, _text = Reader(home).get(address)
    stale = sum(address in Reader(home).get(path)[2] for path in ("/", "/kinh-te/", "/rss/") for _ in range(READS))
    print(f"withdrawn: {status}, {stale} stale reads")
    return ["withdrawn"] if status != 410 or stale else []


def stopped(home, read, postgres, stack, again):
    """With PostgreSQL stopped: every page that was read, before and after a restart of the web server."""
    postgres.stop()
    try:
        missing = answered(home, read)
        stack.pop_all().close()
        with again():
            missing_later = answered(home, read)
    finally:
        postgres.start()
    print(f"PostgreSQL stopped: {len(read) - len(missing)} of {len(read)} pages answered; ", end="")
    print(f"by a server started then: {len(read) - len(missing_later)} of {len(read)}")
    return ["stopped"] if missing or missing_later else []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--archive", type=int, default=500)
    parser.add_argument("--sqlite", action="store_true", help="on SQLite, which cannot be stopped")
    parser.add_argument(INNER, nargs=2, help=argparse.SUPPRESS)  # the drill itself, on a PostgreSQL that runs
    given = parser.parse_args()
    if given.cluster or given.sqlite:
        postgres = cluster.Cluster(*given.cluster) if given.cluster else None
        failed = drill(given.times, given.archive, postgres)
        print("failed: " + ", ".join(failed) if failed else "passed")
        return bool(failed)
    if not cluster.binaries():
        raise SystemExit("No PostgreSQL on this machine (Debian: apt-get install postgresql); --sqlite goes without.")
    with cluster.cluster() as found:
        command = [sys.executable, "-m", "tests.drills.publish", INNER, str(found.folder), str(found.port)]
        command += ["--times", str(given.times), "--archive", str(given.archive)]
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": found.url}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
