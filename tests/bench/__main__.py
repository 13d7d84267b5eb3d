"""`make bench`: what a page costs beside a bare Django view, and what it costs as the archive grows.

Everything runs in one process, page and floor by turns, so that whatever else the machine does falls on both; only the
ratios mean something. It has a database of its own (a temporary SQLite file, or a test database beside the one that
DATABASE_URL names) and never touches var/.
"""

import os
import sys
import tempfile
import time
from statistics import median

SMALL, LARGE = 1_000, 20_000  # articles
ROUNDS = 60  # of every page at every size
SECONDS = 50  # for all rounds of one size at most; the rest of a minute is building


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        if os.environ.get("DATABASE_URL", "").startswith("sqlite"):
            del os.environ["DATABASE_URL"]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        import django  # noqa: PLC0415 (the settings read the environment above)

        django.setup()
        from . import archive, pages  # noqa: PLC0415 (models exist only from here on)

        with pages.settings_of_the_run, archive.temporary_database():
            results = {}
            for size in (SMALL, LARGE):
                archive.grow_to(size)
                results[size] = _measure(pages.addresses(), pages.floors())
            _print(results)
    return 0


def _measure(addresses, floors):
    """{page: (median seconds, median of page ÷ floor)}; page and floor are asked by turns."""
    from . import pages  # noqa: PLC0415

    times = {name: [] for name in addresses}
    ratios = {name: [] for name in addresses}
    end = time.perf_counter() + SECONDS / 2
    for name in addresses:
        floors.prepare(name, pages.ask(addresses[name])[1])
    for _round in range(ROUNDS):
        for name, address in addresses.items():
            seconds, _size = pages.ask(address)
            floor, _size = pages.ask(floors.address(name))
            times[name].append(seconds)
            ratios[name].append(seconds / floor)
        if time.perf_counter() > end:
            break
    return {name: (median(times[name]), median(ratios[name])) for name in addresses}


def _print(results):
    from django.db import connection  # noqa: PLC0415

    small, large = results[SMALL], results[LARGE]
    print(f"{connection.vendor}: page ÷ bare Django view of the same size, and {LARGE:,} ÷ {SMALL:,} articles")
    print(f"{'page':<22}{'ms':>8}{'÷ floor':>10}{'growth':>10}")
    for name in small:
        growth = large[name][0] / small[name][0]
        print(f"{name:<22}{large[name][0] * 1000:>8.2f}{large[name][1]:>10.1f}{growth:>10.2f}")


if __name__ == "__main__":
    sys.exit(main())
