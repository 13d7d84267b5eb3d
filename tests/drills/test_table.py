"""The runner of the drills itself; what they find is not for the tests (`make drills`)."""

from dataclasses import replace

from tests.drills import __main__ as runner
from tests.drills import figures
from tests.drills.table import DRILLS, Drill

LINES = {*(f"R{number}" for number in range(1, 20)), "S51"}


def test_every_line_of_the_bars_that_needs_one_has_a_drill():
    assert {drill.line for drill in DRILLS} == LINES
    assert len({drill.name for drill in DRILLS}) == len(DRILLS)


def test_a_drill_that_cannot_run_fails(capsys):
    (result,) = runner.several([(Drill("nothing", "R1", "…"), "")], None, is_long=False, beside=False)
    assert not result.passed
    assert capsys.readouterr().out.endswith(": FAILED\n")


def test_those_that_measure_time_run_alone_and_of_the_others_two_at_once(monkeypatch, tmp_path):
    begun, ended, most = [], [], []

    def start(run, *_on):
        begun.append((run.drill.name, run.port))
        most.append(len(begun) - len(ended))

    monkeypatch.setattr(runner.Run, "_start", start)
    monkeypatch.setattr(runner.Run, "has_ended", lambda run: most[-1] == 2 or len(begun) - len(ended) == 1)
    monkeypatch.setattr(runner.Run, "result", lambda run: ended.append(run) or figures.Result(run.drill, "", [], [], 0))
    monkeypatch.setattr(runner, "PAUSE", 0)
    jobs = [(replace(drill, engines=()), "") for drill in DRILLS]
    beside = [result.drill.name for result in runner.several(jobs, None, False, beside=True)]
    assert max(most) == 2
    assert {port for _name, port in begun} == set(runner.FIRST_PORTS)
    most.clear()
    alone = [result.drill.name for result in runner.several(jobs, None, False, beside=False)]
    assert max(most) == 1
    assert sorted(beside + alone) == sorted(drill.name for drill in DRILLS)
    assert {"spike", "database", "failover"} <= set(alone)


def test_the_table_of_figures_is_written_into_its_place(tmp_path, monkeypatch):
    document = tmp_path / "operations.md"
    document.write_text(f"Before.\n{figures.BEGIN}\nold\n{figures.END}\nAfter.\n")
    monkeypatch.setattr(figures, "DOCUMENT", document)
    good = figures.Result(DRILLS[0], "SQLite", ["12 a|b"], [], 3.2)
    figures.write([good, replace(good, faults=["lost: 1"])], 60, is_long=False)
    text = document.read_text()
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "old" not in text
    assert "12 a/b | 3 s | passed |" in text
    assert "12 a/b; lost: 1 | 3 s | **FAILED** |" in text
