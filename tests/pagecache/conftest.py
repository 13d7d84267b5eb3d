"""The tests here look at a page right after a change (`at_once`); tests/pagecache/test_purging.py has those with
transactions of their own."""

import pytest

from tests import factories


@pytest.fixture
def front(reader):
    """A reader who has read the front page."""
    factories.published(title="Tin đầu")
    assert reader.get("/").how == "miss"
    return reader
