"""Old pages: who gets them, many readers at once, several processes, a database that is down."""

import threading
import time

import pytest
from django.db import OperationalError

from articles import pagecache
from articles.editorial import transitions
from articles.pagecache import gate, leases, store
from articles.pagecache.tags import Level
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def _old(reader, seconds):
    """The front page ended so many seconds ago."""
    entry = reader.gate.store.get("/")
    entry.fresh_until = time.time() - seconds
    reader.gate.store.put(entry)


# Old pages


def test_past_its_lifetime_a_page_is_made_anew_by_who_asks(front):
    _old(front, 1)
    assert [front.get("/").how for _ in range(2)] == ["miss", "hit"]


@pytest.mark.parametrize(("ago", "how"), [(1, "stale"), (gate.OVERTIME + 1, "miss")])
def test_while_one_makes_it_anew_the_others_get_the_old_page(front, monkeypatch, ago, how):
    monkeypatch.setattr(gate, "WAIT", 0.05)
    _old(front, ago)
    with front.gate.leases.take("/") as mine:
        assert mine
        assert front.get("/").how == how


@pytest.mark.parametrize(("level", "how"), [(Level.SOFT, "stale"), (Level.PLAIN, "miss"), (Level.HARD, "miss")])
def test_what_was_purged_is_not_shown_while_it_is_made_anew_unless_softly(front, monkeypatch, level, how):
    monkeypatch.setattr(gate, "WAIT", 0.05)
    pagecache.purge({"front": level})
    with front.gate.leases.take("/"):
        assert front.get("/").how == how


def test_a_hundred_readers_of_an_old_page_make_it_once(front, monkeypatch):
    """Threads of two processes; the rendering is slow, and asks no database, which one connection could not bear."""
    made = []

    def slow(environ, start_response):
        made.append(environ["PATH_INFO"])
        time.sleep(0.3)
        start_response("200 OK", [("Cache-Tag", "front"), ("Content-Type", "text/html")])
        return [b"new"]

    class Long:
        def end(self, *_):
            return time.time() + 60

    processes = [front, front.another()]
    for process in processes:
        process.gate.application, process.gate.agenda = slow, Long()
        process.gate.store.get("/")
    pagecache.purge(["front"])
    found = []
    threads = [threading.Thread(target=lambda n=n: found.append(processes[n % 2].get("/"))) for n in range(100)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert made == ["/"]
    assert {page.body for page in found} == {b"new"}


def test_a_purge_while_a_page_is_rendered_leaves_no_old_page(reader, monkeypatch):
    factories.published(title="Tin đầu")
    django = reader.gate.application

    def purged_meanwhile(environ, start_response):
        chunks = django(environ, start_response)
        reader.gate.application = django
        pagecache.purge(["front"])
        return chunks

    reader.gate.application = purged_meanwhile
    assert reader.get("/").how == "miss"
    assert reader.get("/").how == "miss"
    assert reader.get("/").how == "hit"


# Several processes, restarts


def test_another_process_answers_what_one_has_made(front):
    other = front.another()
    assert other.get("/").how == "hit"
    assert other.django.asked == []


def test_another_process_knows_what_was_purged(front):
    other = front.another()
    other.get("/")
    factories.published(title="Tin vừa đăng")
    assert "Tin vừa đăng" in other.get("/").text
    assert front.get("/").how == "hit"


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-5], lambda text: b"", lambda text: text.replace(b"200 OK", b"200 KO")]
)
def test_a_damaged_file_is_none(front, settings, damage):
    [file] = (settings.PAGES_ROOT / "files").rglob("*/*")
    file.write_bytes(damage(file.read_bytes()))
    assert front.another().get("/").how == "miss"


def test_the_file_of_another_page_is_none(front, settings):
    [file] = (settings.PAGES_ROOT / "files").rglob("*/*")
    other = front.another().gate.store._files._path("/rss/")
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(file.read_bytes())
    assert "<rss" in front.another().get("/rss/").text


def test_a_new_release_makes_its_pages_anew(front, monkeypatch):
    monkeypatch.setattr("newsroom.pages.release", lambda: "another")
    assert front.another().get("/").how == "miss"


def test_memory_and_files_are_bounded(tmp_path):
    small = store.Store(tmp_path, memory=200_000, disk=100_000, release="x")
    for number in range(100):
        body = str(number).encode() * 5_000
        small.put(
            store.entries.Entry(f"/{number}/", "200 OK", [], ["site"], 1, time.time(), time.time() + 9, {"": body})
        )
    assert len(small.near) < 30
    assert f"/{99}/" in small.near
    small._files._most = 2_000
    small._files.prune()
    assert sum(size for _when, size, _path in small._files._all()) <= 2_000


def test_what_is_read_stays_in_memory(tmp_path):
    small = store.Store(tmp_path, memory=400_000, disk=10_000_000, release="x")
    for number in range(100):
        body = str(number).encode() * 5_000
        small.put(
            store.entries.Entry(f"/{number}/", "200 OK", [], ["site"], 1, time.time(), time.time() + 9, {"": body})
        )
        small.near["/0/"].is_used = True
    assert "/0/" in small.near


def test_a_lease_ends_with_who_held_it(tmp_path):
    mine, other = leases.Leases(tmp_path), leases.Leases(tmp_path)
    with mine.take("/") as first, other.take("/") as second:
        assert (first, second) == (True, False)
    with other.take("/") as third:
        assert third


# The database is down


@pytest.fixture
def down(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    def go_down():
        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)

    return go_down


def test_with_the_database_down_old_pages_are_shown_and_say_so(front, down):
    down()
    assert front.get("/").how == "hit"
    _old(front, gate.LAST_RESORT - 60)
    page = front.get("/")
    assert (page.status, page.how) == (200, "stale")
    assert "Tin đầu" in page.text


def test_with_the_database_down_an_older_page_than_a_day_is_none(front, down):
    down()
    _old(front, gate.LAST_RESORT + 60)
    assert front.get("/").status == 503


def test_after_a_restart_with_the_database_down_what_was_read_is_answered(front, down):
    down()
    assert front.another().get("/").how == "hit"


def test_a_page_that_was_purged_is_better_than_none_but_not_a_withdrawn_one(front, down):
    factories.published(title="Tin sau")
    article = factories.published(title="Tin rút")
    other = factories.published(title="Tin khác", category=factories.section("Thể thao"))
    addresses = [one.get_absolute_url() for one in (article, other)]
    [front.get(address) for address in addresses]
    transitions.withdraw(article)
    pagecache.purge([f"article-{other.pk}"])
    down()
    assert [front.get(address).status for address in addresses] == [503, 200]


def test_without_a_copy_readers_are_told_when_to_come_back(reader, down):
    down()
    page = reader.get("/")
    assert page.status == 503
    assert page["Retry-After"] == "30"
    assert page["Cache-Control"] == "no-store"
    assert 'lang="vi"' in page.text


def test_when_the_database_is_back_pages_are_made_again(front, down, monkeypatch):
    with monkeypatch.context() as context:
        context.setattr("django.db.backends.utils.CursorWrapper.execute", _refuse)
        _old(front, 10)
        assert front.get("/").how == "stale"
    monkeypatch.setattr(front.gate, "_down_until", 0)
    assert front.get("/").how == "miss"


def _refuse(*args, **kwargs):
    raise OperationalError("the server closed the connection")
