"""Readers and editors over HTTP: a steady number of requests a second, and a person who is signed in."""

import http.client
import itertools
import re
import threading
import time
from collections import Counter
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.drills import newsroom  # noqa: F401 (first: it sets Django up)  # isort: skip
from django.conf import settings
from django.test import Client

from articles.identity import sessions
from tests import base
from tests.admin import forms
from tests.drills.ledger import percentile

TIMEOUT = 30  # seconds
NO_ANSWER = 0  # the status of a request that got none


class Answer:
    def __init__(self, status, headers=(), body=b"", seconds=0.0):
        self.status, self.body, self.seconds = status, body, seconds
        self._headers = {name.lower(): value for name, value in headers}
        self.cookies = SimpleCookie()
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.cookies.load(value)

    def __getitem__(self, name):
        return self._headers.get(name.lower(), "")

    @property
    def text(self):
        return self.body.decode(errors="replace")


def ask(home, path, method="GET", body=None, headers=None, timeout=TIMEOUT):
    """One request over a connection of its own."""
    begun = time.perf_counter()
    line = http.client.HTTPConnection(urlsplit(home).netloc, timeout=timeout)
    try:
        line.request(method, path, body, headers or {})
        found = line.getresponse()
        return Answer(found.status, found.getheaders(), found.read(), time.perf_counter() - begun)
    except (OSError, http.client.HTTPException) as error:
        return Answer(NO_ANSWER, [("error", repr(error))], repr(error).encode(), time.perf_counter() - begun)
    finally:
        line.close()


class Crowd:
    """Readers who ask for pages so many times a second, whether they are answered or not; `with` it they go on.

    An arrival that nobody is free for is waited for and counts from when it was due, so a stall is seen in full.
    """

    def __init__(self, home, paths, rate, threads=24):
        self.home, self.rate = home, rate
        self._paths, self._threads = itertools.cycle(paths), threads
        self._lock, self._stop, self._number = threading.Lock(), threading.Event(), itertools.count()
        self.seen = []  # (when it was due, seconds, status, X-Cache)

    def __enter__(self):
        self._begun = time.monotonic()
        self._running = [threading.Thread(target=self._read, daemon=True) for _ in range(self._threads)]
        for thread in self._running:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._stop.set()
        for thread in self._running:
            thread.join(TIMEOUT + 5)

    def _read(self):
        while not self._stop.is_set():
            with self._lock:
                due, path = self._begun + next(self._number) / self.rate, next(self._paths)
            if self._stop.wait(max(0, due - time.monotonic())):
                return
            found = ask(self.home, path)
            self.seen.append((due, time.monotonic() - due, found.status, found["X-Cache"]))

    def since(self, moment=0.0, until=float("inf")):
        return [row for row in self.seen if moment <= row[0] < until]

    def statuses(self, moment=0.0, until=float("inf")):
        return Counter(status for _due, _seconds, status, _how in self.since(moment, until))

    def served(self, moment=0.0, until=float("inf")):
        """Of a hundred requests, how many were answered with a page."""
        rows = self.since(moment, until)
        return 100 * sum(status in {200, 301, 304, 404, 410} for _d, _s, status, _h in rows) / max(1, len(rows))

    def p95(self, moment=0.0, until=float("inf")):
        return percentile([seconds for _due, seconds, _status, _how in self.since(moment, until)], 95)


class Person:
    """Somebody at the desk. The session is made without the login page: how one signs in is no drill's matter."""

    def __init__(self, home, name, role="chief"):
        self.home = home
        base.ROLES.setdefault(name, role)
        client = Client()
        client.force_login(base.person(name))
        session = client.session
        session["factor"] = sessions.VERIFIED  # who may publish is asked for a second one
        session.save()
        self.token = "a" * 32
        cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={self.token}"
        self.headers = {"Cookie": cookies, "Referer": home}

    def get(self, path, timeout=TIMEOUT):
        return ask(self.home, path, headers=self.headers, timeout=timeout)

    def post(self, path, data, timeout=TIMEOUT):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({**data, "csrfmiddlewaretoken": self.token}, doseq=True)
        return ask(self.home, path, "POST", body.encode(), {**self.headers, **form}, timeout)

    def upload(self, path, name, data, timeout=TIMEOUT):
        head = f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n--x\r\n'
        head += f'Content-Disposition: form-data; name="upload"; filename="{name}"\r\nContent-Type: image/jpeg\r\n\r\n'
        form = {"Content-Type": "multipart/form-data; boundary=x"}
        body = head.encode() + data + b"\r\n--x--\r\n"
        return ask(self.home, path, "POST", body, {**self.headers, **form}, timeout)

    def form(self, path):
        """(the answer, the fields of its form as a browser would send them)."""
        found = self.get(path)
        if found.status != 200:
            return found, {}
        reader = forms.FormReader()
        reader.feed(found.text)
        return found, {name: value for name, value in reader.values.items() if "__prefix__" not in name}

    def write(self, article, word, press="_continue", **changes):
        """Open its form, add a word to the text, press a button; the answer to that (of the form where that failed)."""
        path = forms.change_url(article)
        found, fields = self.form(path)
        if not fields:
            return found
        body = re.sub(r"</p>\s*$", f" {word}</p>", fields["body"], count=1)
        return self.post(path, {**fields, "body": body, **changes, press: "1"})
