"""The index in SQLite: a table of FTS5 that holds tokens and the places of the articles that have them, nothing else.

- contentless, because the texts are in SearchDocument already; `detail=none`, because pairs of syllables do what
  positions would, in lists that are shorter; without sizes of columns, because nothing is ranked by length.
- SQLite 3.40 takes a row out of such a table only when it is told the old tokens: they are made again from what is
  packed in SearchDocument, by the same version of the tokeniser. Where that has changed, they stay until
  `rebuild_search`, and lead to an article that is then looked at and not shown.
- "ORDER BY rowid DESC" runs backwards through the lists, so the newest hits cost the same in every archive.
"""

from django.db import connection, transaction

from . import words
from .documents import Texts
from .expressions import NOTHING, fts5

ROWS, INDEX = "articles_searchdocument", "articles_search"
_FTS5 = """CREATE VIRTUAL TABLE {name} USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '_#:.,-/'")"""
_HASH = 256 * 1024 * 1024  # bytes that a rebuild gathers at most before it writes: few large pieces, merged once
MERGED_AT_ONCE = 2_000  # pages of 4 KB


def install():
    """Make the index where there is none; empty it where its documents are gone (a flushed database)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [INDEX])
        if not cursor.fetchone():
            cursor.execute(_FTS5.format(name=INDEX))
        cursor.execute(f"SELECT 1 FROM {ROWS} LIMIT 1")
        if not cursor.fetchone():
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('delete-all')")


def places(wanted, below, above, limit, few=False):
    """The newest places of an expression, under `below` and from `above` on. `few`: that there are only some."""
    if wanted == NOTHING:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s AND rowid < %s AND rowid >= %s "
            "ORDER BY rowid DESC LIMIT %s",
            [fts5(wanted), below, above, limit],
        )
        return [place for (place,) in cursor.fetchall()]


def add(entries, rows=ROWS, index=INDEX):
    """Put entries (index.py) into a pair of tables."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {rows} (place, article_id, packed, version, indexed_at) VALUES (%s, %s, %s, %s, %s)",
            [(one.place, one.article, one.packed, words.VERSION, one.at) for one in entries],
        )
        cursor.executemany(
            f"INSERT INTO {index} (rowid, tokens) VALUES (%s, %s)", [(one.place, one.tokens) for one in entries]
        )


def remove(documents):
    with connection.cursor() as cursor:
        for one in documents:
            if one.version == words.VERSION:
                tokens = " ".join(Texts.unpack(one.packed).tokens())
                cursor.execute(
                    f"INSERT INTO {INDEX} ({INDEX}, rowid, tokens) VALUES ('delete', %s, %s)", [one.place, tokens]
                )
            cursor.execute(f"DELETE FROM {ROWS} WHERE place = %s", [one.place])


class Building:
    """The tables of a rebuild beside those in use, until they take their place."""

    rows, index = f"{ROWS}_new", f"{INDEX}_new"
    batch = 2_000  # articles in one transaction: whoever writes meanwhile waits a second or two

    def begin(self):
        with connection.cursor() as cursor:
            self.drop(cursor)
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [ROWS])
            cursor.execute(cursor.fetchone()[0].replace(ROWS, self.rows, 1))
            cursor.execute(_FTS5.format(name=self.index))
            for name, value in (("hashsize", _HASH), ("automerge", 0), ("crisismerge", 1000)):
                cursor.execute(f"INSERT INTO {self.index} ({self.index}, rank) VALUES (%s, %s)", [name, value])

    def drop(self, cursor):
        for name in (self.rows, self.index):
            cursor.execute(f"DROP TABLE IF EXISTS {name}")

    @transaction.atomic
    def add(self, entries):
        add(entries, self.rows, self.index)

    def finish(self):
        with connection.cursor() as cursor:
            self._merge(cursor)
            for name, value in (("hashsize", 1024 * 1024), ("automerge", 4), ("crisismerge", 16)):
                cursor.execute(f"INSERT INTO {self.index} ({self.index}, rank) VALUES (%s, %s)", [name, value])

    def _merge(self, cursor):
        """Make one piece of the many, a little at a time: FTS5 itself would do it in one go that locks the file."""
        pages = -MERGED_AT_ONCE  # below zero: it begins
        changed = 2
        while changed >= 2:
            before = connection.connection.total_changes
            cursor.execute(f"INSERT INTO {self.index} ({self.index}, rank) VALUES ('merge', %s)", [pages])
            changed, pages = connection.connection.total_changes - before, MERGED_AT_ONCE

    @transaction.atomic
    def swap(self, began):
        """Take the place of those in use; the articles that were indexed there since it began."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT article_id FROM {ROWS} WHERE indexed_at >= %s", [began])
            late = [article for (article,) in cursor.fetchall()]
            for old, new in ((ROWS, self.rows), (INDEX, self.index)):
                cursor.execute(f"DROP TABLE {old}")
                cursor.execute(f"ALTER TABLE {new} RENAME TO {old}")
        return late

    def check(self):
        """Nothing more is to be done once they are in use."""
