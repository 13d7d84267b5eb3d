"""From a change to a purge: after the commit, once, and owed until it is done."""

import http.server
import threading

import pytest
from django.core.management import call_command
from django.db import transaction

from articles import outbox, pagecache
from articles.models import Effect
from articles.pagecache import purging, tags
from articles.pagecache.tags import Level
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def purged(monkeypatch):
    """What was purged, in its order."""
    found = []
    monkeypatch.setattr(purging, "purge_now", found.append)
    return found


def test_a_transaction_purges_once_and_after_its_commit(purged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pagecache.purge(["article-1"])
        pagecache.purge(["front"], hard=True)
        assert purged == []
    assert purged == [{"article-1": Level.PLAIN, "front": Level.HARD}]


def test_what_is_taken_back_does_not_take_the_rest_with_it(purged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            pagecache.purge(["article-1"])
            transaction.set_rollback(True)
        pagecache.purge(["article-2"])
    assert "article-2" in purged[0]


def test_a_process_that_is_killed_after_the_commit_leaves_its_purge_to_another(purged):
    with transaction.atomic():
        pagecache.purge(["article-1"])
    assert Effect.objects.get().payload == {"article-1": 1}
    outbox.run_due()
    assert purged == [{"article-1": Level.PLAIN}]


class Ahead(http.server.ThreadingHTTPServer):
    """A cache in front that writes down what it is asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked, self.answer = [], 200
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_PURGE(self):
        self.server.asked.append((self.headers.get("X-Purge", ""), self.headers["xkey-purge"].split()))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def ahead(settings):
    server = Ahead()
    settings.PURGE_URLS = [f"http://127.0.0.1:{server.server_port}/"]
    yield server
    server.shutdown()
    server.server_close()


def test_the_cache_in_front_is_told_right_after_the_commit(ahead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pagecache.purge({"article-1": Level.HARD, "beside-3": Level.SOFT, tags.ALL: Level.PLAIN})
    assert ahead.asked == [("", ["article-1", "site"]), ("soft", ["beside-3"])]
    assert Effect.objects.get().done_at


def test_the_cache_in_front_is_told_again_until_it_took_it(ahead, django_capture_on_commit_callbacks):
    ahead.answer = 503
    with django_capture_on_commit_callbacks(execute=True):
        pagecache.purge(["article-1"])
    effect = Effect.objects.get()
    assert not effect.done_at
    ahead.answer = 200
    Effect.objects.update(due_at=effect.created_at)
    outbox.run_due()
    assert Effect.objects.get().done_at


def test_many_tags_go_in_several_requests(ahead):
    purging.ahead.send(f"http://127.0.0.1:{ahead.server_port}/", dict.fromkeys(map(str, range(120)), Level.PLAIN))
    assert [len(words) for _how, words in ahead.asked] == [50, 50, 20]


def test_the_shell_purges_pages_by_their_tags(purged, django_capture_on_commit_callbacks, capsys):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_pages", "article-1")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_pages")
    assert purged == [{"article-1": Level.PLAIN}, {tags.ALL: Level.PLAIN}]
    assert "all pages" in capsys.readouterr().out


def test_a_publication_is_purged_once_and_touches_no_draft(purged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        factories.draft()
        factories.published()
    first, *later = purged
    assert "front" in first
    assert all(set(one) == {tags.SEARCH} for one in later)  # when the index is ready
