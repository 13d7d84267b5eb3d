"""A PostgreSQL of the drills' own, which they may stop and pause: never the one that others use."""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg2

FAST = "-c fsync=off -c full_page_writes=off -c shared_buffers=64MB"


def binaries():
    """The folder of initdb and pg_ctl, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))
    there = found[-1] if found else shutil.which("pg_ctl")
    return Path(there).parent if there else None


class Cluster:
    def __init__(self, folder, port):
        self.folder, self.port = Path(folder), port
        self.url = f"postgres://drill@127.0.0.1:{port}"

    def make(self):
        self._run("initdb", "-D", self.folder / "data", "-U", "drill", "-A", "trust", "-E", "UTF8", "--no-sync")

    def copy(self, of):
        """Become a replica of a running one."""
        source = ("-h", "127.0.0.1", "-p", of.port, "-U", "drill")
        self._run("pg_basebackup", "-D", self.folder / "data", *source, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self, more=""):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {FAST} {more}"
        self._run(
            "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options, "-w", "-t", "300", "start"
        )

    def stop(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def promote(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "promote")

    def pids(self):
        """The postmaster and its children, of this cluster alone."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    def signal(self, how):
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)

    @contextlib.contextmanager
    def paused(self):
        """It neither answers nor closes a connection, as a machine that swaps."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)

    def ask(self, question, database="postgres"):
        """The first value of the first row; None where there is none."""
        line = session(self, database)
        line.autocommit = True
        try:
            with line.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            line.close()

    def _run(self, program, *words):
        command = [str(binaries() / program), *map(str, words)]
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
        done = subprocess.run(  # noqa: S603 (ours)
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.folder,
            start_new_session=True,
        )  # fmt: skip
        if done.returncode:
            log = self.folder / "log"
            said = log.read_text()[-500:] if log.exists() else ""
            raise RuntimeError(f"{program}: {done.stderr.strip()[-500:]} {said}")


def session(of, database):
    return psycopg2.connect(host="127.0.0.1", port=of.port, user="drill", dbname=database, connect_timeout=5)


@contextlib.contextmanager
def folder():
    """One that PostgreSQL may write to."""
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-", ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            os.chown(name, pwd.getpwnam("nobody").pw_uid, -1)
        yield Path(name)


@contextlib.contextmanager
def cluster(port, more=""):
    with folder() as place:
        found = Cluster(place, port)
        found.make()
        found.start(more)
        try:
            yield found
        finally:
            with contextlib.suppress(RuntimeError):
                found.stop()


def given():
    """The cluster that the runner started for this drill."""
    place, port = os.environ["DRILL_CLUSTER"].split(" ")
    return Cluster(place, int(port))
