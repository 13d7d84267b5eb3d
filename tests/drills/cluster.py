"""A PostgreSQL of the drill's own, which it may stop: never the one that others use."""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def binaries():
    """The folder of initdb and pg_ctl, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))
    there = found[-1] if found else shutil.which("pg_ctl")
    return Path(there).parent if there else None


class Cluster:
    def __init__(self, folder, port):
        self.folder, self.port = Path(folder), port
        self.url = f"postgres://drill@127.0.0.1:{port}/postgres"

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options, "-w", "start")

    def stop(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def make(self):
        self._run("initdb", "-D", self.folder / "data", "-U", "drill", "-A", "trust", "-E", "UTF8", "--no-sync")

    def _run(self, program, *words):
        command = [str(binaries() / program), *map(str, words)]
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)  # noqa: S603 (ours)


@contextlib.contextmanager
def cluster():
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, -1)
        found = Cluster(folder, port)
        found.make()
        found.start()
        try:
            yield found
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                found.stop()
