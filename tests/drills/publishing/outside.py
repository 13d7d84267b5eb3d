"""R16. The mail server says nothing, a name does not resolve, the cache in front and the object storage are down.

Stories are published all the same, and at once; what could not be told to others is tried again, people see on their
board and by `run_effects` what waits, and it is done when the others are back.
"""

import http.server
import socket
import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections
from django.utils import timezone

from articles.models import Effect, Notice
from tests import base, factories
from tests.drills.asking import Person, ask
from tests.drills.ledger import DONE, Ledger, Outcome

STORIES, SLOWEST = 4, 8.0  # seconds for which somebody may wait: the mail server has five of them, once
ADDRESS = "newsroom.invalid"


class Cache(http.server.BaseHTTPRequestHandler):
    asked = 0

    def do_PURGE(self):  # noqa: N802 (as the class wants it)
        type(self).asked += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_BAN = do_POST = do_PURGE  # noqa: N815

    def log_message(self, *_words):
        pass


def drill(is_long):
    found, ledger = Outcome(), Ledger()
    with socket.socket() as silent:  # it takes connections, and never says a word
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        where = {
            "EMAIL_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}", "PURGE_URLS": f"http://{ADDRESS}:6081/",
            "MEDIA_S3_URL": "http://key:secret@127.0.0.1:9/media", "RECEIPTS": 0,
        }  # fmt: skip
        with newsroom.server(2, **where) as server:
            waits = _publish(server, ledger, found)
            found.expect(_upload(server) in {503, 507}, "an upload without a storage was not refused with a reason")
        stuck = Effect.objects.filter(kind="purge", done_at=None).exclude(last_error="").count()
        found.figure(f"{len(ledger.of('publish'))} of {STORIES} published, {max(waits):.1f} s at worst")
        found.figure(f"{stuck} effects kept and tried again")
        found.expect(len(ledger.of("publish")) == STORIES, f"{ledger.counts()}")
        found.expect(max(waits) < SLOWEST, f"somebody waited {max(waits):.1f} s for another's server")
        found.expect(stuck, "what was owed to the cache in front was dropped")
        _board(found, server)
    port = newsroom.free_port()
    cache = http.server.ThreadingHTTPServer(("127.0.0.1", port), Cache)
    threading.Thread(target=cache.serve_forever, daemon=True).start()
    Effect.objects.filter(done_at=None).update(due_at=timezone.now())  # their pauses are over
    process = newsroom.manage("run_effects", "--once", RECEIPTS=0, PURGE_URLS=f"http://127.0.0.1:{port}/")
    process.wait(60)
    cache.shutdown()
    found.figure(f"{Effect.objects.filter(kind='purge', done_at=None).count()} owed once it was back")
    found.expect(not Effect.objects.filter(kind="purge", done_at=None).exists(), "effects are owed still")
    found.expect(Cache.asked, "the cache in front was never told")
    return found


def _publish(server, ledger, found):
    rita = base.person("rita")
    rita.email = "rita@bao.example"
    rita.save()
    person, waits = Person(server.home, "bien"), []
    for number in range(STORIES):
        article = factories.complete(title=f"Tin {number}", created_by=rita)
        connections.close_all()
        begun = time.monotonic()
        answer = person.write(article, "chu", press="_publish")
        waits.append(time.monotonic() - begun)
        seen = ask(server.home, article.get_absolute_url())
        if answer.status == 302 and seen.status == 200:
            ledger.note("publish", article.pk, DONE)
    found.expect(Notice.objects.filter(recipient=rita).count() == STORIES, "a notice does not stand at the desk")
    found.expect(not Notice.objects.exclude(mailed_at=None).exists(), "a notice counts as mailed that was not")
    return waits


def _upload(server):
    person = Person(server.home, "phong", "photo editor")
    answer = person.upload("/admin/articles/photo/upload/", "a.jpg", factories.picture_bytes(size=(320, 213)))
    return answer.status


def _board(found, server):
    """After eight attempts it stands on the board of those who publish."""
    Effect.objects.filter(done_at=None).update(attempts=9)
    with newsroom.server(1, RECEIPTS=0, PURGE_URLS=f"http://{ADDRESS}:6081/") as again:
        page = Person(again.home, "bien").get("/admin/")
    found.expect("board-stuck" in page.text, "the board does not say what is not done")
