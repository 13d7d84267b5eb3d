"""The archives that are asked: made for this run, or copies of some that are there. An archive that is given is never
written to, unless it is named as one that an earlier run has left (`--keep`)."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg2

PREFIX = "newsroom_bench_"  # of the databases that a run makes
# All work of a query in the one process that is looked at.
ALONE = "?options=-c%20max_parallel_workers_per_gather%3D0"


@dataclass
class Archive:
    vendor: str  # "SQLite" or "PostgreSQL"
    size: int
    url: str
    asked: dict  # what prepare.py says

    @property
    def name(self):
        return f"{self.vendor} {short(self.size)}"


def short(size):
    return f"{size // 1_000_000}m" if size % 1_000_000 == 0 else f"{size // 1_000}k"


def run(url, environment, *words):
    """A command of ours on a database; what it prints."""
    words, env = [sys.executable, *words], {**environment, "DATABASE_URL": url}
    done = subprocess.run(words, env=env, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 (our own words)
    return done.stdout


class Databases:
    """Makes and drops the databases of a run. `given` maps a vendor to an address with {size} in it, or to nothing."""

    def __init__(self, folder, server, given, keep, environment):
        self.folder, self.server, self.given, self.keep = folder, server, given, keep
        self.environment = environment
        self.made = []

    def archive(self, vendor, size):
        url = self._sqlite(size) if vendor == "SQLite" else self._postgres(size)
        asked = json.loads(run(url, self.environment, "-m", "tests.bench.prepare"))
        return Archive(vendor, size, url, asked)

    def _sqlite(self, size):
        file, unfinished = self.folder / f"{short(size)}.sqlite3", self.folder / f"{short(size)}.unfinished"
        if not file.exists():
            unfinished.unlink(missing_ok=True)
            if source := self.given.get("SQLite"):
                shutil.copyfile(urlsplit(source.format(size=short(size))).path, unfinished)
            else:
                self._seed(f"sqlite:///{unfinished}", size)
            unfinished.rename(file)
        return f"sqlite:///{file}"

    def _postgres(self, size):
        name = f"{PREFIX}{short(size)}"
        url = f"{self.server}/{name}{ALONE}"
        with self._connection() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"])
            there = {row[0] for row in cursor.fetchall()}
            if name not in there:
                unfinished = f"{name}_unfinished"
                cursor.execute(f'DROP DATABASE IF EXISTS "{unfinished}"')
                source = self.given.get("PostgreSQL", "").format(size=short(size))
                cursor.execute(f'CREATE DATABASE "{unfinished}"' + (f' TEMPLATE "{source}"' if source else ""))
                if not source:
                    self._seed(f"{self.server}/{unfinished}{ALONE}", size)
                cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        self.made.append(name)
        return url

    def _seed(self, url, size):
        run(url, self.environment, "manage.py", "migrate", "-v0")
        words = ("seed_archive", "--no-pictures", "--articles", str(size))
        print(run(url, self.environment, "manage.py", *words).strip(), file=sys.stderr)

    def _connection(self):
        connection = psycopg2.connect(f"{self.server}/postgres", connect_timeout=3)
        connection.autocommit = True
        return connection.cursor()

    def analyze(self):
        """So that no clean-up of the database's own starts in the middle of the run."""
        for name in self.made:
            connection = psycopg2.connect(f"{self.server}/{name}")
            connection.autocommit = True
            connection.cursor().execute("VACUUM (ANALYZE)")
            connection.close()

    def backends(self):
        """{database: process numbers of the backends that serve it}, of those that this run made."""
        if not self.made:
            return {}
        found = {}
        with self._connection() as cursor:
            cursor.execute(
                "SELECT datname, pid FROM pg_stat_activity WHERE datname = ANY(%s) AND backend_type = 'client backend'",
                [self.made],
            )
            for name, pid in cursor.fetchall():
                found.setdefault(name, []).append(pid)
        return found

    def drop(self):
        if self.keep:
            return
        with self._connection() if self.made else open(os.devnull) as cursor:
            for name in self.made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def answers(server):
    try:
        psycopg2.connect(f"{server}/postgres", connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True
