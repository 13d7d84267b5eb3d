"""A web machine that a test can put words into the mouth of, and that remembers what it was asked."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = {"Cache-Control": "no-cache", "Cache-Tag": "article-1 front", "Surrogate-Control": "max-age=600"}


@dataclass
class Said:
    """What the origin answers at every address but /healthz."""

    body: bytes = b"the page"
    status: int = 200
    headers: dict = field(default_factory=lambda: dict(PAGE))


class Origin:
    def __init__(self):
        self.said, self.asked, self.slow, self.open = Said(), [], 0, []
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                origin.open.append(self.connection)

            def do_GET(self):
                origin.answer(self)

            do_POST = do_HEAD = do_GET

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True)
        self.thread.start()

    def answer(self, call):
        if call.path == "/healthz":
            return self._send(call, Said(b"ok", headers={"Cache-Control": "no-store"}))
        sent = call.rfile.read(int(call.headers.get("Content-Length") or 0))
        self.asked.append((call.command, call.path, dict(call.headers), len(sent)))
        self.slow and threading.Event().wait(self.slow)
        said = self.said(call) if callable(self.said) else self.said
        tag = said.headers.get("ETag")
        if tag and call.headers.get("If-None-Match") == tag:
            said = Said(b"", 304, said.headers)
        return self._send(call, said)

    def _send(self, call, said):
        call.send_response(said.status)
        for name, value in said.headers.items():
            call.send_header(name, value)
        if said.status != 304:
            call.send_header("Content-Length", str(len(said.body)))
        call.end_headers()
        if call.command != "HEAD":
            call.wfile.write(said.body)

    def stop(self):
        """As a machine that was switched off: its port refuses, open connections are cut."""
        self.server.shutdown()
        self.server.server_close()
        for connection in self.open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
