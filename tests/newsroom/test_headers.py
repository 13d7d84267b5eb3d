"""The headers of safety on every answer: whatever its status, whoever gives it; and the hosts that get one at all."""

import json
import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from articles import hosts
from newsroom import headers
from newsroom.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 (as ROOT_URLCONF)
from tests import factories, through

CORPUS = os.environ.get("HOSTILE_CORPUS")
HOSTS = [
    *('"cms.test"', "cms.test:99999", "cms.test:" + "9" * 5000, "[::1]", "a" * 300 + ".test", "localhost"),
    *("xn--", "cms_test", "cms.test evil.test", "cms.test?x", "[cms.test]", "cms.test:80@evil.test", "..", ""),
    *("cms.test.evil.test", "-cms.test", "[::ffff:127.0.0.1]", "cms.test/evil", "cms.test\r\nX: y"),
    *("evil.test#cms.test", "cms.test:٣"),
]  # fmt: skip
pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError


def without_database(request):
    raise OperationalError


def too_many(request):
    return HttpResponse(status=429)


urlpatterns = [path("hong/", broken), path("mat/", without_database), path("nhieu/", too_many), *urlpatterns]


def judge(response, address):
    """The faults of the headers of an answer."""
    get = response.headers.get if hasattr(response.headers, "get") else dict(response.headers).get
    policy, desk = get("Content-Security-Policy", ""), address.startswith("/admin/")
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin" if desk else "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if address.startswith(headers.FILES) else "same-origin",
        "Permissions-Policy": headers.PERMISSIONS,
    }
    found = {name: get(name) for name, value in wanted.items() if get(name) != value}
    if "frame-ancestors" not in policy or "unsafe-eval" in policy or policy != headers.policy_for(address):
        found["Content-Security-Policy"] = policy
    if get("X-Powered-By") or any(mark in get("Server", "") for mark in "/0123456789"):
        found["Server"] = get("Server")
    return found


def _closed(response):
    if response.streaming:
        b"".join(response.streaming_content)  # close() would end the transaction of the test
    return response


@pytest.fixture
def site():
    """The addresses of answers of every kind: {address: its status}."""
    cache.clear()
    article, gone = factories.published(), factories.withdrawn()
    default_storage.save("2023/03/a.jpg", ContentFile(factories.picture_bytes()))
    default_storage.save("2023/03/a.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
    return {
        "/": 200, article.get_absolute_url(): 200, gone.get_absolute_url(): 410, "/khong-co/": 404, "/kinh-te": 301,
        "/rss/": 200, "/sitemap.xml": 200, "/robots.txt": 200, "/healthz": 200, "/readyz": 200, "/sw.js": 200,
        "/media/2023/03/a.jpg": 200, "/media/2023/03/a.svg": 404, "/media/khong-co.jpg": 404,
        "/admin/": 302, "/admin/login/": 200, "/admin/articles/article/add/": 302, "/admin": 301,
        "/hong/": 500, "/mat/": 503, "/nhieu/": 429, "/static/css/khong-co.css": 404,
    }  # fmt: skip


@override_settings(ROOT_URLCONF=__name__, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_every_answer_carries_the_headers_whatever_its_status(site):
    client = Client(raise_request_exception=False)
    for address, status in site.items():
        response = _closed(client.get(address, secure=True))
        assert (response.status_code, judge(response, address)) == (status, {}), address
        assert response["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    for address in ("/", "/static/css/reader.css", "/media/2023/03/a.jpg", "/admin/login/"):
        response = client.get(address, headers={"host": "noi-khac.vn"}, secure=True)
        assert (response.status_code, judge(response, address)) == (400, {}), address
        assert response["Strict-Transport-Security"]
    for address in ("/", "/admin/login/", "/y-kien/1/"):
        for method in ("post", "put", "patch", "delete", "options", "trace"):
            response = getattr(Client(enforce_csrf_checks=True), method)(address)
            assert judge(response, address) == {}, (address, method)
            assert response.status_code in ({403, 404, 405} if method != "options" else {200, 404, 405})


def test_a_redirect_to_https_carries_them_too(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/", "/admin/", "/media/2023/03/a.jpg"):
        response = Client().get(address)
        assert (response.status_code, judge(response, address)) == (301, {})


def test_what_the_page_cache_answers_carries_them(site, reader):
    etag = reader.get("/")["ETag"]
    pages = [reader.get("/"), reader.get("/", if_none_match=etag), reader.get("/khong-co/"), reader.get("/khong-co/")]
    assert [(page.status, page.how) for page in pages] == [(200, "hit"), (304, "hit"), (404, "miss"), (404, "hit")]
    assert [judge(page, "/") for page in pages] == [{}] * 4


def test_what_fails_outside_of_django_carries_them(caplog):
    def fails(environ, start_response):
        raise OSError(28, "No space left on device")

    told = []
    body = headers.guarded(fails)({"PATH_INFO": "/kinh-te/"}, lambda *words: told.extend(words))
    assert told[0].startswith("500")
    assert judge(through.Page(*told, b"".join(body)), "/kinh-te/") == {}
    assert "No space" not in b"".join(body).decode()
    assert "No space" in caplog.text


def test_a_file_of_the_media_can_do_nothing_even_where_it_is_opened(site, stranger):
    response = _closed(stranger.get("/media/2023/03/a.jpg"))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["Content-Disposition"] == "inline"
    assert response["Content-Type"] == "image/jpeg"
    for folder in ("/media/", "/media/2023/", "/media/2023/03/", "/static/", "/static/css/"):
        assert stranger.get(folder).status_code == 404


def test_a_form_without_its_token_is_answered_in_the_newspapers_own_words():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "style=" not in response.content.decode()
    assert response.templates[0].name == "403.html"


# Hosts


def named():
    found = json.loads((Path(CORPUS) / "http" / "hosts.json").read_text(encoding="utf-8")) if CORPUS else []
    return [*HOSTS, *(item["v"] for item in found)]


def test_no_other_host_is_answered_by_django_or_by_the_page_cache(settings, stranger):
    settings.ALLOWED_HOSTS = ["cms.test"]
    reader = through.Reader()
    assert reader.get("/", host="cms.test").how == "miss"
    assert reader.get("/", host="cms.test:8000").how == "hit"
    for host in named():
        page = reader.get("/", host=host)
        assert (page.status, page.how) == (400, None), host
        for address in ("/", "/healthz", "/static/css/reader.css", "/admin/login/"):
            assert stranger.get(address, headers={"host": host}).status_code == 400, (host, address)


@pytest.mark.parametrize("host", ["cms.test", "CMS.test", "cms.test.", "cms.test:1", "cms.test:65535"])
def test_our_own_host_is_ours_with_any_port_that_is_one(host):
    assert hosts.is_ours(host, ["cms.test"])


def test_no_absolute_address_is_made_of_a_header(settings, desk):
    """X-Forwarded-Host is believed from nobody, and a link for an outsider bears the name of the settings."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://baomau.vn", ["*"]
    article = factories.published()
    foreign = {"host": "noi-khac.vn", "x-forwarded-host": "noi-khac.vn", "forwarded": "host=noi-khac.vn"}
    for address in ("/", article.get_absolute_url(), "/rss/", "/atom/", "/feed.json", "/sitemap.xml", "/robots.txt"):
        assert "noi-khac" not in Client().get(address, headers=foreign).content.decode(), address
    fields = {"recipient": "Luật sư", "number": 0, "lifetime": "day"}
    html = desk("chris").post(f"/admin/articles/article/{article.pk}/share/", fields, headers=foreign).content.decode()
    assert "https://baomau.vn/xem-ban/" in html
    assert "noi-khac" not in html


PRIVATE = [
    *(".git/config", ".git/HEAD", ".env", "db.sqlite3", "newsroom.sqlite3", "var/newsroom.sqlite3", "secret_key"),
    *("backup.zip", "media/../newsroom.sqlite3", "media/%2e%2e/secret_key", "media/..%2fsecret_key"),
    *("media/bao.sqlite3", "static/../secret_key", "static/%2e%2e/secret_key", "static/..%2f..%2fmanage.py"),
    *("originals/a.jpg", "pages/files/a", "media/2023/03/.htaccess", "media/bao.tar"),
    *("metrics", "debug/", "__debug__/", "server-status"),
]  # fmt: skip


def test_what_is_nobodys_business_has_no_address(settings, stranger, tmp_path):
    for name in ("newsroom.sqlite3", "secret_key", "originals/a.jpg", "media/bao.sqlite3", "media/bao.tar"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = {name: stranger.get(f"/{name}").status_code for name in PRIVATE}
    assert {name: status for name, status in found.items() if status != 404} == {}
    assert stranger.get("/healthz").content == b"ok"
