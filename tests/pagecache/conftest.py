"""The tests here look at a page right after a change: a purge does not wait for a commit that never comes in a test.
tests/pagecache/test_purging.py has those with transactions of their own."""

import pytest

from tests import factories


@pytest.fixture
def at_once(monkeypatch):
    """Every change is committed as soon as it is made."""
    monkeypatch.setattr("articles.pagecache.purging.transaction.on_commit", lambda hook, robust=False: hook())


@pytest.fixture
def front(reader):
    """A reader who has read the front page."""
    factories.published(title="Tin đầu")
    assert reader.get("/").how == "miss"
    return reader
