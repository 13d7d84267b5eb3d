"""The read API: lists of articles and one as a whole."""

import pytest

from articles.models import Byline
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_URL = "https://baomau.vn"


def titles(client, address):
    return [item["title"] for item in client.get(address).json()["items"]]


def turned(client, address):
    """The titles of a list and of all pages that follow."""
    found = []
    while address:
        page = client.get(address.removeprefix("https://baomau.vn")).json()
        found += [item["title"] for item in page["items"]]
        address = page["next"]
    return found


@pytest.fixture
def one(db):
    """An article with everything that belongs to one."""
    photo = factories.photo_without_files(caption="Đập chính.", credit="Bùi Minh", alt="Đập nước.")
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    body = '<p>Một <a href="/tac-gia/ha-thu/">Hà Thu</a>.</p><p>Hai.</p>'
    words = {"title": "Hồ thủy điện", "kicker": "Ghi nhanh", "dateline": "HBĐT", "lede": "Sa-pô."}
    article = factories.published("2023-03-22 08:00", category=child, photo=photo, body=body, **words)
    factories.signed(article, "Hà Thu")
    factories.topic("Thủy điện", article)
    factories.gallery(article, 2)
    factories.attachment(article)
    factories.live_update(article)
    factories.correction(article)
    factories.english(article)
    factories.link(article, title="Tin ngoài", url="https://vnanet.vn/tin")
    return article


def test_an_article_says_all_that_its_page_says(stranger, one):
    said = stranger.get(f"/api/v1/articles/{one.pk}").json()
    assert said["url"] == f"https://baomau.vn{one.get_absolute_url()}"
    assert (said["title"], said["kicker"], said["dateline"], said["lede"]) == (
        "Hồ thủy điện", "Ghi nhanh", "HBĐT", "Sa-pô.",
    )  # fmt: skip
    assert said["published"] == "2023-03-22T08:00:00+07:00"
    assert '<a href="https://baomau.vn/tac-gia/ha-thu/" ' in said["html"]
    assert said["text"].split() == ["Một", "Hà", "Thu.", "Hai."]
    assert said["section"] == {
        "slug": "nong-nghiep", "name": "Nông nghiệp", "url": "https://baomau.vn/nong-nghiep/",
    }  # fmt: skip
    assert [(one["name"], one["author"]["slug"]) for one in said["bylines"]] == [("Hà Thu", "ha-thu")]
    assert [topic["slug"] for topic in said["topics"]] == ["thuy-dien"]
    assert (said["image"]["caption"], said["image"]["credit"]) == ("Đập chính.", "Bùi Minh")
    assert said["image"]["url"].startswith("https://baomau.vn/media/")
    assert len(said["gallery"]) == 2
    assert [file["title"] for file in said["attachments"]] == ["Quyết định (PDF)"]
    assert said["attachments"][0]["url"].startswith("https://baomau.vn/media/")
    assert len(said["updates"]) == 1
    assert said["corrections"][0]["right"] == "Cầu dài 330 mét."
    assert said["english"].startswith("https://baomau.vn/en/nong-nghiep/")
    assert {"title": "Tin ngoài", "url": "https://vnanet.vn/tin"} in said["related"]


def test_it_says_nothing_of_who_sits_at_the_desk(stranger, one):
    text = stranger.get(f"/api/v1/articles/{one.pk}").content.decode()
    for secret in ("created_by", "handler", "editor_note", "version", "search_text", "rights"):
        assert secret not in text


def test_what_the_body_may_not_hold_is_not_handed_out(stranger, one):
    type(one).objects.filter(pk=one.pk).update(body='<p onclick="x()">Một<script>alert(1)</script></p>')
    assert stranger.get(f"/api/v1/articles/{one.pk}").json()["html"] == "<p>Một</p>"


@pytest.mark.parametrize("make", [factories.draft, factories.scheduled])
def test_what_is_not_public_is_not_there(stranger, make):
    hidden, none = (stranger.get(f"/api/v1/articles/{pk}") for pk in (make().pk, 987654321))
    assert (hidden.status_code, hidden.content) == (none.status_code, none.content) == (404, none.content)
    assert hidden.json() == {"detail": "Không có gì ở địa chỉ này."}
    assert titles(stranger, "/api/v1/articles") == []


def test_a_withdrawn_article_is_gone(stranger):
    article = factories.withdrawn()
    response = stranger.get(f"/api/v1/articles/{article.pk}")
    assert response.status_code == 410
    assert response.json() == {"detail": "Bài này đã được gỡ."}
    assert titles(stranger, "/api/v1/articles") == []


def test_lists_go_to_the_first_article_page_by_page(stranger):
    rows = factories.many(7)
    assert turned(stranger, "/api/v1/articles?limit=3") == [row.title for row in reversed(rows)]


def test_a_list_of_a_section_holds_its_sub_sections_and_no_other(stranger):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    factories.published("2023-03-22 08:00", title="Dưới", category=child)
    factories.published("2023-03-22 09:00", title="Trên", category=child.parent)
    factories.published("2023-03-22 10:00", title="Khác", category=factories.section("Xã hội"))
    assert titles(stranger, "/api/v1/articles?section=kinh-te") == ["Trên", "Dưới"]
    assert titles(stranger, "/api/v1/articles?section=nong-nghiep") == ["Dưới"]


def test_a_list_of_a_day_begins_and_ends_at_midnight_in_vietnam(stranger):
    for when in ("2023-03-21 23:59", "2023-03-22 00:00", "2023-03-22 23:59", "2023-03-23 00:00"):
        factories.published(when, title=when)
    factories.published("2023-03-22 12:00", title="Khác", category=factories.section("Xã hội"))
    day = ["2023-03-22 23:59", "Khác", "2023-03-22 00:00"]
    assert titles(stranger, "/api/v1/articles?day=2023-03-22") == day
    assert turned(stranger, "/api/v1/articles?day=2023-03-22&limit=1") == day
    assert titles(stranger, "/api/v1/articles?day=2023-03-22&section=xa-hoi") == ["Khác"]


@pytest.mark.parametrize("address", ["/api/v1/authors/ha-thu/articles", "/api/v1/topics/lu-lut/articles"])
def test_an_author_and_a_topic_have_their_lists(stranger, address):
    rows = factories.many(5)
    author = factories.author("Hà Thu")
    Byline.objects.bulk_create(Byline(article=row, author=author) for row in rows[1:])
    factories.topic("Lũ lụt", *rows[1:])
    assert turned(stranger, f"{address}?limit=2") == [row.title for row in reversed(rows[1:])]


def test_an_author_and_a_topic_say_who_they_are(stranger):
    factories.signed(factories.published(), "Hà Thu")
    factories.topic("Lũ lụt", factories.published(), description="Mùa mưa.")
    assert stranger.get("/api/v1/authors/ha-thu").json() == {
        "slug": "ha-thu", "name": "Hà Thu", "url": "https://baomau.vn/tac-gia/ha-thu/", "about": "",
    }  # fmt: skip
    assert stranger.get("/api/v1/topics/lu-lut").json()["about"] == "Mùa mưa."


def test_a_topic_of_a_draft_is_not_there(stranger):
    factories.topic("Thủy điện", factories.draft())
    for address in ("/api/v1/topics/thuy-dien", "/api/v1/topics/thuy-dien/articles", "/api/v1/search?topic=thuy-dien"):
        assert stranger.get(address).status_code == 404


def test_sections_stand_in_their_order_with_what_they_stand_under(stranger):
    factories.subsection("Nông nghiệp", "Kinh tế")
    found = stranger.get("/api/v1/sections").json()["items"]
    assert [(one["slug"], one["parent"]) for one in found] == [("kinh-te", None), ("nong-nghiep", "kinh-te")]


def test_days_of_a_month_are_counted_in_vietnam_and_not_ahead(stranger):
    for when in ("2023-02-28 23:59", "2023-03-01 00:00", "2023-03-31 23:59", "2023-03-31 08:00", "2023-04-01 00:00"):
        factories.published(when)
    factories.scheduled()
    assert stranger.get("/api/v1/days?month=2023-03").json() == {
        "month": "2023-03", "section": None,
        "items": [{"day": "2023-03-01", "count": 1}, {"day": "2023-03-31", "count": 2}],
    }  # fmt: skip
    assert stranger.get("/api/v1/days?month=2023-03&section=kinh-te").json()["section"] == "kinh-te"


QUERIES = {
    "articles?limit=50": 2, "articles?section=kinh-te": 2, "articles?day=2023-03-22": 2, "articles/{pk}": 4,
    "authors/ha-thu/articles": 3, "topics/lu-lut/articles": 3, "sections": 1, "days?month=2023-03": 2,
}  # fmt: skip


@pytest.mark.parametrize("address", QUERIES)
@pytest.mark.parametrize("count", [1, 50])
def test_the_queries_are_few_and_fixed(stranger, django_assert_num_queries, address, count):
    photo = factories.photo_without_files()
    rows = factories.many(count, photo=photo)
    author = factories.author("Hà Thu")
    Byline.objects.bulk_create(Byline(article=row, author=author) for row in rows)
    factories.topic("Lũ lụt", *rows)
    with django_assert_num_queries(QUERIES[address]):
        assert stranger.get(f"/api/v1/{address.format(pk=rows[-1].pk)}").status_code == 200
