"""Queries whose SQL is written once and then only given its values.

Django builds a queryset, resolves it and writes its SQL anew for every request, which costs a page of readers more than
the database does. `Compiled` lets a function build the queryset once for each database and shape of arguments, with
placeholders in place of the moments, days and numbers, and remembers where each placeholder came out among the
parameters. So the rules stay where they are, in querysets, and a reader's page pays for a cursor.

    @Compiled
    def _newest(at, section):
        return Article.objects.published(at).filter(category=section).newest().values_list("pk", "title")[:5]

    rows = _newest(at=timezone.now(), section=7)  # tuples, as values_list gives them

- Arguments are datetimes, dates, whole numbers, or lists of one kind (each length has its own SQL). Anything else (a
  name of a field, True, None) is part of the SQL: give it no text of a reader.
- `@Compiled.prepared` where the rows are found by their keys, whatever the values (prepared.py).
- What a function reads besides its arguments is frozen when it is first called: no clock, no request, no setting that
  may change. A placeholder that does not come out as a parameter of its own (in a LIKE, a LIMIT) is an error.
"""

from datetime import UTC, date, datetime
from functools import update_wrapper

from django.core.exceptions import EmptyResultSet
from django.db import connections, router

from .prepared import Statement

# Values that no row has; each argument of a call gets its own.
_NUMBER, _DAY = 8_000_000_000_000, 650_000
_MOMENT = datetime(1901, 2, 3, 4, 5, 6, tzinfo=UTC)


class Compiled:
    """`is_prepared`: PostgreSQL plans it once a connection (prepared.py)."""

    def __init__(self, build, *, is_prepared=False):
        update_wrapper(self, build)
        self.build, self.is_prepared = build, is_prepared
        self.model = None
        self.plans = {}

    @classmethod
    def prepared(cls, build):
        return cls(build, is_prepared=True)

    def __call__(self, **values):
        alias = self.model and router.db_for_read(self.model)
        key = (alias, *(_shape(value) for value in values.values()), *values)
        plan = self.plans.get(key)
        if plan is None:
            plan = self._plan(values)
            self.plans[(plan.alias, *key[1:])] = plan
        return plan.rows(values)

    def _plan(self, values):
        """Built twice, with other placeholders: what was reckoned from one (`at - WEEK`) differs, and is refused."""
        one, other = (self._built(values, shift) for shift in (0, 300))
        if one.sql != other.sql or one.constants() != other.constants():
            raise ValueError(f"{self.__name__}: an argument is used for more than a parameter")
        return one

    def _built(self, values, shift):
        places = {}
        numbered = enumerate(values.items(), start=shift)
        stand_ins = {name: _stand_in(value, number, name, places) for number, (name, value) in numbered}
        found = self.build(**stand_ins)
        self.model = found.model
        return _Plan(found, places, self.is_prepared)


def _shape(value):
    """What of an argument the SQL depends on: a placeholder's kind, the length of a list, else the value itself."""
    if isinstance(value, list):
        return ("list", len(value), type(value[0]) if value else None)
    return type(value) if _is_given(value) else value


def _is_given(value):
    return isinstance(value, date | int) and not isinstance(value, bool)


def _stand_in(value, number, name, places):
    """A placeholder for an argument; `places` learns {placeholder: (name, place in the list or None)}."""
    if isinstance(value, list):
        found = [_like(one, 1000 * number + place) for place, one in enumerate(value)]
        places |= {one: (name, place) for place, one in enumerate(found)}
        return found
    if not _is_given(value):
        return value
    found = _like(value, 1000 * number)
    places[found] = (name, None)
    return found


def _like(value, number):
    """One that no row has, of the same kind."""
    if isinstance(value, datetime):
        return _MOMENT.replace(microsecond=number)
    return date.fromordinal(_DAY - number) if isinstance(value, date) else _NUMBER + number


def _written(found):
    """(SQL, its parameters, the converters of its columns, how many of them were asked for or None for all)."""
    compiler = found.query.get_compiler(found.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:  # of an empty list, say: nobody needs to be asked
        return "", [], {}, None
    converters = compiler.get_converters([column for column, *_rest in compiler.select])
    return sql, params, converters, compiler.col_count if compiler.has_extra_select else None


def _adapted(operations, value):
    """As the database's driver is given it."""
    if isinstance(value, datetime):
        return operations.adapt_datetimefield_value(value)
    return operations.adapt_datefield_value(value) if isinstance(value, date) else value


class _Plan:
    """The SQL of a queryset of values_list(), or of what is `written()` itself (models/newest.py)."""

    def __init__(self, found, places, is_prepared):
        self.alias = found.db
        written = found.written() if hasattr(found, "written") else _written(found)
        self.sql, params, self.converters, self.width = written
        if not self.sql:
            places = {}
        self.params, self.slots = list(params), []
        operations = connections[self.alias].ops
        known = {_adapted(operations, placeholder): target for placeholder, target in places.items()}
        for position, param in enumerate(params):
            if param in known:
                self.slots.append((position, *known[param]))
        missing = set(known.values()) - {(name, place) for _position, name, place in self.slots}
        if missing:
            raise ValueError(f"{found.model.__name__}: {sorted(name for name, _place in missing)} became no parameters")
        given = [position for position, _name, _place in self.slots]
        self.statement = Statement(self.sql, self.params, given) if is_prepared else None

    def constants(self):
        slots = {position for position, _name, _place in self.slots}
        return [param for position, param in enumerate(self.params) if position not in slots]

    def rows(self, values):
        if not self.sql:
            return []
        params, connection = self.params.copy(), connections[self.alias]
        operations = connection.ops
        for position, name, place in self.slots:
            value = values[name]
            params[position] = _adapted(operations, value if place is None else value[place])
        with connection.cursor() as cursor:
            if self.statement:
                self.statement.execute(cursor, params)
            else:
                cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.width:  # what it is ordered by stands behind
            rows = [row[: self.width] for row in rows]
        return self._converted(rows, connection) if self.converters else rows

    def _converted(self, rows, connection):
        rows = [list(row) for row in rows]
        for place, (converters, expression) in self.converters.items():
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return [tuple(row) for row in rows]
