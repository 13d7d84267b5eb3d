"""What may happen to a newsroom, done on purpose.

    python -m tests.drills [name …] [--long] [--publish] [--list]

Each drill runs in a process of its own, on a fresh database and the production server, and says one line: its figure,
and "passed" or "FAILED". One that cannot run fails. Those that measure no answer's time run first, two at once.
`--publish` writes the figures into docs/operations.md.
"""

import argparse
import contextlib
import importlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.drills import cluster, figures
from tests.drills.table import DRILLS, POSTGRES, SQLITE

ROOT = Path(__file__).resolve().parents[2]
INNER, LONG = "--inner", 20  # how many times longer the long form may take
PORTS = range(8399, 8389, -1)  # of the cluster; servers take those below
PAUSE = 0.1  # seconds between two looks whether one has ended
FIRST_PORTS = (8300, 8345)  # of two drills that run beside each other


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help="of a drill; all without")
    parser.add_argument("--long", action="store_true", help="the long forms: for the night")
    parser.add_argument("--publish", action="store_true", help="write the figures into docs/operations.md")
    parser.add_argument("--list", action="store_true", help="say which there are")
    parser.add_argument(INNER, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inner:
        return inner(given.inner, given.long)
    known = {drill.name: drill for drill in DRILLS}
    if unknown := set(given.names) - known.keys():
        parser.error(f"no such drill: {', '.join(sorted(unknown))}")
    chosen = [known[name] for name in given.names or known]
    if given.list:
        print("\n".join(f"{drill.line:4}{drill.name:11}{drill.bar}" for drill in chosen))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # what was started is stopped on the way out
    begun = time.monotonic()
    with ground(chosen) as on:
        jobs = [(drill, engine) for drill in chosen for engine in drill.engines or ("",)]
        results = [*several(jobs, on, given.long, beside=True), *several(jobs, on, given.long, beside=False)]
    results.sort(key=lambda result: jobs.index((result.drill, result.engine)))
    failed = sum(not result.passed for result in results)
    took = time.monotonic() - begun
    print(f"{len(results) - failed} passed, {failed} FAILED in {took / 60:.1f} minutes")
    if given.publish:
        figures.write(results, took, is_long=given.long)
    return int(failed > 0)


# What the drills stand on


class Ground:
    """Migrated databases to copy, and the static files, all made once."""

    def __init__(self, folder):
        self.folder, self.cluster, self.numbers = Path(folder), None, iter(range(1, 1000))
        self.static, self.problem = self.folder / "static", {}

    def prepare(self, url):
        self.manage(url, "migrate", "-v0")
        if not (self.static / "staticfiles.json").exists():  # the folder itself is made by any command
            self.manage(url, "collectstatic", "--noinput", "-v0")

    def manage(self, url, *words):
        command, env = [sys.executable, "manage.py", *words], self.env(url, self.folder / "var")
        subprocess.run(command, cwd=ROOT, env=env, check=True)  # noqa: S603 (ours)

    def database(self, engine):
        """The address of a fresh one."""
        number = next(self.numbers)
        if engine == POSTGRES:
            self.cluster.ask(f"CREATE DATABASE drill{number} TEMPLATE template_drill")
            return f"{self.cluster.url}/drill{number}"
        shutil.copyfile(self.folder / "template.sqlite3", self.folder / f"drill{number}.sqlite3")
        return f"sqlite:///{self.folder}/drill{number}.sqlite3"

    def env(self, url, var):
        """A bare one: what the caller's shell sets for a newsroom of his own must not reach a drill."""
        kept = ("HOME", "LANG", "TMPDIR", "PATH", "VIRTUAL_ENV", "CHROMIUM", "PYTHONPATH")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        env |= {"DATABASE_URL": url, "VAR_DIR": str(var), "STATIC_ROOT": str(self.static), "PYTHONUNBUFFERED": "1"}
        env |= {"PYTHONDONTWRITEBYTECODE": "1", "PATH": f"{env['PATH']}:/usr/sbin"}
        if self.cluster:
            env["DRILL_CLUSTER"] = f"{self.cluster.folder} {self.cluster.port}"
        return env


@contextlib.contextmanager
def ground(chosen):
    with tempfile.TemporaryDirectory(prefix="newsroom-drills-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # noqa: S103 (nothing in it is secret)
        found = Ground(folder)
        engines = {engine for drill in chosen if drill.module for engine in drill.engines}
        with contextlib.ExitStack() as stack:
            if SQLITE in engines:
                found.prepare(f"sqlite:///{found.folder / 'template.sqlite3'}")
            if POSTGRES in engines and cluster.binaries():
                found.cluster = stack.enter_context(cluster.cluster(_free(PORTS)))
                found.cluster.ask("CREATE DATABASE template_drill")
                found.prepare(f"{found.cluster.url}/template_drill")
            yield found


def _free(ports):
    for port in ports:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise SystemExit(f"No port of {ports} is free.")


# The drills


def several(jobs, on, is_long, *, beside):
    """The results of those that may run beside another, or of those that may not."""
    waiting, running = [job for job in jobs if job[0].beside == beside], []
    free = list(FIRST_PORTS if beside else FIRST_PORTS[:1])
    try:
        while waiting or running:
            while waiting and free:
                running.append(Run(*waiting.pop(0), on, is_long, free.pop()))
            for run in [run for run in running if run.has_ended()]:
                running.remove(run)
                free.append(run.port)
                result = run.result()
                print(result.line(), flush=True)
                yield result
            time.sleep(PAUSE)
    finally:
        for run in running:
            run.end()


class Run:
    """One drill on one engine, from its start; `port` is the first of those that it may take."""

    def __init__(self, drill, engine, on, is_long, port):
        self.drill, self.engine, self.port, self.process, self._faults = drill, engine, port, None, []
        self._begun, self._seconds = time.monotonic(), drill.seconds * (LONG if is_long else 1)
        if drill.module is None:
            self._faults = ["it is not connected yet (tests/drills/table.py)"]
        elif engine == POSTGRES and not on.cluster:
            self._faults = ["there is no PostgreSQL on this machine (Debian: apt-get install postgresql)"]
        else:
            self._start(on, is_long)

    def _start(self, on, is_long):
        var = Path(tempfile.mkdtemp(prefix=f"{self.drill.name}-", dir=on.folder))
        env = on.env(on.database(self.engine), var) | {"DRILL_PORT": str(self.port)}
        command = [sys.executable, "-m", "tests.drills", INNER, self.drill.name, *(["--long"] if is_long else [])]
        self._told = var / "result.json"
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)  # noqa: S603 (ours)

    def has_ended(self):
        if self.process and self.process.poll() is None and time.monotonic() - self._begun > self._seconds:
            self._faults = [f"it did not end within {self._seconds} s"]
            self.end()
        return self.process is None or self.process.poll() is not None

    def result(self):
        told, faults = [], self._faults
        if not faults:
            self.end()
            broke = [], [f"it broke off with status {self.process.returncode}"]
            told, faults = json.loads(self._told.read_text()) if self._told.exists() else broke
        return figures.Result(self.drill, self.engine, told, faults, time.monotonic() - self._begun)

    def end(self):
        if self.process:
            _end(self.process)


def _end(process):
    """Also what it started and left behind: all are of its session, or of one that its own children began."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def inner(name, is_long):
    """The drill itself; what it found goes to a file, whatever else it says."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("it took too long"))  # servers are stopped on the way out
    drill = next(drill for drill in DRILLS if drill.name == name)
    try:
        outcome = importlib.import_module(f"tests.drills.{drill.module}").drill(is_long)
        told = [outcome.figures, outcome.faults]
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever it is, the drill has failed)
        traceback.print_exc()
        told = [[], [f"it could not run: {error or type(error).__name__}"]]
    (Path(os.environ["VAR_DIR"]) / "result.json").write_text(json.dumps(told))
    return int(bool(told[1]))


if __name__ == "__main__":
    sys.exit(main())
