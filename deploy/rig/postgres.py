"""A private PostgreSQL, and a replica that follows it."""

from pathlib import Path

import psycopg2

from . import parts

QUICK = "fsync=off\nfull_page_writes=off\nshared_buffers=64MB\nmax_connections=60\n"


class Server:
    """One that runs; `url` is for DATABASE_URL."""

    def __init__(self, folder, port):
        self.folder, self.port = Path(folder), port
        self.url = f"postgres://postgres@127.0.0.1:{port}/newsroom"

    def start(self):
        self._control("start", "-w", "-l", str(self.folder / "log"))
        return self

    def stop(self):
        if (self.folder / "postmaster.pid").exists():
            self._control("stop", "-m", "immediate")

    def ask(self, question, *values, database="newsroom"):
        """The first value of the first row; None where there is none."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user="postgres", dbname=database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(question, values or None)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            connection.close()

    def _control(self, *words):
        # Its output goes to the log and not to a pipe of ours, which the server would hold open.
        _as_postgres("pg_ctl", "-D", self.folder, *words)


def primary(folder, port):
    """A new cluster with an empty database "newsroom"."""
    server = Server(folder, port)
    _own(server.folder)
    _as_postgres("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _configure(server, "wal_level=replica\nmax_wal_senders=4\nwal_keep_size=256MB\n")
    server.start()
    server.ask("CREATE DATABASE newsroom", database="postgres")
    return server


def replica(of, folder, port):
    """A copy of a running primary that follows it."""
    server = Server(folder, port)
    _own(server.folder)
    source = ("-h", "127.0.0.1", "-p", of.port, "-U", "postgres")
    _as_postgres("pg_basebackup", "-D", folder, *source, "-R", "-X", "stream", "-c", "fast", "--no-sync")
    _configure(server, "hot_standby=on\n")
    return server.start()


def _own(folder):
    folder.mkdir(mode=0o700)
    parts.give_away(folder)


def _configure(server, lines):
    # The last word counts, so a copy of a primary overrides what it copied.
    place = f"listen_addresses='127.0.0.1'\nport={server.port}\nunix_socket_directories='{server.folder}'\n"
    with (server.folder / "postgresql.conf").open("a") as file:
        file.write(f"\n{place}{QUICK}{lines}")


def _as_postgres(name, *words):
    command = parts.unprivileged([parts.program(name), *map(str, words)])
    parts.run(command, env=parts.environment(), cwd="/")
