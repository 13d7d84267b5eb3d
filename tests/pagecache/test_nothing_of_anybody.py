"""Nothing that belongs to one person is ever kept, and nobody is answered with what was made for somebody else."""

import pytest

from articles.models import SharedVersion
from articles.pagecache import gate
from tests import base, factories
from tests.views.whole_site import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


@pytest.fixture
def signed_in(desk):
    """signed_in('ed') are the cookies of ed's browser."""

    def cookies(name):
        client = desk(name)
        client.get("/admin/")
        return "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())

    return cookies


def _kept(reader):
    return {**reader.gate.store.near, **reader.gate.store.near_passing}


def test_who_is_signed_in_is_never_answered_from_the_store_and_leaves_nothing_in_it(reader, signed_in):
    addresses = list(crawl.one_of_each().values())
    for name in ("ed", "chris"):
        for address in addresses:
            page = reader.get(address, cookies=signed_in(name))
            assert page.how is None, address
            assert page["Cache-Control"] == "private, no-store", address
            assert "Cookie" in page["Vary"], address
    assert _kept(reader) == {}


def test_an_anonymous_reader_gets_nothing_of_an_editor_and_the_other_way_round(reader, signed_in):
    """Two editors and a reader by turns on every public page: the reader's page is the same before and after."""
    addresses = list(crawl.one_of_each().values())
    ed, chris = signed_in("ed"), signed_in("chris")
    for address in addresses:
        before = reader.get(address)
        reader.get(address, cookies=ed)
        reader.get(address, cookies=chris)
        after = reader.get(address)
        assert after.body == before.body, address
        assert after["Set-Cookie"] is None
        assert b"csrfmiddlewaretoken" not in after.body


@pytest.mark.parametrize(
    "headers",
    [{"authorization": "Basic eDp5"}, {"cookie": "sessionid=made-up"}, {"cookie": "a=1; csrftoken=x"}],
)
def test_who_shows_a_pass_passes_by(reader, headers):
    reader.get("/")
    assert reader.get("/", **headers).how is None


def test_cookies_of_others_do_not_matter(reader):
    reader.get("/")
    assert reader.get("/", cookies="_ga=GA1.2.3; zalo=x").how == "hit"


WHO = {
    "cookie": "_ga=canary-1", "user_agent": "canary-2", "accept_language": "canary-3", "referer": "http://canary-4/",
    "x_forwarded_for": "203.0.113.77", "x_forwarded_host": "canary-5.example", "x_real_ip": "203.0.113.78",
    "if_none_match": '"canary-6"', "forwarded": "for=canary-7", "x_csrftoken": "canary-8", "range": "bytes=0-9",
}  # fmt: skip


def test_of_a_request_only_the_address_reaches_what_is_rendered_for_all(reader):
    """Whatever a view or a template does: it cannot put into a page what it is not told."""
    seen = []

    def watching(environ, start_response):
        seen.append(environ)
        start_response("200 OK", [("Cache-Tag", "site")])
        return [b"page"]

    reader.gate.application = watching
    assert reader.get("/?utm_source=canary-9", **WHO).how == "miss"
    [environ] = seen
    told = {name: value for name, value in environ.items() if not name.startswith("wsgi.")}
    assert "canary" not in str(told)
    assert "203.0.113" not in str(told)
    assert set(told) <= gate._PLAIN | {"QUERY_STRING"}
    assert environ["wsgi.input"].read() == b""


NOT_KEPT = [
    [],
    [("Cache-Tag", "site"), ("Set-Cookie", "x=1")],
    [("Cache-Tag", "site"), ("Cache-Control", "private")],
    [("Cache-Tag", "site"), ("Cache-Control", "max-age=0, no-store")],
    [("Cache-Tag", "site"), ("Vary", "Cookie")],
    [("Cache-Tag", "site"), ("Vary", "Accept-Language")],
    [("Cache-Tag", "site"), ("Vary", "*")],
]


@pytest.mark.parametrize("headers", NOT_KEPT)
@pytest.mark.parametrize("status", ["200 OK", "302 Found", "403 Forbidden", "500 Oh"])
def test_an_answer_that_is_not_for_all_is_not_kept(reader, headers, status):
    def answering(environ, start_response):
        start_response(status, headers)
        return [b"mine alone"]

    reader.gate.application = answering
    for _time in range(2):
        assert reader.get("/").how is None
    assert _kept(reader) == {}


def test_what_is_not_kept_is_asked_for_by_the_readers_own_request(reader):
    def greeting(environ, start_response):
        start_response("200 OK", [("Cache-Control", "private")])
        return [environ.get("HTTP_USER_AGENT", "nobody").encode()]

    reader.gate.application = greeting
    assert reader.get("/", user_agent="Firefox").body == b"Firefox"


def test_previews_and_shared_versions_bear_no_tags_and_are_not_kept(reader, desk):
    article = factories.draft(title="Bí mật của toà soạn")
    for address in (f"/xem-truoc/{article.pk}/", "/xem-truoc/trang-nhat/"):
        response = desk("chris").get(address)
        assert response.status_code == 200
        assert "Cache-Tag" not in response
        assert response["Cache-Control"] == "private, no-store"
        reader.get(address)
    assert SharedVersion.objects.count() == 0
    assert _kept(reader) == {}


def test_the_form_for_comments_is_not_kept(reader):
    article = factories.published(category=factories.section("Bạn đọc", has_comments=True))
    first, second = (reader.get(f"/y-kien/{article.pk}/") for _ in range(2))
    assert (first.status, first.how, second.how) == (200, None, None)
    assert "no-store" in first["Cache-Control"]
    assert first["Cache-Tag"] is None
    assert _kept(reader) == {}


def test_every_public_page_that_is_kept_is_the_page_of_a_stranger(reader, stranger, desk):
    """All that a crawler finds, after an editor has walked the same pages: byte for byte what a stranger gets."""
    crawl.one_of_each()
    base.person("ed")
    found = crawl.crawl(desk("ed"), crawl.known())
    different = []
    for address in found:
        page = reader.get(address)
        if page.how and page.status == 200 and page.body != stranger.get(address).content:
            different.append(address)
    assert len(_kept(reader)) > 20
    assert different == []
