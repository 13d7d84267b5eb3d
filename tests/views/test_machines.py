"""What machines read: feeds, robots.txt, health, and the pictures that the server itself hands out."""

from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection

from tests import factories

pytestmark = pytest.mark.django_db


def items(client, address="/rss/"):
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314 (our own feed)
    return tree.findall("channel/item")


# RSS


def test_a_feed_names_each_article_with_lede_and_time(stranger, settings):
    settings.SITE_URL = "https://baomau.vn"
    article = factories.published("2023-03-22 08:00", title="Tít & “tin”", lede="Sa-pô <b>.")
    [item] = items(stranger)
    assert (item.findtext("title"), item.findtext("description")) == ("Tít & “tin”", "Sa-pô <b>.")
    assert item.findtext("link") == f"https://baomau.vn{article.get_absolute_url()}"
    assert item.findtext("pubDate") == "Wed, 22 Mar 2023 01:00:00 +0000"


def test_the_name_of_an_item_does_not_change_with_its_title(stranger):
    article = factories.published()
    before = items(stranger)[0].findtext("guid")
    article.title = "Tít khác"
    article.save()
    assert items(stranger)[0].findtext("guid") == before


def test_a_feed_of_a_section_holds_its_sub_sections_and_no_others(stranger):
    factories.published(title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published(title="Trường mới", category=factories.section("Xã hội"))
    assert [item.findtext("title") for item in items(stranger, "/kinh-te/rss/")] == ["Lúa trổ"]


def test_a_feed_holds_the_thirty_newest(stranger):
    newest = [article.title for article in factories.many(40)][::-1][:30]
    assert [item.findtext("title") for item in items(stranger)] == newest


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\uffff", "\ufffe", "\ud800", "\u2028", "\x85"])
def test_no_character_breaks_a_feed(stranger, char):
    factories.published(title=f"Hòa{char} Bình", lede=f"Sa{char}-pô")
    assert items(stranger)[0].findtext("title") == "Hòa Bình"


def test_a_feed_of_no_news_is_a_feed(stranger):
    assert items(stranger) == []
    assert stranger.get("/rss/")["Content-Type"] == "application/rss+xml; charset=utf-8"


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


def test_crawlers_leave_the_desk_alone(stranger):
    assert b"Disallow: /admin/\n" in stranger.get("/robots.txt").content


# Pictures


@pytest.fixture
def kept():
    for name in ("a/master.jpg", "a/480.webp", "a/x.svg", "a/x.html", "a/x.jpg.html", "a/X.JPG", "secret.txt"):
        default_storage.save(name, ContentFile(b"<svg onload=alert(1)>"))


def close_file(response):
    """Close the picture as a server does; `response.close` would take the test's database connection with it."""
    for close in response._resource_closers:
        close()


@pytest.mark.parametrize(("name", "kind"), [("master.jpg", "image/jpeg"), ("480.webp", "image/webp")])
def test_a_rendition_is_served_as_a_picture_and_nothing_else(stranger, kept, name, kind):
    response = stranger.get(f"/media/a/{name}")
    close_file(response)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    [
        *("a/x.svg", "a/x.html", "a/x.jpg.html", "a/X.JPG", "secret.txt", "a/", "a", "a/none.jpg", "", ".jpg"),
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
