"""docs/security.md has a row for every line, and what it names is there. Whether a test proves it, people judge."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.drills.table import DRILLS

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LINES = [f"S{number:02}" for number in range(1, 65)] + [f"R{number}" for number in range(1, 21)]
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in TEXT.splitlines() if row.startswith("|")]
ROWS = {cells[0]: cells for cells in ROWS if cells[0] not in {"line", "---"}}
FILE = re.compile(r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|toml|lock))(?:::(\w+))?`")
DRILL = re.compile(r"drill `(\w+)`")
MOST_WORDS = 12


def named(line):
    """{(file, function)} of a row."""
    return {(file, function) for cell in ROWS[line][2:] for file, function in FILE.findall(cell)}


@cache
def functions(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_line_has_one_row_and_there_are_no_others():
    found = re.findall(r"^\| ([A-Z]+\d+) \|", TEXT, flags=re.MULTILINE)
    assert Counter(found) == Counter(LINES)
    assert list(ROWS) == LINES


@pytest.mark.parametrize("line", LINES)
def test_a_row_says_what_is_asked_and_where_it_is_proven_or_why_not(line):
    assert len(ROWS[line]) == 4
    _line, asks, proven, words = ROWS[line]
    assert 3 <= len(asks.split()) <= MOST_WORDS, asks
    assert proven or words
    assert not proven or FILE.search(proven) or DRILL.search(proven)
    assert FILE.sub("", DRILL.sub("", proven)).strip(", ") == ""  # names, and nothing that only looks like one


@pytest.mark.parametrize("line", LINES)
def test_every_file_that_a_row_names_exists_and_has_the_test(line):
    gone = [(file, name) for file, name in named(line) if not (ROOT / file).is_file()]
    assert gone == []
    assert [(file, name) for file, name in named(line) if name and name not in functions(file)] == []


@pytest.mark.parametrize("line", LINES)
def test_a_file_that_proves_a_line_is_one_of_tests(line):
    proofs = [file for file, _name in FILE.findall(ROWS[line][2])]
    assert [file for file in proofs if not file.startswith("tests/")] == []
    modules = [file for file in proofs if file.endswith(".py")]
    assert [file for file in modules if not any(name.startswith("test_") for name in functions(file))] == []


def test_every_drill_stands_in_the_row_of_its_line_and_no_row_names_one_that_is_not():
    known = {drill.name: drill.line for drill in DRILLS}
    drilled = {line: set(DRILL.findall(" ".join(cells))) for line, cells in ROWS.items()}
    assert set().union(*drilled.values()) - set(known) == set()
    assert {name: line for name, line in known.items() if name not in drilled[line]} == {}


def test_the_ledger_stands_by_itself():
    """Whoever reads it has this repository and nothing else."""
    assert re.findall(r"\.\./|(?<![\w`])/(?:work|home|tmp|root)\b", TEXT) == []
    assert "docs/security.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
