"""S51. Slow and swollen clients in front of nginx: headers and bodies that trickle, readers who take a byte a second,
10,000 headers, a cookie of a megabyte, 100 MB of JSON. Others must hardly wait longer than without them.

Behind deploy/nginx.conf, which gathers a request before a worker gets it. Without anything in front eight bodies that
trickle hold all threads of the two workers: docs/server.md says so.
"""

import itertools
import socket
import threading
import time
from contextlib import suppress

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.conf import settings
from django.db import connections

from deploy.rig import parts, servers
from tests import factories
from tests.drills.asking import Crowd, ask
from tests.drills.ledger import Outcome

RATE, SECONDS, LONG_SECONDS = 20, 15, 300
SLOW, TIMES = 200, 2.0  # connections; how much longer readers may wait
LEAST = 0.03  # seconds: below it the scheduler of a busy machine is all that is measured
SWOLLEN = {
    "10,000 headers": "".join(f"X-{number}: a\r\n" for number in range(10_000)),
    "a cookie of 1 MB": f"Cookie: a={'b' * 1_000_000}\r\n",
    "100 MB of JSON": "Content-Type: application/json\r\nContent-Length: 100000000\r\n",
}


def drill(is_long):
    if absent := parts.missing("nginx"):
        raise SystemExit(f"Debian's {', '.join(absent)} not installed")
    found, seconds = Outcome(), LONG_SECONDS if is_long else SECONDS
    articles = factories.many(RATE * seconds * 2 + 100, when="2026-01-05 08:00")
    connections.close_all()
    paths = [article.get_absolute_url() for article in articles]
    port = parts.free_port()
    folder = newsroom.VAR / "nginx"
    folder.mkdir()
    with newsroom.server(2, RECEIPTS=0, BEHIND_PROXY=1, SITE_URL=f"http://127.0.0.1:{port}") as server:
        site = servers.nginx_text([server.port], port, newsroom.VAR, folder / "cache")
        front = servers.nginx(folder, port, site)
        try:
            _measure(found, f"http://127.0.0.1:{port}", port, paths, seconds)
        finally:
            front.stop()
    return found


def _measure(found, home, port, paths, seconds):
    [ask(home, path) for path in paths[:40]]
    with Crowd(home, paths[100 : 100 + RATE * seconds], RATE) as before:
        time.sleep(seconds)
    with Attack(port, paths[0]) as attack, Crowd(home, paths[100 + RATE * seconds :], RATE) as beside:
        time.sleep(seconds)
    slower = beside.p95() / max(before.p95(), LEAST)
    found.figure(
        f"{SLOW} slow connections: readers' p95 {before.p95() * 1000:.0f} → {beside.p95() * 1000:.0f} ms, "
        f"{beside.served():.1f} % served"
    )
    found.figure(", ".join(f"{name}: {status}" for name, status in attack.answers.items()))
    found.expect(slower < TIMES, f"readers waited {slower:.1f} times as long")
    found.expect(beside.served() == 100, f"readers: {dict(beside.statuses())}")
    found.expect(attack.open >= SLOW, f"only {attack.open} slow connections were there")
    refused = all(400 <= status < 500 for status in attack.answers.values())
    found.expect(refused, f"swollen requests: {attack.answers}")


class Attack:
    """Slow connections of four kinds in equal parts, a byte a second each; the swollen ones by turns, all the time."""

    def __init__(self, port, path):
        body = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500000\r\n\r\n"
        # With such a cookie Django reads the body, to compare.
        head = f"Host: 127.0.0.1:{port}\r\nCookie: {settings.CSRF_COOKIE_NAME}={'a' * 32}\r\n"
        self._kinds = [
            (f"GET {path} HTTP/1.1\r\n{head}X-Slow: ", b"a"),
            (f"POST {path} HTTP/1.1\r\n{head}{body}", b"a"),
            (f"POST /admin/articles/article/add/ HTTP/1.1\r\n{head}{body}", b"a"),
            (f"GET / HTTP/1.1\r\n{head}\r\n", b""),
        ]
        self._port, self._head = port, head
        self.open, self.answers = 0, {}
        self._stop = threading.Event()

    def __enter__(self):
        running = [self._keep, self._swell]
        self._running = [threading.Thread(target=one, daemon=True) for one in running]
        for thread in self._running:
            thread.start()
        time.sleep(2)
        return self

    def __exit__(self, *_error):
        self._stop.set()
        for thread in self._running:
            thread.join(30)

    def _keep(self):
        """All of the slow ones, in one thread; one that nginx has closed is opened anew."""
        lines = {}
        while not self._stop.wait(1):
            for number, (begin, more) in enumerate(itertools.islice(itertools.cycle(self._kinds), SLOW)):
                try:
                    line = lines.get(number) or self._opened(begin)
                    line.sendall(more) if more else line.recv(1)
                    lines[number] = line
                except OSError:
                    lines.pop(number, None)
            self.open = max(self.open, len(lines))
        for line in lines.values():
            line.close()

    def _opened(self, begin):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(5)
        line.connect(("127.0.0.1", self._port))
        line.sendall(begin.encode())
        return line

    def _swell(self):
        while not self._stop.wait(0.5):
            for name, headers in SWOLLEN.items():
                self.answers[name] = self._status(headers)

    def _status(self, headers):
        line = socket.create_connection(("127.0.0.1", self._port), timeout=10)
        with line, suppress(OSError):
            with suppress(OSError):  # refused before all of it was sent
                line.sendall(f"POST / HTTP/1.1\r\n{self._head}{headers}\r\n".encode())
            answer = line.recv(12).decode()
            return int(answer[9:12]) if answer.startswith("HTTP/") else 400
        return 400  # hung up on
