"""A backup while editors save and pictures arrive, put back into an empty place: is all there that was acknowledged?

    python -m tests.drills.restore [--articles 300] [--editors 3] [--seconds 8]

Editors save articles of their own through the form; a ledger keeps each word with the moment when "saved" came back.
Meanwhile `manage.py backup` runs, is killed once, and runs again. The bundle is restored into an empty database and an
empty VAR_DIR; a server is started there, fifty articles are opened, somebody signs in, every word acknowledged before
the snapshot is looked for in the desk's form, one article is published. One byte of the bundle is changed: it is named.
DATABASE_URL chooses the engine.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.core.files.storage import default_storage
from django.db import connection, connections

from articles.backup import bundle as bundles
from articles.backup import media
from articles.models import Article
from tests import base, factories
from tests.admin import forms
from tests.drills import conflict

OPENED = 50


class Editor(conflict.Editor):
    """Saves until told to stop; `acknowledged`: {word: when}."""

    def __init__(self, name, home, article, stop):
        self.path, self.stop, self.acknowledged = forms.change_url(article), stop, {}
        super().__init__(name, home, self.path, rounds=10**6, seed=article.pk, end=float("inf"))

    def round(self, word):
        if self.stop.is_set():
            self.end = 0
            return
        super().round(word)
        if self.ledger[-1] == (word, conflict.SAVED):
            self.acknowledged[word] = time.time()


def photographer(stop, kept):
    """Stores pictures; `kept`: [(the name of a file, when its row was there)]."""
    while not stop.is_set():
        photo = factories.photo()
        kept.append((photo.master, time.time()))
        stop.wait(0.5)
    connections.close_all()


def manage(*words, **environment):
    """(exit status, what it printed, seconds)"""
    begun = time.perf_counter()
    command = [sys.executable, "manage.py", *map(str, words)]
    done = subprocess.run(  # noqa: S603 (ours)
        command, cwd=newsroom.ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr, time.perf_counter() - begun


def killed(environment, root):
    """Kill a backup in its middle; whether a bundle came of it."""
    before = len(bundles.finished(root))
    command = [sys.executable, "manage.py", "backup"]
    process = subprocess.Popen(command, cwd=newsroom.ROOT, env={**os.environ, **environment})  # noqa: S603
    for _ in range(3_000):
        if list(Path(root).glob(f"{bundles.UNFINISHED}*")) or process.poll() is not None:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(bundles.finished(root)) != before


@contextlib.contextmanager
def empty_database(folder):
    """The DATABASE_URL of one without a table."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/restored.sqlite3"
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield newsroom.beside(os.environ["DATABASE_URL"], name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def write_and_back_up(url, people, root, seconds):
    """The work under load: (the bundle, the editors, the pictures, what failed)."""
    failed, stop, kept = [], threading.Event(), []
    environment = {"DATABASE_URL": url, "BACKUP_ROOT": str(root)}
    with newsroom.server(url) as home:
        editors = [Editor(name, home, article, stop) for name, article in people]
        threads = [*editors, threading.Thread(target=photographer, args=[stop, kept])]
        [thread.start() for thread in threads]
        time.sleep(seconds / 2)
        failed += ["killed"] if killed(environment, root) else []
        status, told, took = manage("backup", **environment)
        time.sleep(seconds / 2)
        stop.set()
        [thread.join() for thread in threads]
    print(f"  {told.strip().splitlines()[-1]} The command took {took:.1f} s.")
    if status:
        raise SystemExit("The backup failed.")
    return bundles.newest(root), editors, kept, failed


def look(home, editors, moment, addresses, draft):
    """Through HTTP at the restored newsroom: what is missing."""
    failed, chief = [], Editor(editors[0].name, home, draft, threading.Event())
    opened = sum(chief.fetch(home + address)[0] == 200 for address in addresses)
    chief.sign_in()
    missing, found, later = [], 0, 0
    for editor in editors:
        body = conflict.fields_of(chief.fetch(home + editor.path)[1])["body"]
        before = [word for word, at in editor.acknowledged.items() if at < moment]
        missing += [word for word in before if word not in body]
        found += len(before)
        later += len(editor.acknowledged) - len(before)
    print(f"  words acknowledged before the snapshot: {found}, of which missing: {len(missing)}; after it: {later}")
    fields = conflict.fields_of(chief.fetch(home + forms.change_url(draft))[1])
    status = chief.fetch(home + forms.change_url(draft), {**fields, "_publish": "1"})[0]
    public = chief.fetch(home + draft.get_absolute_url())[0]
    print(f"  opened {opened} of {len(addresses)} articles; signed in; published one: {status}, then {public}")
    failed += ["lost words"] if missing or not found else []
    failed += ["articles"] if opened != len(addresses) else []
    failed += ["publish"] if public not in {200, 301} or status != 302 else []
    return failed


def corrupt(bundle, environment):
    """Change one byte of the database and one of a picture: are they named?"""
    entry, failed = next(media.listed(bundle)), []
    database = next(name for name in bundle.manifest["files"] if name.startswith("database"))
    for path, named in [(bundle.path / database, database), (bundle.stored(entry.sha256), entry.name)]:
        with path.open("r+b") as file:
            file.seek(path.stat().st_size // 2)
            byte = file.read(1)[0]
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte ^ 1]))
        status, told, _took = manage("verify_backup", **environment)
        failed += [f"corrupt {named}"] if not status or named not in told else []
        with path.open("r+b") as file:
            file.seek(path.stat().st_size // 2)
            file.write(bytes([byte]))
    status, _told, took = manage("verify_backup", **environment)
    print(f"  one byte changed: {'not found' if failed else 'found, and its file named'}; read through in {took:.1f} s")
    return failed + (["verify"] if status else [])


def drill(articles, number, seconds):
    with newsroom.database() as url, tempfile.TemporaryDirectory(prefix="newsroom-restore-") as folder:
        root, place = Path(folder) / "backups", Path(folder) / "place"
        place.mkdir()
        factories.many(articles)
        base.ROLES |= {f"bien{n}": "chief" for n in range(number)}
        text = "\n".join(f"<p>Đoạn {n}.</p>" for n in range(20))
        people = [(base.person(f"bien{n}").username, factories.draft(body=text)) for n in range(number)]
        draft = factories.complete(photo=factories.photo(credit="Bùi Minh", alt="Gặt lúa."))
        addresses = [article.get_absolute_url() for article in Article.objects.published().newest()[:OPENED]]
        print(f"{connection.vendor}: {articles} articles, {number} editors and a photographer at work")
        bundle, editors, kept, failed = write_and_back_up(url, people, root, seconds)
        moment = datetime.fromisoformat(bundle.manifest["snapshot_at"]).timestamp()
        with empty_database(place) as empty:
            there = {"DATABASE_URL": empty, "VAR_DIR": str(place), "STATIC_ROOT": f"{newsroom.VAR.name}/static"}
            status, told, took = manage("restore", bundle.path, **there)
            print(f"  restored in {took:.1f} s: " + " ".join(told.split("\n")[1:-1]))
            if status:
                return [*failed, "restore"]
            pictures = [name for name, at in kept if at < moment]
            lost = [name for name in pictures if not (place / "media" / name).is_file()]
            print(f"  pictures stored before the snapshot: {len(pictures)}, of which missing: {len(lost)}")
            failed += ["lost pictures"] if lost or not default_storage.exists(draft.photo.master) else []
            with _environment(there), newsroom.server(empty) as home:
                failed += look(home, editors, moment, addresses, draft)
        return failed + corrupt(bundle, {"BACKUP_ROOT": str(root)})


@contextlib.contextmanager
def _environment(there):
    before = {name: os.environ.get(name) for name in there}
    os.environ.update(there)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--editors", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8, help="how long they work before and after the backup")
    given = parser.parse_args()
    wrong = drill(given.articles, given.editors, given.seconds)
    print("failed: " + ", ".join(wrong) if wrong else "passed")
    sys.exit(bool(wrong))
