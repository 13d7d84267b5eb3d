"""Of which months and years PostgreSQL is asked first: the newest hits come first, and none is missed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import search
from articles.models import SearchDocument
from articles.search import postgres
from articles.search.documents import PLACES, second
from articles.search.expressions import both, either, term, without
from articles.search.finding import Asked
from articles.search.index import engine
from tests import factories

NOW = datetime(2026, 11, 29, 5, tzinfo=UTC)


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def spans(first, last):
    place = second(datetime(*last, tzinfo=UTC)) + 1
    return postgres.windows(place, second(datetime(*first, tzinfo=UTC)))


def test_of_a_long_archive_the_newest_months_are_asked_first_then_years_then_all(today):
    assert spans((2006, 1, 1), (2026, 11, 29)) == [
        ["@202610", "@202611"],
        ["@2025", "@2026"],
        ["@2021", "@2022", "@2023", "@2024", "@2025", "@2026"],
        [],
    ]


def test_what_is_scheduled_years_ahead_is_asked_with_the_newest_months_and_not_in_their_place(today):
    found = spans((2006, 1, 1), (2028, 3, 5))
    assert found[0] == ["@202610", "@202611", "@202612", "@2027", "@2028"]
    assert found[1] == ["@2025", "@2026", "@2027", "@2028"]
    assert found[-1] == []
    assert spans((2006, 1, 1), (2026, 12, 24))[0] == ["@202610", "@202611", "@202612"]


def test_a_short_span_is_asked_by_its_months_and_some_years_by_their_years(today):
    assert spans((2019, 2, 1), (2019, 3, 31)) == [["@201902", "@201903"]]
    assert spans((2020, 12, 1), (2021, 1, 31)) == [["@202012", "@202101"]]
    assert spans((2018, 1, 1), (2020, 12, 31)) == [
        ["@202011", "@202012"],
        ["@2019", "@2020"],
        ["@2018", "@2019", "@2020"],
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("number", [1, postgres.RARE + 2])
def test_the_newest_come_first_and_none_is_missed_however_they_lie_over_the_years(number):
    years = [2007, 2015, 2022, 2024]
    old = [factories.published(f"{year}-05-0{day} 08:00", title="Lúa trổ").pk for year in years for day in (1, 2, 3)]
    new = [article.pk for article in factories.many(number, when="2026-01-05 08:00", title="Lúa trổ")]
    found = [hit.article for hit in search.find(Asked(text="lúa trổ", is_newest_first=True), size=100).hits]
    places = dict(SearchDocument.objects.values_list("article", "place"))
    assert found == sorted([*old, *new], key=places.__getitem__, reverse=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("limit", [1, 4, 9, 50])
def test_a_phrase_of_a_title_that_is_mostly_spelled_otherwise_is_found_wherever_it_is(limit):
    """The newest months have the phrase of "Lụa trơ" often, and that of "Lúa trổ" hardly."""
    factories.many(6, when=timezone.now() - timedelta(days=9), title="Lụa trơ")
    times = [timezone.now() - timedelta(days=days) for days in (3, 200, 700, 1200, 2900, 4000, 6000)]
    wanted = {factories.published(when, title="Lúa trổ").pk for when in times}
    factories.published("2006-05-01 08:00")
    exact = [either(term(word), term(f"c:{word}")) for word in ("lúa", "trổ")]
    expression = without(both(term("t:lua_tro"), *exact), term("#d"))
    rows = SearchDocument.objects.filter(article__in=wanted).order_by("-place")
    found = engine().places(expression, second(timezone.now()) + PLACES, 0, limit)
    assert found == list(rows.values_list("place", flat=True)[:limit])


@pytest.mark.django_db
@pytest.mark.usefixtures("indexed")
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="FTS5 has no other way")
def test_a_few_articles_are_found_by_the_index_too_and_not_by_reading_all():
    """The planner would: it does not know that to make the tokens of a row takes a third of a millisecond."""
    factories.many(30, title="Lúa trổ")
    told = []

    def explained(execute, sql, params, many, context):
        if "@@" in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute(sql.replace("SELECT place", "EXPLAIN SELECT place", 1), params)
                told.append("\n".join(line for (line,) in cursor.cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        assert search.find(Asked(text="lúa trổ")).hits
    assert told
    assert not any("Seq Scan" in plan for plan in told), told


@pytest.mark.django_db
@pytest.mark.usefixtures("indexed")
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a setting of PostgreSQL's")
def test_what_else_a_transaction_asks_is_planned_as_ever():
    factories.published(title="Lúa trổ")
    assert search.find(Asked(text="lúa trổ")).hits
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
