"""R2. `kill -9` of the browser while somebody types, again and again: how much is lost at worst?

Every other time the server learns nothing of the typing: then the machine's own copy alone is measured. The variants
(a session that ends, a server that is away, a full storage, two tabs) are tests in tests/browser/writing.
"""

import random
import tempfile
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connection
from playwright.sync_api import sync_playwright

from tests import base, factories
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.writing import killing
from tests.drills.ledger import Outcome

MOST = 5  # seconds
TIMES, LONG_TIMES = 2, 20


def drill(is_long, seed=1):
    if not CHROMIUM:
        raise SystemExit("No Chromium on this machine (Debian: apt-get install chromium).")
    found, times = Outcome(), LONG_TIMES if is_long else TIMES
    dice = random.Random(seed)  # noqa: S311 (the moment of the kill)
    worst = {True: 0.0, False: 0.0}
    with sync_playwright() as playwright, newsroom.server() as server:
        for number in range(times):
            local_only = number % 2 == 1
            article = factories.draft(created_by=base.person("rita"), body="<p>Mở đầu.</p>")
            connection.close()
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                browser = (playwright.chromium, Path(folder) / "profile", server.home, article, CHROMIUM, FLAGS)
                lost = killing.seconds_lost(*browser, dice=dice, local_only=local_only)
            print(
                f"  {number + 1}. {'machine alone' if local_only else 'machine and server'}: {lost:.2f} s", flush=True
            )
            worst[local_only] = max(worst[local_only], lost)
    found.figure(
        f"{times} kills: at worst {worst[False]:.1f} s of typing lost, by the machine alone {worst[True]:.1f} s"
    )
    found.expect(max(worst.values()) <= MOST, f"more than {MOST} s were lost")
    return found
