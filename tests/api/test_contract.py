"""The read API as a whole: what it refuses, how it is kept, how it is described."""

import re

import pytest

from articles.editorial import transitions
from articles.pagecache import gate
from tests import factories
from tests.hostile import routes

pytestmark = pytest.mark.django_db

WRONG = {
    "articles?foo=1": "foo: Không có tham số này.",
    "articles?limit=101": "limit: Nhiều nhất là 100.",
    "articles?limit=0": "limit: Ít nhất là 1.",
    "articles?limit=x": "limit: Cần một số nguyên.",
    "articles?before=99999999999999999999999": "before: Nhiều nhất là 999999999999999999.",
    "articles?day=22/11/2010": "day: Cần một ngày, như 2010-11-22.",
    "articles?day=2023-02-29": "day: Cần một ngày, như 2010-11-22.",
    "articles?section=": "section: Cần một liên kết tĩnh như trong địa chỉ trang.",
    "days": "month: Thiếu tham số này.",
    "days?month=2023-13": "month: Cần một tháng, như 2010-11.",
    "search?genre=tho": "genre: Một trong số này:",
    "search?page=51": "page: Nhiều nhất là 50.",
    f"search?q={'x' * 201}": "q: Nhiều nhất 200 ký tự.",
}
NOTHING = [
    *("articles/1", "articles?section=khong-co", "articles?day=1066-10-14", "articles?day=0000-01-01"),
    *("days?month=2201-01", "days?month=0000-01", "days?month=2023-01&section=khong-co", "authors/khong-co"),
    *("authors/khong-co/articles", "topics/khong-co", "topics/khong-co/articles", "search?author=khong-co"),
    *("search?topic=khong-co", "search?section=khong-co", "khong-co", "articles/mot", ""),
]


@pytest.mark.parametrize("address", WRONG)
def test_what_is_wrong_is_said_in_the_language_of_the_site(stranger, address):
    response = stranger.get(f"/api/v1/{address}")
    assert response.status_code == 422
    assert response.json()["detail"].startswith(WRONG[address])
    name, _colon, message = response.json()["detail"].partition(": ")
    assert response.json()["errors"] == [{"name": name, "message": message}]


def test_everything_that_is_wrong_is_said_at_once(stranger):
    errors = stranger.get("/api/v1/search?page=0&genre=tho&since=x").json()["errors"]
    assert {error["name"] for error in errors} == {"page", "genre", "since"}


@pytest.mark.parametrize("address", NOTHING)
def test_what_is_not_there_is_said_as_json(stranger, address):
    response = stranger.get(f"/api/v1/{address}")
    assert response.status_code == 404
    assert list(response.json()) == ["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_there_is_nothing_to_write(stranger, method):
    response = getattr(stranger, method)("/api/v1/articles")
    assert (response.status_code, set(response["Allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_head_is_answered_as_get_is(stranger, desk):
    factories.published()
    for client in (stranger, desk("ed")):
        assert client.head("/api/v1/articles")["Content-Length"] == client.get("/api/v1/articles")["Content-Length"]


def test_other_sites_may_read_it_and_bring_no_cookie(stranger):
    response = stranger.get("/api/v1/sections")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Access-Control-Allow-Origin" not in stranger.get("/")


def test_who_is_signed_in_is_answered_the_same_and_it_is_kept_nowhere(stranger, desk):
    factories.published()
    factories.draft()
    mine = desk("ed").get("/api/v1/articles")
    assert mine.content == stranger.get("/api/v1/articles").content
    assert "no-store" in mine["Cache-Control"]


ADDRESSES = [
    *("articles", "articles?limit=5&section=kinh-te", "articles?day=2023-03-22", "articles/{pk}", "sections"),
    *("days?month=2023-03", "authors/ha-thu", "authors/ha-thu/articles", "topics/lu-lut", "topics/lu-lut/articles"),
    *("search?q=tin", "openapi.json"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_kept_and_costs_nothing_when_it_did_not_change(reader, address):
    article = factories.published("2023-03-22 08:00")
    factories.signed(article, "Hà Thu")
    factories.topic("Lũ lụt", article)
    path = f"/api/v1/{address.format(pk=article.pk)}"
    first, second = reader.get(path), reader.get(path)
    assert (first.status, first.how, second.how) == (200, "miss", "hit")
    assert reader.get(path, if_none_match=first["ETag"]).status == 304


def test_a_parameter_of_the_pages_is_none_of_the_api_and_the_other_way_round(reader):
    """Nobody fills the store with names that are not read there."""
    for address in ("/api/v1/articles?trang=2", "/?page=2"):
        assert [reader.get(address).how for _time in range(2)] == [None, None]


def test_a_publication_is_in_every_list_at_once_and_a_withdrawal_out_of_it(reader, at_once, indexed):
    old = factories.published("2023-03-22 07:00")
    article = factories.draft(title="Tin thủy điện")
    factories.signed(article, "Hà Thu")
    factories.topic("Lũ lụt", old, article)
    factories.signed(old, "Hà Thu")
    lists = [one for one in ADDRESSES if one.startswith(("articles?", "search")) or one.endswith("articles")]
    own = f"/api/v1/articles/{article.pk}"
    for each in lists:
        assert article.title not in reader.get(f"/api/v1/{each}").text
    assert (reader.get(own).status, reader.get(own).how) == (404, "hit")
    transitions.publish(article, at=factories.at("2023-03-22 08:00"))
    for each in lists:
        assert article.title in reader.get(f"/api/v1/{each}").text, each
    assert reader.get("/api/v1/days?month=2023-03").text.endswith('"count": 2}]}')
    assert reader.get(own).status == 200
    transitions.withdraw(article)
    for each in lists:
        assert article.title not in reader.get(f"/api/v1/{each}").text, each
    assert reader.get("/api/v1/days?month=2023-03").text.endswith('"count": 1}]}')
    assert reader.get(own).status == 410


def test_a_correction_is_in_the_article_at_once(reader, at_once):
    article = factories.published()
    path = f"/api/v1/articles/{article.pk}"
    assert "330" not in reader.get(path).text
    factories.correction(article)
    assert "Cầu dài 330 mét." in reader.get(path).text


def test_the_description_names_every_address_with_its_parameters_and_answers(stranger, settings):
    settings.SITE_URL = "https://baomau.vn"
    response = stranger.get("/api/v1/openapi.json")
    said = response.json()
    assert response["Content-Type"].startswith("application/json")
    assert said["openapi"].startswith("3.1")
    assert said["servers"] == [{"url": "https://baomau.vn"}]
    assert set(said["paths"]) == {
        *("/api/v1/articles", "/api/v1/articles/{pk}", "/api/v1/authors/{slug}", "/api/v1/authors/{slug}/articles"),
        *("/api/v1/topics/{slug}", "/api/v1/topics/{slug}/articles", "/api/v1/sections", "/api/v1/days"),
        "/api/v1/search",
    }
    for path in said["paths"].values():
        assert list(path) == ["get"]
        assert {"200", "404", "422"} <= set(path["get"]["responses"])
    names = {one["name"] for one in said["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert names == {"q", "section", "author", "topic", "genre", "since", "until", "order", "page"}


def test_the_page_cache_knows_every_parameter_that_is_described():
    assert set(routes.of_api()) == gate.OF_API


def test_what_is_answered_fits_the_description(stranger):
    """Every key that is answered is named, and every one that is named is answered."""
    article = factories.published("2023-03-22 08:00", photo=factories.photo_without_files())
    schemas = stranger.get("/api/v1/openapi.json").json()["components"]["schemas"]
    said = stranger.get(f"/api/v1/articles/{article.pk}").json()
    assert set(said) == set(schemas["Whole"]["properties"])
    assert set(said["image"]) == set(schemas["Image"]["properties"])
    assert set(stranger.get("/api/v1/articles").json()["items"][0]) == set(schemas["Card"]["properties"])


def test_the_pages_and_the_guide_for_machines_lead_to_it(stranger):
    assert re.search(r'<link rel="service-desc"[^>]*href="/api/v1/openapi.json"', stranger.get("/").content.decode())
    assert "/api/v1/openapi.json" in stranger.get("/llms.txt").content.decode()
