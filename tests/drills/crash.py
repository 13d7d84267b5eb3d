"""`kill -9` of the browser while somebody types, again and again: how much is lost at worst?

    python -m tests.drills.crash [--times 20]

Every other time the server learns nothing of the typing: then the machine's own copy alone is measured.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connection
from playwright.sync_api import sync_playwright

from tests import base, factories
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.writing import killing

MOST = 5  # seconds


def drill(times, seed=1):
    dice = random.Random(seed)  # noqa: S311 (the moment of the kill)
    worst = {True: 0.0, False: 0.0}
    with newsroom.database() as url, sync_playwright() as playwright, newsroom.server(url) as home:
        for number in range(times):
            local_only = number % 2 == 1
            article = factories.draft(created_by=base.person("rita"), body="<p>Mở đầu.</p>")
            connection.close()
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                browser = (playwright.chromium, Path(folder) / "profile", home, article, CHROMIUM, FLAGS)
                lost = killing.seconds_lost(*browser, dice=dice, local_only=local_only)
            kept_by = "the machine alone" if local_only else "machine and server"
            print(f"  {number + 1:2}. {kept_by}: {lost:.2f} s lost", flush=True)
            worst[local_only] = max(worst[local_only], lost)
    print(
        f"{times} kills ({connection.vendor}): at worst {worst[False]:.2f} s lost, by the machine {worst[True]:.2f} s"
    )
    return max(worst.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    if not CHROMIUM:
        raise SystemExit("No Chromium on this machine (Debian: apt-get install chromium).")
    sys.exit(drill(parser.parse_args().times) > MOST)
