"""Half the threads of each worker stay free for readers, whatever the others hang in."""

import threading

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom import room


class Hanging:
    """A middleware with as many requests as may be inside, none of which ends before `gate` is set."""

    def __init__(self, number=room.INSIDE, method="GET"):
        self._method = method
        self.gate, self._inside = threading.Event(), threading.Semaphore(0)
        self.middleware = room.RoomMiddleware(self._answer)
        self._threads = [threading.Thread(target=self.get, args=("/hangs/",)) for _ in range(number)]
        [thread.start() for thread in self._threads]
        assert all(self._inside.acquire(timeout=30) for _ in self._threads)

    def _answer(self, request):
        if request.path == "/hangs/":
            self._inside.release()
            self.gate.wait(10)
        return HttpResponse("made")

    def get(self, path):
        return self.send(path, "GET" if path != "/hangs/" else self._method)

    def send(self, path, method):
        return self.middleware(RequestFactory().generic(method, path))

    def end(self):
        self.gate.set()
        [thread.join() for thread in self._threads]


@pytest.fixture
def hanging():
    found = Hanging()
    yield found
    found.end()
    assert found.get("/").status_code == 200


def test_the_next_one_waits_for_somebody_to_leave(hanging):
    threading.Timer(0.05, hanging.gate.set).start()
    assert hanging.get("/").status_code == 200


def test_when_nobody_leaves_the_next_one_is_told_to_come_back(hanging, monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 0.05)
    refused = hanging.get("/")
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert "trong cửa sổ này" in refused.content.decode()
    assert hanging.get("/healthz").status_code == 200


def test_bodies_that_trickle_leave_a_place_to_who_only_reads(monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 0.05)
    trickling = Hanging(room.SENDING, "POST")
    try:
        assert trickling.send("/", "POST").status_code == 503
        assert [trickling.get("/").status_code for _ in range(3)] == [200, 200, 200]
    finally:
        trickling.end()
    assert trickling.send("/", "POST").status_code == 200
