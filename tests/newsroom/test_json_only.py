"""Nothing that is stored is read back as code: sessions, caches and kept pages are JSON, or stay in a process."""

import ast
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils.module_loading import import_string

from newsroom import environment
from tests import sources

ROOT = Path(__file__).parent.parent.parent
CODE = {"pickle", "cPickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}  # modules that make objects of bytes


class Fake:
    """What a Redis keeps: bytes, and whole numbers as their digits."""

    def __init__(self):
        self.kept = {}

    def set(self, key, value, ex=None, nx=False):
        self.kept.setdefault(key, str(value).encode()) if nx else self.kept.update({key: str(value).encode()})
        return True

    def get(self, key):
        return self.kept.get(key)


@pytest.fixture
def shared(settings, monkeypatch):
    settings.CACHES = {"default": environment.cache("redis://127.0.0.1:1/0")}
    cache, redis = caches["default"], Fake()
    monkeypatch.setattr(cache._cache, "get_client", lambda *args, **options: redis)
    return cache, redis


def test_sessions_lie_in_the_database_as_json():
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def test_what_a_shared_cache_holds_is_json(shared):
    cache, redis = shared
    for value in (True, 7, "Hòa Bình", None, {"a": [1, 2.5]}):
        cache.set("x", value)
        assert cache.get("x") == value
        assert type(cache.get("x")) is type(value)
    assert all(key.startswith(":2:") for key in redis.kept)  # what older releases left is not read


def test_what_somebody_else_wrote_into_the_shared_cache_is_not_run(shared):
    cache, redis = shared
    redis.kept[cache.make_key("x")] = b"cos\nsystem\n(S'true'\ntR."  # a pickle that runs a command
    with pytest.raises(ValueError, match="Expecting value"):
        cache.get("x")


def test_the_serializer_is_one_that_the_settings_find():
    options = environment.cache("redis://127.0.0.1:1/0")["OPTIONS"]
    assert import_string(options["serializer"])().loads(b"5") == 5
    assert environment.cache("unix:///run/redis.sock")["OPTIONS"]["serializer"] == options["serializer"]


def test_no_module_of_ours_makes_objects_of_bytes():
    found = set()
    for folder in ("articles", "newsroom"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(sources.tree(file)):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found |= {(file.name, name) for name in names if name.partition(".")[0] in CODE}
    assert found == set()


def test_a_real_redis_keeps_and_counts_what_the_newsroom_puts_there(settings):
    settings.CACHES = {"default": environment.cache("redis://127.0.0.1:6379/9")}
    cache, key = caches["default"], f"tests-{uuid.uuid4()}"
    try:
        cache.add(key, 0, 5)
    except Exception as error:  # noqa: BLE001 (redis' own, which need not be installed)
        pytest.skip(f"no Redis answers on 127.0.0.1:6379: {error}")
    assert [cache.incr(key), cache.get(key)] == [1, 1]
    cache.set_many({key: True}, 5)
    assert cache.get_many([key]) == {key: True}
    assert cache.get_or_set(f"{key}-salt", lambda: "ab" * 32, 5) == "ab" * 32
    cache.delete_many([key, f"{key}-salt"])
