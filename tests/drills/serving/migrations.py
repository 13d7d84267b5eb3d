"""R8. The newest migration is applied under the code of before it, with readers; nobody sees an error.

The code of before comes from the repository: the commit before the one that brought the newest migration. It serves on
its own tables; a transaction that holds locks makes the migration give up, not wait with everybody behind it; then it
is applied, and the old code goes on reading and saving on the new tables.
"""

import re
import shutil
import subprocess
import sys
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from tests import factories
from tests.drills import cluster
from tests.drills.asking import Crowd, Person, ask
from tests.drills.ledger import Outcome, percentile

RATE, P99, GIVES_UP, ARTICLES, LONG_ARTICLES = 20, 1.0, 15, 5_000, 200_000
PAGES = ("/", "/rss/", "/sitemap.xml", "/ngay/", "/tim-kiem/?q=tin")


def drill(is_long):
    found, postgres = Outcome(), cluster.given()
    check = newsroom.manage("makemigrations", "--check", "--dry-run")
    found.expect(check.wait(60) == 0, "models and migrations differ")
    newest = sorted((newsroom.ROOT / "articles" / "migrations").glob("[0-9]*.py"))[-1]
    old = before(newest)
    name = "before_migration"
    url = f"{postgres.url}/{name}"
    postgres.ask(f"CREATE DATABASE {name}")
    number = LONG_ARTICLES if is_long else ARTICLES
    for words in (("migrate", "-v0"), ("seed_archive", "--no-pictures", "--articles", number)):
        _run([sys.executable, "manage.py", *map(str, words)], cwd=old, env=newsroom.env(DATABASE_URL=url))
    variables = {"DATABASE_URL": url, "RECEIPTS": 0, "PAGE_CACHE": 0}  # every page by a question to the tables
    with newsroom.server(2, root=old, **variables) as server:
        [ask(server.home, path) for path in PAGES]
        with Crowd(server.home, PAGES, RATE) as crowd:
            time.sleep(2)
            gave_up = _locked(url, postgres, name)
            took = time.monotonic()
            done = newsroom.manage("migrate", "-v1", DATABASE_URL=url)
            said = done.communicate(timeout=600)[0]
            took = time.monotonic() - took
            time.sleep(4)
        found.expect(done.returncode == 0, f"the migration failed: {said[-500:]}")
        saved = _save(url, server)
    seconds = [seconds for _due, seconds, _status, _how in crowd.seen]
    bad = {status: n for status, n in crowd.statuses().items() if status not in {200, 301, 302, 304, 404}}
    found.figure(
        f"{newest.stem} over {number} articles under the code of before: {sum(bad.values())} errors of {len(seconds)}"
    )
    found.figure(
        f"p99 {percentile(seconds, 99):.2f} s; behind a lock it gave up after {gave_up:.0f} s, else {took:.0f} s"
    )
    found.expect(not bad, f"errors: {bad}")
    found.expect(percentile(seconds, 99) < P99, "readers waited")
    found.expect(gave_up < GIVES_UP, "the migration waited for the lock")
    found.expect(saved == 302, f"a save by the code of before on the new tables: {saved}")
    return found


def before(newest):
    """A folder with the code of before the newest migration."""
    path = str(newest.relative_to(newsroom.ROOT))
    came = _run(
        ["git", "log", "-1", "--first-parent", "-m", "--diff-filter=A", "--format=%H", "--", path], cwd=newsroom.ROOT
    ).strip()
    if not came:
        raise SystemExit(f"The repository does not tell what was before {newest.name}.")
    old = newsroom.VAR / "before"
    old.mkdir()
    archive = subprocess.run(  # noqa: S603 (ours)
        [shutil.which("git"), "archive", f"{came}^"], cwd=newsroom.ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(old)], input=archive.stdout, check=True)  # noqa: S603, S607 (ours)
    if (old / path).exists() or not re.match(r"\d{4}_", newest.name):
        raise SystemExit(f"{came[:9]} did not bring {newest.name} alone.")
    return old


def _locked(url, postgres, name):
    """Somebody writes in each table and does not end: how long the migration waits for him."""
    tables = postgres.ask("SELECT string_agg(tablename, ',') FROM pg_tables WHERE tablename LIKE 'articles%'", name)
    holding = cluster.session(postgres, name)
    with holding, holding.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN ROW EXCLUSIVE MODE")
        begun = time.monotonic()
        process = newsroom.manage("migrate", "-v0", DATABASE_URL=url)
        process.communicate(timeout=60)
        took = time.monotonic() - begun
        holding.rollback()
    holding.close()
    return took


def _save(url, server):
    """By somebody of the new code's tables, through the form of the old one."""
    with newsroom.other_database(url):
        person, article = Person(server.home, "bien"), factories.draft(title="Bài trên bảng mới")
        connections.close_all()
        status = person.write(article, "chumoi").status
        article.refresh_from_db()
        return status if "chumoi" in article.body else f"{status}, and the word is not there"


def _run(command, **options):
    done = subprocess.run(command, check=False, capture_output=True, text=True, **options)  # noqa: S603 (ours)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {(done.stderr or done.stdout)[-1000:]}")
    return done.stdout
