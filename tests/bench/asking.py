"""A reader: one connection that stays open, one page after the other."""

import http.client
import re
import time
from dataclasses import dataclass, field

from .processes import used_between

LEAST, SECONDS = 5, 0.35  # requests of a cell, and how long it lasts at least
_CARD = re.compile(rb'<article[^>]*\bclass="[^"]*\bcard\b')


@dataclass
class Cell:
    """What one system takes for one page; a row of `walls` and a figure of `cpu` (ms a request) a round."""

    system: str
    page: str
    archive: str
    cpu: list = field(default_factory=list)
    walls: list = field(default_factory=list)  # ms of every request, all rounds
    size: int = 0  # bytes of an answer
    cards: int = 0
    kept: bool = False  # the embedded store answers
    errors: int = 0


class Reader:
    def __init__(self, server, headers=None):
        self.server, self.headers = server, headers or {}
        self.asked = 0  # of the paths of its cell: each round goes on where the one before has ended
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)

    def get(self, path):
        try:
            return self._get(path)
        except (http.client.HTTPException, ConnectionError):  # the server closed it while others were asked
            self.connection.close()
            return self._get(path)

    def _get(self, path):
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.body = answer.read()
        return answer

    def measure(self, cell, paths, used):
        """One round of a cell. `used()` is what processes.cpu_seconds says of the server."""
        before, begun, number = used(), time.perf_counter(), 0
        while number < LEAST or time.perf_counter() - begun < SECONDS:
            since = time.perf_counter()
            answer = self.get(paths[self.asked % len(paths)])
            self.asked += 1
            cell.walls.append((time.perf_counter() - since) * 1000)
            cell.errors += answer.status != 200
            cell.size = len(answer.body)
            number += 1
        cell.cpu.append(used_between(before, used()) * 1000 / number)

    def look(self, cell, path):
        """Ask once before the rounds: how many cards it has, where it comes from; whether it is there."""
        answer = self.get(path)
        cell.cards, cell.kept = len(_CARD.findall(answer.body)), answer.headers.get("X-Cache") == "hit"
        return answer.status == 200
