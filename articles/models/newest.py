"""The newest of a section, found by the section's own index, whatever the section and however old its news.

Design notes
- For "the twenty newest of section 7" PostgreSQL may choose to walk all news, the newest first, until twenty of the
  section have passed. It counts on sections being spread evenly over the years: a large one that was given up ten
  years ago then costs ten years of news. A list of one value, `= ANY`, is no equation to it, so the section has to
  stand in the order too, and one index alone has that order. SQLite takes the index of an equation, as one would hope.
- Several lists by one statement: each part finds its own place in an index. As SQL put together here, because a part
  with a LIMIT costs QuerySet.union() a subquery more, and compiling that costs more than the database's work.
"""

from dataclasses import dataclass

from django.db import connections
from django.db.models import BooleanField, Lookup
from django.db.models.expressions import RawSQL

EACH = RawSQL("each.value", ())  # in the slice that of_each() takes: one of its values


class Among(Lookup):
    """`Among(F("top"), pk)`, a condition; the order of the list must begin with the same column."""

    lookup_name = "among"
    prepare_rhs = False
    output_field = BooleanField()

    def as_sql(self, compiler, connection, shape="{} = {}"):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return shape.format(left, right), (*left_params, *right_params)

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, "{} = ANY (ARRAY[{}]::bigint[])")


def nearer(found, **bounds):
    """A queryset with bounds of its order that stand before those it has. Of two bounds on one side, such as "before
    now" and "before this cursor", SQLite takes the one written first to its index, and reads all between the two."""
    before = len(found.query.where.children)
    found = found.filter(**bounds)
    children = found.query.where.children
    children[:] = children[before:] + children[:before]
    return found


def part(found):
    """(SQL, its parameters) of a slice."""
    return found.query.get_compiler(found.db).as_sql()


def part_of_each(found, values):
    """The same of a slice that is taken once for each of some whole numbers, of which it names one EACH."""
    sql, params = part(found)
    if connections[found.db].vendor == "postgresql":  # planned once, and not once for each
        each = f"unnest(ARRAY[{', '.join(['%s'] * len(values))}]::bigint[]) AS each(value)"
        return f"SELECT slice.* FROM {each} CROSS JOIN LATERAL ({sql}) AS slice", (*values, *params)
    return union([(sql.replace("(each.value)", str(int(value))), params) for value in values])


def union(parts):
    """One (SQL, parameters) of several; SQLite takes a LIMIT in a part of a union one level down only."""
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part" for sql, _params in parts)
    return sql, tuple(param for _sql, params in parts for param in params)


@dataclass
class Union:
    """Parts for a Compiled query, whose rows are as the database says them; `found` has their model and database."""

    found: object
    parts: list

    @property
    def db(self):
        return self.found.db

    @property
    def model(self):
        return self.found.model

    def written(self):
        return (*union(self.parts), {}, None)


def rows(parts, using):
    """What the parts find, as the database says it."""
    with connections[using].cursor() as cursor:
        cursor.execute(*union(parts))
        return cursor.fetchall()
