"""The line that a drill says, and the table of all of them in docs/operations.md."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
BEGIN, END = "<!-- figures: written by `python -m tests.drills --publish` -->", "<!-- end of figures -->"


@dataclass(frozen=True)
class Result:
    drill: object
    engine: str
    figures: list
    faults: list
    seconds: float

    @property
    def passed(self):
        return not self.faults

    @property
    def told(self):
        return "; ".join([*self.figures, *self.faults])

    def line(self):
        where = f" ({self.engine})" if self.engine else ""
        verdict = "passed" if self.passed else "FAILED"
        return f"{self.drill.line:4}{self.drill.name}{where}: {self.told or 'nothing measured'}: {verdict}"

    def row(self):
        verdict = "passed" if self.passed else "**FAILED**"
        cells = (self.drill.line, self.drill.name, self.engine, self.drill.bar, self.told, f"{self.seconds:.0f} s")
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} | {verdict} |"


def write(results, took, *, is_long):
    """Put the table into its place in the document; what stands around it stays."""
    form = "long form" if is_long else "short form"
    when = f"{datetime.now(UTC):%Y-%m-%d}, {form}, {took / 60:.1f} minutes, {os.cpu_count()} cores"
    when += f", Python {platform.python_version()}"
    head = "| line | drill | database | what is asked | figures | took | |\n|---|---|---|---|---|---|---|"
    table = "\n".join([BEGIN, f"\n{when}.\n", head, *(result.row() for result in results), f"\n{END}"])
    text = DOCUMENT.read_text()
    before, _begin, rest = text.partition(BEGIN)
    DOCUMENT.write_text(before + table + rest.partition(END)[2])
