"""Who is answered from the page cache with what: keys, encodings, lifetimes, many at once, a database that is down."""

import gzip
import threading
import time
from datetime import timedelta

import brotli
import pytest
from django.db import OperationalError

from articles import pagecache
from articles.editorial import transitions
from articles.models import Comment, Placement
from articles.pagecache import gate, leases, store
from articles.pagecache.tags import Level
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def _old(reader, seconds):
    """The front page ended so many seconds ago."""
    entry = reader.gate.store.get("/")
    entry.fresh_until = time.time() - seconds
    reader.gate.store.put(entry)


@pytest.fixture
def front(reader):
    """A reader who has read the front page."""
    factories.published(title="Tin đầu")
    assert reader.get("/").how == "miss"
    return reader


# Keys


@pytest.mark.parametrize("query", ["utm_source=zalo", "fbclid=1", "zarsrc=30&utm_medium=x"])
def test_where_a_reader_comes_from_makes_no_other_page(front, query):
    assert front.get(f"/?{query}").how == "hit"


@pytest.mark.parametrize("query", ["x=1", "truoc=1&x=2", "q=a&q=b", "q=" + "a" * 700])
def test_what_no_page_reads_passes_by(front, query):
    assert front.get(f"/?{query}").how is None
    assert len(front.gate.store.near) == 1


def test_parameters_have_one_order(front):
    assert front.get("/tim-kiem/?q=tin&xep=moi").how == "miss"
    assert front.get("/tim-kiem/?xep=moi&q=tin").how == "hit"


def test_another_host_is_not_answered(front):
    assert front.get("/", host="evil.example").status == 400


def test_a_page_does_not_depend_on_the_host(stranger, settings):
    settings.ALLOWED_HOSTS = ["localhost", "baomau.vn"]
    article = factories.published()
    for address in ("/", "/rss/", article.get_absolute_url(), "/sitemap.xml", "/robots.txt", "/kinh-te/"):
        bodies = {stranger.get(address, headers={"Host": host}).content for host in settings.ALLOWED_HOSTS}
        assert len(bodies) == 1, address


@pytest.mark.parametrize("address", ["/admin/login/", "/healthz", "/readyz", "/xem-truoc/1/", "/y-kien/1/"])
def test_the_desk_and_what_readers_send_pass_by(front, address):
    front.get(address)
    assert front.get(address).how is None


def test_a_post_passes_by(front):
    page = front.get("/", method="POST")
    assert (page.status, page.how) == (403, None)


# What is sent


def test_each_encoding_is_the_same_page(front):
    plain = front.get("/")
    assert brotli.decompress(front.get("/", accept_encoding="gzip, br").body) == plain.body
    assert gzip.decompress(front.get("/", accept_encoding="gzip, br;q=0").body) == plain.body
    assert {front.get("/", accept_encoding=kind)["Vary"] for kind in ("", "br", "gzip")} == {"Accept-Encoding"}


def test_who_has_the_page_already_gets_no_bytes(front):
    page = front.get("/")
    for known in (page["ETag"], f'"x", {page["ETag"]}', page["ETag"].removeprefix("W/"), "*"):
        again = front.get("/", if_none_match=known)
        assert (again.status, again.body) == (304, b"")
    assert front.get("/", if_none_match='"other"', if_modified_since=page["Last-Modified"]).status == 200
    assert front.get("/", if_modified_since=page["Last-Modified"]).status == 304
    assert front.get("/", if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert front.get("/", if_modified_since="rubbish").status == 200


def test_a_head_has_the_headers_of_the_page(front):
    page, head = front.get("/"), front.get("/", method="HEAD")
    assert head.body == b""
    assert head["Content-Length"] == page["Content-Length"] == str(len(page.body))


def test_browsers_are_told_to_ask_again(front):
    assert front.get("/")["Cache-Control"] == "no-cache"


def test_headers_of_security_are_those_of_django(front, stranger):
    page, response = front.get("/"), stranger.get("/")
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert page[name] == response[name]


@pytest.mark.parametrize("kind", ["none", "nginx", "varnish", "cdn"])
def test_what_stands_in_front_is_told_in_its_own_words(reader, settings, kind):
    settings.CACHE_IN_FRONT = kind
    factories.published()
    page = reader.another().get("/")
    told = {name: page[name] for name in ("X-Accel-Expires", "Surrogate-Control", "Surrogate-Key", "Age") if page[name]}
    expected = {"none": {"Age"}, "nginx": {"X-Accel-Expires"}, "varnish": {"Surrogate-Control"}}
    assert set(told) == expected.get(kind, {"Surrogate-Control", "Surrogate-Key"})
    assert "s-maxage" not in page["Cache-Control"]
    assert ("," in page["Cache-Tag"]) == (kind == "cdn")


# Redirects, and what is not there


def test_a_wrong_slug_is_led_on_from_the_store(reader):
    article = factories.published()
    wrong = f"/kinh-te/sai-{article.pk}/"
    assert [reader.get(wrong).status for _ in range(2)] == [301, 301]
    assert reader.get(wrong)["Location"] == article.get_absolute_url()
    assert reader.django.asked.count(wrong) == 1


def test_what_is_not_there_yet_is_there_when_it_is_published(reader):
    draft = factories.draft(title="Tin chờ")
    address = f"/kinh-te/tin-cho-{draft.pk}/"
    assert [reader.get(address).status for _ in range(2)] == [404, 404]
    transitions.publish(draft)
    assert reader.get(address).status == 200


def test_made_up_addresses_leave_no_files_and_push_nothing_out(front, settings):
    for number in range(50):
        front.get(f"/khong-co-{number}/")
    assert front.get("/").how == "hit"
    assert len(list((settings.PAGES_ROOT / "files").rglob("*/*"))) == 1


# Lifetimes


def _end(reader, address):
    return reader.get(address) and reader.gate.store.get(address).fresh_until


def test_no_page_outlives_midnight_in_vietnam(reader, clock):
    article = factories.published()
    clock(factories.at("2026-11-29 23:59"))
    assert _end(reader, article.get_absolute_url()) == factories.at("2026-11-30 00:00").timestamp()


def test_lists_of_the_most_read_live_five_minutes(reader):
    factories.published()
    assert _end(reader, "/") == pytest.approx(time.time() + 300, abs=5)


@pytest.fixture
def soon(clock):
    now = factories.at("2026-11-29 12:00")
    clock(now)
    return now + timedelta(minutes=2)


PLANS = {
    "/": lambda soon, article: factories.published(soon),
    "/kinh-te/": lambda soon, article: factories.published(soon),
    "/ngay/2026/11/29/": lambda soon, article: factories.published(soon),
    "/rss/": lambda soon, article: factories.published(soon),
    "/sitemap-news.xml": lambda soon, article: factories.published(soon),
    "/tim-kiem/?q=tin": lambda soon, article: factories.published(soon),
}
PINS = {
    "begins": lambda soon, article: factories.placement(article, starts_at=soon),
    "ends": lambda soon, article: factories.placement(article, ends_at=soon),
    "correction leaves": lambda soon, article: factories.correction(article, issued_at=soon - timedelta(days=7)),
}
LATER = {
    "live update": lambda soon, article: factories.live_update(article, soon),
    "english": lambda soon, article: factories.english(article, soon),
    "correction": lambda soon, article: factories.correction(article, issued_at=soon),
    "other news": lambda soon, article: factories.published(soon),
}


@pytest.mark.parametrize("address", PLANS)
def test_a_page_ends_when_a_scheduled_story_begins(reader, soon, address):
    PLANS[address](soon, factories.published())
    assert _end(reader, address) == soon.timestamp()


@pytest.mark.parametrize("plan", PINS)
def test_the_front_page_ends_when_what_the_desk_planned_for_it_does(reader, soon, plan):
    PINS[plan](soon, factories.published("2026-11-22 08:00"))
    assert _end(reader, "/") == soon.timestamp()


@pytest.mark.parametrize("plan", LATER)
def test_an_article_ends_when_what_comes_to_it_comes(reader, soon, plan):
    article = factories.published("2026-11-22 08:00")
    LATER[plan](soon, article)
    assert _end(reader, article.get_absolute_url()) == soon.timestamp()


def test_what_is_scheduled_elsewhere_ends_nothing(reader, soon):
    factories.published(soon, category=factories.section("Thể thao"))
    factories.section("Kinh tế")
    assert _end(reader, "/kinh-te/rss/") == factories.at("2026-11-30 00:00").timestamp()


def test_a_plan_that_comes_later_ends_a_page_that_was_read_before(reader, soon):
    factories.published()
    assert _end(reader, "/rss/") > soon.timestamp()
    factories.published(soon)
    assert _end(reader, "/rss/") == soon.timestamp()


def test_a_plan_that_was_moved_counts(reader, soon):
    article = factories.published()
    pin = factories.placement(article, ends_at=soon + timedelta(minutes=1))
    assert _end(reader, "/") == (soon + timedelta(minutes=1)).timestamp()
    Placement.objects.get(pk=pin.pk).delete()
    factories.placement(article, ends_at=soon)
    assert _end(reader, "/") == soon.timestamp()


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


def test_a_comment_that_is_shown_is_there(reader):
    article = factories.published()
    reader.get(article.get_absolute_url())
    factories.comment(article, state=Comment.State.SHOWN, text="Rất hay.")
    assert "Rất hay." in reader.get(article.get_absolute_url()).text
