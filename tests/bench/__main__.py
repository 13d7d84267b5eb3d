"""`make bench`: what a page costs, beside a bare Django view and a file of nginx, and as the archive grows.

    make bench                                                  1,000 and 10,000 articles, a few minutes
    make bench BENCH="--sizes 10000,100000,1000000 --publish"   the table of docs/performance.md
    … --reuse-sqlite /archives/{size}.sqlite3 --reuse-postgres archive_{size}    copies of archives that are there
    … --folder DIR --keep                                       leaves its databases for the next run

All servers of all archives run at once, and every round asks every cell (system, page, archive) in a new order, so that
whatever else the machine does falls on all of them. The main figure is the processor time of the server per request,
PostgreSQL's part of it included: it hardly depends on what else runs. One request at a time, over a connection that
stays open; servers on the first processor, the reader on the last.
"""

import argparse
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from . import archives, processes, report
from .asking import Cell, Reader

ENGINES = ("SQLite", "PostgreSQL")
APPLICATIONS = {"new page": "tests.bench.origin:application", "kept page": "newsroom.wsgi:application"}
CACHED, ORIGIN, BARE, STATIC = "kept page", "new page", "bare Django", "nginx file"
WARM, KEPT = 5, 100  # paths that are asked before the rounds, of a new page and of a kept one
START = 180  # seconds for all servers to be there, on a busy machine


def main():
    options = _options()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # stopped, it still stops its servers
    with tempfile.TemporaryDirectory() as made:
        folder = Path(options.folder or made).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        given = {"SQLite": options.reuse_sqlite, "PostgreSQL": options.reuse_postgres}
        environment = _environment(folder)
        databases = archives.Databases(folder, options.server, given, options.keep, environment)
        try:
            run = Run(folder, environment, databases, _archives(options, databases))
            cells = run.measure(options.rounds)
        finally:
            databases.drop()
    facts = {"machine": _machine(), "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "rounds": options.rounds}
    report.write(cells, run.memory, {**facts, "load": options.note}, options.publish)
    return int(any(cell.errors for cell in cells))


def _options():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="See tests/bench/__main__.py.")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles (1000,10000)")
    parser.add_argument("--engines", default=",".join(ENGINES), help="SQLite,PostgreSQL, or one of them")
    default = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432").removesuffix("/postgres")
    parser.add_argument("--server", default=default, help="of PostgreSQL, without a database's name")
    parser.add_argument("--reuse-sqlite", default="", help="path of an archive, {size} in it stands for 10k, 1m …")
    parser.add_argument("--reuse-postgres", default="", help="name of an archive's database, {size} in it likewise")
    parser.add_argument("--folder", help="where databases and logs lie (a temporary one)")
    parser.add_argument("--keep", action="store_true", help="leave the databases of this run for the next")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--note", default="", help="what else ran on the machine, for the report")
    parser.add_argument("--publish", action="store_true", help="write docs/performance.md and its plot")
    return parser.parse_args()


def _archives(options, databases):
    engines = options.engines.split(",")
    if "PostgreSQL" in engines and not archives.answers(options.server):
        engines.remove("PostgreSQL")
        print(f"PostgreSQL: LEFT OUT, no server answers at {options.server}", file=sys.stderr)
    return [databases.archive(engine, int(size)) for size in options.sizes.split(",") for engine in engines]


def _environment(folder):
    """What all servers share. Nothing of the caller's newsroom reaches them, and nothing of theirs reaches var/."""
    ours = {
        "VAR_DIR": str(folder / "var"), "STATIC_ROOT": str(folder / "static"), "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "for-the-length-of-a-benchmark-and-no-longer-than-that-0", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ} | ours
    archives.run(f"sqlite:///{folder}/none.sqlite3", environment, "manage.py", "collectstatic", "--noinput", "-v0")
    return environment


def _machine():
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
    asked = [processes.program("git") or "git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True).stdout.strip()  # noqa: S603 (our own words)
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} processors ({model or platform.machine()}), {python}, revision {commit}"


class Run:
    """The servers of a run, its cells, and {system: MB of memory after the rounds}."""

    def __init__(self, folder, environment, databases, made):
        self.folder, self.environment, self.databases, self.archives = folder, environment, databases, made
        self.servers, self.cells, self.memory = [], [], {}

    def measure(self, rounds):
        try:
            self._start()
            self.databases.analyze()
            for number in range(rounds):
                self._round(number)
                print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for cell, reader, _paths in self.cells:
                self.memory[cell.system, cell.archive] = processes.memory(reader.server.pids())
            return [cell for cell, _reader, _paths in self.cells]
        finally:
            for server in self.servers:
                server.stop()

    def _up(self, *servers):
        self.servers += servers
        until = time.monotonic() + START
        for server in servers:
            server.wait(until)

    def _start(self):
        ours = [(archive, self._newsroom(archive)) for archive in self.archives]
        self._up(*(server for _archive, pair in ours for server in pair))
        for archive, (origin, kept) in ours:
            for page, paths in archive.asked["ours"].items():
                self._cell(ORIGIN, page, archive, origin, paths)
                self._cell(CACHED, page, archive, kept, paths[:KEPT], warm=True)
            for page, paths in archive.asked["desk"].items():
                self._cell(ORIGIN, page, archive, origin, paths, {"Cookie": archive.asked["cookie"]})
        floors = [(archive, self._floor(archive)) for archive in self.archives]
        self._up(*(server for _archive, server in floors))
        for archive, server in floors:
            for page, paths in archive.asked["bare"].items():
                self._cell(BARE, page, archive, server, paths)
        if processes.program("nginx"):
            self._static(ours[0])

    def _newsroom(self, archive):
        return [
            processes.ours(f"{system} {archive.name}", archive, self.folder, self.environment, application)
            for system, application in APPLICATIONS.items()
        ]

    def _floor(self, archive):
        """The bare site, told how many cards the newsroom's own pages have."""
        own = {cell.page: cell.cards for cell, _reader, _paths in self.cells if cell.archive == archive.name}
        pages = {"front": "front", "list": "section", "day": "day"}
        cards = {name: own[page] for name, page in pages.items() if own.get(page)}
        return processes.bare(f"{BARE} {archive.name}", archive, self.folder, self.environment, json.dumps(cards))

    def _cell(self, system, page, archive, server, paths, headers=None, warm=False):
        cell, reader = Cell(system, page, archive.name), Reader(server, headers)
        for path in paths if warm else paths[:WARM]:
            reader.get(path)
        reader.asked = WARM
        if reader.look(cell, paths[0]):
            self.cells.append((cell, reader, paths))
        else:
            print(f"{server.name}: {paths[0]} LEFT OUT, it is not answered", file=sys.stderr)

    def _static(self, ours):
        """Pages of the first archive as files."""
        archive, (origin, _kept) = ours
        paths = {page: archive.asked["ours"][page][0] for page in ("hot article", "front")}
        pages = {path: Reader(origin).get(path).body for path in paths.values()}
        server = processes.static(STATIC, pages, self.folder, self.environment)
        self._up(server)
        for page, path in paths.items():
            self._cell(STATIC, page, archive, server, [path])

    def _round(self, number):
        order = self.cells[:]
        random.Random(number).shuffle(order)  # noqa: S311 (an order)
        os.sched_setaffinity(0, {processes.CLIENT_CPU})
        for cell, reader, paths in order:
            reader.measure(cell, paths, lambda server=reader.server: self._used(server))
        os.sched_setaffinity(0, range(os.cpu_count()))

    def _used(self, server):
        backends = self.databases.backends().get(server.database, []) if server.database else []
        return processes.cpu_seconds({*server.pids(), *backends})


if __name__ == "__main__":
    sys.exit(main())
