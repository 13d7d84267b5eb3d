"""What all public pages have in common, and what readers see when there is nothing or something broke."""

import re

import lxml.html
import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import path

from newsroom.urls import handler404, handler500, urlpatterns  # noqa: F401 (handlers of this module as ROOT_URLCONF)
from tests import factories

from . import crawl

pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError("bimat-cua-may-chu")


def without_database(request):
    raise OperationalError("bimat-cua-may-chu")


urlpatterns = [path("hong/", broken), path("mat-du-lieu/", without_database), *urlpatterns]


@pytest.fixture(params=crawl.KINDS)
def address(request):
    return crawl.one_of_each()[request.param]


def test_a_page_answers_and_is_in_utf_8(stranger, address):
    response = stranger.get(address)
    assert response.status_code == 200
    assert "charset=utf-8" in response["Content-Type"]


def test_head_answers_as_get_without_the_page(stranger, address):
    response = stranger.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert int(response["Content-Length"]) == len(stranger.get(address).content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_can_only_be_read(stranger, address, method):
    assert getattr(stranger, method)(address).status_code == 405


def test_no_page_sets_a_cookie_or_differs_by_one(stranger, address):
    response = stranger.get(address)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_a_page_that_did_not_change_is_not_sent_again(stranger, address):
    etag = stranger.get(address)["ETag"]
    response = stranger.get(address, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_a_browser_asks_before_it_shows_what_it_kept(stranger, address):
    assert stranger.get(address)["Cache-Control"] == "no-cache"


def test_the_policy_of_a_page_allows_nothing_inline(stranger, address):
    policy = stranger.get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_needs_nothing_inline_and_nothing_foreign(stranger, address):
    response = stranger.get(address)
    html = response.content.decode()
    allowed = r'type="(?:module" src="/static/|application/ld\+json")'
    assert not re.search(rf"<script(?! {allowed})|<style|\sstyle=|\son[a-z]+=", html)
    if "html" in response["Content-Type"]:  # a feed is read elsewhere: its addresses are whole
        assert not re.search(r'(?:src|srcset|action)="(?:https?:)?//', html)


def test_a_page_carries_the_other_headers_of_safety(stranger, address):
    headers = stranger.get(address).headers
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_every_link_of_the_site_leads_somewhere(stranger):
    addresses = crawl.one_of_each().values()
    dead = {
        url: found.status_code for url, found in crawl.crawl(stranger, addresses).items() if found.status_code >= 400
    }
    assert dead == {}


@pytest.mark.parametrize("kind", [kind for kind in crawl.KINDS if "feed" not in kind])
def test_every_page_has_the_day_form_the_masthead_and_one_heading(stranger, kind):
    html = stranger.get(crawl.one_of_each()[kind]).content.decode()
    form = html[html.index('class="archive-form"') :]
    assert 'name="ngay"' in form
    assert 'name="muc"' in form
    assert html.count("<h1") == 1


def test_the_desk_has_a_policy_of_its_own_and_frames_nobody_else(stranger):
    policy = stranger.get("/admin/login/")["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


# Nothing there, or something broken


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/khong-co/",
            "/kinh-te/khong-co-777777/",
            "/tac-gia/khong-co/",
            "/khong-co/rss/",
            "/khong-co/ngay/2023/03/22/",
        ),
        *("/xem-truoc/1/", "/wp-login.php", "/.env", "/kinh-te/tin-999999999999999999/", "/%00/", "/%ff%fe/"),
        *("/xem-truoc/99999999999999999999999999/", f"/xem-truoc/{'9' * 5000}/"),
        f"/kinh-te/tin-{'9' * 40}/",
    ],
)
def test_what_is_not_there_is_a_friendly_404(stranger, address):
    crawl.one_of_each()
    response = stranger.get(address)
    assert response.status_code == 404
    assert 'class="archive-form"' in response.content.decode()
    assert not response.cookies


def test_a_404_writes_nothing_of_the_address_into_the_page(stranger):
    html = stranger.get("/<script>alert(1)</script>/").content.decode()
    assert "alert(1)" not in html


@override_settings(ROOT_URLCONF=__name__)
def test_a_broken_page_says_so_and_tells_nothing():
    response = Client(raise_request_exception=False).get("/hong/")
    assert response.status_code == 500
    assert "bimat" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_the_page_of_a_failure_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get("/mat-du-lieu/")
    assert response.status_code == 503


def fail(*args):
    raise OperationalError("the database is gone")


@pytest.mark.parametrize("address", ["/", "/khong-co/", "/kinh-te/", "/ngay/2023/03/22/", "/rss/"])
def test_while_the_database_is_gone_every_page_says_when_to_come_again(address):
    with connection.execute_wrapper(fail):
        response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "the database is gone" not in response.content.decode()


@pytest.mark.parametrize("host", ["noi-khac.vn", "a b", "x" * 300, "baomau.vn\r\nX: y"])
def test_a_foreign_host_is_refused(stranger, host):
    response = stranger.get("/", headers={"host": host})
    assert response.status_code == 400
    assert host[:11] not in response.content.decode()


def test_every_aside_has_a_name_of_its_own(stranger, address):
    names = aside_names(stranger, address)
    assert None not in names
    assert len(set(names)) == len(names)


def test_the_asides_of_an_article_with_everything_have_names_of_their_own(stranger):
    article = factories.published()
    factories.attachment(article)
    factories.correction(article, issued_at=factories.at("2023-03-22 10:00"))
    factories.correction(article, issued_at=factories.at("2023-03-22 11:00"))
    names = aside_names(stranger, article.get_absolute_url())
    assert len(set(names)) == len(names) == 5  # those four and "News by day"
    assert None not in names


def aside_names(client, address):
    page = lxml.html.fromstring(client.get(address).content)
    return [aside.get("aria-label") or named(page, aside.get("aria-labelledby")) for aside in page.iter("aside")]


def named(page, ids):
    return ids and " ".join(page.get_element_by_id(name).text_content() for name in ids.split())


def test_absolute_addresses_come_from_the_settings(stranger, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://baomau.vn", ["*"]
    address = crawl.one_of_each()["article"]
    html = stranger.get(address, headers={"host": "noi-khac.vn"}).content.decode()
    assert f'<link rel="canonical" href="https://baomau.vn{address}">' in html
    assert "noi-khac.vn" not in html
