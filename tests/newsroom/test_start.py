"""The project as it starts, in a process of its own: its settings, its checks, its guard against demo passwords."""

import os
import socket
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from articles.demo import load
from articles.editorial import logins
from newsroom import environment
from tests import base, factories

ROOT = Path(__file__).parent.parent.parent
REDIS = "redis://127.0.0.1:6379/9"


def run(*command, tmp_path, **variables):
    """A command in a fresh process with an environment of its own, and nothing in var/."""
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**bare, "VAR_DIR": str(tmp_path / "var"), "PYTHONDONTWRITEBYTECODE": "1", **variables},
    )  # fmt: skip


def test_debug_is_off_and_nothing_is_needed_to_start(tmp_path):
    shown = "from newsroom import settings as s; print(s.DEBUG, s.DEMO, s.HTTPS, s.LANGUAGE_CODE, s.ALLOWED_HOSTS)"
    done = run("-c", shown, tmp_path=tmp_path)
    assert done.stdout.strip() == "False False False vi ['127.0.0.1', 'localhost', '[::1]']"


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "maybe"), ("DATABASE_URL", "mysql://x/y"), ("REDIS_URL", "http://x"), ("SITE_URL", "baomau.vn"),
     ("SECRET_KEY", "ngan"), ("VAR_DIR", "/dev/null"), ("MEDIA_ROOT", "/dev/null/x"), ("LANGUAGE_CODE", "fr"),
     ("EMAIL_URL", "mail.vn"), ("EMAIL_FROM", "toasoan")],
)  # fmt: skip
def test_a_bad_value_stops_every_command_with_one_clear_line(tmp_path, name, value):
    done = run("-c", "import newsroom.settings", tmp_path=tmp_path, **{name: value})
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("django.core.exceptions.ImproperlyConfigured")
    assert name in last


def test_a_site_on_https_passes_djangos_deployment_check(tmp_path):
    done = run(
        "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "INFO",
        tmp_path=tmp_path, SITE_URL="https://baomau.vn", ALLOWED_HOSTS="baomau.vn", BEHIND_PROXY="1",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_driver_of_postgresql_is_psycopg2():
    import psycopg2  # noqa: PLC0415 (that it can be imported at all is the question)

    assert psycopg2.__version__.startswith("2.9")
    if connection.vendor == "postgresql":
        assert connection.Database.__name__ == "psycopg2"


def test_no_other_driver_of_postgresql_is_installed():
    # Django prefers psycopg 3 wherever it can be imported.
    with pytest.raises(ImportError):
        import psycopg  # noqa: F401, PLC0415


def test_the_cache_works_on_a_real_redis(settings):
    try:
        socket.create_connection(("127.0.0.1", 6379), timeout=1).close()
    except OSError:
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    settings.CACHES = {"default": environment.cache(REDIS)}
    key = f"tests-{uuid.uuid4()}"
    caches["default"].set(key, "Hòa Bình", 5)
    assert caches["default"].get(key) == "Hòa Bình"
    caches["default"].delete(key)


def test_the_pages_and_forms_of_the_site_share_one_zone_and_language():
    assert (settings.TIME_ZONE, settings.USE_TZ, settings.LANGUAGE_CODE) == ("Asia/Ho_Chi_Minh", True, "vi")
    assert "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE


# Demo passwords


@pytest.fixture
def rita(db):
    user = base.person("rita")
    user.set_password(logins.PASSWORD)
    user.save()
    return user


def test_a_start_with_a_demo_password_is_refused_and_names_the_login(rita, settings):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured, match="rita"):
        logins.refuse_demo_passwords()


def test_a_demonstration_may_start_with_it(rita, settings):
    settings.DEMO = True
    assert logins.refuse_demo_passwords() is None


@pytest.mark.parametrize(
    "change", [lambda user: user.set_password("mot cau mat khau dai"), lambda user: setattr(user, "is_active", False)]
)
def test_a_changed_password_or_a_closed_login_opens_the_start(rita, settings, change):
    settings.DEMO = False
    change(rita)
    rita.save()
    assert logins.refuse_demo_passwords() is None


def test_a_start_while_the_database_is_gone_is_a_start(settings, monkeypatch, caplog):
    settings.DEMO = False

    def gone(**fields):
        raise DatabaseError("gone")

    monkeypatch.setattr(get_user_model().objects, "filter", gone)
    logins.refuse_demo_passwords()
    assert "demo passwords were not looked for" in caplog.text


def test_the_production_server_asks_before_it_serves(tmp_path):
    variables = {"DATABASE_URL": f"sqlite:///{tmp_path}/bao.sqlite3"}
    made = (
        "import django; django.setup(); from django.contrib.auth import get_user_model as u; "
        f"u().objects.create_user('ed', password='{logins.PASSWORD}')"
    )
    assert run("manage.py", "migrate", "-v", "0", tmp_path=tmp_path, **variables).returncode == 0
    settled = {**variables, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    assert run("-c", made, tmp_path=tmp_path, **settled).returncode == 0
    refused = run("-c", "import newsroom.wsgi", tmp_path=tmp_path, **variables)
    allowed = run("-c", "import newsroom.wsgi", tmp_path=tmp_path, DEMO="1", **variables)
    assert (refused.returncode, allowed.returncode) == (1, 0)
    assert "Demo passwords are set for ed" in refused.stderr


def test_a_demo_password_signs_nobody_in_on_a_production_site(rita, settings, stranger):
    settings.DEMO = False
    stranger.post("/admin/login/", {"username": "rita", "password": logins.PASSWORD})
    assert "_auth_user_id" not in stranger.session


def test_a_demo_password_signs_in_where_the_demo_is_shown(rita, settings, stranger):
    settings.DEMO = True
    stranger.post("/admin/login/", {"username": "rita", "password": logins.PASSWORD})
    assert stranger.session["_auth_user_id"] == str(rita.pk)


def test_the_demo_leaves_a_site_alone_that_has_sections_but_no_news_yet(db):
    factories.section("Kinh tế")
    assert load.load(draw=False) is False
