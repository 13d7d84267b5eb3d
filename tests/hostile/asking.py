"""Asking many times, and what was wrong with the answers."""

import copy
import json
import os
import time
from pathlib import Path

from django.db import transaction

LONGEST = 1.0  # seconds
MOST_MEMORY = 50_000_000  # bytes by which one request may make the process grow
_RESIDENT, _PAGE = Path("/proc/self/statm"), os.sysconf("SC_PAGE_SIZE")
MARK = b"<script>alert"


class Asker:
    """Each request's doings are taken back. `wrong`: {what was asked: what is wrong with the answer}."""

    def __init__(self):
        self.asked, self.slowest, self.wrong = 0, (0.0, ""), {}
        self.dearest = (0, "")

    def ask(self, client, method, address, body=None, content_type="application/x-www-form-urlencoded", **headers):
        client.raise_request_exception = False
        before = resident()
        response, took = self._timed(client, method, address, body, content_type, headers)
        if took > LONGEST:  # others work on this machine: slow is what takes a second of our own
            begin = time.process_time()
            response, _took = self._timed(client, method, address, body, content_type, headers)
            took = time.process_time() - begin
        if (grown := resident() - before) > MOST_MEMORY:  # what grows each time, and not what was filled for good
            before = resident()
            response, _took = self._timed(client, method, address, body, content_type, headers)
            grown = resident() - before
        said = f"{method} {address[:200]} {(body or '')[:300]}"
        self.slowest = max(self.slowest, (took, said))
        self.dearest = max(self.dearest, (grown, said))
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            self.wrong[said] = repr(error[1])[:300] if error else response.status_code
        elif took > LONGEST:
            self.wrong[said] = f"{took:.1f} s"
        elif grown > MOST_MEMORY:
            self.wrong[said] = f"{grown // 1_000_000} MB"
        elif response.status_code < 300 and MARK in _content(response):
            self.wrong[said] = "markup"
        return response

    def report(self):
        """Says how many requests it were and which took longest (`pytest -rP` shows it), and fails for a wrong one."""
        for what, (found, said) in {
            "the slowest took %.3f s": self.slowest,
            "the dearest %d bytes": self.dearest,
        }.items():
            print(f"{self.asked} requests; {what % found}: {said[:150]}")  # noqa: T201
        assert self.asked
        assert self.wrong == {}, json.dumps(self.wrong, indent=1)[:20_000]

    def _timed(self, client, method, address, body, content_type, headers):
        cookies = copy.deepcopy(client.cookies)
        begin = time.perf_counter()
        with transaction.atomic():
            try:
                response = client.generic(method, address, body or "", content_type, **headers)
                took = time.perf_counter() - begin
                _content(response)
            finally:
                transaction.set_rollback(True)
        client.cookies = cookies
        self.asked += 1
        return response, took


def resident():
    """Bytes of this process that lie in memory; 0 where the system does not tell."""
    return int(_RESIDENT.read_text().split()[1]) * _PAGE if _RESIDENT.exists() else 0


def _content(response):
    if response.streaming:
        response._parts = getattr(response, "_parts", None) or b"".join(response.streaming_content)
        return response._parts
    return response.content
