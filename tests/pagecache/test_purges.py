"""The number and the log by which processes agree on what was purged, in a file and in Redis."""

import itertools
import os
import threading
import time

import pytest
import redis

from articles.pagecache import purges
from articles.pagecache.purges import FileLog, Purges, RedisLog
from articles.pagecache.tags import ALL, Level

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/3")
_number = itertools.count()


def _file(tmp_path, request):
    return lambda: Purges(FileLog(tmp_path))


def _redis(tmp_path, request):
    client = redis.Redis.from_url(REDIS, socket_timeout=1, socket_connect_timeout=1)
    try:
        client.ping()
    except redis.RedisError:
        pytest.skip(f"no Redis at {REDIS}")
    prefix = f"newsroom-tests:{os.getpid()}:{next(_number)}"
    request.addfinalizer(lambda: client.delete(f"{prefix}:number", f"{prefix}:log"))
    return lambda: Purges(RedisLog(client, redis.RedisError, prefix))


@pytest.fixture(params=[_file, _redis], ids=["file", "redis"])
def process(request, tmp_path):
    """process() is what one more process knows."""
    return request.param(tmp_path, request)


def test_a_page_is_good_until_one_of_its_tags_is_purged(process):
    mine, other = process(), process()
    number = mine.number()
    assert mine.judge(number, ["article-1", "site"]) is None
    other.append({"article-2": Level.PLAIN})
    assert mine.judge(number, ["article-1", "site"]) is None
    other.append({"article-1": Level.PLAIN})
    assert mine.judge(number, ["article-1", "site"]) == Level.PLAIN


def test_a_page_that_was_begun_before_a_purge_is_not_good_after_it(process):
    mine = process()
    begun = mine.number()
    mine.append({"front": Level.PLAIN})
    assert mine.judge(begun, ["front"]) == Level.PLAIN
    assert mine.judge(mine.number(), ["front"]) is None


def test_the_highest_level_counts(process):
    mine = process()
    number = mine.number()
    mine.append({"article-1": Level.HARD, "front": Level.SOFT})
    mine.append({"front": Level.PLAIN})
    assert mine.judge(number, ["article-1", "front"]) == Level.HARD
    assert mine.judge(number, ["front"]) == Level.PLAIN


def test_all_is_every_page(process):
    mine = process()
    number = mine.number()
    mine.append({ALL: Level.PLAIN})
    assert mine.judge(number, ["robots"]) == Level.PLAIN


def test_a_purge_has_come_to_every_process_when_it_returns(process):
    mine, other = process(), process()
    number = mine.number()
    other.append({"front": Level.PLAIN})
    assert mine.number() > number


def test_many_purge_at_once_and_none_is_lost(process):
    mine, others = process(), [process() for _ in range(4)]
    number = mine.number()

    def purge(place, other):
        for times in range(5):
            other.append({f"tag-{place}-{times}": Level.PLAIN})

    threads = [threading.Thread(target=purge, args=pair) for pair in enumerate(others)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    lost = [
        (place, times)
        for place in range(4)
        for times in range(5)
        if mine.judge(number, [f"tag-{place}-{times}"]) is None
    ]
    assert lost == []
    assert mine.number() == number + 20


def test_a_process_that_starts_later_knows_what_was_purged(process):
    mine = process()
    number = mine.number()
    mine.append({"front": Level.PLAIN})
    later = process()
    assert later.judge(number, ["front"]) == Level.PLAIN
    assert later.judge(number, ["section-1"]) is None


@pytest.mark.parametrize("is_read", [True, False])
def test_of_what_the_log_no_longer_holds_nothing_is_good(process, monkeypatch, is_read):
    monkeypatch.setattr(purges, "LONGEST", 400)
    monkeypatch.setattr(purges, "MOST_LINES", 8)
    mine = process()
    number = mine.number()
    if is_read:
        mine.judge(number, ["article-1"])
    for times in range(40):
        mine.append({f"word-{times}": Level.PLAIN})
    assert mine.judge(number, ["article-1"]) == Level.HARD
    assert mine.judge(mine.number(), ["article-1"]) is None


def test_a_purge_that_was_killed_before_its_number_is_counted_on_from(tmp_path):
    mine = Purges(FileLog(tmp_path))
    number = mine.number()
    with (tmp_path / "purges.log").open("a") as file:
        file.write(f"{number + 1} 1 front\n")
    assert mine.append({"section-1": Level.PLAIN}) == number + 2
    assert mine.judge(number, ["front"]) == Level.PLAIN


def test_a_half_written_line_waits_for_its_end(tmp_path):
    mine = Purges(FileLog(tmp_path))
    number = mine.number()
    kept = FileLog(tmp_path)
    with (tmp_path / "purges.log").open("a") as file:
        file.write(f"{number + 1} 1 fro")
        file.flush()
        assert [line for line in kept.unread() if "fro" in line] == []
        file.write("nt\n")
    assert kept.unread() == [f"{number + 1} 1 front"]


def test_a_redis_that_forgot_makes_every_page_old(process):
    mine = process()
    if not isinstance(mine._log, RedisLog):
        pytest.skip("of Redis only")
    number = mine.number()
    assert mine.judge(number, ["front"]) is None
    mine._log._client.delete(*mine._log._keys)
    time.sleep(purges.ASK_EVERY)
    assert mine.judge(number, ["front"]) == Level.HARD


class Silent:
    """A Redis that answers when `answers` is True."""

    answers = True

    def get(self, name):
        if not self.answers:
            raise redis.TimeoutError("no answer")
        return b"7"

    def lrange(self, *_):
        return [b"7 3 floor"]


def test_a_redis_that_does_not_answer_is_not_waited_for_by_every_reader():
    client = Silent()
    mine = Purges(RedisLog(client, redis.RedisError))
    assert mine.number() == 7
    client.answers = False
    time.sleep(purges.ASK_EVERY)
    assert mine.number() is None
    client.answers = True
    assert mine.number() is None  # for a second nobody asks again
