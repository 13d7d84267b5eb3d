"""What runs on which database: nothing is left out, and what both must run, both do."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from . import choosing


def item(nodeid, fixtures=("db",)):
    return SimpleNamespace(nodeid=nodeid, fixturenames=fixtures, get_closest_marker=lambda name: None)


def config(share):
    hook = SimpleNamespace(pytest_deselected=lambda items: None)
    return SimpleNamespace(getoption=lambda name: share, hook=hook)


def asked(share, items):
    items = list(items)
    choosing.pytest_collection_modifyitems(config(share), items)
    return {one.nodeid for one in items}


MANY = [item(f"tests/views/test_words.py::test_a_word[{number}]") for number in range(60)]
FEW = [item(f"tests/views/test_words.py::test_both_ways[{way}]") for way in ("up", "down", "over")]
PURE = [item(f"tests/leaves/test_fold.py::test_a_letter[{letter}]", ()) for letter in "aăâb"]
BROWSER = [item("tests/browser/test_desk.py::test_it_opens")]


@pytest.fixture(autouse=True)
def shared(monkeypatch):
    monkeypatch.setattr(choosing, "EVERY_CASE", False)


def test_every_case_of_a_test_with_many_runs_on_one_database_and_the_first_on_both():
    names = {one.nodeid for one in MANY}
    on_sqlite, on_postgresql = asked("sqlite", MANY), asked("postgresql", MANY)
    assert on_sqlite | on_postgresql == names
    assert on_sqlite & on_postgresql == {MANY[0].nodeid}
    assert 10 < len(on_postgresql) < 30


def test_a_test_with_few_cases_runs_whole_on_both():
    for share in ("sqlite", "postgresql"):
        assert asked(share, FEW) == {one.nodeid for one in FEW}


def test_of_the_screens_of_the_desk_sqlite_runs_all_and_postgresql_a_third_of_its_lists_both_run_all():
    screens = [item(f"tests/admin/site/test_screens.py::test_number_{number}") for number in range(60)]
    lists = [item(f"tests/admin/lists/test_list.py::test_number_{number}") for number in range(9)]
    assert len(asked("sqlite", [*screens, *lists])) == 69
    assert 10 < len(asked("postgresql", screens)) < 30
    assert len(asked("postgresql", lists)) == 9


def test_crawls_and_the_demo_run_on_sqlite_and_the_demo_is_loaded_on_both():
    crawl = item("tests/views/whole_site/test_canary.py::test_no_answer_tells_anything")
    loading = item("tests/test_demo.py::test_an_empty_site_takes_the_demo")
    demo = [loading, item("tests/test_demo.py::test_every_section_has_news")]
    assert len(asked("sqlite", [crawl, *demo])) == 3
    assert asked("postgresql", [crawl, *demo]) == {loading.nodeid}


def test_what_does_not_depend_on_the_database_runs_on_sqlite_only():
    both = [*PURE, *BROWSER]
    assert asked("sqlite", both) == {one.nodeid for one in both}
    assert asked("postgresql", both) == set()


def test_what_is_said_to_need_no_database_is_there():
    root = Path(__file__).parents[1]
    assert [path for path in choosing.ON_SQLITE_ONLY if not (root / path).exists()] == []


def test_without_a_share_everything_runs():
    assert len(asked(None, [*MANY, *FEW, *PURE, *BROWSER])) == 68


def test_every_case_runs_on_both_where_that_is_asked(monkeypatch):
    monkeypatch.setattr(choosing, "EVERY_CASE", True)
    crawls = [item("tests/html/test_doors.py::test_every_vector")]
    for share in ("sqlite", "postgresql"):
        assert len(asked(share, [*MANY, *crawls])) == 61
