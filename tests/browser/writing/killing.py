"""A browser that is killed while somebody types, and opened again with what its profile kept."""

import os
import random
import re
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error

from tests import base
from tests.admin import forms
from tests.browser.writing import hands


def pids_of(profile):
    """The processes of the browser that runs in a profile's folder: ours alone."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if f"--user-data-dir={profile}".encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def kill(profile):
    for pid in pids_of(profile):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def open_browser(kind, profile, home, executable, flags):
    context = kind.launch_persistent_context(
        str(profile), executable_path=executable, args=flags, base_url=home, locale="vi-VN"
    )
    page = context.pages[0]
    page.set_default_timeout(60_000)
    return page


def sign_in(page, name, path):
    page.goto(path)
    if page.query_selector("#id_username"):
        page.fill("#id_username", name)
        page.fill("#id_password", base.PASSWORD)
        page.click("[type=submit]")
    hands.ready(page)


def type_until_killed(page, profile, seconds):
    """Number after number into the body, until the browser dies. Answers (when each was typed, when it died)."""
    typed, died = [], []
    hands.type_body(page, " ")

    def strike():
        died.append(time.monotonic())
        kill(profile)

    timer = threading.Timer(seconds, strike)
    timer.start()
    with suppress(Error):
        while len(typed) < 10_000:
            page.keyboard.type(f"so{len(typed)} ", delay=20)
            typed.append(time.monotonic())
    timer.join()
    return typed, died[0]


def seconds_lost(kind, profile, home, article, executable, flags, *, dice=None, local_only=False):
    """Kill a browser while it types, open it anew, restore: the age, at the kill, of the oldest word that is lost.

    `kind`: Playwright's chromium; `local_only`: the server does not get to know what is typed.
    """
    dice = dice or random.Random()  # noqa: S311 (the moment of the kill)
    path = forms.change_url(article)
    page = open_browser(kind, profile, home, executable, flags)
    if local_only:
        page.route("**/autosave/", lambda route: route.abort())
    sign_in(page, "rita", path)
    typed, died = type_until_killed(page, profile, 6 + dice.random() * 6)
    time.sleep(1)
    page = open_browser(kind, profile, home, executable, flags)
    sign_in(page, "rita", path)
    with suppress(Error):
        page.click("#recover [data-restore]", timeout=10_000)
        page.wait_for_selector("#recover[hidden]", state="attached")
    kept = {int(number) for number in re.findall(r"so(\d+)", hands.body(page))}
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    page.context.close()
    lost = [moment for number, moment in enumerate(typed) if number not in kept and moment <= died]
    return died - lost[0] if lost else 0.0
