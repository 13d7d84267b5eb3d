"""A test with transactions of its own leaves the database flushed, but for the roles and their rights.

`migrate` made these, and to make them anew after each of three hundred tests takes most of a flush. They stay as long
as they are what `migrate` made; a test that changes a role has it made anew. PostgreSQL is asked to delete the few rows
of a test and not to truncate eighty tables, which takes it a third of a second; only a superuser, who may leave out the
triggers, can ask for that.
"""

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import sql
from django.core.management.commands import flush
from django.db import DEFAULT_DB_ALIAS

from articles import receivers

KEPT = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
_made = {}


def begin():
    """What is there now is what `migrate` made."""
    _made["rows"] = _rows()
    flush.sql_flush, flush.emit_post_migrate_signal = _sql_flush, _emit_post_migrate_signal


def _rows():
    through = Group.permissions.through.objects
    return set(Group.objects.values_list("pk", "name")), set(through.values_list("group", "permission"))


def _sql_flush(style, connection, **options):
    _made["stay"] = connection.alias == DEFAULT_DB_ALIAS and _rows() == _made["rows"]
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [table for table in tables if not (_made["stay"] and table in KEPT)]
    if connection.vendor == "postgresql" and _is_superuser(connection):
        deleted = [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]  # noqa: S608 (our own names)
        return ["SET LOCAL session_replication_role = replica", *deleted]
    return connection.ops.sql_flush(style, tables, **options)


def _is_superuser(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def _emit_post_migrate_signal(verbosity, interactive, db):
    if _made["stay"]:
        for install in (receivers.install_triggers, receivers.install_search):
            install(sender=apps.get_app_config("articles"), using=db)
    else:
        sql.emit_post_migrate_signal(verbosity, interactive, db)
        _made["rows"] = _rows()
