"""Hostile words in every place where a request can carry some: an answer below 500, and nothing of it as markup."""

import json
import os
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest
from django.db import connection

from tests import factories

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent.parent.parent / "data" / "hostile" / "requests.json"
CORPUS = os.environ.get("HOSTILE_CORPUS")

ROUTES = [
    *(
        "/tim-kiem/?q={}",
        "/tim-kiem/?q=tin&trang={}",
        "/ngay/?ngay={}",
        "/ngay/?muc={}",
        "/ngay/?ngay=22/11/2010&muc={}",
    ),
    *("/kinh-te/?truoc={}", "/ngay/2023/03/22/?truoc={}", "/?{}", "/{}", "/{}/", "/kinh-te/{}/", "/kinh-te/{}-1/"),
    *("/tac-gia/{}/", "/{}/rss/", "/{}/ngay/2023/03/22/", "/ngay/{}/03/22/", "/ngay/2023/{}/", "/xem-truoc/{}/"),
    *("/media/{}", "/media/{}.jpg"),
]


def percent(text):
    """As a browser would send it; a lone surrogate as the bytes that some clients send."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def own():
    groups = json.loads(DATA.read_text(encoding="utf-8"))
    texts = [percent(text) for group in groups for text in group.get("strings", [])]
    return texts + [quote_from_bytes(bytes.fromhex(item), safe="") for group in groups for item in group.get("hex", [])]


def corpus():
    def load(name):
        return json.loads((Path(CORPUS) / name).read_text(encoding="utf-8"))

    words = [item["v"] for item in load("strings/blns.json")] + [item["v"][1] for item in load("http/params.json")]
    bits = [
        item["v"]
        for name in ("malformed_unicode_hex", "cpython_invalid_utf8_hex")
        for item in load(f"unicode/{name}.json")
    ]
    return [percent(word) for word in words] + [quote_from_bytes(bytes.fromhex(item), safe="") for item in bits]


def failures(client, route, values):
    """{address: status} of the answers that are no proper ones."""
    found = {}
    for value in values:
        address = route.replace("{}", value)
        response = client.get(address)
        if response.status_code >= 500 or (response.status_code < 300 and b"<script>alert" in response.content):
            found[address] = response.status_code
    return found


def share(words, place):
    """Every third of the words, another third for the neighbours of a route and on the other database: all of them of
    each route would take longer than the rest of the suite."""
    shift = place + (connection.vendor == "sqlite")
    return words[shift % 3 :: 3]


@pytest.mark.parametrize("place", range(len(ROUTES)), ids=ROUTES)
def test_hostile_words_get_a_proper_answer(stranger, place):
    factories.signed(factories.published(title="Tin"))
    words = share(own(), place)
    assert len(words) > 30
    assert failures(stranger, ROUTES[place], words) == {}


@pytest.mark.skipif(not CORPUS, reason="HOSTILE_CORPUS names no folder")
@pytest.mark.parametrize("place", range(len(ROUTES)), ids=ROUTES)
def test_the_words_of_the_corpus_get_a_proper_answer(stranger, place):
    factories.signed(factories.published(title="Tin"))
    assert failures(stranger, ROUTES[place], share(corpus(), place)) == {}


@pytest.mark.skipif(not CORPUS, reason="HOSTILE_CORPUS names no folder")
def test_the_hosts_of_the_corpus_get_a_proper_answer(stranger):
    hosts = [item["v"] for item in json.loads((Path(CORPUS) / "http" / "hosts.json").read_text(encoding="utf-8"))]
    answers = {host: stranger.get("/", headers={"host": host}).status_code for host in hosts}
    assert {host: status for host, status in answers.items() if status not in {200, 400}} == {}


def test_a_thousand_and_one_parameters_get_a_proper_answer(stranger):
    response = stranger.get("/tim-kiem/?" + "&".join(f"q{number}=x" for number in range(1001)))
    assert response.status_code in {200, 400}


@pytest.mark.parametrize("address", ["/tim-kiem/?q={}", "/ngay/?ngay={}", "/ngay/?muc={}", "/kinh-te/?truoc={}"])
def test_a_parameter_of_a_hundred_thousand_characters_is_cut_or_refused(stranger, address):
    factories.published()
    response = stranger.get(address.format("đ" * 100_000))
    assert response.status_code < 500
    assert len(response.content) < 100_000


def test_a_search_of_two_hundred_words_is_answered(stranger):
    factories.published()
    assert stranger.get("/tim-kiem/?q=" + "+".join("ab"[number % 2] for number in range(200))).status_code == 200


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since", "Accept-Language", "Cookie", "Range"])
@pytest.mark.parametrize("value", ["\x00", "x" * 5000, 'W/"', "sessionid=Ä\x91Ã", "Mon, 99 Foo 9999 99:99:99 GMT"])
def test_hostile_headers_get_a_proper_answer(stranger, header, value):
    article = factories.published()
    for address in ("/", article.get_absolute_url()):
        assert stranger.get(address, headers={header: value}).status_code < 500
