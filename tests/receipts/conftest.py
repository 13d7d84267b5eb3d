"""A server that really answers, whose readers the site asks for itself; `stale` is a cache in front that went wrong."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.live_server_helper import LiveServer

from articles import outbox
from articles.models import Effect
from articles.receipts import checking


@pytest.fixture
def server(transactional_db, monkeypatch):
    """The site's address. A server of the test's own: the one of the session belongs to the browser tests, which start
    it with static files of their own."""
    monkeypatch.setattr("django.test.testcases._StaticFilesHandler", lambda _development: WSGIHandler())
    found = LiveServer("localhost")
    yield found.url
    found.stop()


@pytest.fixture
def asking(server, settings, monkeypatch):
    """Receipts are on and ask the server; nobody has the patience that a newspaper has."""
    settings.RECEIPTS, settings.SITE_URL = True, server
    monkeypatch.setattr(checking, "PATIENCE", 0.2)


@pytest.fixture
def effects():
    """effects(): let the thread's work be done here, every round that is left by then, without its pauses."""

    def do(rounds=1):
        for _round in range(rounds):
            Effect.objects.filter(done_at__isnull=True, attempts__gt=0).update(due_at="2020-01-01T00:00Z")
            outbox.run_due()

    return do


class Cache:
    """A cache in front: passes on, but for the paths in `kept` ({path: (status, text)}), which it goes on giving."""

    def __init__(self, origin):
        self.kept, self.seen, self.fresh = {}, [], True
        self.origin = urlsplit(origin).netloc
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, body, kind = cache.answer(self)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """In silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request):
        self.seen.append((request.path, dict(request.headers)))
        if request.path in self.kept:
            status, text = self.kept[request.path]
            return status, text.encode(), "text/html"
        connection = http.client.HTTPConnection(self.origin)
        connection.request("GET", request.path, headers={"Host": request.headers["Host"]})
        answer = connection.getresponse()
        found = answer.status, answer.read(), answer.getheader("Content-Type")
        connection.close()
        return found

    def keep(self, path):
        """Go on giving what the site gives now."""
        connection = http.client.HTTPConnection(self.origin)
        connection.request("GET", path)
        answer = connection.getresponse()
        self.kept[path] = answer.status, answer.read().decode()
        connection.close()


@pytest.fixture
def stale(asking, server, settings):
    cache = Cache(server)
    settings.RECEIPT_URL = cache.url
    yield cache
    cache.server.shutdown()
    cache.server.server_close()
