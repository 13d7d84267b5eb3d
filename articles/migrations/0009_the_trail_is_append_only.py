"""The database refuses to change or delete what stands in the trail, whoever asks: the admin, a script, a shell."""

from django.db import migrations

TABLE = "articles_trailentry"
REFUSED = "The trail is append-only."

# The names tell the tests which to take away: a flush between two of them empties every table.
TRIGGERS = {
    "sqlite": {
        "trail_refuses_update": f"""
            CREATE TRIGGER trail_refuses_update BEFORE UPDATE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
        "trail_refuses_delete": f"""
            CREATE TRIGGER trail_refuses_delete BEFORE DELETE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    },
    "postgresql": {
        "trail_refuses_change": f"""
            CREATE TRIGGER trail_refuses_change BEFORE UPDATE OR DELETE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION trail_refuses()""",
        "trail_refuses_truncate": f"""
            CREATE TRIGGER trail_refuses_truncate BEFORE TRUNCATE ON {TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION trail_refuses()""",
    },
}
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION trail_refuses() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"""


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION)
    for sql in TRIGGERS[vendor].values():
        schema_editor.execute(sql)


def drop(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name in TRIGGERS[vendor]:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if vendor == "postgresql" else ""))
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION trail_refuses()")


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_autosave")]
    operations = [migrations.RunPython(make, drop)]
