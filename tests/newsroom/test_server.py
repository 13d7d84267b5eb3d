"""The production server as `make run` starts it: what comes over its socket, and what its signals do."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8  # as newsroom/environment.py has it
TOKEN = b"a" * 32


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Served:
    application, migrates = (), True

    def __init__(self, folder):
        self.port = free_port()
        url = {"DATABASE_URL": f"sqlite:///{folder}/server.sqlite3", "VAR_DIR": str(folder), "WORKERS": "1"}
        self.environment = {**os.environ, **url, "PORT": str(self.port)}
        if self.migrates:
            self.run("manage.py", "migrate", "-v0").wait(120)
        self.log = (folder / "server.log").open("wb")
        self.process = self.run("-m", "newsroom.server", *self.application, stdout=self.log)
        self.wait()

    def run(self, *command, **options):
        options = {"env": self.environment, **options}
        return subprocess.Popen([sys.executable, *command], cwd=ROOT, **options)  # noqa: S603 (ours)

    def wait(self, seconds=120):
        end = time.monotonic() + seconds
        while True:
            try:
                assert self.ask("/healthz") == 200
                return
            except (OSError, http.client.HTTPException):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def ask(self, path, method="GET", body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            return connection.getresponse().status
        finally:
            connection.close()

    def workers(self):
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    server = Served(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


def test_its_address_stands_on_stdout(served):
    log = Path(served.log.name).read_text(encoding="utf-8")
    assert f"Readers: http://127.0.0.1:{served.port}/" in log


def test_headers_that_never_end_hold_no_thread(served):
    slow = [served.connect() for _reader in range(4 * THREADS)]
    for reader in slow:
        reader.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    begin = time.monotonic()
    assert served.ask("/healthz") == 200
    assert time.monotonic() - begin < 5
    for reader in slow:
        reader.close()


def test_a_header_too_large_is_refused_and_nobody_else_notices(served):
    with served.connect() as reader:
        reader.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\n")
        assert reader.recv(100)[:12] in {b"HTTP/1.1 431", b"HTTP/1.1 400", b""}
    assert served.ask("/healthz") == 200


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: minus\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /\x00healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: 1\r\nX B: 2\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_request_is_refused(served, request_):
    with served.connect() as reader:
        reader.sendall(request_)
        reader.shutdown(socket.SHUT_WR)
        assert b" 200 " not in reader.recv(100).split(b"\r\n")[0]
    assert served.ask("/healthz") == 200


SIGN_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.create_user("up", is_staff=True))
print(client.session.session_key)
"""


def test_a_large_upload_arrives_whole(served):
    said = served.run("manage.py", "shell", "-v0", "-c", SIGN_IN, stdout=subprocess.PIPE, text=True)
    session = said.communicate(timeout=60)[0].split()[-1]
    photo = b"x" * (20 * 1024 * 1024)
    head = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    tail = b'\r\n--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n' + TOKEN + b"\r\n--x--\r\n"
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"csrftoken={TOKEN.decode()}; sessionid={session}",
    }
    # A form that says what is missing in it: the token behind the photo was read.
    assert served.ask("/admin/password_change/", "POST", head + photo + tail, headers) == 200


def test_a_large_body_of_somebody_unknown_is_refused_before_it_comes(served):
    with served.connect() as reader:
        reader.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2000000\r\n\r\n")
        assert reader.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("kind", ["text/plain; charset=hex", "text/plain; x*=no-such''v", "a/b;" * 1000])
def test_what_a_content_type_says_breaks_nothing(served, kind):
    assert served.ask("/tim-kiem/?q=tin", headers={"Content-Type": kind}) == 200


def test_a_worker_that_was_killed_is_replaced(served):
    before = served.workers()
    os.kill(int(before[-1]), signal.SIGKILL)
    time.sleep(0.2)
    served.wait()
    assert served.workers()[-1] != before[-1]


def test_an_end_while_its_workers_are_starting_is_at_once(served):
    begun = time.monotonic()
    elsewhere = {**served.environment, "PORT": str(free_port())}
    again = served.run("-m", "newsroom.server", stdout=subprocess.DEVNULL, env=elsewhere)
    try:
        children = Path(f"/proc/{again.pid}/task/{again.pid}/children")
        while not children.read_text().split() and time.monotonic() < begun + 30:
            time.sleep(0.01)
        again.terminate()
        assert again.wait(15) == 0
    finally:
        again.kill()
        again.wait()


def test_a_request_under_way_is_answered_before_it_stops(tmp_path):
    server = Served(tmp_path)
    try:
        with server.connect() as reader:
            reader.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n")
            reader.sendall(b"Content-Type: application/x-www-form-urlencoded\r\n\r\na=123")
            time.sleep(0.5)
            server.process.terminate()
            time.sleep(0.5)
            reader.sendall(b"45678")
            assert reader.recv(100).startswith(b"HTTP/1.1 403")
        assert server.process.wait(30) == 0
    finally:
        server.stop()
