"""Statements that PostgreSQL parses and plans once a connection, for the queries that stand on every page.

Design notes
- A page of an article asks five questions, each for a few rows by their keys: PostgreSQL takes longer to parse and plan
  them than to answer. psycopg2 knows no prepared statements of the protocol, so this says PREPARE and EXECUTE.
- A statement's name is a digest of its text. So behind a pooler that hands one connection to several processes
  (pgbouncer) a name never means another text: what is missing there, or there already, costs one question more.
- Only outside transactions, where an EXECUTE that fails spoils nothing; pages of readers have none.
"""

import hashlib
import weakref
from datetime import date, datetime

from django.db import DatabaseError
from psycopg2.errorcodes import DUPLICATE_PREPARED_STATEMENT, FEATURE_NOT_SUPPORTED, INVALID_SQL_STATEMENT_NAME
from psycopg2.extensions import AsIs

_told = weakref.WeakKeyDictionary()  # {psycopg2's connection: {name: whether it can be executed there}}


class Statement:
    """`sql` with a %s for each of `params`; those at the positions in `given` differ from call to call."""

    def __init__(self, sql, params, given):
        self.sql, self.params, self.given = sql, params, given
        self.name = self.preparation = self.execution = None

    def execute(self, cursor, params):
        """Leaves the rows in the cursor, one of Django's."""
        connection = cursor.db
        if connection.in_atomic_block or connection.vendor != "postgresql":
            return cursor.execute(self.sql, params)
        if not self.name:
            self._write(cursor)
        told = _told.setdefault(connection.connection, {})
        can = told.get(self.name)
        if can is not False:
            try:
                cursor.execute(self.execution if can else self.preparation, [params[place] for place in self.given])
                told[self.name] = True
                return None
            except DatabaseError as error:
                if not self._learn(told, getattr(error.__cause__, "pgcode", None)):
                    raise
        return cursor.execute(self.sql, params)

    def _write(self, cursor):
        """The preparation executes, too: one round trip."""
        params = list(self.params)
        for number, place in enumerate(self.given, 1):
            params[place] = AsIs(f"${number}")
        text = cursor.mogrify(self.sql, params).decode()
        types = ", ".join(_type(self.params[place]) for place in self.given)
        name = f"page_{hashlib.blake2b(f'{types} {text}'.encode(), digest_size=12).hexdigest()}"
        self.execution = f"EXECUTE {name}({', '.join(['%s'] * len(self.given))})".removesuffix("()")
        types = f"({types})" if types else ""
        self.preparation = f"PREPARE {name}{types} AS {text}; ".replace("%", "%%") + self.execution
        self.name = name

    def _learn(self, told, code):
        """Whether it was a matter of preparation."""
        if code == DUPLICATE_PREPARED_STATEMENT:
            told[self.name] = True
        elif code == INVALID_SQL_STATEMENT_NAME:
            told.pop(self.name, None)
        elif code == FEATURE_NOT_SUPPORTED:  # a column has another type since
            told[self.name] = False
        else:
            return False
        return True


def _type(value):
    if isinstance(value, datetime):
        return "timestamptz"
    return "date" if isinstance(value, date) else "bigint"
