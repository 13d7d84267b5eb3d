"""The read API: the search, by the engine of the public page."""

from urllib.parse import quote

import pytest
from lxml import html

from articles.search import index
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def titles(client, query):
    return [item["title"] for item in client.get(f"/api/v1/search?{query}").json()["items"]]


@pytest.mark.parametrize("words", ["Tân Lạc", "tan lac", '"tân lạc"', "lạc -mai", "hòa bình", "120-QĐ/TW", ""])
def test_it_finds_what_the_page_finds_in_the_same_order(stranger, words):
    for number, title in enumerate(["Huyện Tân Lạc", "Lạc tân", "Hoà Bình hôm nay", "Mai Châu và Tân Lạc"]):
        factories.published(f"2023-03-22 0{number}:00", title=title, body="<p>Quyết định 120-QĐ/TW.</p>")
    page = html.document_fromstring(stranger.get(f"/tim-kiem/?q={quote(words)}").content.decode())
    shown = [link.text_content().strip() for link in page.xpath("//article//h2/a | //article//h3/a")]
    if words:
        assert shown
        assert titles(stranger, f"q={quote(words)}") == shown


def test_every_filter_counts_without_a_second_pass(stranger):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    wanted = factories.published("2023-03-22 08:00", title="Tin lúa", category=child, genre="feature")
    factories.signed(wanted, "Hà Thu")
    factories.topic("Mùa màng", wanted)
    factories.published("2023-03-22 09:00", title="Tin lúa khác", category=factories.section("Xã hội"))
    factories.published("2021-03-22 09:00", title="Tin lúa cũ", category=factories.section("Xã hội"))
    index([wanted.pk])
    for query in ("section=kinh-te", "section=nong-nghiep", "author=ha-thu", "topic=mua-mang", "genre=feature"):
        assert titles(stranger, f"q=lua&{query}") == titles(stranger, query) == ["Tin lúa"]
    assert titles(stranger, "q=lua&since=2022-01-01&until=2023-03-22&order=newest") == ["Tin lúa khác", "Tin lúa"]
    assert titles(stranger, "q=lua&until=2021-12-31") == ["Tin lúa cũ"]


def test_pages_follow_and_the_count_is_said(stranger):
    factories.many(25)
    first = stranger.get("/api/v1/search?q=tin").json()
    assert (len(first["items"]), first["total"], first["has_more"]) == (20, 25, False)
    assert first["next"].endswith("/api/v1/search?q=tin&page=2")
    second = stranger.get("/api/v1/search?q=tin&page=2").json()
    assert (len(second["items"]), second["next"]) == (5, None)
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}


def test_a_hit_shows_where_its_words_stand_in_their_own_spelling(stranger):
    factories.published(title="Tin", body="<p>Giữ rừng & đất ở Tân Lạc.</p>")
    found = stranger.get("/api/v1/search?q=tan+lac").json()["items"][0]
    assert "rừng &amp; đất ở <mark>Tân Lạc</mark>" in found["snippet"]


def test_what_is_not_public_is_not_found(stranger):
    factories.draft(title="Tin thủy điện")
    factories.scheduled(title="Tin thủy điện hẹn giờ")
    factories.withdrawn(title="Tin thủy điện đã gỡ")
    assert stranger.get("/api/v1/search?q=thuy+dien").json() == {
        "items": [], "next": None, "total": 0, "has_more": False,
    }  # fmt: skip
