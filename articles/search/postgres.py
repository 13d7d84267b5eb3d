"""The index in PostgreSQL: the tokens beside each SearchDocument, under a GIN index.

- Tokens are stored as one text; a tsvector of them, without positions, is only in the index. A stored tsvector is two
  to three times as large and hardly compresses (13 KB an article, measured).
- Tokens and texts lie out of line (TOAST), so that a hundred rows fit on a page: what a search reads of a row is its
  place only. The index has no statistics: ANALYZE would read all tokens, and the planner, told that a word is common,
  would read the table instead of the index.
- A GIN index knows no order. So that a common word does not sort 300,000 places for the newest twenty, each row has
  its year and month as tokens, and what is asked is asked of the newest months first, then of years, of all years only
  where these did not fill the page. What is scheduled, for years ahead perhaps, is little: it counts as newest.
- Of the newest months "not hidden from readers" is asked beside the words and not among them: GIN goes through the
  rarest tokens, and would look up every word for each of the few hidden articles of twenty years (6 of 8 ms, measured).
  Of years, which are asked when hits are few, the other way is the quicker one.
"""

import io

from django.db import connection, transaction
from django.utils import timezone
from psycopg2.extras import execute_values

from . import words
from .documents import HIDDEN, PLACES, moment_of, second
from .expressions import NOTHING, both, either, term, tsquery, without

ROWS = "articles_searchdocument"
NEWEST, SPANS = 2, (2, 6)  # months, then years that are asked before all of them are
RARE = 10  # hits in the newest months, up to which all years have few enough to be sorted at once
MONTHS = 4  # of a span that is asked by the month only
_VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
# "+ 0", or the planner may walk all places, the newest first, until enough of them have the word. Without seqscan: up
# to some thousand rows it would read them all, not knowing that to make the tokens of each takes a third of a ms.
_NEWEST = f"""SET LOCAL enable_seqscan = off; SELECT place FROM articles_searchdocument WHERE {_VECTOR} @@ %s::tsquery
    {{}} AND place + 0 < %s AND place + 0 >= %s ORDER BY place + 0 DESC LIMIT %s"""
_PUBLIC = f"AND place NOT IN (SELECT place FROM articles_searchdocument WHERE {_VECTOR} @@ %s::tsquery)"


def install(rows=ROWS):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'tokens'", [rows])
        if not cursor.fetchone():
            _add_column(cursor, rows)
            _add_index(cursor, rows)


def _add_column(cursor, rows):
    cursor.execute(f"ALTER TABLE {rows} ADD COLUMN tokens text NOT NULL DEFAULT ''")
    cursor.execute(f"ALTER TABLE {rows} ALTER COLUMN tokens SET STATISTICS 0")
    cursor.execute(f"ALTER TABLE {rows} ALTER COLUMN packed SET STORAGE EXTERNAL")  # compressed already
    cursor.execute(f"ALTER TABLE {rows} SET (toast_tuple_target = 128)")
    cursor.execute("SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)")
    if cursor.fetchone():
        cursor.execute(f"ALTER TABLE {rows} ALTER COLUMN tokens SET COMPRESSION lz4")


def _add_index(cursor, rows):
    # Without a list of what is pending, which a search would have to read through.
    cursor.execute(f"CREATE INDEX {rows}_tokens ON {rows} USING gin ({_VECTOR}) WITH (fastupdate = off)")
    cursor.execute(f"ALTER INDEX {rows}_tokens ALTER COLUMN 1 SET STATISTICS 0")


def places(wanted, below, above, limit, few=False):
    """The newest places of an expression, under `below` and from `above` on. `few`: that there are only some."""
    if wanted == NOTHING:
        return []
    found = []
    with connection.cursor() as cursor:
        if below > second(timezone.now()) + PLACES:  # the desk asks without an end: up to the last that is there
            cursor.execute(f"SELECT max(place) FROM {ROWS}")
            below = min(below, (cursor.fetchone()[0] or 0) + 1)
        spans = windows(below, above)[-1 if few else 0 :] if above < below else []
        newest = spans[0] if len(spans) > 1 else None
        if newest and (rarest := _rarest(wanted)):
            cursor.execute(_NEWEST.format(""), [tsquery(_within(rarest, newest)), below, above, limit])
            if (most := cursor.rowcount) < limit:
                spans = _likely(spans[1:], most / NEWEST, limit)
        while spans:
            span = spans.pop(0)
            part, hidden = _apart(wanted) if span is newest else (wanted, ())
            asked = [tsquery(_within(one, span)) for one in (part, *hidden)]
            cursor.execute(_NEWEST.format(_PUBLIC if hidden else ""), [*asked, below, above, limit])
            found = [place for (place,) in cursor.fetchall()]
            if len(found) == limit or not spans:
                break
            months = NEWEST if span is newest else 12 * len(span)
            spans = _likely(spans, len(found) / months, limit)
        if connection.in_atomic_block:  # whose other questions would look so dear that they are compiled first
            cursor.cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
    return found


def _likely(spans, rate, limit):
    """Those that hold as many hits as are wanted, at so many hits a month, and the last, which is all there is."""
    if rate * NEWEST <= RARE:
        return spans[-1:]
    return [span for span in spans[:-1] if rate * 12 * len(span) >= limit] + spans[-1:]


def _within(wanted, span):
    return both(wanted, either(*map(term, span))) if span else wanted


def _rarest(wanted):
    """What an expression needs in any case and is asked in no time, where more is asked besides; else None.

    A phrase in a title is rare, and for each one of twenty years GIN looks up its common words as well. How many of
    them the newest months have says whether it is any use to ask these.
    """
    first = wanted[1] if wanted[0] == "not" else wanted
    needed = [part for part in first[1] if part[0] == "term"] if first[0] == "and" else []
    return both(*needed) if needed and len(needed) < len(first[1]) else None


def _apart(wanted):
    """(the expression without what readers never see, that in a list; () where it is asked for too)."""
    if wanted[0] != "not":
        return wanted, ()
    _kind, first, unwanted = wanted
    hidden, others = term(HIDDEN), unwanted[1] if unwanted[0] == "or" else (unwanted,)
    return without(first, *(one for one in others if one != hidden)), (hidden,) if hidden in others else ()


def windows(below, above):
    """The tokens of time of each span that is asked in turn, the last one all; () is any time."""
    first, last = moment_of(above), moment_of(below - 1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MONTHS:
        end = last.year * 12 + last.month
        return [_months(end - months, end)]
    now = min(last, timezone.now())
    years = last.year - first.year + 1
    found = [_years(now.year - span + 1, last.year) for span in SPANS if now.year - span >= first.year]
    return [_newest(now, last), *found, _years(first.year, last.year) if years <= SPANS[-1] else []]


def _newest(now, last):
    """The newest months up to now, and all that lies ahead."""
    end = now.year * 12 + now.month
    ahead = 12 - now.month if last.year > now.year else last.month - now.month
    return [*_months(end - NEWEST, end + ahead), *_years(now.year + 1, last.year)]


def _years(first, last):
    return [f"@{year}" for year in range(first, last + 1)]


def _months(begin, end):
    return [f"@{number // 12}{number % 12 + 1:02}" for number in range(begin, end)]


def _tokens(entry):
    moment = moment_of(entry.place)
    return f"{entry.tokens} @{moment.year} @{moment:%Y%m}"


def add(entries):
    """Put entries (index.py) into the table."""
    rows = [(one.place, one.article, one.packed, words.VERSION, one.at, _tokens(one)) for one in entries]
    with connection.cursor() as cursor, connection.wrap_database_errors:  # it asks past Django's cursor
        execute_values(
            cursor.cursor,
            f"INSERT INTO {ROWS} (place, article_id, packed, version, indexed_at, tokens) VALUES %s",
            rows,
        )


def remove(documents):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ROWS} WHERE place = ANY (%s)", [[one.place for one in documents]])


class Building:
    """The table of a rebuild beside the one in use, until it takes its place."""

    rows = f"{ROWS}_new"
    batch = 5_000  # articles in one COPY

    def begin(self):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.rows}")
            cursor.execute(f"CREATE TABLE {self.rows} (LIKE {ROWS} INCLUDING DEFAULTS)")
            cursor.execute(f"ALTER TABLE {self.rows} DROP COLUMN tokens")
            _add_column(cursor, self.rows)

    def add(self, entries):
        lines = io.StringIO()
        for one in entries:
            values = one.place, one.article, f"\\\\x{one.packed.hex()}", words.VERSION, one.at.isoformat(), _tokens(one)
            lines.write("\t".join(map(str, values)) + "\n")
        lines.seek(0)
        with connection.cursor() as cursor:
            columns = "place, article_id, packed, version, indexed_at, tokens"
            cursor.cursor.copy_expert(f"COPY {self.rows} ({columns}) FROM STDIN", lines)

    def finish(self):
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(f"ALTER TABLE {self.rows} ADD CONSTRAINT {self.rows}_pkey PRIMARY KEY (place)")
            cursor.execute(f"ALTER TABLE {self.rows} ADD CONSTRAINT {self.rows}_article_id_key UNIQUE (article_id)")
            _add_index(cursor, self.rows)
            cursor.execute("RESET maintenance_work_mem")

    @transaction.atomic
    def swap(self, began):
        """Take the place of the one in use; the articles that were indexed there since it began."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to be made cannot be dropped
            cursor.execute(f"LOCK TABLE {ROWS} IN ACCESS EXCLUSIVE MODE")
            cursor.execute(f"SELECT article_id FROM {ROWS} WHERE indexed_at >= %s", [began])
            late = [article for (article,) in cursor.fetchall()]
            cursor.execute(f"DROP TABLE {ROWS}")
            cursor.execute(f"ALTER TABLE {self.rows} RENAME TO {ROWS}")
            for name in ("pkey", "article_id_key", "tokens"):
                cursor.execute(f"ALTER INDEX {self.rows}_{name} RENAME TO {ROWS}_{name}")
            cursor.execute(
                f"ALTER TABLE {ROWS} ADD CONSTRAINT {ROWS}_article_id_fk FOREIGN KEY (article_id) "
                "REFERENCES articles_article (id) DEFERRABLE INITIALLY DEFERRED NOT VALID"
            )
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return late

    def check(self):
        """Whether every row has its article, without holding anybody up."""
        with connection.cursor() as cursor:
            if connection.in_atomic_block:  # as in a test: what was written since has checks still to be made
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"ALTER TABLE {ROWS} VALIDATE CONSTRAINT {ROWS}_article_id_fk")
            cursor.execute(f"ANALYZE {ROWS}")
