"""Raw bytes over the socket of the production server: what of them reaches an application, and in which form."""

import json
import socket
import time
from contextlib import suppress

import pytest

from .test_server import ROOT, Served

HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n"


class Echo(Served):
    """The same server with an application that answers with what it was told (echo.py)."""

    application = ("tests.newsroom.echo:application",)
    migrates = False

    def raw(self, sent, seconds=5):
        """All that comes back until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as reader:
            with suppress(OSError):  # refused before all of it was sent
                reader.sendall(sent)
            return b"".join(iter(lambda: self._some(reader), b""))

    @staticmethod
    def _some(reader):
        try:
            return reader.recv(65536)
        except OSError:
            return b""

    def told(self, sent):
        """What the application was told; the status where it was not asked."""
        answer = self.raw(sent)
        head, _, body = answer.partition(b"\r\n\r\n")
        return json.loads(body) if head.startswith(b"HTTP/1.1 200") else int(head[9:12] or 0)


@pytest.fixture(scope="module")
def echo(tmp_path_factory):
    server = Echo(tmp_path_factory.mktemp("echo"))
    yield server
    server.stop()


def get(path=b"/a", *lines):
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


def test_address_and_protocol_are_those_of_the_connection_whatever_a_header_says(echo):
    lies = [
        b"X-Forwarded-For: 9.9.9.9",
        b"X-Forwarded-Proto: https",
        b"Remote-Addr: 9.9.9.9",
        b"Forwarded: for=9.9.9.9",
    ]
    told = echo.told(get(b"/a", *lies))
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert (told["HTTP_X_FORWARDED_FOR"], told["HTTP_X_FORWARDED_PROTO"]) == ("9.9.9.9", "https")


def test_of_a_header_that_comes_twice_the_last_word_is_the_proxys(echo):
    told = echo.told(get(b"/a", b"X-Forwarded-For: 9.9.9.9", b"X-Forwarded-For: 14.1.1.1", b"Host: evil.test"))
    assert told["HTTP_X_FORWARDED_FOR"].rpartition(",")[2] == "14.1.1.1"
    assert told["HTTP_HOST"] == "127.0.0.1,evil.test"  # which Django takes for no host


def test_no_proxy_of_ours_lets_names_with_underscores_pass(echo):
    """X_Forwarded_For would take the place of X-Forwarded-For. nginx drops such names unless it is told not to."""
    assert (
        echo.told(get(b"/a", b"X-Forwarded-For: 1.1.1.1", b"X_Forwarded_For: 9.9.9.9"))["HTTP_X_FORWARDED_FOR"]
        == "9.9.9.9"
    )
    for file in (ROOT / "deploy").glob("nginx*.conf"):
        assert "underscores_in_headers" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "arrives"),
    [
        (b"/a%00b", "/a\x00b"),
        (b"/%ff", "\xff"),
        (b"//evil.test/a", "//evil.test/a"),
        (b"http://evil.test/a", "/a"),
        (b"/%zz%2", "/%zz%2"),
        (b"/a/../b", "/a/../b"),
        (b"*", "*"),
        (b"/a\x01", 400),
        (b"/a<", 400),
        (b"/" + b"a" * 70_000, 414),
        (b"/%0d%0aX-Injected:%201", "/\r\nX-Injected: 1"),
    ],
)
def test_a_path_arrives_as_it_was_sent_or_is_refused(echo, path, arrives):
    told = echo.told(get(path))
    assert (told if isinstance(told, int) else told["PATH_INFO"].replace("/\xff", "\xff")) == arrives


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(get(b"/a", *[b"X-H%d: v" % number for number in range(10_000)]), id="ten thousand headers"),
        pytest.param(get(b"/a", b"Cookie: a=" + b"x" * 1_000_000), id="cookies of a megabyte"),
        pytest.param(get(b"/a", b"X-A: a\rX-B: b"), id="a bare CR"),
        pytest.param(get(b"/a", b"X-A: a", b" folded"), id="a folded line"),
        pytest.param(get(b"/a", b"X-A: a\x00b"), id="NUL in a header"),
        pytest.param(
            b"POST /read HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", id="xchunked"
        ),
        pytest.param(b"POST /read HTTP/1.1\r\n" + HOST + b"Content-Length: +5\r\n\r\nhello", id="a length with a sign"),
        pytest.param(b"G\xc3\x84T / HTTP/1.1\r\n" + HOST + b"\r\n", id="a method that is none"),
        pytest.param(b"CONNECT evil.test:80 HTTP/1.1\r\n" + HOST + b"\r\n", id="CONNECT"),
        pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", id="HTTP/2"),
    ],
)
def test_what_is_too_much_or_no_http_reaches_no_application(echo, sent):
    assert echo.told(sent) in {0, 400, 414, 431}
    assert echo.told(get())["PATH_INFO"] == "/a"


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: %d\r\n\r\n",
        b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n0\r\n\r\n",
        b"Content-Length: %d\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_no_request_hides_in_the_body_of_another(echo, lines):
    hidden = get(b"/hidden")
    assert b"/hidden" not in echo.raw(b"POST /a HTTP/1.1\r\n" + HOST + lines % len(hidden) + hidden)


def test_a_chunked_body_is_read_to_its_end_and_a_broken_one_to_where_it_breaks(echo):
    head = b"POST /read HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert echo.told(head + b"5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n")["read"] == 6
    assert echo.told(head + b"f" * 20 + b"\r\nhello")["read"] == 0


def test_a_body_of_a_hundred_megabytes_takes_no_memory(echo):
    before = echo.told(get())["memory"]
    size = 100 * 1024 * 1024
    for path in (b"/unread", b"/read"):
        echo.raw(b"POST " + path + b" HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % size + bytes(size))
    assert echo.told(get())["memory"] - before < 30


def test_a_hundred_clients_that_send_nothing_or_read_nothing_hold_nobody_up(echo):
    idle = [echo.connect() for _client in range(60)]
    deaf = [echo.connect() for _client in range(40)]
    for client in deaf:
        client.sendall(get() * 20)
    begin = time.monotonic()
    assert echo.ask("/a") == 200
    assert time.monotonic() - begin < 2
    for client in idle + deaf:
        client.close()
