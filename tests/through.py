"""A browser in front of the page cache, with Django behind it."""

from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory

from newsroom.pages import with_pages
from newsroom.request import Request


class Page:
    """What a Reader got: `status`, `text`, and its headers by their names."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status.split(" ", 1)[0]), headers, body

    def __getitem__(self, name):
        return {key.lower(): value for key, value in self.headers}.get(name.lower())

    @property
    def text(self):
        return self.body.decode()

    @property
    def how(self):
        return self["X-Cache"]

    @property
    def tags(self):
        return set((self["Cache-Tag"] or "").split())


class Counted:
    """Django, and how often it was asked."""

    def __init__(self):
        self._django, self.asked = WSGIHandler(), []
        self._django.request_class = Request

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        return self._django(environ, start_response)


@contextmanager
def in_the_transaction_of_the_test():
    """Django lets go of a connection whose transaction it did not begin, between requests; its own test client does
    without that, too. A test with transactions of its own is served as a server would."""
    if not connection.in_atomic_block:
        yield
        return
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Reader:
    """One process: `another()` is a second one beside it, which keeps pages in the same place."""

    def __init__(self):
        self.django = Counted()
        self.gate = with_pages(self.django)

    def another(self):
        return Reader()

    def get(self, path, method="GET", cookies="", **headers):
        with in_the_transaction_of_the_test():
            return self._get(path, method, cookies, headers)

    def _get(self, path, method, cookies, headers):
        environ = RequestFactory().generic(method, path).environ
        environ["HTTP_HOST"] = "localhost"
        environ.pop("HTTP_COOKIE", None)
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        if cookies:
            environ["HTTP_COOKIE"] = cookies
        told = []
        chunks = self.gate(environ, lambda status, found, *_: told.extend([status, found]))
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return Page(*told, body)
