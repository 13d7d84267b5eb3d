"""How much one sender may ask for, and what who asks for more is told."""

import multiprocessing
import time
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from articles import limits
from articles.limits import FileCounts, Limit, over
from newsroom import limits as rules
from tests import base, factories, through
from tests.admin.forms import change_url

OUTSIDE, OTHER = "14.160.1.1", "14.160.1.2"  # addresses of the web, as readers have them
THREE = Limit("three", 3, 60)


@pytest.fixture(autouse=True)
def _on(settings, monkeypatch):
    """And no window ends while a test runs."""
    settings.RATE_LIMITS = True
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_010.0, monotonic=time.monotonic))


@pytest.fixture
def few(monkeypatch):
    """Every limit is two requests a minute."""
    found = [(methods, paths, limit._replace(most=2)) for methods, paths, limit in rules.LIMITS]
    monkeypatch.setattr(rules, "LIMITS", found)


def statuses(client, path, times=3, method="get", **options):
    return [getattr(client, method)(path, **options).status_code for _time in range(times)]


# Counting


def test_so_many_requests_of_a_sender_are_within_the_limit_and_then_it_waits_for_the_next_window():
    assert [over(THREE, "a", at=120) for _time in range(3)] == [0, 0, 0]
    assert over(THREE, "a", at=130) == 50
    assert over(THREE, "b", at=130) == 0
    assert over(Limit("other", 3, 60), "a", at=130) == 0
    assert over(THREE, "a", at=180) == 0


def _count(path, times):
    counts = FileCounts(path)
    for _time in range(times):
        counts.add(b"12345678", 7)


def test_processes_count_together_and_lose_nothing(tmp_path):
    processes = multiprocessing.get_context("fork")
    running = [processes.Process(target=_count, args=(tmp_path / "counts", 2000)) for _process in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join(30)
    assert FileCounts(tmp_path / "counts").add(b"12345678", 7) == 6001


def test_the_file_of_counts_tells_nothing_of_the_senders_and_does_not_grow(tmp_path, settings):
    for number in range(200):
        over(THREE, f"14.160.1.{number}", at=0)
    assert settings.LIMITS_FILE.stat().st_size == limits.SLOTS * 8
    assert b"14.160" not in settings.LIMITS_FILE.read_bytes()


def test_machines_that_share_a_cache_count_together(settings, monkeypatch):
    settings.REDIS_URL = "redis://shared"
    cache.clear()
    assert [over(THREE, "a", at=120) for _time in range(4)] == [0, 0, 0, 60]
    assert not settings.LIMITS_FILE.exists()


def test_while_the_shared_cache_is_down_a_machine_counts_by_itself(settings, monkeypatch):
    def down(*_):
        raise ConnectionError("refused")

    settings.REDIS_URL = "redis://shared"
    monkeypatch.setattr(limits, "_quiet", {"until": 0.0})
    monkeypatch.setattr(limits, "cache", SimpleNamespace(add=down))
    assert [over(THREE, "a", at=120) for _time in range(4)] == [0, 0, 0, 60]


def test_where_nothing_can_be_counted_everybody_is_answered(settings, tmp_path):
    settings.LIMITS_FILE = tmp_path / "no" / "folder"
    assert [over(THREE, "a", at=120) for _time in range(5)] == [0] * 5


# Asking


@pytest.mark.django_db
def test_who_searches_too_often_gets_a_vietnamese_page_that_says_when_to_come_back(few):
    reader = Client(REMOTE_ADDR=OUTSIDE)
    assert statuses(reader, "/tim-kiem/?q=tin") == [200, 200, 429]
    refused = reader.get("/tim-kiem/?q=tin")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert "Quá nhiều yêu cầu" in refused.content.decode()
    assert Client(REMOTE_ADDR=OTHER).get("/tim-kiem/?q=tin").status_code == 200


@pytest.mark.django_db
def test_searches_of_the_api_are_counted_with_those_of_the_page_and_refused_as_json(few):
    reader = Client(REMOTE_ADDR=OUTSIDE)
    assert statuses(reader, "/api/v1/search?q=tin") == [200, 200, 429]
    refused = reader.get("/api/v1/search?q=tin")
    assert refused.json() == {"detail": "Quá nhiều yêu cầu"}
    assert refused["Retry-After"]
    assert reader.get("/tim-kiem/?q=tin").status_code == 429


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/rss/?x=1"),
        ("post", "/y-kien/1/"),
        ("post", "/dem/1/"),
        ("get", "/xem-ban/x/"),
        ("get", "/xem-truoc/1/"),
    ],
)
def test_what_costs_is_limited_for_each_address(few, method, path):
    first, second, third = statuses(Client(REMOTE_ADDR=OUTSIDE), path, method=method)
    assert first == second != 429
    assert third == 429


@pytest.mark.django_db
def test_all_addresses_of_one_ipv6_subscriber_count_as_one(few):
    found = [Client(REMOTE_ADDR=f"2402:800::{end}").get("/tim-kiem/").status_code for end in "123"]
    assert found == [200, 200, 429]


@pytest.mark.django_db
def test_behind_a_proxy_the_proxys_word_counts_and_nobody_elses(few, settings):
    reader = Client(REMOTE_ADDR=OUTSIDE)
    lies = [reader.get("/tim-kiem/", headers={"X-Forwarded-For": f"14.1.1.{n}"}).status_code for n in range(3)]
    assert lies == [200, 200, 429]
    settings.BEHIND_PROXY = True
    proxy = Client(REMOTE_ADDR="127.0.0.1")
    said = [proxy.get("/tim-kiem/", headers={"X-Forwarded-For": f"14.1.1.{n}, {OTHER}"}).status_code for n in range(3)]
    assert said == [200, 200, 429]


@pytest.mark.django_db
def test_a_proxy_that_the_settings_do_not_know_does_not_shut_every_reader_out(few):
    assert statuses(Client(REMOTE_ADDR="127.0.0.1"), "/tim-kiem/") == [200] * 3
    assert statuses(Client(REMOTE_ADDR="10.0.0.7"), "/tim-kiem/") == [200] * 3


def test_a_newsroom_goes_on_working_behind_an_address_that_has_asked_too_much(few, desk):
    editor = desk("ed")
    article = factories.published()
    assert statuses(Client(REMOTE_ADDR=OUTSIDE), "/tim-kiem/")[-1] == 429
    assert statuses(editor, "/admin/articles/article/", times=5, REMOTE_ADDR=OUTSIDE) == [200] * 5
    assert statuses(editor, "/tim-kiem/", times=2, REMOTE_ADDR=OUTSIDE) == [200] * 2
    preview = f"/xem-truoc/{article.pk}/"
    assert statuses(editor, preview, times=3, REMOTE_ADDR=OUTSIDE) == [200, 200, 429]
    assert statuses(desk("rita"), preview, times=1, REMOTE_ADDR=OUTSIDE) == [200]


@pytest.mark.django_db
def test_a_page_that_is_kept_is_not_counted(few, reader, settings):
    settings.BEHIND_PROXY = True

    def status():
        return reader.get("/tim-kiem/?q=tin", x_forwarded_for=OUTSIDE).status

    assert [status() for _time in range(8)] == [200] * 8
    assert reader.get("/tim-kiem/?q=hai", x_forwarded_for=OUTSIDE).status == 200
    assert reader.get("/tim-kiem/?q=ba", x_forwarded_for=OUTSIDE).status == 429
    assert reader.get("/tim-kiem/?q=tin", x_forwarded_for=OUTSIDE).status == 200
    assert reader.get("/tim-kiem/?q=ba", x_forwarded_for=OTHER).status == 200


def test_a_body_that_no_reader_needs_is_refused_before_it_is_read(stranger, desk, settings):
    settings.RATE_LIMITS = False
    body = b"text=" + b"x" * rules.READERS_BODY
    for path in ("/y-kien/1/", "/admin/login/", "/"):
        refused = stranger.post(path, body, "application/x-www-form-urlencoded")
        assert refused.status_code == 413
        assert "lớn hơn" in refused.content.decode()
    assert desk("ed").post("/admin/", body, "application/x-www-form-urlencoded").status_code == 200


class Endless:
    """A body as it comes in chunks, which nobody has said the length of: a gigabyte and more. Counts what is taken."""

    left = 2 * 1024**3
    taken = 0

    def read(self, size=-1):
        size = self.left if size is None or size < 0 else min(size, self.left)
        self.left, self.taken = self.left - size, self.taken + size
        return b"a=1&" * (min(size, 65_536) // 4)  # of a gigabyte asked for at once the number is enough

    readline = read

    def close(self):
        """As that of a server has it."""


KINDS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"]


TOKEN = "t" * 32  # the form's, and the cookie's: no view is kept from the body


@pytest.mark.parametrize("path", ["/y-kien/{}/", "/", "/admin/login/", "/admin/articles/photo/upload/",
                                  "/admin/articles/article/add/", "/admin/articles/article/autosave/"])  # fmt: skip
def test_of_a_gigabyte_in_chunks_nothing_is_read(reader, desk, path):
    """Without a length it is no body: the form is one without words."""
    cookie = f"csrftoken={TOKEN}; sessionid={desk('ed').session.session_key}"
    sent = {"HTTP_TRANSFER_ENCODING": "chunked", "HTTP_HOST": "localhost", "HTTP_COOKIE": cookie}
    sent |= {"HTTP_X_CSRFTOKEN": TOKEN, "HTTP_ORIGIN": "http://localhost"}
    article = factories.published(category=factories.section("Bạn đọc", has_comments=True))
    for kind in KINDS:
        environ = RequestFactory().post(path.format(article.pk), content_type=kind).environ | sent
        del environ["CONTENT_LENGTH"]
        environ["wsgi.input"] = body = Endless()
        told = []
        with through.in_the_transaction_of_the_test():
            b"".join(reader.gate(environ, lambda status, *_headers: told.append(status)))  # noqa: B023
        assert body.taken == 0, kind
        assert told[0][:3] not in {"403", "404", "500"}, told


def test_a_form_of_more_than_a_thousand_boxes_is_refused_and_saves_nothing(desk):
    """The words stay in the window, as after any refusal (tests/browser/writing/test_sending.py)."""
    article = factories.draft(title="Cũ", created_by=base.person("rita"))
    sent = {"title": "Mới", **{f"box-{number}": "" for number in range(1000)}}
    assert desk("rita").post(change_url(article), sent).status_code == 400
    article.refresh_from_db()
    assert (article.title, article.version) == ("Cũ", 0)
