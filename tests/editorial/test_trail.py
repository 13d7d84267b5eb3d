"""What the trail keeps, and that nobody takes anything out of it again."""

import pytest
from django.db import DatabaseError, connection, transaction

from articles.editorial import trail, transitions
from articles.models import TrailEntry
from tests import base, factories
from tests.conftest import TRAIL

pytestmark = pytest.mark.django_db


def newest():
    return TrailEntry.objects.first()


def test_a_step_of_the_route_says_who_what_and_from_which_state_to_which():
    article = factories.draft(title="Giá cà phê", created_by=base.person("rita"))
    transitions.submit(article, base.person("rita"))
    entry = newest()
    assert (entry.person, entry.action, entry.kind, entry.key) == ("rita", "submit", "article", str(article.pk))
    assert entry.label == "Giá cà phê"
    assert entry.changes == {"state": ["draft", "submitted"]}


def test_an_entry_goes_with_the_transaction_of_what_it_tells_of():
    with transaction.atomic():
        trail.record(base.person("rita"), "change", factories.section())
        transaction.set_rollback(True)
    assert not TrailEntry.objects.filter(action="change").exists()


def test_no_word_of_a_text_enters_the_log_but_its_length_and_a_mark():
    article = factories.draft()
    changes = {"body": ["<p>Nguồn tin mật.</p>", "<p>Nguồn tin rất mật.</p>"], "title": ["Cũ", "Mới"]}
    trail.record(base.person("rita"), "save", article, changes)
    kept = newest().changes
    assert "mật" not in str(kept) + newest().words
    assert [side["words"] for side in kept["body"]] == [3, 4]
    assert kept["body"][0]["mark"] != kept["body"][1]["mark"]
    assert kept["title"] == ["Cũ", "Mới"]


@pytest.mark.parametrize("field", ["wrong", "note", "about"])
def test_a_long_text_of_any_field_is_not_kept(field):
    trail.record(None, "change", None, {field: ["", "từ " * 100]})
    assert newest().changes[field][1]["words"] == 100


def test_hostile_values_are_kept_clean_and_short():
    nasty = "a\0b\ud800\u202ec\n[ERROR] d" + "x" * 1000
    trail.record(None, nasty[:10], None, {nasty: [nasty[:50], object()]}, label=nasty, person=nasty)
    entry = newest()
    assert entry.label.startswith("abc [ERROR] d")
    assert len(entry.label) == 300
    assert "\n" not in entry.label + entry.person


def test_an_entry_is_found_by_folded_words_of_people_objects_and_values():
    person = base.person("rita")
    person.last_name, person.first_name = "Đặng", "Thùy"
    trail.record(person, "change", factories.section("Kinh tế"), {"name": ["Kinh tế", "Tài chính"]})
    for word in ("dang thuy", "rita", "kinh te", "tai chinh"):
        assert word in newest().words


# Append only


def test_no_code_changes_or_deletes_an_entry():
    entry = trail.record(None, "sign_in")
    for act in (entry.save, entry.delete, TrailEntry.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        TrailEntry.objects.update(person="x")


@pytest.mark.parametrize("sql", ["UPDATE articles_trailentry SET person = 'x'", "DELETE FROM articles_trailentry"])
def test_the_database_refuses_what_no_code_refused(sql):
    trail.record(None, "sign_in", person="somebody")
    if connection.vendor == "sqlite" and "DELETE" in sql:  # taken away by conftest.py, for the flush
        run(TRAIL.TRIGGERS["sqlite"]["trail_refuses_delete"])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql)
    assert TrailEntry.objects.get(action="sign_in").person == "somebody"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_the_database_refuses_to_empty_the_table():
    run(TRAIL.TRIGGERS["postgresql"]["trail_refuses_truncate"])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(f"TRUNCATE {TRAIL.TABLE}")


def test_the_triggers_are_there_after_all_migrations():
    """A migration that alters the table on SQLite drops them without a word."""
    table = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger"
    name = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table}")  # noqa: S608 (both are words of this test)
        found = {row[0] for row in cursor.fetchall()}
    assert {"trail_refuses_update", "trail_refuses_change"} & found


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
