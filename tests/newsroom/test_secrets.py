"""Secrets: none in the history, and a new SECRET_KEY that throws nobody out (S54)."""

import subprocess

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from articles.readers import comments
from newsroom import environment
from tests import base, factories, secrets_in_history

OLD, NEW = "o" * 25 + "old-key-of-the-newsroom-" + "1", "n" * 25 + "new-key-of-the-newsroom-" + "2"
PLANTED = {  # put together here, so that this file itself is clean
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "AWS": "AKIA" + "IOSFODNN7EXAMPLE",
    "GitHub": "ghp_" + "a1B2" * 9,
    "Slack": "xoxb-" + "1234567890-abc",
    "Telegram": "123456789:AA" + "x1Y2" * 8 + "z",
    "JSON web token": ".".join(["eyJ" + "hbGciOiJIUzI1", "eyJ" + "zdWIiOiIxMjM0", "abcdefghij"]),
    "password in an address": "postgres://newsroom:" + "h0asuathom@10.0.0.7/news",
    "Django key": "django-insecure-" + "x9$k" * 10,
    "assigned": "SECRET_KEY = '" + "8fK2_qLw93Zx-7vBn4TyUe1R" + "'",
}


def test_no_commit_ever_added_a_secret():
    if subprocess.run(["git", "rev-parse", "HEAD"], cwd=secrets_in_history.ROOT, capture_output=True).returncode:  # noqa: S607
        pytest.skip("no history here")
    assert [(commit, file, rule) for commit, file, rule, _secret in secrets_in_history.scan()] == []


def test_each_kind_is_found_in_a_commit_that_was_taken_back(tmp_path):
    def git(*words):
        subprocess.run(["git", "-C", tmp_path, "-c", "user.name=x", "-c", "user.email=x@x.vn", *words], check=True)  # noqa: S603, S607

    git("init", "-q")
    (tmp_path / "a.env").write_text("\n".join(PLANTED.values()))
    git("add", "."), git("commit", "-qm", "one")
    (tmp_path / "a.env").write_text("PASSWORD = 'password-password-password'\nchào\n")  # nothing random
    git("commit", "-qam", "two")
    assert {rule for _commit, _file, rule, _secret in secrets_in_history.scan(tmp_path)} == set(PLANTED)


@pytest.mark.django_db
def test_a_new_key_keeps_sessions_and_forms_until_the_old_one_is_dropped(settings, monkeypatch):
    settings.SECRET_KEY = OLD
    client = Client()
    client.force_login(base.person("rita"))
    article = factories.published()
    monkeypatch.setattr(comments, "_signer", comments.signing.Signer(salt="x"))
    form = comments.token(article)

    def restart(**keys):
        for name, value in keys.items():
            setattr(settings, name, value)
        monkeypatch.setattr(comments, "_signer", comments.signing.Signer(salt="x"))

    restart(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD])
    assert client.get("/admin/").status_code == 200
    assert comments.token_age(form, article) is not None
    other = Client()
    other.cookies.update(client.cookies)
    restart(SECRET_KEY_FALLBACKS=[])  # whoever came by in between has been taken over
    assert client.get("/admin/").status_code == 200
    assert comments.token_age(form, article) is None
    late = Client()
    settings.SECRET_KEY = OLD
    late.force_login(base.person("ed"))
    restart(SECRET_KEY=NEW)
    assert late.get("/admin/").status_code == 302
    assert not list(get_messages(late.get("/admin/login/").wsgi_request))


def test_former_keys_come_from_the_environment_and_a_short_one_stops_the_start_without_being_shown(monkeypatch):
    monkeypatch.setenv("VALUE", f"{OLD}, {NEW}")
    assert environment.old_secret_keys("VALUE") == [OLD, NEW]
    monkeypatch.setenv("VALUE", "ngan-qua")
    with pytest.raises(ImproperlyConfigured) as stopped:
        environment.old_secret_keys("VALUE")
    assert "ngan-qua" not in str(stopped.value)


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (environment.mail_addresses, "it@bao.vn,ops@bao.vn", "it@bao.vn,nobody"),
        (environment.contact, "mailto:baomat@bao.vn", "baomat@bao.vn"),
        (environment.contact, "https://bao.vn/bao-mat", "http://bao.vn/"),
    ],
)
def test_a_bad_address_stops_the_start(monkeypatch, reader, good, bad):
    monkeypatch.setenv("VALUE", good)
    assert reader("VALUE")
    monkeypatch.setenv("VALUE", bad)
    with pytest.raises(ImproperlyConfigured, match="VALUE"):
        reader("VALUE")
