"""Servers on loopback, and the processor time that each of them uses."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER_CPU, CLIENT_CPU = 0, os.cpu_count() - 1  # where the machine has two; the client leaves the server its own


def program(name):
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server that was started here. `database` is the name of the one that works for it, where backends do."""

    def __init__(self, name, command, port, folder, environment, database=""):
        self.name, self.port, self.database = name, port, database
        with (folder / f"{name.replace(' ', '-')}.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own words)
                [str(word) for word in command], cwd=ROOT, env=environment, stdout=log, stderr=log,
                preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CPU}),
            )  # fmt: skip

    def wait(self, until):
        """Until it listens; all servers start at once, so it may take its time."""
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"{self.name} does not start")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def pids(self):
        return tree(self.process.pid)


def tree(root):
    """The numbers of a process and all that it started."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parent = int(Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry))
    found, rest = [], [root]
    while rest:
        found.append(rest.pop())
        rest += children.get(found[-1], [])
    return found


def cpu_seconds(pids):
    """{thread: processor time that it has used} of these processes, by the scheduler's own count."""
    return {thread: seconds for pid in pids for thread, seconds in _threads(pid)}


def used_between(before, after):
    """Seconds. A thread that has ended in between (an idle one, and its backend) counts for nothing: what it had used
    until then is not known any more."""
    return sum(seconds - before.get(thread, 0) for thread, seconds in after.items())


def _threads(pid):
    with suppress(OSError):  # a process that has ended
        for thread in os.listdir(f"/proc/{pid}/task"):
            with suppress(OSError):
                yield thread, int(Path(f"/proc/{pid}/task/{thread}/schedstat").read_text().split()[0]) / 1e9


def memory(pids):
    """Proportional share of memory in MB, of all these processes together."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


# What is started


def ours(name, archive, folder, environment, application):
    """The newsroom as `make run` serves it, with one worker, so that what is kept in its memory is there at once."""
    port = free_port()
    # A folder of its own: the pages that one keeps must not be another's.
    env = {**environment, "DATABASE_URL": archive.url, "PORT": str(port), "WORKERS": "1", "VAR_DIR": f"{folder}/{port}"}
    command = [sys.executable, "-m", "newsroom.server", application]
    return Server(name, command, port, folder, env, _database(archive))


def bare(name, archive, folder, environment, cards):
    """The bare site in the same server."""
    port = free_port()
    env = {**environment, "DATABASE_URL": archive.url, "PORT": str(port), "WORKERS": "1", "BENCH_CARDS": cards}
    command = [sys.executable, "-m", "newsroom.server", "tests.bench.bare.wsgi:application"]
    return Server(name, command, port, folder, env, _database(archive))


def _database(archive):
    return archive.url.rsplit("/", 1)[1].partition("?")[0] if archive.vendor == "PostgreSQL" else ""


NGINX = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types; default_type text/html; access_log off; sendfile on; keepalive_requests 10000000;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


def static(name, pages, folder, environment):
    """nginx with pages ({path: bytes}) as files."""
    port, place = free_port(), folder / "nginx"
    for path, content in pages.items():
        file = place / "pages" / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    user = "user root;" if os.geteuid() == 0 else ""
    (place / "nginx.conf").write_text(NGINX.format(folder=place, port=port, user=user))
    return Server(name, [program("nginx"), "-c", place / "nginx.conf", "-p", place], port, folder, environment)
