"""Who does what is owed: one function a kind, found by its decorator. Their modules are imported in receivers.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

LEASE = 30  # seconds
_HANDLERS = {}


@dataclass(frozen=True)
class Handler:
    act: Callable
    is_slow: bool
    lease: int
    merge: Callable


def handles(kind, *, is_slow=False, lease=LEASE, merge=lambda old, new: new):
    """Make a function `f(key, payload)` the one that does effects of a kind; it raises when they are still owed.

    is_slow: never done by the request that owes it, only by the thread. lease: seconds after which one who has not
    finished counts as killed. merge: the payload of two open effects of one key; else the newer one counts.
    """

    def register(act):
        _HANDLERS[kind] = Handler(act, is_slow, lease, merge)
        return act

    return register


def handler(kind):
    """LookupError where nobody does that kind: it stays owed, and is tried when a release brings one."""
    return _HANDLERS[kind]


def lease(kind):
    return timedelta(seconds=_HANDLERS[kind].lease if kind in _HANDLERS else LEASE)
