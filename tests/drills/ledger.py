"""What was promised to whom, and what a drill found: both from many threads."""

import threading
from collections import Counter

DONE, REFUSED, BROKEN = "acknowledged", "refused", "broken off"


class Ledger:
    """Written by who asks, not by the newsroom: (kind, token, what was answered). Compared with the database."""

    def __init__(self):
        self._rows, self._lock = [], threading.Lock()

    def note(self, kind, token, answer):
        with self._lock:
            self._rows.append((kind, token, answer))

    def of(self, kind, answer=DONE):
        with self._lock:
            return [token for one, token, said in self._rows if one == kind and said == answer]

    def counts(self):
        with self._lock:
            return Counter((kind, answer) for kind, _token, answer in self._rows)

    def acknowledged(self):
        return sum(number for (_kind, answer), number in self.counts().items() if answer == DONE)


class Outcome:
    """The figures of a drill, and what did not hold."""

    def __init__(self):
        self.figures, self.faults = [], []

    def figure(self, text):
        self.figures.append(text)
        print(f"  {text}", flush=True)  # noqa: T201

    def expect(self, holds, fault):
        if not holds:
            self.faults.append(fault)
            print(f"  NOT SO: {fault}", flush=True)  # noqa: T201


def percentile(values, part):
    """The value below which so many hundredths lie; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))] if ordered else 0.0
