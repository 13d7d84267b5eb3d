"""Starting, waiting for and ending processes, only those that were started here."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Where Debian keeps what is not on an ordinary user's path.
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:{':'.join(glob.glob('/usr/lib/postgresql/*/bin'))}"
PACKAGES = {"initdb": "postgresql", "redis-server": "redis-server", "nginx": "nginx", "varnishd": "varnish"}
XKEY = "/usr/lib/*/varnish/vmods/libvmod_xkey.so"


class NotStarted(Exception):
    """A part did not come up; the message is what it said."""


def program(name):
    return shutil.which(name, path=PATH)


def missing(*names):
    """Debian's packages that are wanting for these programs."""
    found = [PACKAGES.get(name, name) for name in names if not program(name)]
    return [*found, "varnish-modules"] if "varnishd" in names and not glob.glob(XKEY) else found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(**variables):
    """A bare one: what the caller's shell sets for his own newsroom must not reach the rig."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "PATH": PATH,
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: str(said) for name, said in variables.items()},
    }


def python(*words):
    return [sys.executable, *map(str, words)]


def unprivileged(command):
    """PostgreSQL refuses to be started by root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def give_away(folder):
    """To whom `unprivileged` runs as."""
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)


def run(command, timeout=60, **options):
    """To its end; NotStarted with its last words if that is bad."""
    done = subprocess.run(  # noqa: S603 (our own commands)
        list(map(str, command)), capture_output=True, text=True, timeout=timeout, **options
    )
    if done.returncode:
        raise NotStarted(f"{command[0]}: {(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


@contextmanager
def folder():
    """A new one, away from the caller's own, through which the user postgres may pass; gone in the end."""
    with tempfile.TemporaryDirectory(prefix="newsroom-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)  # noqa: S103 (nothing in it is secret)
        yield Path(name)


class Part:
    """A process that listens on a port; its words go to a file in its folder."""

    def __init__(self, name, command, port, folder, env=None, within=20):
        self.name, self.port, self.log = name, port, Path(folder) / f"{name}.log"
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 (our own commands)
                list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=ROOT,
                env=env or environment(), start_new_session=True,
            )  # fmt: skip
        self._wait(time.monotonic() + within)

    def _wait(self, until):
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.03)
        self.stop()
        raise NotStarted(f"{self.name} does not listen on {self.port}: {self.log.read_text(errors='replace')[-2000:]}")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(8)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
