"""What the database keeps by itself: counts of each day and times beside bylines and topics when articles change; on
SQLite the words of the photo library (PostgreSQL has an index for that).

Design notes
- By triggers, because articles are written by many doors (forms, steps of the desk, importers, `QuerySet.update`, a
  shell), and a count that one of them forgot would be wrong for good. Reading then costs the same in every archive.
- Installed after every `migrate` and not in a migration: where SQLite changes a table it makes it anew, without its
  triggers. What is installed already is left alone, so nobody waits for a lock.
- "Released" is what the desk has let go of: published, or scheduled. Readers' pages compare the time with now.
- On PostgreSQL one statement is one pass, however many rows it changes; of two publications on one day
  the second waits for the first, which is a short transaction.
"""

RELEASED = "state = 'published'"
DAY = "django_datetime_cast_date({row}.published_at, 'Asia/Ho_Chi_Minh', 'UTC')"  # Django's, on its SQLite connections


_MORE = f"""
        INSERT INTO articles_daytotal (day, number)
        SELECT {DAY.format(row="NEW")}, 1 WHERE NEW.{RELEASED} ON CONFLICT (day) DO UPDATE SET number = number + 1;
        INSERT INTO articles_daycount (day, section_id, number)
        SELECT {DAY.format(row="NEW")}, NEW.category_id, 1 WHERE NEW.{RELEASED}
        ON CONFLICT (section_id, day) DO UPDATE SET number = number + 1;"""
_LESS = f"""
        UPDATE articles_daytotal SET number = number - 1
        WHERE OLD.{RELEASED} AND day = {DAY.format(row="OLD")};
        UPDATE articles_daycount SET number = number - 1
        WHERE OLD.{RELEASED} AND section_id = OLD.category_id AND day = {DAY.format(row="OLD")};"""


def _beside(table):
    """SQLite: a row that ties something to an article bears the article's time from the first."""
    return f"""
        UPDATE {table} SET public_at =
            (SELECT published_at FROM articles_article WHERE id = NEW.article_id AND {RELEASED})
        WHERE id = NEW.id;"""


TIED = ("articles_byline", "articles_article_topics")
_FOLLOW = "".join(
    f"UPDATE {table} SET public_at = CASE WHEN NEW.{RELEASED} THEN NEW.published_at END WHERE article_id = NEW.id;"
    for table in TIED
)

_WORDS_IN = "INSERT INTO articles_photo_words (rowid, search_text) VALUES (NEW.id, NEW.search_text);"
_WORDS_OUT = """INSERT INTO articles_photo_words (articles_photo_words, rowid, search_text)
    VALUES ('delete', OLD.id, OLD.search_text);"""

SQLITE = {
    "photo_words_insert": f"AFTER INSERT ON articles_photo BEGIN {_WORDS_IN} END",
    "photo_words_delete": f"AFTER DELETE ON articles_photo BEGIN {_WORDS_OUT} END",
    "photo_words_update": f"""AFTER UPDATE OF search_text ON articles_photo WHEN OLD.search_text <> NEW.search_text
        BEGIN {_WORDS_OUT} {_WORDS_IN} END""",
    "article_counted_insert": f"AFTER INSERT ON articles_article BEGIN {_MORE} END",
    "article_counted_delete": f"AFTER DELETE ON articles_article BEGIN {_LESS} END",
    "article_counted_update": f"""AFTER UPDATE OF state, published_at, category_id ON articles_article
        WHEN OLD.state <> NEW.state OR OLD.published_at IS NOT NEW.published_at
            OR OLD.category_id IS NOT NEW.category_id
        BEGIN {_LESS} {_MORE} {_FOLLOW} END""",
    **{f"{table}_timed": f"AFTER INSERT ON {table} BEGIN {_beside(table)} END" for table in TIED},
    **{f"{table}_timed_anew": f"AFTER UPDATE OF article_id ON {table} BEGIN {_beside(table)} END" for table in TIED},
}

_CHANGED = """
    SELECT (published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, category_id AS section_id, {sign} AS change
    FROM {rows} WHERE state = 'published'"""
# The day first: of two publications on one day the second waits there and holds nothing that the first still needs.
_ADD_UP = """
    INSERT INTO articles_daytotal AS counted (day, number)
    SELECT day, sum(change) FROM ({changes}) AS changes GROUP BY day HAVING sum(change) > 0 ORDER BY day
    ON CONFLICT (day) DO UPDATE SET number = counted.number + excluded.number;
    UPDATE articles_daytotal AS counted SET number = counted.number + less.change FROM (
        SELECT day, sum(change) AS change FROM ({changes}) AS changes GROUP BY day HAVING sum(change) < 0
    ) AS less WHERE counted.day = less.day;
    INSERT INTO articles_daycount AS counted (day, section_id, number)
    SELECT day, section_id, sum(change) FROM ({changes}) AS changes
    GROUP BY day, section_id HAVING sum(change) > 0 ORDER BY section_id, day
    ON CONFLICT (section_id, day) DO UPDATE SET number = counted.number + excluded.number;
    UPDATE articles_daycount AS counted SET number = counted.number + less.change FROM (
        SELECT day, section_id, sum(change) AS change FROM ({changes}) AS changes
        GROUP BY day, section_id HAVING sum(change) < 0
    ) AS less WHERE counted.day = less.day AND counted.section_id = less.section_id;"""
_NEW, _OLD = _CHANGED.format(sign=1, rows="new_rows"), _CHANGED.format(sign=-1, rows="old_rows")
_PASS_ON = "".join(
    f"""
    UPDATE {table} SET public_at = CASE WHEN changed.{RELEASED} THEN changed.published_at END
    FROM (SELECT n.id, n.state, n.published_at FROM new_rows n JOIN old_rows o ON o.id = n.id
          WHERE n.state <> o.state OR n.published_at IS DISTINCT FROM o.published_at) AS changed
    WHERE {table}.article_id = changed.id;"""
    for table in TIED
)


def _function(name, body, result="NULL"):
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {body} RETURN {result}; END $$"""


POSTGRES_FUNCTIONS = [
    _function("article_counted_insert", _ADD_UP.format(changes=_NEW)),
    _function("article_counted_delete", _ADD_UP.format(changes=_OLD)),
    _function("article_counted_update", _ADD_UP.format(changes=f"{_NEW} UNION ALL {_OLD}") + _PASS_ON),
    _function(
        "article_timed",
        f"NEW.public_at := (SELECT published_at FROM articles_article WHERE id = NEW.article_id AND {RELEASED});",
        result="NEW",
    ),
]
_ROWS = {"insert": "NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
_ROWS["update"] = " ".join(_ROWS.values())
POSTGRES = {
    **{
        (f"article_counted_{event}", "articles_article"): f"AFTER {event.upper()} ON articles_article "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION article_counted_{event}()"
        for event, rows in _ROWS.items()
    },
    **{
        (f"{table}_timed", table): f"BEFORE INSERT OR UPDATE OF article_id ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION article_timed()"
        for table in TIED
    },
}


def install(connection):
    """Make the triggers that are missing, and those that have changed since they were made."""
    with connection.cursor() as cursor:
        (_install_on_postgres if connection.vendor == "postgresql" else _install_on_sqlite)(cursor)


def _install_on_sqlite(cursor):
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = dict(cursor.fetchall())
    for name, body in SQLITE.items():
        wanted = f"CREATE TRIGGER {name} {body}"
        if there.get(name) != wanted:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(wanted)


def _install_on_postgres(cursor):
    for function in POSTGRES_FUNCTIONS:
        cursor.execute(function)
    cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    there = set(cursor.fetchall())
    for (name, table), body in POSTGRES.items():
        if (name, table) not in there:
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def remove(connection):
    with connection.cursor() as cursor:
        for name in SQLITE if connection.vendor == "sqlite" else ():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        for name, table in POSTGRES if connection.vendor == "postgresql" else ():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def count_anew(connection):
    """Fill what the triggers keep from the articles as they are; for the migration that brought it."""
    count_days(connection)
    with connection.cursor() as cursor:
        for table in TIED:
            cursor.execute(
                f"UPDATE {table} SET public_at = (SELECT published_at FROM articles_article "
                f"WHERE articles_article.id = {table}.article_id AND {RELEASED})"
            )


def catch_up(connection):
    """After a bulk load without triggers that has written the times itself: the counts, and the words of photos."""
    count_days(connection)
    count_totals(connection)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_photo_words (articles_photo_words) VALUES ('rebuild')")


def count_days(connection):
    day = (
        "(published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        if connection.vendor == "postgresql"
        else DAY.format(row="articles_article")
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_daycount")
        cursor.execute(
            f"INSERT INTO articles_daycount (day, section_id, number) SELECT {day}, category_id, count(*) "
            f"FROM articles_article WHERE {RELEASED} GROUP BY 1, 2"
        )


def count_totals(connection):
    """From the counts of the sections."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_daytotal")
        cursor.execute(
            "INSERT INTO articles_daytotal (day, number) SELECT day, sum(number) FROM articles_daycount GROUP BY day"
        )
