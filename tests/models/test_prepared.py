"""A prepared statement answers as the query itself, whatever became of its preparation."""

import weakref

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.compiled import Compiled
from articles.models import Article
from articles.prepared import Statement
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL prepares statements"),
]
WHEN = factories.at("2023-03-22 08:00")


@Compiled.prepared
def titles(at, keys, day):
    return (
        Article.objects.published(at)
        .filter(pk__in=keys, title__contains="100%", published_at__date=day)
        .values_list("title")
    )


@pytest.fixture
def ask():
    """Asks for an article by its key and says what the database was told."""
    keys = [factories.published(WHEN, title=title).pk for title in ("Đạt 100% kế hoạch", "Đạt 99%")]

    def asked():
        with CaptureQueriesContext(connection) as told:
            assert titles(at=WHEN, keys=keys, day=WHEN.date()) == [("Đạt 100% kế hoạch",)]
        return [query["sql"].split()[0] for query in told]

    return asked


def names():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]


def test_it_is_prepared_once_and_then_executed(ask):
    assert [ask(), ask(), ask()] == [["PREPARE"], ["EXECUTE"], ["EXECUTE"]]
    assert len(names()) == 1


def test_a_transaction_is_never_risked(ask):
    with transaction.atomic():
        assert ask() == ["SELECT"]
    assert names() == []


def test_a_new_connection_prepares_anew(ask):
    ask()
    connection.close()
    assert ask() == ["PREPARE"]


def test_what_a_pooler_took_away_is_prepared_again(ask):
    ask()
    with connection.cursor() as cursor:
        cursor.execute("DISCARD ALL")
    assert [ask(), ask(), ask()] == [["EXECUTE", "SELECT"], ["PREPARE"], ["EXECUTE"]]


def test_what_another_process_prepared_on_the_connection_is_used(ask, monkeypatch):
    ask()
    monkeypatch.setattr("articles.prepared._told", weakref.WeakKeyDictionary())
    assert [ask(), ask()] == [["PREPARE", "SELECT"], ["EXECUTE"]]


def test_after_a_column_has_another_type_it_is_asked_in_full(ask):
    ask()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_article ALTER COLUMN title TYPE text")
    try:
        assert [ask(), ask()] == [["EXECUTE", "SELECT"], ["SELECT"]]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_article ALTER COLUMN title TYPE varchar(300)")


def test_an_error_of_the_query_itself_is_raised_and_not_asked_twice():
    statement = Statement("SELECT 1 / %s", [1], [0])
    with CaptureQueriesContext(connection) as told, connection.cursor() as cursor:
        statement.execute(cursor, [1])
        with pytest.raises(DataError):
            statement.execute(cursor, [0])
    assert len(told) == 2
