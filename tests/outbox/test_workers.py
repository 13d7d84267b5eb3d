"""Several workers at once, a process that is killed, a thread that survives a fork and a database that is away."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone

from articles import outbox
from articles.models import Effect
from articles.outbox import background

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, EFFECTS = 4, 40


def is_shared():
    """Whether threads and processes can have connections of their own to the test database."""
    return connection.vendor == "postgresql"


@pytest.mark.skipif("not is_shared()", reason="the SQLite database of tests is one connection; see the next test")
def test_of_several_workers_at_once_one_does_each_effect(doing):
    calls = []
    doing(lambda key, payload: calls.append(key) or time.sleep(0.002), is_slow=True)
    for number in range(EFFECTS):
        outbox.owe("test", str(number))
    barrier, numbers = threading.Barrier(WORKERS), []

    def work():
        barrier.wait()
        numbers.append(outbox.run_due())
        connections.close_all()

    threads = [threading.Thread(target=work) for _worker in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(calls, key=int) == [str(number) for number in range(EFFECTS)]
    assert sum(numbers) == EFFECTS


# Processes of their own: `python -c` with the code below in front

CODE = """
import os, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()
from articles import outbox
said = os.open(os.environ["SAID"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def say(word):
    os.write(said, (word + "\\n").encode())
"""


class Processes:
    def __init__(self, tmp_path):
        self.said, self.running = tmp_path / "said", []
        self.environment = {**os.environ, "VAR_DIR": str(tmp_path), "SAID": str(self.said)}
        self.file = tmp_path / "shared.sqlite3"
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
            copy.close()
            self.environment["DATABASE_URL"] = f"sqlite:///{self.file}"
        else:
            url = connection.settings_dict
            self.environment["DATABASE_URL"] = (
                f"postgres://{url['USER']}:{url['PASSWORD']}@{url['HOST']}:{url['PORT']}/{url['NAME']}"
            )

    def start(self, code):
        command = [sys.executable, "-c", CODE + code]
        folder = Path(__file__).parent.parent.parent
        process = subprocess.Popen(command, cwd=folder, env=self.environment)  # noqa: S603 (ours)
        self.running.append(process)
        return process

    def words(self):
        return self.said.read_text().split() if self.said.exists() else []

    def wait_for(self, word, number=1):
        end = time.monotonic() + 60
        while self.words().count(word) < number:
            assert time.monotonic() < end, self.words()
            time.sleep(0.02)

    def rows(self, sql):
        if connection.vendor == "sqlite":
            with sqlite3.connect(self.file) as copy:
                rows = copy.execute(sql).fetchall()
            copy.close()
            return rows
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


@pytest.fixture
def processes(tmp_path):
    found = Processes(tmp_path)
    yield found
    for process in found.running:
        process.kill()
        process.wait()


def test_a_process_killed_after_the_commit_owes_what_another_does(processes):
    killed = processes.start("""
outbox.handles("test", is_slow=True)(lambda key, payload: None)
outbox.owe("test", "1")
say("owed")
time.sleep(60)
""")
    processes.wait_for("owed")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert processes.rows("SELECT attempts, done_at FROM articles_effect") == [(0, None)]
    other = processes.start("""
outbox.handles("test")(lambda key, payload: say("done-" + key))
say(str(outbox.run_due()))
""")
    assert other.wait(60) == 0
    assert processes.words() == ["owed", "done-1", "1"]


def test_a_process_killed_while_it_is_at_an_effect_loses_its_lease(processes):
    killed = processes.start("""
outbox.handles("test", lease=2)(lambda key, payload: say("at-it") or time.sleep(60))
outbox.owe("test", "1")
""")
    processes.wait_for("at-it")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    other = processes.start("""
outbox.handles("test", lease=2)(lambda key, payload: say("done"))
while not outbox.run_due():
    time.sleep(0.05)
""")
    assert other.wait(60) == 0
    assert processes.words() == ["at-it", "done"]
    assert processes.rows("SELECT attempts FROM articles_effect") == [(2,)]


def test_of_two_processes_one_does_each_effect(processes):
    owing = processes.start("""
outbox.handles("test", is_slow=True)(lambda key, payload: None)
for number in range(40):
    outbox.owe("test", str(number))
""")
    assert owing.wait(60) == 0
    work = """
outbox.handles("test")(lambda key, payload: say(key) or time.sleep(0.005))
say("ready")
while open(os.environ["SAID"]).read().count("ready") < 2:
    time.sleep(0.005)
outbox.run_due()
"""
    workers = [processes.start(work) for _worker in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    keys = [word for word in processes.words() if word != "ready"]
    assert sorted(keys, key=int) == [str(number) for number in range(40)]


def test_the_thread_does_what_is_slow_also_in_a_forked_process(processes):
    process = processes.start("""
outbox.handles("test", is_slow=True)(lambda key, payload: say(f"{key}-{os.getpid()}"))
outbox.thread.start()
child = os.fork()
if child == 0:
    while True:
        time.sleep(0.05)
outbox.owe("test", "parent-or-child")
while not open(os.environ["SAID"]).read():
    time.sleep(0.02)
outbox.thread.stop()
time.sleep(0.3)  # the parent's own thread has ended; only the child is left to do it
outbox.owe("test", "child")
while "child" not in open(os.environ["SAID"]).read().split()[-1].partition("-")[0]:
    time.sleep(0.02)
os.kill(child, 9)
say(f"child-was-{child}")
""")
    assert process.wait(60) == 0
    first, second, child = processes.words()
    assert first.startswith("parent-or-child-")
    assert second.replace("child-", "") == child.replace("child-was-", "")


# The thread


@pytest.fixture
def thread():
    found = background.EffectsThread()
    yield found
    found.stop()


def test_the_thread_sleeps_until_the_next_effect_is_due(thread, doing):
    doing(lambda key, payload: None)
    assert thread._look() == background.IDLE
    outbox.owe("test", "1", due_at=timezone.now() + timedelta(seconds=2))
    assert 1 < thread._look() <= 2
    outbox.owe("test", "1", due_at=timezone.now() + timedelta(hours=2))
    assert thread._look() == background.IDLE


def test_an_idle_look_is_two_small_queries(thread, django_assert_num_queries):
    thread._look()
    with django_assert_num_queries(2):
        thread._look()


def test_a_database_that_is_away_is_waited_for(thread, doing, caplog):
    doing(lambda key, payload: None, is_slow=True)
    outbox.owe("test", "1")
    with (
        mock.patch.object(background, "run_due", side_effect=OperationalError("gone")),
        mock.patch.object(background.connections, "close_all"),
    ):
        assert thread._look() == background.IDLE
    assert "gone" in caplog.text
    thread._look()
    assert Effect.objects.get().done_at


def test_the_thread_ends_when_it_is_told_to(thread, monkeypatch):
    monkeypatch.setattr(thread, "_look", lambda: 60)
    monkeypatch.setattr(background.util, "Finalize", lambda *args, **kwargs: None)
    thread.start()
    running = thread._thread
    assert running.is_alive()
    thread.stop()
    running.join(5)
    assert not running.is_alive()


def test_nothing_but_a_server_starts_a_thread(doing):
    doing(lambda key, payload: None, is_slow=True)
    outbox.owe("test", "1")
    assert "effects" not in {one.name for one in threading.enumerate()}
