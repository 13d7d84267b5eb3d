"""Which bundles stay, and which variables of the environment go into one."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from articles.backup import disk
from articles.backup.bundle import Bundle, Problem, name_of, outlived
from newsroom import environment

ROOT = Path(__file__).resolve().parents[2]


def bundles(*moments):
    return [Bundle(Path("x") / name_of(moment)) for moment in sorted(moments, reverse=True)]


def test_the_newest_stay_and_the_last_of_each_day():
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    hourly = bundles(*(begin + timedelta(hours=hour) for hour in range(24 * 10)))
    gone = outlived(hourly, keep=24, keep_days=7)
    stay = [bundle.moment for bundle in hourly if bundle not in gone]
    assert stay[:24] == [begin + timedelta(hours=239 - hour) for hour in range(24)]
    assert [moment.hour for moment in stay[24:]] == [23] * 6
    assert outlived(hourly[:3], keep=24, keep_days=7) == []
    assert len(outlived(hourly, keep=1, keep_days=0)) == 239


def test_a_bundle_knows_every_variable_of_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.search(r"^## Settings$.*?^## ", text, flags=re.DOTALL | re.MULTILINE)[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert len(named) > 20
    assert named == {*environment.PLAIN, *environment.SECRET}


def test_a_file_that_unpacks_to_more_than_was_said_is_refused(tmp_path):
    (tmp_path / "plain").write_bytes(b"\0" * 10_000_000)
    disk.pack(tmp_path / "plain", tmp_path / "packed")
    with pytest.raises(Problem):
        disk.unpack(tmp_path / "packed", tmp_path / "out", most=1_000)
    assert (tmp_path / "out").stat().st_size <= 2 * disk.CHUNK
