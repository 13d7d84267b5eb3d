"""Fixtures of all tests. Files go to a folder of the test's own; nothing touches var/."""

import gc
import importlib

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import connection, connections
from django.template import RequestContext, Template
from django.test import Client
from django.test.signals import template_rendered

from articles.identity import sessions
from articles.readers import ranking

from . import base, flushing, through
from .choosing import pytest_addoption, pytest_collection_modifyitems, pytest_ignore_collect  # noqa: F401 (hooks)


def pytest_collection_finish(session):
    """What thousands of collected tests are made of is not gone through again and again in search of garbage."""
    gc.collect()
    gc.freeze()


TRAIL = importlib.import_module("articles.migrations.0009_the_trail_is_append_only")
FLUSHED = {"sqlite": "DROP TRIGGER trail_refuses_delete"}
FLUSHED["postgresql"] = f"DROP TRIGGER trail_refuses_truncate ON {TRAIL.TABLE}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test with transactions of its own leaves the database flushed, the trail too, which its triggers refuse. The
    one that stands in the way of that goes; tests/editorial/test_trail.py makes it again to prove it."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(FLUSHED[connection.vendor])
        flushing.begin()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request, tmp_path_factory):
    """A browser calls while the test looks: on SQLite that needs a database in a file. One in memory is a single
    connection, in which the transactions of both would be one."""
    database = connections["default"].settings_dict
    if "sqlite" in database["ENGINE"] and any(item.get_closest_marker("browser") for item in request.session.items):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PAGES_ROOT = tmp_path / "pages"
    settings.VAR_DIR = tmp_path / "var"
    settings.REDIS_URL = ""
    settings.RATE_LIMITS = False  # but in tests/newsroom/test_limits.py: others ask more than a reader may
    settings.LIMITS_FILE = tmp_path / "limits"
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "originals", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.RECEIPTS = False  # but in tests/receipts
    # One fast hash instead of a million rounds: no test is about the strength of a password.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_was_read():
    """What is read most is kept for some minutes, and not from one test to the next."""
    ranking.forget()


@pytest.fixture(autouse=True, scope="session")
def second_factor_given():
    """force_login() stands for the password and the second factor; who uses the form has given the first only."""

    def verified(request, **kwargs):
        if not request.path:  # the client's own request, which was sent nowhere
            request.session["factor"] = sessions.VERIFIED

    user_logged_in.connect(verified)
    yield
    user_logged_in.disconnect(verified)


@pytest.fixture(autouse=True, scope="session")
def context_of_the_page_only(django_test_environment):
    """`response.context` is that of the page. Django keeps a copy for each of the hundreds of templates that a form
    includes, a tenth of what such a request costs."""

    def render(template, context):
        if isinstance(context, RequestContext) and context.template is template:  # not widgets, not what is included
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render  # django_test_environment puts back what it found


@pytest.fixture
def stranger():
    return Client()


@pytest.fixture
def reader():
    """A browser that reads through the page cache, as `stranger` does without it: reader.get("/")."""
    return through.Reader()


@pytest.fixture
def at_once(monkeypatch):
    """Every change is committed as soon as it is made: a purge does not wait for a commit that a test never sees."""
    monkeypatch.setattr("articles.pagecache.purging.transaction.on_commit", lambda hook, robust=False: hook())


@pytest.fixture
def desk(db):
    """desk('ed') is a browser in which ed is signed in."""

    def sign_in(name):
        client = Client()
        client.force_login(base.person(name))
        return client

    return sign_in


@pytest.fixture
def clock(monkeypatch):
    """clock(moment) makes it that time, for readers and for the desk."""

    def set_to(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


@pytest.fixture
def indexed(db, monkeypatch):
    """What is written can be searched for at once. Without it an article of a test is never indexed, because a test's
    transaction never commits; tests/search/test_index.py has those that do."""
    from articles.search import changes, index  # noqa: PLC0415 (models exist only from here on)

    monkeypatch.setattr(changes, "owe", index)
