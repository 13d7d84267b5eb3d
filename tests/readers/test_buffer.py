"""Reads on their way to the database: none lost, none for what is not public, none that breaks."""

import threading
import time
from datetime import UTC, datetime
from unittest import mock

import pytest
from django.db import OperationalError, connection, connections

from articles.models import Article, ReadCount
from articles.readers import buffer as buffers
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = datetime(2023, 3, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def buffer():
    return buffers.ReadBuffer()


def stored():
    return {(row.article_id, row.hour): row.reads for row in ReadCount.objects.all()}


def test_reads_of_one_hour_become_one_row(buffer):
    article = factories.published()
    buffer.add(article.pk, HOUR.replace(minute=5))
    buffer.add(article.pk, HOUR.replace(minute=59))
    assert buffer.flush() == 1
    assert stored() == {(article.pk, HOUR): 2}


def test_a_second_flush_adds_to_what_is_stored(buffer):
    article, other = factories.published(), factories.published()
    buffer.add(article.pk, HOUR, reads=3)
    buffer.flush()
    buffer.add(article.pk, HOUR, reads=4)
    buffer.add(other.pk, HOUR)
    buffer.flush()
    assert stored() == {(article.pk, HOUR): 7, (other.pk, HOUR): 1}


def test_nothing_counted_writes_nothing(buffer, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert buffer.flush() == 0


def test_what_readers_may_not_see_is_dropped(buffer):
    public = factories.published()
    for pk in (public.pk, factories.draft().pk, factories.scheduled().pk, factories.withdrawn().pk, 10**15):
        buffer.add(pk, HOUR)
    assert buffer.flush() == 1
    assert stored() == {(public.pk, HOUR): 1}


def test_many_articles_cost_few_queries(buffer, django_assert_max_num_queries):
    for article in factories.many(600):
        buffer.add(article.pk, HOUR)
    with django_assert_max_num_queries(5):  # two for the savepoint, one for what is public, two of 500 rows
        assert buffer.flush() == 600


def test_a_database_that_is_down_loses_nothing(buffer):
    article = factories.published()
    buffer.add(article.pk, HOUR)
    with mock.patch.object(buffers, "write", side_effect=OperationalError("gone")):
        assert buffer.flush() == 0
    buffer.add(article.pk, HOUR)
    buffer.flush()
    assert stored() == {(article.pk, HOUR): 2}


def test_what_waits_is_bounded_and_what_is_known_still_counts(buffer, monkeypatch):
    monkeypatch.setattr(buffers, "MOST_KEYS", 1)
    article = factories.published()
    for pk in (article.pk, article.pk + 1, article.pk):
        buffer.add(pk, HOUR)
    assert buffer._counts == {(article.pk, HOUR): 2}


def test_no_thread_starts_by_itself(buffer):
    buffer.add(1, HOUR)
    buffers.buffer.add(0, HOUR)
    buffers.buffer.reset()
    assert "reads" not in {thread.name for thread in threading.enumerate()}


def test_a_server_writes_from_the_first_read_on_and_once_more_at_its_end(buffer, monkeypatch):
    monkeypatch.setattr(buffers.util, "Finalize", lambda *args, **kwargs: None)
    written, flushed = [], threading.Event()
    monkeypatch.setattr(buffers, "write", lambda counts: written.append(dict(counts)) or flushed.set() or 1)
    monkeypatch.setattr(buffers.connections, "close_all", lambda: None)
    buffer.flush_every(0.01)
    buffer.add(1, HOUR)
    assert flushed.wait(5)
    thread = buffer._thread
    buffer.stop()
    thread.join(5)
    buffer.add(1, HOUR)
    buffer.stop()
    assert written == [{(1, HOUR): 1}] * 2
    assert not thread.is_alive()


def test_a_forked_process_begins_empty(buffer):
    buffer.add(1, HOUR)
    buffer.reset()
    assert buffer._counts == {}


# Threads that count and threads that write, all at once

WRITERS, READERS, READS = 3, 8, 400


def run(writers, readers, done):
    for thread in [*writers, *readers]:
        thread.start()
    for thread in readers:
        thread.join()
    done.set()
    for thread in writers:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_no_read_is_lost_while_all_hammer_at_once():
    articles = [article.pk for article in factories.many(5)]
    several = [buffers.ReadBuffer() for _process in range(WRITERS)]  # as several processes would
    done, began = threading.Event(), time.monotonic()

    def read(number):
        for turn in range(READS):
            several[(number + turn) % WRITERS].add(articles[turn % 5], HOUR)

    def write(buffer):
        while not done.is_set():
            buffer.flush()
        connections.close_all()

    readers = [threading.Thread(target=read, args=[number]) for number in range(READERS)]
    writers = [threading.Thread(target=write, args=[buffer]) for buffer in several]
    run(writers, readers, done)
    for buffer in several:  # what SQLite refused to one writer while another wrote has stayed in memory
        buffer.flush()
    assert stored() == {(pk, HOUR): READERS * READS // 5 for pk in articles}
    assert time.monotonic() - began < 30


def test_the_statement_names_the_table_of_the_model():
    assert ReadCount._meta.db_table in connection.introspection.table_names()
    assert Article.objects.count() == 0
