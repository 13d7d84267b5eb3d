"""`doing(f, …)` makes f the handler of the kind "test" for the time of a test."""

import pytest

from articles.outbox import handlers


@pytest.fixture
def doing(monkeypatch):
    def register(act, **options):
        monkeypatch.setattr(handlers, "_HANDLERS", dict(handlers._HANDLERS))
        return handlers.handles("test", **options)(act)

    return register
