"""Two machines with pages of their own, which agree through Redis on what was purged."""

import pytest
import redis

from articles.pagecache import purges
from tests import factories, through

from .test_purges import REDIS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


@pytest.fixture
def machine(settings, tmp_path):
    """machine('a') is a reader in front of one of them."""
    client = redis.Redis.from_url(REDIS, socket_timeout=1, socket_connect_timeout=1)
    try:
        client.ping()
    except redis.RedisError:
        pytest.skip(f"no Redis at {REDIS}")
    settings.REDIS_URL = REDIS

    def reader(name):
        settings.PAGES_ROOT = tmp_path / name
        return through.Reader()

    yield reader
    client.delete("newsroom:pages:number", "newsroom:pages:log")


def test_what_is_published_on_one_machine_is_seen_through_the_other(machine):
    factories.published(title="Tin cũ")
    one, other = machine("a"), machine("b")
    assert [reader.get("/").how for reader in (one, other, one, other)] == ["miss", "miss", "hit", "hit"]
    factories.published(title="Tin vừa đăng")
    assert all("Tin vừa đăng" in reader.get("/").text for reader in (one, other))


def test_while_redis_is_down_a_page_is_good_for_seconds(machine, monkeypatch):
    factories.published()
    reader = machine("a")
    reader.get("/")
    monkeypatch.setattr(reader.gate, "_ask", lambda _: None)
    monkeypatch.setattr(reader.gate.purges, "number", lambda: None)
    assert reader.get("/").how == "hit"
    entry = reader.gate.store.get("/")
    entry.born -= purges.GRACE
    reader.gate.store.put(entry)
    with reader.gate.leases.take("/"):  # somebody makes it anew: nobody else waits for a moment's difference
        assert reader.get("/").how == "stale"
    assert reader.get("/").how == "miss"
