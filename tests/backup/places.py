"""A machine of its own for a test, with a database that commits: neither pg_dump nor another connection sees what a
test's transaction holds. While one is `with` it, the default connection and the folders are those of the machine."""

import contextlib
import sqlite3
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings

FILES = "django.core.files.storage.FileSystemStorage"


class Place:
    def __init__(self, folder, template=""):
        """`template`: the name of a database that is copied (on SQLite, the connection's own)."""
        self.folder, self.vendor = Path(folder), connection.vendor
        (self.folder / "media").mkdir(parents=True)
        if self.vendor == "sqlite":
            self.database = str(self.folder / "newsroom.sqlite3")
            if template:
                with contextlib.closing(sqlite3.connect(self.database)) as copy:
                    connection.ensure_connection()
                    connection.connection.backup(copy)
        else:
            self.database = f"{connection.settings_dict['NAME']}_{self.folder.name}"
            self.drop()
            self._administer(f'CREATE DATABASE "{self.database}"' + (f' TEMPLATE "{template}"' if template else ""))

    def drop(self):
        if self.vendor == "postgresql":
            self._administer(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _administer(self, statement):
        found = self.connected("postgres")
        found.autocommit = True
        with contextlib.closing(found), found.cursor() as cursor:
            cursor.execute(statement)

    def connected(self, name=""):
        """A connection beside the default one."""
        if self.vendor == "sqlite":
            return sqlite3.connect(self.database)
        return psycopg2.connect(**{**connection.get_connection_params(), "dbname": name or self.database})

    def __enter__(self):
        originals = {"BACKEND": FILES, "OPTIONS": {"location": self.folder / "originals", "base_url": None}}
        self._override = override_settings(
            VAR_DIR=self.folder,
            PAGES_ROOT=self.folder / "pages",
            MEDIA_ROOT=self.folder / "media",
            ORIGINALS_ROOT=self.folder / "originals",
            STORAGES={**settings.STORAGES, "originals": originals},
        )
        self._override.enable()
        self._left = connections["default"]
        there = connections.create_connection("default")
        there.settings_dict = {**there.settings_dict, "NAME": self.database}
        connections["default"] = there
        return self

    def __exit__(self, *_error):
        connection.close()
        connections["default"] = self._left
        self._override.disable()
