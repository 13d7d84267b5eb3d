"""R4. `kill -9` of whatever works for the desk, while it saves, publishes, takes pictures in and imports.

What was acknowledged is there, wholly. What was not is there wholly, or not at all. What is owed after a publication is
done by whoever is left. A picture's row has its files; files without a row are what a kill may leave, and are counted.
"""

import random
import threading
import time
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.conf import settings
from django.db import connection, connections
from django.db.models import Count

from articles.models import Article, Effect, ImportedSource, Photo, Revision, State, Transition
from tests import factories
from tests.drills.asking import Person
from tests.drills.ledger import BROKEN, DONE, REFUSED, Ledger, Outcome

KILLS, LONG_KILLS, EVERY = 95, 3000, (0.15, 0.45)  # of each engine; seconds between two
WORKERS, PAGES, IMPORT_KILLS, LONGEST = 4, 60, 8, 5
SAVE, PUBLISH, UPLOAD = "save", "publish", "upload"


class Desk(threading.Thread):
    """One person: saves, now and then publishes a story or sends a picture, whatever becomes of it."""

    def __init__(self, person, number, ledger, stop):
        super().__init__(daemon=True)
        self.person, self.number, self.ledger, self.stop = person, number, ledger, stop
        self.story = factories.complete(title=f"Bài {number}")
        self.waiting = [factories.complete(title=f"Tin {number} {one}") for one in range(25)]

    def run(self):
        round_ = 0
        while not self.stop.is_set():
            round_ += 1
            if self.number == 0:
                self._upload(round_)
            elif round_ % 3 == 0 and self.waiting:
                self._publish(self.waiting.pop())
            else:
                self._save(f"chu{self.number}x{round_}x")
            time.sleep(0.05)

    def _save(self, word):
        answer = self.person.write(self.story, word)
        self.ledger.note(SAVE, (self.story.pk, word), {302: DONE, 503: REFUSED}.get(answer.status, BROKEN))

    def _publish(self, article):
        answer = self.person.write(article, f"dang{article.pk}x", press="_publish")
        is_done = answer.status == 302 and "/step/" not in answer["Location"]
        self.ledger.note(PUBLISH, article.pk, DONE if is_done else BROKEN)

    def _upload(self, round_):
        time.sleep(1.1)  # sixty a minute are allowed
        data = factories.picture_bytes(size=(320, 213), color=(round_ % 255, 40, 90))
        answer = self.person.upload("/admin/articles/photo/upload/", f"{round_}.jpg", data)
        if answer.status == 200 and '"uploaded": 1' in answer.text:
            self.ledger.note(UPLOAD, int(answer.text.split('"fileName": "')[1].split(".")[0]), DONE)
        else:
            self.ledger.note(UPLOAD, round_, BROKEN)


def drill(is_long, seed=1):
    found, ledger, stop = Outcome(), Ledger(), threading.Event()
    kills, dice = LONG_KILLS if is_long else KILLS, random.Random(seed)  # noqa: S311 (which process, when)
    with newsroom.server(WORKERS, prefork=True, RECEIPTS=0) as server:
        desks = [Desk(Person(server.home, f"bien{one}"), one, ledger, stop) for one in range(5)]
        connections.close_all()
        importing = threading.Thread(target=imports, args=(found, dice))
        for thread in [*desks, importing]:
            thread.start()
        for _number in range(kills):
            before = ledger.acknowledged()
            time.sleep(dice.uniform(*EVERY))
            # On a machine that is busy with other things nothing would ever be finished between two kills.
            newsroom.until(lambda known=before: ledger.acknowledged() > known, LONGEST)
            server.lose_one(dice)
        stop.set()
        for thread in [*desks, importing]:
            thread.join(60)
        server.kill()
    connections.close_all()
    effects = newsroom.manage("run_effects", "--once", RECEIPTS=0)
    effects.wait(60)
    compare(found, ledger, kills + IMPORT_KILLS)
    return found


def imports(found, dice):
    """The importer is killed again and again, then runs to its end: every page once."""
    folder = newsroom.VAR / "archive"
    folder.mkdir()
    for number in range(PAGES):
        text = f"Trang cũ số {number}\n\nSa-pô của trang {number}.\n\nNội dung của trang {number}."
        (folder / f"{number:03}.txt").write_text(text)
    for _kill in range(IMPORT_KILLS):
        process = newsroom.manage("import_archive", folder)
        time.sleep(dice.uniform(2, 5))
        newsroom.kill(process.pid)
        process.wait()
    process = newsroom.manage("import_archive", folder)
    process.communicate(timeout=120)
    found.expect(process.returncode == 0, "the import did not come to its end after the kills")


def compare(found, ledger, kills):
    lost = [token for token in ledger.of(SAVE) if token[1] not in Article.objects.get(pk=token[0]).body]
    lost += [pk for pk in ledger.of(PUBLISH) if Article.objects.get(pk=pk).state != State.PUBLISHED]
    lost += [pk for pk in ledger.of(UPLOAD) if not Photo.objects.filter(pk=pk).exists()]
    counts = ledger.counts()
    done = ", ".join(f"{counts[kind, DONE]} {kind}s" for kind in (SAVE, PUBLISH, UPLOAD))
    found.figure(
        f"{kills} kills: {done} acknowledged, {ledger.counts()[SAVE, BROKEN]} saves broken off, {len(lost)} lost"
    )
    found.expect(not lost, f"acknowledged and lost: {lost[:5]}")
    found.expect(counts[SAVE, DONE] > kills / 3, "hardly anything was acknowledged: the drill shows nothing")
    found.expect(counts[PUBLISH, DONE] > 5, "hardly anything was published: the drill shows nothing")
    found.expect(counts[UPLOAD, DONE] > 5, "hardly a picture came in: the drill shows nothing")
    twice = Transition.objects.filter(verb="publish").values("article").annotate(n=Count("pk")).filter(n__gt=1)
    found.expect(not twice, f"published twice: {list(twice)}")
    unmarked = Article.objects.filter(state=State.PUBLISHED, transitions=None, sources=None).count()
    found.expect(not unmarked, f"{unmarked} articles are public without a step")
    _revisions(found)
    _pictures(found)
    owed = Effect.objects.waiting().exclude(kind="receipt").count()
    found.expect(not owed, f"{owed} effects are still owed")
    pages, sources = Article.objects.filter(title__startswith="Trang cũ").count(), ImportedSource.objects.count()
    found.figure(f"{pages} of {PAGES} pages imported once")
    found.expect(pages == sources == PAGES, f"{PAGES} pages became {pages} articles with {sources} sources")
    undamaged(found)


INDEXES = """
    SELECT count(bt_index_check(pg_index.indexrelid)) FROM pg_index
    JOIN pg_class ON pg_class.oid = pg_index.indexrelid JOIN pg_am ON pg_am.oid = pg_class.relam
    WHERE pg_am.amname = 'btree' AND pg_class.relname LIKE 'articles%'"""


def undamaged(found):
    """By the database's own means; PostgreSQL raises where an index does not hold what it should."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found.expect(cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the file is damaged")
        else:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            cursor.execute(INDEXES)
            found.expect(cursor.fetchone()[0] > 10, "no index was looked at")


def _revisions(found):
    gaps = [
        row for row in Revision.objects.values("article").annotate(n=Count("pk"), kinds=Count("number", distinct=True))
        if row["n"] != row["kinds"]
    ]  # fmt: skip
    found.expect(not gaps, f"versions with the same number: {gaps[:3]}")


def _pictures(found):
    root, originals = Path(settings.MEDIA_ROOT), Path(settings.ORIGINALS_ROOT)
    missing = [photo.pk for photo in Photo.objects.exclude(original="") if not (root / photo.master).is_file()]
    missing += [photo.pk for photo in Photo.objects.exclude(original="") if not (originals / photo.original).is_file()]
    found.expect(not missing, f"pictures without their files: {missing[:5]}")
    known = {str(Path(photo.master).parent) for photo in Photo.objects.all()}
    folders = {str(file.parent.relative_to(root)) for file in root.rglob("*.jpg")}
    found.figure(f"{len(folders - known)} folders of files without a row")
