"""A real Chromium. Left out, and said so, on machines that have none (CHROMIUM names another path).

Debian's chromium-headless-shell is taken where it is: the same engine without a window that nobody sees. With it these
tests cost the processors two fifths less."""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import base

# Playwright's synchronous API runs an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser"]
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session", autouse=True)
def static_files_unbuilt():
    """The live server, which starts with the session, hands out static files from where they are written."""
    with override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """The people of the tests have the names of the demonstration's logins: as there, none is asked for a second factor
    (but in tests/browser/identity)."""
    settings.DEMO = True


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-sync"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server, settings):
    """A page in Vietnam whose console errors and foreign requests fail the test."""
    settings.SITE_URL = live_server.url
    context = chromium.new_context(base_url=live_server.url, timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.problems = []
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda r: page.problems.append(r.url) if _is_foreign(r.url, live_server.url) else None)
    yield page
    context.close()
    assert page.problems == []


def _is_foreign(url, home):
    return not url.startswith((home, "data:", "blob:", "about:"))


@pytest.fixture
def signed_in(page, live_server):
    """signed_in('ed') is a page in which ed is signed in; nothing is open yet."""

    def sign_in(name):
        base.give_session(page.context, live_server.url, name)
        return page

    return sign_in


@pytest.fixture
def signs_in(page):
    """signs_in('ed') opens the desk as ed, through the login form."""

    def sign_in(name):
        base.person(name)
        page.goto("/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", base.PASSWORD)
        page.click("[type=submit]")
        return page

    return sign_in


# As in production: static files as collectstatic leaves them, compressed, with a year to live


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder that collectstatic fills with what readers get: to press the editor's megabytes takes a quarter of a
    minute."""
    folder = tmp_path_factory.mktemp("built")
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(**_as_built(folder), STATICFILES_FINDERS=finders):
        get_finder.cache_clear()
        call_command("collectstatic", interactive=False, verbosity=0)
    get_finder.cache_clear()
    return folder


@pytest.fixture
def production(built, settings, transactional_db, monkeypatch):
    """The address of a server that hands out what is built."""
    for name, value in _as_built(built).items():
        setattr(settings, name, value)
    monkeypatch.setattr("django.test.testcases._StaticFilesHandler", lambda _development: WSGIHandler())
    server = LiveServer("localhost")
    settings.SITE_URL = server.url
    yield server.url
    server.thread.terminate()  # not stop(): what a browser asked for last may still use the shared connection


def _as_built(folder):
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.static.HashedStaticFilesStorage"}}
    unbuilt = {"WHITENOISE_USE_FINDERS": False, "WHITENOISE_AUTOREFRESH": False}
    return {"STATIC_ROOT": folder, "STORAGES": storages, **unbuilt}
