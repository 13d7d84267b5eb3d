"""Which tests run on which database, where both are asked one after the other (tests/run.sh).

All run on SQLite, and all that use a database on PostgreSQL too, with three exceptions that keep the whole below a
quarter of an hour: of tests with many cases (words, addresses, roles) each case runs on one of the two; of those of
screens that ask the database what other tests ask it too, PostgreSQL runs a third; and it leaves out the crawls that
ask what one rule hides, and the demo but for its loading. EVERY_CASE=1 runs everything on both, as before every
release (SECURITY.md).
"""

import os
import re
from collections import Counter
from zlib import crc32

FEW = 3  # cases of one test; of more every third is PostgreSQL's alone
# What these see beyond the request does not depend on the database: browsers, uploaded files, the start of the server,
# the words of the screens, tokens, the thousand cells of the table of rights. What stands in front, replicas, storages
# and two machines bring the servers they need.
ON_SQLITE_ONLY = (
    "tests/browser", "tests/files", "tests/admin/test_translated.py", "tests/admin/test_forgery.py",
    "tests/rights/test_articles.py", "tests/rights/test_addresses.py", "tests/rights/test_doors.py",
    "tests/newsroom/test_start.py", "tests/newsroom/test_server.py",
    "tests/deploy/test_fronts.py", "tests/deploy/test_replica.py", "tests/deploy/test_configurations.py",
    "tests/deploy/test_object_storage.py", "tests/deploy/test_two_people.py",
)  # fmt: skip
# The desk's lists and the board have SQL of their own, as readers' lists have; the orders for many ask as one does.
SCREENS = re.compile(
    "tests/admin/(?!lists/|home/)|tests/admin/lists/test_bulk|tests/identity/|tests/views/machines/|tests/receipts/"
    "|tests/editorial/photos/|tests/pagecache/test_(gate|nothing_of_anybody)|tests/views/whole_site/test_leaks"
)
LEFT_OUT = re.compile(
    r"tests/html/|tests/views/whole_site/test_canary|tests/test_demo\.py::(?!test_an_empty_site_takes_the_demo$)"
)
EVERY_CASE = bool(os.environ.get("EVERY_CASE"))


def pytest_addoption(parser):
    parser.addoption("--share", choices=["sqlite", "postgresql"], help="what is this database's where both are asked")


def pytest_ignore_collect(collection_path, config):
    path = collection_path.relative_to(config.rootpath).as_posix()
    return config.getoption("--share") == "postgresql" and path.startswith(ON_SQLITE_ONLY) or None


def pytest_collection_modifyitems(config, items):
    share = config.getoption("--share")
    if share is None:
        return
    is_one_of_many = _is_one_of_many(items)

    def is_asked(item):
        if not _is_for_both(item):
            return share == "sqlite"
        if EVERY_CASE:
            return True
        if LEFT_OUT.match(item.nodeid):
            return share == "sqlite"
        if is_one_of_many(item):
            return is_postgresqls(item.nodeid) == (share == "postgresql")
        return share == "sqlite" or not SCREENS.match(item.nodeid) or is_postgresqls(item.nodeid)

    left_out = [item for item in items if not is_asked(item)]
    if left_out:
        items[:] = [item for item in items if is_asked(item)]
        config.hook.pytest_deselected(items=left_out)


def is_share(config):
    """Whether this run is PostgreSQL's share, so that a test that asks many things by itself asks a third of them."""
    return config.getoption("--share") == "postgresql" and not EVERY_CASE


def is_postgresqls(name):
    """By the name: the same on every machine, and no value of a parameter has its place on one of them."""
    return crc32(name.encode()) % FEW == 0


def _is_for_both(item):
    uses_database = item.get_closest_marker("django_db") is not None or "db" in item.fixturenames
    return uses_database and not item.nodeid.startswith(ON_SQLITE_ONLY)


def _is_one_of_many(items):
    """Whether a test has more than FEW cases, and this is not the first, which both run."""
    cases = Counter(map(_test, items))
    first = {_test(item): item for item in reversed(items)}
    return lambda item: cases[_test(item)] > FEW and item is not first[_test(item)]


def _test(item):
    return item.nodeid.partition("[")[0]
