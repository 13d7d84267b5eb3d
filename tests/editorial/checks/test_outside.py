"""The link checker must not become a door into the newsroom's own network."""

import contextlib
import socket
import threading
import time

import pytest
from django.core.cache import cache

from articles.editorial import checks
from articles.editorial.checks import outside
from tests import factories
from tests.editorial.checks.looking import names

PUBLIC = "93.184.216.34"


class Listener:
    """A server of one answer on 127.0.0.1 that counts who comes."""

    def __init__(self, answer=b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", delay=0, pace=0):
        self.answer, self.delay, self.pace, self.heard = answer, delay, pace, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _address = self.socket.accept()
            except OSError:
                return
            with client:
                self.heard.append(client.recv(4096))
                time.sleep(self.delay)
                self._answer(client)

    def _answer(self, client):
        """At once, or `pace` seconds after each letter."""
        if not self.pace:
            client.sendall(self.answer)
            return
        with contextlib.suppress(OSError):  # who asked is gone
            for letter in self.answer:
                client.send(bytes([letter]))
                time.sleep(self.pace)

    def close(self):
        self.socket.close()


@pytest.fixture
def listen():
    opened = []

    def start(*args, **kwargs):
        opened.append(Listener(*args, **kwargs))
        return opened[-1]

    yield start
    for listener in opened:
        listener.close()


@pytest.fixture
def internet(monkeypatch):
    """internet(listener) makes every name a public address, and lets that address be answered by the listener."""

    def stand_in(listener, names=None):
        def resolve(host, port, **_kwargs):
            found = (names or {}).get(host, [PUBLIC])
            if not found:
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

        def connect(where, timeout=None):
            asked.append(where)
            connection = socket.socket()
            connection.settimeout(timeout)
            connection.connect(("127.0.0.1", listener.port))
            return connection

        asked = []
        monkeypatch.setattr("socket.getaddrinfo", resolve)
        monkeypatch.setattr("socket.create_connection", connect)
        return asked

    return stand_in


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.CHECK_LINKS = True
    cache.clear()
    yield
    cache.clear()


def status(line, *headers):
    return "\r\n".join([f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "Connection: close", "", ""]).encode()


# What is asked, and what the answer means


@pytest.mark.parametrize(
    ("line", "is_dead"),
    [("200 OK", False), ("404 Not Found", True), ("410 Gone", True), ("403 No", False), ("405 No", False)]
    + [("429 Slow", False), ("500 Oops", False), ("503 Later", False)],
)
def test_dead_is_what_says_so(listen, internet, line, is_dead):
    listener = listen(status(line))
    internet(listener)
    assert outside.is_dead("http://example.vn/tin?x=1") is is_dead
    assert listener.heard[0].startswith(b"HEAD /tin?x=1 HTTP/1.1\r\nHost: example.vn\r\n")


def test_the_connection_goes_to_the_address_that_was_judged(listen, internet):
    asked = internet(listen(status("200 OK")))
    outside.is_dead("http://example.vn/")
    assert asked == [(PUBLIC, 80)]


def test_a_name_that_does_not_exist_is_dead_and_a_silent_name_server_is_not(listen, internet, monkeypatch):
    internet(listen(), {"khong-co.vn": []})
    assert outside.is_dead("http://khong-co.vn/")

    def silent(*_args, **_kwargs):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    monkeypatch.setattr("socket.getaddrinfo", silent)
    assert not outside.is_dead("http://khong-co.vn/")


def test_a_page_that_takes_too_long_counts_as_alive(listen, internet, monkeypatch):
    monkeypatch.setattr(outside, "SECONDS", 0.2)
    internet(listen(status("404 Not Found"), delay=1))
    begun = time.perf_counter()
    assert not outside.is_dead("http://example.vn/")
    assert time.perf_counter() - begun < 0.9


def test_a_line_that_dribbles_is_cut_when_the_time_is_over(listen, internet, monkeypatch):
    monkeypatch.setattr(outside, "SECONDS", 0.3)
    listener = listen(b"HTTP/1.1 404 Not Found\r\n" + b"x" * 40, pace=0.05)  # 3 s for the head
    internet(listener)
    begun = time.perf_counter()
    assert not outside.is_dead("http://example.vn/")
    assert time.perf_counter() - begun < 1.5


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 999999 x\r\n\r\n", b"\0" * 2000])
def test_nonsense_is_no_proof_of_death(listen, internet, answer):
    internet(listen(answer))
    assert not outside.is_dead("http://example.vn/")


def test_a_redirect_is_followed_to_its_end_and_a_circle_is_left(listen, internet):
    listener = listen(status("301 Moved", "Location: /noi-khac"))
    internet(listener)
    assert not outside.is_dead("http://example.vn/")
    assert len(listener.heard) == 1 + outside.REDIRECTS


# What is never asked


def test_a_listener_on_this_machine_hears_nothing(listen):
    listener = listen()
    port = listener.port
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0",
        "0.0.0.0",  # noqa: S104 (asked, not bound)
        "2130706433",
        "0x7f.1",
        "127.1",
        "[::ffff:127.0.0.1]",
    ]:
        assert not outside.is_dead(f"http://{host}:{port}/")
        assert not outside.is_dead(f"http://user@{host}:{port}/")
    outside.look([f"http://127.0.0.1:{port}/", f"//127.0.0.1:{port}/", f"https://localhost:{port}/"])
    time.sleep(0.05)
    assert listener.heard == []


PRIVATE = [
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
    *("224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
    *("2002:7f00:1::", "ff02::1", "::", "fec0::1", "64:ff9b:1::7f00:1", "168.63.129.16"),
]


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("others", [[], [PUBLIC]])
def test_a_public_name_that_leads_to_a_private_address_is_not_asked(listen, internet, address, others):
    listener = listen()
    asked = internet(listener, {"trap.example": [*others, address]})
    assert not outside.is_dead("http://trap.example/")
    assert (asked, listener.heard) == ([], [])


def test_a_name_server_that_changes_its_mind_gains_nothing(listen, internet, monkeypatch):
    asked = internet(listen(status("200 OK")))
    answers = iter([PUBLIC, "127.0.0.1"])
    monkeypatch.setattr("socket.getaddrinfo", lambda _host, port, **_kw: [(2, 1, 6, "", (next(answers), port))])
    outside.is_dead("http://rebind.example/")
    assert asked == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://trap.example/", "ftp://example.vn/", "http://example.vn:22/"]
)
def test_a_redirect_to_what_may_not_be_asked_is_not_followed(listen, internet, target):
    listener = listen(status("302 Found", f"Location: {target}"))
    asked = internet(listener, {"trap.example": ["10.0.0.1"]})
    assert not outside.is_dead("http://example.vn/")
    assert asked == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "address",
    ["http://example.vn:8080/", "https://example.vn:80/", "ftp://example.vn/", "mailto:a@b.vn", "javascript:1", "/tin/"]
    + ["http://a@example.vn/", "http://[::1", "", "gopher://example.vn/", "http://may-chu/"],
)
def test_only_the_web_on_its_own_ports_is_asked(listen, internet, address):
    asked = internet(listen())
    assert not outside.is_dead(address)
    assert asked == []


# When it is asked


def test_nobody_is_asked_where_it_is_off(listen, internet, settings):
    settings.CHECK_LINKS = False
    asked = internet(listen(status("404 Not Found")))
    outside.look(["http://example.vn/"])
    assert asked == []
    assert outside.known(["http://example.vn/"]) == set()


def test_what_was_learnt_is_remembered(listen, internet):
    listener = listen(status("404 Not Found"))
    internet(listener)
    for _round in range(2):
        outside.look(["http://example.vn/", "http://example.vn/"])
    assert len(listener.heard) == 1
    assert outside.known(["http://example.vn/", "http://khac.vn/"]) == {"http://example.vn/"}


def test_many_links_wait_together_and_not_one_after_the_other(listen, internet, monkeypatch):
    monkeypatch.setattr(outside, "SECONDS", 0.3)
    internet(listen(status("200 OK"), delay=5))
    begun = time.perf_counter()
    outside.look([f"http://example.vn/{number}" for number in range(40)])
    assert time.perf_counter() - begun < 0.3 * 3 + 0.5


@pytest.mark.django_db
def test_the_form_asks_nobody_and_says_what_is_known(listen, internet):
    listener = listen(status("404 Not Found"))
    internet(listener)
    article = factories.complete(body='<p><a href="http://example.vn/mat">x</a></p>')
    assert checks.run(article) == []
    assert listener.heard == []
    checks.look_outside(article)
    assert names(article) == {"link-dead"}
    assert len(listener.heard) == 1
