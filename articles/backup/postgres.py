"""PostgreSQL: pg_dump and our checksums look at one exported snapshot; pg_restore builds it again."""

import os
import re
import shutil
import subprocess

import psycopg2.extensions
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from .disk import Problem
from .sqlite import compare

FOLDER = "database"
REPLACED = "newsroom_replaced"  # the schema that holds what was there before a restore, until the next one
JOBS = str(min(4, os.cpu_count() or 1))
# Of the archive: what is there in every database already.
_THERE = re.compile(r" (SCHEMA - public|COMMENT - SCHEMA public|ACL - SCHEMA public|EXTENSION - plpgsql)\b")
# The text of a row must not depend on who asks.
_PLAIN = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0; "
    "SET LOCAL idle_in_transaction_session_timeout = 0"
)
_CHECKSUM = """SELECT count(*), to_hex(
    mod(coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0), 1152921504606846976)::bigint
) FROM {table} AS t"""


def check_tools(bundle=None):
    """Raises Problem unless pg_dump, or pg_restore for a bundle, is there and new enough."""
    program = "pg_restore" if bundle else "pg_dump"
    words = {"program": program}
    if shutil.which(program) is None:
        raise Problem(_("%(program)s is not installed (Debian: apt-get install postgresql-client).") % words)
    connection.ensure_connection()
    least = max(bundle.manifest["database"]["tools"] if bundle else 0, connection.pg_version // 10_000)
    if (ours := version(program)) < least:
        words |= {"ours": ours, "least": least}
        raise Problem(_("%(program)s is of version %(ours)d, and %(least)d is needed.") % words)


def version(program):
    return int(re.search(r"(\d+)", _run(program, "--version"))[1])


def size():
    """Bytes that a dump needs at most, by far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def dump(folder):
    """Write the snapshot; ({table: [rows, checksum]}, bytes of the database)."""
    length = size()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(_PLAIN)
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        wanted = ["--format=directory", "--compress=1", f"--jobs={JOBS}", "--no-owner", "--no-acl"]
        wanted += [f"--snapshot={snapshot}", f"--exclude-schema={REPLACED}", f"--file={folder / FOLDER}"]
        _run("pg_dump", *wanted, f"--dbname={_dsn()}")
        return _checksums(cursor), length


def _checksums(cursor):
    """The sum of the digests of a table's rows says the same in whatever order they come."""
    found = {}
    for info in sorted(connection.introspection.get_table_list(cursor), key=lambda info: info.name):
        if info.type == "t":
            cursor.execute(_CHECKSUM.format(table=connection.ops.quote_name(info.name)))
            found[info.name] = list(cursor.fetchone())
    return found


def is_empty():
    return not connection.introspection.table_names()


def load(bundle, replace):
    """Build the snapshot. What was there moves into the schema REPLACED, and back where something goes wrong."""
    there = not is_empty()
    try:
        if there:
            _set_aside()
        try:
            _fill(bundle)
        except BaseException:  # Ctrl+C too
            _undo(there)
            raise
    except DatabaseError as error:
        raise Problem(_("The database refuses: %(error)s") % {"error": str(error).strip()}) from error


def _set_aside():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise Problem(_("Something has the database open. Stop the newsroom first."))
        cursor.execute(f"DROP SCHEMA IF EXISTS {REPLACED} CASCADE")
        cursor.execute(f"ALTER SCHEMA public RENAME TO {REPLACED}")
        cursor.execute("CREATE SCHEMA public")


def _undo(there):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute(f"ALTER SCHEMA {REPLACED} RENAME TO public" if there else "CREATE SCHEMA public")


def _fill(bundle):
    archive = bundle.path / FOLDER
    wanted = [line for line in _run("pg_restore", "--list", archive).splitlines() if not _THERE.search(line)]
    _run(
        *("pg_restore", "--exit-on-error", "--no-owner", "--no-acl", f"--jobs={JOBS}", "--use-list=/dev/stdin"),
        *(f"--dbname={_dsn()}", archive),
        told="\n".join(wanted),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLAIN)
        compare(bundle.manifest["tables"], _checksums(cursor))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE)")  # a dump brings no statistics
    connection.close()


def _dsn():
    """How Django connects, without the password, which no list of processes may show."""
    found = connection.get_connection_params()
    hidden = {"password", "cursor_factory"}
    return psycopg2.extensions.make_dsn(**{name: value for name, value in found.items() if name not in hidden})


def _run(*command, told=""):
    environment = {**os.environ, "PGPASSWORD": connection.settings_dict["PASSWORD"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 (ours)
        [str(word) for word in command], input=told, capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        words = {"program": command[0], "error": done.stderr.strip()[-2_000:]}
        raise Problem(_("%(program)s failed: %(error)s") % words)
    return done.stdout
