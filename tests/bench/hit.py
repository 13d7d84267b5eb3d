"""What a page costs that is answered from the page cache, in CPU time: python -m tests.bench.hit

The wrapper alone, without a server: a front page of 60 KB, as Brotli, as gzip, plain, and as a 304; beside it the same
page by Django, and an application that answers with bytes at hand (the floor).
"""

import tempfile
import time
from pathlib import Path

from articles.pagecache.ahead import Heading
from articles.pagecache.gate import Gate
from articles.pagecache.leases import Leases
from articles.pagecache.purges import FileLog, Purges
from articles.pagecache.store import Store

TIMES, ROUNDS = 20_000, 5
WORDS = "Hòa Bình: hồ thủy điện tích nước đúng quy trình, bà con yên tâm vào vụ cấy. "
PAGE = ("<p>" + WORDS * 400 + "</p>").encode()
ASKED = {
    "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "SERVER_NAME": "x", "SERVER_PORT": "80",
    "HTTP_HOST": "baomau.vn", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
    "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd", "HTTP_COOKIE": "_ga=GA1.2.1; _zlp=abc",
}  # fmt: skip


def application(environ, start_response):
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")]
    headers += [("Last-Modified", "Sun, 29 Nov 2026 01:00:00 GMT"), ("X-Frame-Options", "DENY")]
    headers += [("Content-Security-Policy", "default-src 'self'"), ("Referrer-Policy", "same-origin")]
    start_response("200 OK", [*headers, ("Cache-Tag", " ".join(f"card-{n}" for n in range(60)))])
    return [PAGE]


class Always:
    def end(self, *_):
        return time.time() + 3600


def cpu(answer, environ):
    """The least microseconds of CPU of one answer, over some rounds."""
    best = 1e9
    for _round in range(ROUNDS):
        begin = time.process_time()
        for _time in range(TIMES):
            b"".join(answer(environ, lambda status, headers: None))
        best = min(best, (time.process_time() - begin) / TIMES)
    return best * 1e6


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gate = Gate(
            application, store=Store(folder / "files", 1 << 26, 1 << 26, "x"), purges=Purges(FileLog(folder)),
            leases=Leases(folder / "leases"), agenda=Always(), heading=Heading("none"), hosts=["baomau.vn"],
            cookies=("sessionid", "csrftoken", "messages"), admits=bool,
        )  # fmt: skip
        told = []
        b"".join(gate(ASKED, lambda status, headers: told.extend(headers)))
        known = {**ASKED, "HTTP_IF_NONE_MATCH": dict(told)["ETag"]}
        kinds = {"br": ASKED, "gzip": {**ASKED, "HTTP_ACCEPT_ENCODING": "gzip"}, "304": known}
        kinds["plain"] = {**ASKED, "HTTP_ACCEPT_ENCODING": ""}
        print(f"floor  {cpu(application, ASKED):6.1f} µs")
        for kind, environ in kinds.items():
            print(f"{kind:6} {cpu(gate, environ):6.1f} µs")


if __name__ == "__main__":
    main()
