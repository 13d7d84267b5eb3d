"""R10. A backup while editors save and pictures arrive, put back into an empty place: is all there that was promised?

Editors save articles of their own through the form; a ledger keeps each word with the moment when "saved" came back.
Meanwhile `manage.py backup` runs, is killed once, and runs again. The bundle is restored into an empty database and an
empty VAR_DIR. A server is started there, fifty articles are opened, somebody signs in by the login page with password
and second factor, every word acknowledged before the snapshot is looked for in the form, one article is published. One
byte of the bundle is changed: `verify_backup` names it.
"""

import re
import threading
import time
from datetime import datetime

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.backup import bundle as bundles
from articles.backup import media
from articles.identity import factors
from articles.models import Article
from tests import base, factories
from tests.admin import forms
from tests.drills import cluster
from tests.drills.asking import Person, ask
from tests.drills.ledger import DONE, Ledger, Outcome
from tests.drills.writing import conflict
from tests.identity.hands import LOGIN, code_of

ARTICLES, LONG_ARTICLES = 300, 20_000
EDITORS, OPENED = 3, 50
SECONDS, LONG_SECONDS = 4, 60  # of work before the backup, and after it
PUBLISHER = "chu"


class Writer(conflict.Editor):
    """Saves an article of its own until told to stop; `acknowledged`: {word: when}."""

    def __init__(self, person, article, ledger, stop):
        super().__init__(person, forms.change_url(article), 0, article.pk, ledger)
        self.stop, self.acknowledged = stop, {}

    def run(self):
        number = 0
        while not self.stop.is_set():
            word, number = f"chu{self.seed}x{number}x", number + 1
            answer = self.round(word)
            self.ledger.note(conflict.KIND, word, answer)
            if answer == DONE:
                self.acknowledged[word] = time.time()


def photographer(stop, kept):
    """Stores pictures; `kept`: [(the name of a file, when its row was there)]."""
    while not stop.is_set():
        photo = factories.photo()
        kept.append((photo.master, time.time()))
        stop.wait(0.5)
    connections.close_all()


def run(*words, **variables):
    """(exit status, what it printed, seconds)"""
    begun = time.monotonic()
    process = newsroom.manage(*words, **variables)
    said = process.communicate(timeout=1200)[0]
    return process.returncode, said, time.monotonic() - begun


def kill_one(root):
    """Kill a backup in its middle; whether it had begun, and whether it left no bundle that claims to be finished."""
    before = len(bundles.finished(root))
    process = newsroom.manage("backup", BACKUP_ROOT=root)
    has_begun = newsroom.until(
        lambda: list(root.glob(f"{bundles.UNFINISHED}*")) or process.poll() is not None, 60, 0.01
    )
    newsroom.kill(process.pid)
    process.communicate()
    return has_begun is not None and process.returncode < 0 and len(bundles.finished(root)) == before


def write_and_back_up(found, root, seconds):
    """The work under load: (the bundle, the writers, the pictures)."""
    text = "\n".join(f"<p>Đoạn {number}.</p>" for number in range(20))
    stop, kept, ledger = threading.Event(), [], Ledger()
    with newsroom.server() as server:
        people = [Person(server.home, f"bien{number}") for number in range(EDITORS)]
        writers = [Writer(person, factories.draft(body=text), ledger, stop) for person in people]
        threads = [*writers, threading.Thread(target=photographer, args=[stop, kept])]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        found.expect(kill_one(root), "a backup was not killed in its middle, or left something that seems finished")
        status, said, took = run("backup", BACKUP_ROOT=root)
        time.sleep(seconds)
        stop.set()
        for thread in threads:
            thread.join()
    if status:
        raise SystemExit(f"The backup failed: {said[-500:]}")
    found.figure(f"backup beside {ledger.acknowledged()} saves in {took:.1f} s")
    return bundles.newest(root), writers, kept


def empty_database(place):
    """The address of one without a table."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{place}/restored.sqlite3"
    name, on = f"{connection.settings_dict['NAME']}_restored", cluster.given()
    on.ask(f"CREATE DATABASE {name}")
    return f"{on.url}/{name}"


class Returning(Person):
    """Somebody who signs in where everything was put back: no session is left, so by the login page."""

    def __init__(self, home, name, code):
        self.home, self._jar = home, {settings.CSRF_COOKIE_NAME: "a" * 32}
        for path, typed in [(LOGIN, {"username": name, "password": base.PASSWORD}), ("/admin/verify/", {"code": code})]:
            answer = self.post(path, {**typed, "next": "/admin/"})
            self._jar |= {name: cookie.value for name, cookie in answer.cookies.items()}

    @property
    def token(self):
        return self._jar[settings.CSRF_COOKIE_NAME]

    @property
    def headers(self):
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self._jar.items()), "Referer": self.home}


def look(found, home, writers, moment, addresses, draft, code):
    """Through HTTP at the restored newsroom."""
    opened = sum(ask(home, address).status == 200 for address in addresses)
    found.figure(f"{opened} of {len(addresses)} articles opened")
    found.expect(opened == len(addresses) == OPENED, "not all articles opened")
    chief = Returning(home, PUBLISHER, code)
    found.expect(chief.get("/admin/").status == 200, "nobody can sign in")
    missing, known, later = [], 0, 0
    for writer in writers:
        body = chief.form(writer.path)[1].get("body", "")
        before = [word for word, at in writer.acknowledged.items() if at < moment]
        missing += [word for word in before if word not in body]
        known, later = known + len(before), later + len(writer.acknowledged) - len(before)
    found.figure(f"{known} words acknowledged before the snapshot, {len(missing)} missing ({later} came after it)")
    found.expect(known and not missing, f"words of {known} lost: {missing[:5]}")
    address, before = draft.get_absolute_url(), ask(home, draft.get_absolute_url()).status
    answer = chief.write(draft, "danglai", press="_publish")
    shown = newsroom.until(lambda: "danglai" in ask(home, address).text, 10)
    found.expect(before == 404 and shown is not None, f"published there: {before}, {answer.status}, never seen")


def corrupt(found, bundle, root):
    """Change one byte of the database and one of a picture: are they named?"""
    entry = next(media.listed(bundle))
    database = next(name for name in bundle.manifest["files"] if re.match(r"database(\.|/.*\.dat)", name))
    for path, named in [(bundle.path / database, database), (bundle.stored(entry.sha256), entry.name)]:
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        status, said, _took = run("verify_backup", BACKUP_ROOT=root)
        found.expect(status and named in said, f"one byte of {named} was changed, and it was not named")
        path.write_bytes(whole)
    status, said, _took = run("verify_backup", BACKUP_ROOT=root)
    found.expect(not status, f"whole again, and yet: {said[-300:]}")
    found.figure("each changed byte named")


def drill(is_long):
    found, place, root = Outcome(), newsroom.VAR / "place", newsroom.VAR / "backups"
    place.mkdir()
    factories.many(LONG_ARTICLES if is_long else ARTICLES)
    draft = factories.complete(photo=factories.photo(credit="Bùi Minh", alt="Gặt lúa."))
    base.ROLES.setdefault(PUBLISHER, "chief")
    chief = base.person(PUBLISHER)
    TOTPDevice.objects.create(user=chief, key=factors.new_key(), confirmed=True)
    addresses = [article.get_absolute_url() for article in Article.objects.published().newest()[:OPENED]]
    bundle, writers, kept = write_and_back_up(found, root, LONG_SECONDS if is_long else SECONDS)
    moment = datetime.fromisoformat(bundle.manifest["snapshot_at"]).timestamp()
    there = {"DATABASE_URL": empty_database(place), "VAR_DIR": place}
    status, said, took = run("restore", bundle.path, **there)
    found.figure(f"restored in {took:.1f} s")
    if status:
        raise SystemExit(f"The restore failed: {said[-500:]}")
    pictures = [name for name, at in kept if at < moment]
    lost = [name for name in [*pictures, draft.photo.master] if not (place / "media" / name).is_file()]
    found.figure(f"{len(pictures)} pictures stored before the snapshot, {len(lost)} missing")
    found.expect(pictures and not lost and default_storage.exists(pictures[0]), f"lost pictures: {lost[:3]}")
    with newsroom.server(**there) as server:
        look(found, server.home, writers, moment, addresses, draft, code_of(chief))
    corrupt(found, bundle, root)
    return found
