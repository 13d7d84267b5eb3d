"""What machines read: robots.txt and its like, health, and the pictures that the server itself hands out."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection

from articles.models import SiteSettings, StaticPage
from tests import base, factories

pytestmark = pytest.mark.django_db


# Health


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_healthy_server_says_ok_and_no_cache_keeps_it(stranger, address):
    response = stranger.get(address)
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_without_the_database_the_server_is_alive_and_not_ready(stranger, error):
    def fail(*args):
        raise error("bimat")

    with connection.execute_wrapper(fail):
        assert stranger.get("/healthz").status_code == 200
        response = stranger.get("/readyz")
    assert response.status_code == 503
    assert b"bimat" not in response.content


# Files


@pytest.fixture
def site(settings):
    settings.SITE_URL = "https://baomau.vn"
    words = {"name": "Báo Mẫu & bạn đọc", "email": "toasoan@baomau.vn", "tagline": "Tin <của> tỉnh"}
    return SiteSettings.objects.create(pk=1, **words)


FILES = {
    "/robots.txt": "text/plain; charset=utf-8",
    "/llms.txt": "text/plain; charset=utf-8",
    "/.well-known/security.txt": "text/plain; charset=utf-8",
    "/manifest.webmanifest": "application/manifest+json; charset=utf-8",
    "/opensearch.xml": "application/opensearchdescription+xml; charset=utf-8",
    "/favicon.ico": "image/x-icon",
}


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_what_it_says_and_is_kept_by_its_checksum(stranger, site, address):
    response = stranger.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, FILES[address])
    assert not response.cookies
    assert stranger.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert stranger.post(address).status_code == 405


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_there_on_an_empty_site(stranger, db, address):
    assert stranger.get(address).status_code == 200


@pytest.mark.parametrize("address", FILES)
def test_no_file_names_the_host_that_was_asked(stranger, site, settings, address):
    settings.ALLOWED_HOSTS = ["*"]
    assert b"evil.example" not in stranger.get(address, headers={"host": "evil.example"}).content


def test_crawlers_are_welcome_everywhere_but_at_the_desk_and_in_the_search(stranger, site):
    lines = stranger.get("/robots.txt").content.decode().splitlines()
    closed = ["/admin/", "/xem-truoc/", "/xem-ban/", "/tim-kiem/?"]
    assert lines[:5] == ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    assert lines[-2:] == ["Sitemap: https://baomau.vn/sitemap.xml", "Sitemap: https://baomau.vn/sitemap-news.xml"]


@pytest.mark.parametrize("day", ["2026-01-01 00:30", "2028-02-29 12:00", "2026-12-31 23:59"])
def test_a_hole_can_be_reported_and_the_notice_never_expires(stranger, site, clock, day):
    clock(factories.at(day))
    fields = dict(
        line.split(": ", 1) for line in stranger.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"] == "mailto:toasoan@baomau.vn"
    assert fields["Canonical"] == "https://baomau.vn/.well-known/security.txt"
    ahead = datetime.fromisoformat(fields["Expires"]) - factories.at(day)
    assert timedelta(days=170) < ahead < timedelta(days=365)


def test_without_an_e_mail_the_host_takes_reports(stranger, settings):
    settings.SITE_URL = "https://baomau.vn"
    assert b"Contact: mailto:security@baomau.vn\n" in stranger.get("/.well-known/security.txt").content


def test_a_phone_can_install_the_newspaper(stranger, site):
    said = json.loads(stranger.get("/manifest.webmanifest").content)
    assert (said["name"], said["lang"], said["display"]) == ("Báo Mẫu & bạn đọc", "vi", "standalone")
    assert len(said["short_name"]) <= 12
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


def test_a_browser_can_offer_our_search(stranger, site):
    found = ElementTree.fromstring(stranger.get("/opensearch.xml").content)  # noqa: S314 (our own)
    spaces = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert len(found.findtext("o:ShortName", namespaces=spaces)) <= 16
    assert found.findtext("o:Description", namespaces=spaces) == "Tin <của> tỉnh"
    assert found.find("o:Url", spaces).get("template") == "https://baomau.vn/tim-kiem/?q={searchTerms}"


def test_language_models_are_told_what_is_where(stranger, site):
    factories.section("Kinh tế", description="Chợ & đồng")
    StaticPage.objects.create(title="Giới thiệu")
    lines = stranger.get("/llms.txt").content.decode().splitlines()
    assert lines[:3] == ["# Báo Mẫu & bạn đọc", "", "> Tin <của> tỉnh"]
    assert "- [Kinh tế](https://baomau.vn/kinh-te/): Chợ & đồng" in lines
    assert "- [Giới thiệu](https://baomau.vn/trang/gioi-thieu/)" in lines


# Pictures


@pytest.fixture
def kept():
    names = ("a/master.jpg", "a/480.webp", "a/x.svg", "a/x.html", "a/x.jpg.html", "a/X.JPG", "secret.ini")
    factories.public_files(*names, content=b"<svg onload=alert(1)>")


@pytest.mark.parametrize(("name", "kind"), [("master.jpg", "image/jpeg"), ("480.webp", "image/webp")])
def test_a_rendition_is_served_as_a_picture_and_nothing_else(stranger, kept, name, kind):
    response = stranger.get(f"/media/a/{name}")
    base.close_file(response)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["Cache-Control"] == "max-age=31536000, s-maxage=30, immutable"


@pytest.mark.parametrize(
    "name",
    [
        *("a/x.svg", "a/x.html", "a/x.jpg.html", "a/X.JPG", "secret.ini", "a/", "a", "a/none.jpg", "", ".jpg"),
        *("../secret_key", "../settings.jpg", "%2e%2e/x.jpg", "a/%2e%2e/%2e%2e/x.jpg", "..%5cx.jpg", "a/master.jpg%00"),
        *(
            "a/%00.jpg",
            "a/x.svg%00.jpg",
            "/etc/passwd",
            "//etc/x.jpg",
            f"{'a' * 300}.jpg",
            f"{'a/' * 3000}x.jpg",
            "%ff.jpg",
        ),
    ],
)
def test_nothing_else_is_served(stranger, kept, name):
    assert stranger.get(f"/media/{name}").status_code == 404


def test_a_folder_with_the_name_of_a_picture_is_not_listed(stranger):
    default_storage.save("b.jpg/c.txt", ContentFile(b"x"))
    assert stranger.get("/media/b.jpg").status_code == 404
