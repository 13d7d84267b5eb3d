"""One thread of each worker stays free for readers, whatever the others hang in."""

import threading

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom import room
from newsroom.environment import THREADS


@pytest.fixture
def hanging(monkeypatch):
    """A middleware with all its threads but one in a request that does not end, and the clock."""
    now, gate, inside = [0.0], threading.Event(), threading.Semaphore(0)

    def answer(request):
        if request.path == "/hangs/":
            inside.release()
            gate.wait(10)
        return HttpResponse("made")

    monkeypatch.setattr(room.time, "monotonic", lambda: now[0])
    found = room.RoomMiddleware(answer)
    threads = [threading.Thread(target=found, args=(RequestFactory().get("/hangs/"),)) for _ in range(THREADS - 1)]
    [thread.start() for thread in threads]
    [inside.acquire() for _ in threads]
    yield found, now
    gate.set()
    [thread.join() for thread in threads]
    now[0] += 100
    assert found(RequestFactory().get("/")).status_code == 200


def test_a_busy_moment_refuses_nobody(hanging):
    found, now = hanging
    now[0] = room.PATIENCE / 2
    assert found(RequestFactory().get("/")).status_code == 200


def test_when_all_others_hang_the_next_one_is_told_to_come_back(hanging):
    found, now = hanging
    now[0] = room.PATIENCE + 1
    refused = found(RequestFactory().get("/"))
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert "trong cửa sổ này" in refused.content.decode()
    assert found(RequestFactory().get("/healthz")).status_code == 200
