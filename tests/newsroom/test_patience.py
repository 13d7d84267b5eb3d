"""A PostgreSQL that is paused: one request waits, then nobody does, then one looks."""

import os
import socket
import time

import psycopg2
import pytest
from psycopg2 import extensions

from newsroom.postgresql import patience

SAID = "host=db"
QUIET, _OTHER_END = os.pipe()  # nothing is ever said on it


class Line:
    """A connection of psycopg2 that waits for a server; `answers` is what its poll says."""

    def __init__(self, status=extensions.STATUS_READY, answers=(), server=SAID):
        self.status, self.dsn, self.answers = status, server, list(answers)

    def poll(self):
        return self.answers.pop(0) if self.answers else extensions.POLL_READ

    def fileno(self):
        return QUIET


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(patience, "ANSWERING", 0.02)
    monkeypatch.setattr(patience, "CONNECTING", 0.01)
    return Clock()


def silent(wait, **line):
    with pytest.raises(psycopg2.OperationalError) as caught:
        wait(Line(**line))
    return str(caught.value)


def test_who_answers_is_not_hurried(clock):
    wait = patience.Patience(clock)
    wait(Line(answers=[extensions.POLL_OK]))
    assert wait.silent == {}


def test_after_one_that_waited_for_nothing_nobody_asks_for_a_while(clock):
    wait = patience.Patience(clock)
    assert "says nothing" in silent(wait)
    assert "not asked" in silent(wait)
    assert "not asked" in silent(wait, answers=[extensions.POLL_OK])
    wait(Line(answers=[extensions.POLL_OK], server="host=other"))


def test_then_a_single_one_looks_and_all_ask_again(clock):
    wait = patience.Patience(clock)
    silent(wait)
    clock.now = patience.PAUSE + 1
    line = Line(answers=[extensions.POLL_OK])
    line.poll = lambda: (assert_nobody_else_looks(wait), extensions.POLL_OK)[1]
    wait(line)
    assert wait.silent == {}
    wait(Line(answers=[extensions.POLL_OK]))


def assert_nobody_else_looks(wait):
    assert "not asked" in silent(wait)


def test_a_server_that_takes_the_connection_and_says_nothing_is_left_after_the_time_for_connecting(monkeypatch):
    monkeypatch.setattr(patience, "CONNECTING", 0.2)
    before = extensions.get_wait_callback()
    with socket.create_server(("127.0.0.1", 0)) as mute:
        extensions.set_wait_callback(patience.Patience())
        try:
            begun = time.monotonic()
            with pytest.raises(psycopg2.OperationalError, match="says nothing"):
                psycopg2.connect(host="127.0.0.1", port=mute.getsockname()[1], user="u", dbname="d")
            assert time.monotonic() - begun < 2
        finally:
            extensions.set_wait_callback(before)
