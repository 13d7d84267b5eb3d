"""SQLite: one snapshot by its own backup interface, which writers do not wait for; never the file as it lies there,
whose newest transactions are in the log beside it."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from . import disk
from .disk import Problem

PLAIN, PACKED = "database.sqlite3", "database.sqlite3.gz"
REPLACED = ".replaced"
_MODULUS = 1 << 64


def check_tools(bundle=None):
    """The library is in Python."""


def size():
    """Bytes that a dump needs at most for a while: the copy, and what is made of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return 2 * cursor.fetchone()[0]


def dump(folder):
    """Write the snapshot; ({table: [rows, checksum]}, bytes when unpacked)."""
    plain = folder / PLAIN
    connection.ensure_connection()
    with closing(sqlite3.connect(plain)) as copy:
        copy.execute("PRAGMA synchronous=OFF")  # one sync for the whole bundle comes at its end
        connection.connection.backup(copy)  # in one step, so in one read transaction
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, which opens where nothing may be written
    tables, length = _checked(plain), plain.stat().st_size
    disk.pack(plain, folder / PACKED)
    plain.unlink()
    return tables, length


def _checked(file):
    """{table: [rows, checksum]} of a file in which SQLite finds nothing wrong."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as found:
        (answer,) = found.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok":
            raise Problem(_("The database is damaged: %(answer)s") % {"answer": answer})
        return checksums(found)


def checksums(found):
    """The sum of the digests of a table's rows says the same in whatever order they come."""
    found.text_factory = bytes
    names = [row[1].decode() for row in found.execute("PRAGMA main.table_list") if row[2] == b"table"]
    tables = {}
    for name in sorted(name for name in names if not name.startswith("sqlite_")):
        rows = total = 0
        for row in found.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 (a table's name)
            line = b"\x1f".join([b"t" + one if one.__class__ is bytes else repr(one).encode() for one in row])
            total += int.from_bytes(hashlib.blake2b(line, digest_size=8).digest())
            rows += 1
        tables[name] = [rows, f"{total % _MODULUS:016x}"]
    return tables


def is_empty():
    return not connection.introspection.table_names()


def load(bundle, replace):
    """Put the snapshot in place of the database, which stays beside it as `….replaced` where there was one."""
    target = Path(connection.settings_dict["NAME"])
    fresh = target.with_name(f".{target.name}.restoring")
    fresh.unlink(missing_ok=True)
    try:
        disk.unpack(bundle.file(PACKED), fresh, bundle.manifest["database"]["bytes"])
        compare(bundle.manifest["tables"], _checked(fresh))
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        connection.close()
        if target.exists():
            _let_go(target)
            target.replace(target.with_name(target.name + REPLACED)) if replace else target.unlink()
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _let_go(file):
    """Make it one file again, which works only while nobody else has it open. Raises Problem otherwise."""
    try:
        with closing(sqlite3.connect(file, timeout=1)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise Problem(_("Something has the database open. Stop the newsroom first.")) from error
    except sqlite3.DatabaseError:  # a damaged file is a reason to restore one, not against it
        return


def compare(wanted, found):
    """Raises Problem unless every table has the same rows."""
    wrong = sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
    if wrong:
        raise Problem(_("These tables are not what they were: %(tables)s.") % {"tables": ", ".join(wrong)})
