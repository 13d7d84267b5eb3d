"""The door: how often one may try, what a refusal tells, which passwords and names are taken, which cookies are set."""

import importlib
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from articles.identity import lockout
from articles.models import Guesses, SiteSettings, TrailEntry
from tests import base

from .hands import LOGIN, sign_in

pytestmark = pytest.mark.django_db


def fail(name, times, **headers):
    return [sign_in(name, password="sai", **headers)[1].status_code for _try in range(times)]


# Lockout


def test_five_failures_shut_the_door_for_that_sender_and_for_nobody_else():
    base.person("rita")
    assert fail("rita", 6, REMOTE_ADDR="203.0.113.1") == [200] * 5 + [429]
    client, right = sign_in("rita", REMOTE_ADDR="203.0.113.1")
    assert (right.status_code, "_auth_user_id" in client.session) == (429, False)
    assert "phút" in right.content.decode()
    assert sign_in("rita", REMOTE_ADDR="203.0.113.2")[1].status_code == 302
    assert TrailEntry.objects.filter(person="rita", outcome="refused", action="sign_in").count() == 2


def test_what_a_client_writes_into_a_header_opens_nothing(settings):
    base.person("rita")
    for number in range(5):
        sign_in("rita", password="sai", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert sign_in("rita", HTTP_X_FORWARDED_FOR="198.51.100.99")[1].status_code == 429
    settings.BEHIND_PROXY = True  # the proxy's own word is the last one
    for number in range(5):
        sign_in("rita", password="sai", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 198.51.100.7")
    assert sign_in("rita", HTTP_X_FORWARDED_FOR="10.0.0.99, 198.51.100.7")[1].status_code == 429
    assert sign_in("rita", HTTP_X_FORWARDED_FOR="198.51.100.7, 198.51.100.8")[1].status_code == 302


def test_the_door_stays_shut_longer_each_time_and_never_longer_than_a_quarter_of_an_hour(clock):
    base.person("rita")
    now, waits = timezone.now(), []
    fail("rita", 4)
    for _round in range(9):
        clock(now)
        assert fail("rita", 1) == [200]
        waits.append((Guesses.objects.exclude(shut_until=None).get().shut_until - now).total_seconds())
        now += timedelta(seconds=waits[-1])
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900, 900]
    clock(now + timedelta(seconds=1))
    assert sign_in("rita")[1].status_code == 302
    assert fail("rita", 1) == [200]  # who was let in begins anew


def test_one_address_tries_twenty_times_over_all_names():
    base.person("rita")
    answers = [sign_in(f"ten-{number}", password="sai")[1].status_code for number in range(21)]
    assert answers == [200] * 20 + [429]
    assert sign_in("rita")[1].status_code == 429


def test_a_browser_that_was_let_in_before_is_not_locked_out_by_others():
    base.person("rita")
    client, _answer = sign_in("rita")
    client.post("/admin/logout/")
    fail("rita", 6)
    for number in range(21):
        sign_in(f"ten-{number}", password="sai")
    assert sign_in("rita")[1].status_code == 429
    assert sign_in("rita", client)[1].status_code == 302
    thief = Client()
    thief.cookies["browser"] = "x" * 43  # one that nobody was given
    assert sign_in("rita", thief)[1].status_code == 429


def test_the_count_stands_in_the_database_as_fingerprints():
    fail("rita", 1, REMOTE_ADDR="203.0.113.1")
    assert Guesses.objects.count() == 2
    assert not any("rita" in key or "203" in key for key in Guesses.objects.values_list("key", flat=True))


def test_the_count_survives_a_restart(settings, tmp_path):
    """As far as one process can be its own successor: caches, counts in files, the module that counts and what stands
    around a request (each Client has its own) are new. What is left is the database."""
    base.person("rita")
    assert fail("rita", 5) == [200] * 5
    cache.clear()
    settings.LIMITS_FILE = tmp_path / "another"
    importlib.reload(lockout)
    assert sign_in("rita")[1].status_code == 429


# What a refusal tells


def test_unknown_wrong_and_switched_off_are_one_answer_and_one_hash(monkeypatch):
    base.person("rita")
    get_user_model().objects.filter(pk=base.person("ron").pk).update(is_active=False)
    get_user_model().objects.filter(pk=base.person("kim").pk).update(is_staff=False)
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *of: hashed.append(1) or encode(*of))
    tried = [("nobody-here", "sai"), ("rita", "sai"), ("ron", base.PASSWORD), ("kim", base.PASSWORD)]
    told = set()
    for name, password in tried:
        hashed.clear()
        answer = sign_in(name, password=password)[1]
        page = answer.content.decode()
        told.add((answer.status_code, page[page.index("errornote") : page.index("<form")], len(hashed)))
    assert len(told) == 1
    assert {hashes for *_said, hashes in told} == {1}


# Passwords and names


@pytest.mark.parametrize("password", ["ngắn quá", "password1234", "toasoan-2026", "HoaBinhToaSoan!", "Báo-Hòa-Bình-24",
                                      "an-lam-an-lam-1", "quantri12345", "123qweasdzxc"])  # fmt: skip
def test_a_password_that_this_newsroom_invites_is_refused(password):
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": "Báo An Lâm Tỉnh"})
    with pytest.raises(ValidationError):
        validate_password(password, get_user_model()(username="rita"))


def test_a_long_phrase_is_taken_whole_whatever_letters_it_has():
    for password in ("hoa sữa thơm nồng", "đường về hòa bình xa lắm anh", "x" * 20 + "y" * 110 + "!"):
        validate_password(password, get_user_model()(username="rita"))
    person = get_user_model().objects.create_user("dai", password="z" * 127 + "a", is_staff=True)
    assert not person.check_password("z" * 127 + "b")


def typed(client, path):
    """{name: its `autocomplete`} of the boxes for a password on a page, and the texts of the scripts that it loads."""
    page = lxml.html.fromstring(client.get(path).content)
    boxes = page.xpath("//input[@type='password']")
    handlers = [name for box in boxes for one in (box, *box.iterancestors()) for name in one.keys()]  # noqa: SIM118
    assert not [name for name in handlers if name.startswith("on") or name == "readonly"]
    files = [script.get("src", "").removeprefix("/static/") for script in page.xpath("//script")]
    scripts = [Path(finders.find(name)).read_text(encoding="utf-8") for name in files if name]
    return {box.name: box.get("autocomplete") for box in boxes}, scripts + page.xpath("//script/text()")


NOW, NEW = "current-password", "new-password"
CHANGE = {"old_password": NOW, "new_password1": NEW, "new_password2": NEW}


@pytest.mark.parametrize(("who", "path", "boxes"), [
    (None, LOGIN, {"password": NOW}), ("rita", "/admin/confirm/", {"password": NOW}),
    ("rita", "/admin/password_change/", CHANGE),
    ("ada", "/admin/auth/user/{}/password/", {"password1": NEW, "password2": NEW}),
])  # fmt: skip
def test_a_password_can_be_pasted_and_comes_from_a_manager_of_passwords(desk, stranger, who, path, boxes):
    client = desk(who) if who else stranger
    found, scripts = typed(client, path.format(base.person("ron").pk))
    assert found == boxes
    assert [script for script in scripts if "paste" in script] == []


@pytest.mark.parametrize("name", [".", "..", "RITA", "ｒｉｔａ", "ríta"])
def test_no_door_makes_a_name_that_looks_like_another(name):
    base.person("rita")
    with pytest.raises((ValidationError, CommandError)):
        call_command("createsuperuser", username=name, email="", interactive=False, verbosity=0)
    assert get_user_model().objects.count() == 1


# Cookies


def test_readers_and_who_looks_at_the_door_get_no_cookie_that_stays(stranger):
    for path in ("/", "/tim-kiem/?q=a", "/khong-co/", "/rss/"):
        assert not stranger.get(path).cookies
    assert set(stranger.get(LOGIN).cookies) <= {"csrftoken"}


def test_over_https_every_cookie_is_bound_to_this_host():
    show = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.BROWSER_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_DOMAIN,"
        "s.SESSION_COOKIE_PATH)"
    )
    variables = {**os.environ, "SITE_URL": "https://baomau.vn", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    said = subprocess.run([sys.executable, "-c", show], env=variables, capture_output=True, text=True)  # noqa: S603
    assert said.stdout.split() == [
        "__Host-sessionid", "__Host-csrftoken", "__Host-browser", "True", "True", "True", "Lax", "None", "/",
    ]  # fmt: skip
