"""One newspaper and one bundle of it for all tests; who changes a bundle changes a copy."""

import shutil
from collections import namedtuple

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import backup, search
from tests import base, factories

from .places import Place

Newspaper = namedtuple("Newspaper", "place bundle root photo draft")


@pytest.fixture(autouse=True)
def no_sync(monkeypatch):
    """What other programs have in memory need not reach the disk for a test."""
    monkeypatch.setattr("os.sync", lambda: None)


@pytest.fixture(scope="session")
def first_place(django_db_setup, django_db_blocker, tmp_path_factory):
    if connection.vendor == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("no pg_dump on this machine (Debian: apt-get install postgresql-client)")
    with django_db_blocker.unblock():
        connection.close()  # a database that is a template may have no visitor
        name = str(connection.settings_dict["NAME"])
        found = Place(tmp_path_factory.mktemp("places") / "first", template=name)
    yield found
    found.drop()


@pytest.fixture(scope="session")
def newspaper(first_place, django_db_blocker, tmp_path_factory):
    place, root = first_place, tmp_path_factory.mktemp("backups")
    with django_db_blocker.unblock(), place:
        if not Group.objects.exists():  # a test before this one may have flushed what `migrate` made
            call_command("migrate", verbosity=0)
        photo = factories.photo(credit="Bùi Minh")
        article = factories.published(title="Huyện Đà Bắc đổi mới", photo=photo)
        factories.attachment(article)
        factories.many(4)
        draft = factories.draft(title="Chưa ai được đọc", created_by=base.person("rita"))
        search.index([article.pk, draft.pk])
        Session.objects.create(session_key="s" * 32, session_data="x", expire_date=timezone.now())
        bundle = backup.make(root).bundle
    return Newspaper(place, bundle, root, photo, draft)


@pytest.fixture
def place(newspaper, tmp_path):
    """place() is an empty machine."""
    made = []

    def make():
        made.append(Place(tmp_path / f"place{len(made)}"))
        return made[-1]

    yield make
    for one in made:
        one.drop()


@pytest.fixture
def copy(newspaper, tmp_path):
    """copy() is the bundle once more, which may be damaged."""
    number = iter(range(100))

    def make():
        folder = tmp_path / f"copies{next(number)}" / newspaper.bundle.path.name
        return backup.bundle.Bundle(shutil.copytree(newspaper.bundle.path, folder))

    return make
