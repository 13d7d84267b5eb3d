"""Rows into tables as fast as the database takes them, for tables that are empty; all of them or none.

Design notes
- One transaction, so a load that is stopped leaves nothing behind. For its length the site waits: indexes, foreign
  keys and triggers of the tables are gone and come back at the end, word by word as they were, which builds and checks
  each of them in one pass instead of a million. That is safe only because nothing was in the tables and nobody else
  can see them meanwhile.
- SQLite writes through a rollback journal for the load: behind the end of the file there is nothing to keep, so it
  writes once, where WAL would write everything twice. `synchronous` is off: after a power failure, load again.
- Values are what both databases store: text, numbers, None, and moments in UTC as text.
"""

from contextlib import contextmanager, suppress
from itertools import islice

from django.db import OperationalError, transaction

from articles import triggers

CHUNK = 16  # lines handed to COPY at once
MEMORY = "512MB"  # for building an index


def columns(model):
    return [field.column for field in model._meta.concrete_fields]


def defaults(model):
    """{column: what a new row has where nothing is said}"""
    return {field.column: field.get_default() for field in model._meta.concrete_fields}


class Loader:
    """Loads into one connection. `bulk` surrounds the load, `write` takes rows (dicts by column) of one table."""

    def __init__(self, connection, models):
        self.connection = connection
        self.tables = [model._meta.db_table for model in models]

    @contextmanager
    def bulk(self):
        with self._tuned(), transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            self.cursor = cursor
            self._prepare()
            triggers.remove(self.connection)
            restore = self._strip()
            yield
            for statement in restore:
                cursor.execute(statement)
            triggers.install(self.connection)
            triggers.catch_up(self.connection)
            self._number_on()
        self._analyze()

    @contextmanager
    def _tuned(self):
        yield

    def _prepare(self):
        pass

    def _number_on(self):
        pass

    def _names(self, sql):
        self.cursor.execute(sql, [self.tables] if "ANY" in sql else self.tables)
        return self.cursor.fetchall()

    def _marks(self):
        return ", ".join(["%s"] * len(self.tables))


class SQLiteLoader(Loader):
    @contextmanager
    def _tuned(self):
        with suppress(OperationalError):  # somebody else has the file open: then through WAL, which takes longer
            self._pragma("journal_mode=TRUNCATE")
        for pragma in ("synchronous=OFF", "cache_size=-262144"):
            self._pragma(pragma)
        try:
            yield
        finally:
            for pragma in ("cache_size=-2000", "synchronous=NORMAL", "journal_mode=WAL"):
                self._pragma(pragma)

    def _pragma(self, pragma):
        with self.connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}")

    def _strip(self):
        """Drop the indexes; the statements that make them again."""
        found = self._names(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            f"AND tbl_name IN ({self._marks()})"
        )
        for name, _sql in found:
            self.cursor.execute(f'DROP INDEX "{name}"')
        return [sql for _name, sql in found]

    def write(self, model, rows):
        names = columns(model)
        sql = f'INSERT INTO "{model._meta.db_table}" ({_listed(names)}) VALUES ({", ".join(["?"] * len(names))})'
        values = ([row[name] for name in names] for row in rows)
        # Past Django's cursor, which would look into every row for its placeholders.
        self.connection.connection.executemany(sql, values)

    def _analyze(self):
        for statement in ("ANALYZE", "PRAGMA optimize"):
            with self.connection.cursor() as cursor:
                cursor.execute(statement)


class PostgresLoader(Loader):
    def _prepare(self):
        self.cursor.execute("SET LOCAL timezone = 'UTC'")
        self.cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        self.cursor.execute("SET LOCAL synchronous_commit = off")

    def _strip(self):
        """Drop foreign keys and the indexes that hold no constraint; the statements that make them again."""
        keys = self._names(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)"
        )
        indexes = self._names(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "WHERE i.indrelid::regclass::text = ANY(%s) "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
        )
        for table, name, _sql in keys:
            self.cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _sql in indexes:
            self.cursor.execute(f"DROP INDEX {name}")
        return [sql for _name, sql in indexes] + [
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {sql}' for table, name, sql in keys
        ]

    def write(self, model, rows):
        names = columns(model)
        lines = _Lines(names, rows)
        try:
            self.cursor.copy_expert(f'COPY "{model._meta.db_table}" ({_listed(names)}) FROM STDIN', lines)
        except self.connection.Database.Error as error:
            raise lines.stopped or error from None  # Ctrl+C, not the "query canceled" that COPY makes of it

    def _number_on(self):
        for table in self.tables:
            self.cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) > 0"
            )

    def _analyze(self):
        with self.connection.cursor() as cursor:
            for table in [*self.tables, "articles_daycount"]:
                cursor.execute(f"VACUUM (ANALYZE) {table}")


class _Lines:
    """Rows as a file of COPY's text format, written while the server reads it: both work at the same time.

    What COPY takes for signs is escaped once a line, not once a value. The text is clean, so it has no control
    characters that could be mistaken for ours.
    """

    def __init__(self, names, rows):
        self.lines = (_copied([row[name] for name in names]) for row in rows)
        self.stopped = None

    def read(self, size):
        try:
            return "".join(islice(self.lines, CHUNK)).encode()
        except BaseException as error:
            self.stopped = error
            raise


def _copied(values):
    line = "\x1f".join(
        [value if value.__class__ is str else "\x1e" if value is None else str(value) for value in values]
    )
    line = line.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return line.replace("\x1e", "\\N").replace("\x1f", "\t") + "\n"


def _listed(names):
    return ", ".join(f'"{name}"' for name in names)


def loader(connection, models):
    return (PostgresLoader if connection.vendor == "postgresql" else SQLiteLoader)(connection, models)
