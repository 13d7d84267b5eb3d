"""RSS, Atom and JSON Feed, of the site, a section, an author, a topic, a day."""

import json
from xml.etree import ElementTree

import pytest

from articles.models import Byline, Topic
from tests import factories

pytestmark = pytest.mark.django_db

SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/",
}
KINDS = {"rss/": "application/rss+xml", "atom/": "application/atom+xml", "feed.json": "application/feed+json"}
SCOPES = ["/", "/kinh-te/", "/tac-gia/ha-thu/", "/chu-de/thuy-dien/", "/ngay/2023/03/22/", "/kinh-te/ngay/2023/03/22/"]


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_URL = "https://baomau.vn"


@pytest.fixture
def told():
    """One article that is in every scope."""
    article = factories.published("2023-03-22 08:00", title="Hồ thủy điện & “dân”", body="<p>Một.</p><p>Hai.</p>")
    factories.signed(article, "Hà Thu")
    article.topics.add(Topic.objects.create(name="Thủy điện"))
    return article


def xml(client, address):
    return ElementTree.fromstring(client.get(address).content)  # noqa: S314 (our own feed)


def titles(client, address):
    """Of the items, in whichever of the three formats."""
    if address.endswith("json"):
        return [item["title"] for item in client.get(address).json()["items"]]
    found = xml(client, address)
    return [item.text for item in found.findall("channel/item/title") + found.findall("atom:entry/atom:title", SPACES)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scope", SCOPES)
def test_every_scope_has_a_feed_of_every_kind(stranger, told, scope, kind):
    factories.published("2023-03-21 08:00", title="Tin khác", category=factories.section("Xã hội"))
    expected = [told.title, "Tin khác"] if scope == "/" else [told.title]
    assert titles(stranger, scope + kind) == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_feed_of_no_news_is_a_feed(stranger, scope, kind):
    factories.section("Kinh tế")
    factories.author("Hà Thu")
    Topic.objects.create(name="Thủy điện", is_featured=True)
    response = stranger.get(scope + kind)
    assert response["Content-Type"] == f"{KINDS[kind]}; charset=utf-8"
    assert titles(stranger, scope + kind) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "scope", ["/khong-co/", "/tac-gia/khong-co/", "/chu-de/khong-co/", "/ngay/2023/02/30/", "/ngay/0000/01/01/"]
)
def test_what_does_not_exist_has_no_feed(stranger, scope, kind):
    assert stranger.get(scope + kind).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", [factories.draft, factories.scheduled, factories.withdrawn])
def test_a_feed_holds_nothing_that_readers_may_not_see(stranger, kind, state):
    state(title="Bí mật")
    assert titles(stranger, f"/{kind}") == []


@pytest.mark.parametrize(
    ("scope", "queries"), [("/", 4), ("/kinh-te/", 4), ("/ngay/2023/03/22/", 4), ("/tac-gia/ha-thu/", 5)]
)
@pytest.mark.parametrize("articles", [1, 40])
def test_a_feed_asks_as_often_for_forty_articles_as_for_one(
    stranger, told, django_assert_num_queries, scope, queries, articles
):
    photo = factories.photo_without_files()
    rows = factories.many(articles, when="2023-03-22 09:00", photo=photo)
    Byline.objects.bulk_create(Byline(article=row, author=factories.author("Hà Thu")) for row in rows)
    with django_assert_num_queries(queries):
        stranger.get(f"{scope}rss/")


def test_an_rss_item_says_all_that_readers_of_feeds_show(stranger, told):
    told.photo = factories.photo_without_files()
    told.save()
    item = xml(stranger, "/rss/").find("channel/item")
    assert item.findtext("dc:creator", namespaces=SPACES) == "Hà Thu"
    assert [tag.text for tag in item.findall("category")] == ["Kinh tế", "Thủy điện"]
    picture = item.find("media:content", SPACES)
    assert picture.get("url") == "https://baomau.vn/media/2023/03/a1b2/master.jpg"
    assert (picture.get("type"), picture.get("width")) == ("image/jpeg", "640")


def test_the_whole_text_stands_in_every_kind_of_feed(stranger, told):
    rss = xml(stranger, "/rss/").findtext("channel/item/content:encoded", namespaces=SPACES)
    atom = xml(stranger, "/atom/").findtext("atom:entry/atom:content", namespaces=SPACES)
    assert rss == atom == stranger.get("/feed.json").json()["items"][0]["content_html"]
    assert told.lede in rss
    assert "<p>Hai.</p>" in rss


def test_addresses_in_the_text_are_whole(stranger):
    body = '<p><a href="/kinh-te/">a</a></p><p><img src="/media/2023/a.jpg" alt="b"></p>'
    factories.published(body=body)
    text = stranger.get("/feed.json").json()["items"][0]["content_html"]
    assert 'href="https://baomau.vn/kinh-te/"' in text
    assert 'src="https://baomau.vn/media/2023/a.jpg"' in text


def test_raw_html_in_the_database_reaches_no_feed(stranger, told):
    type(told).objects.update(body="<p>x</p><script>alert(1)</script>")
    assert "alert(1)" not in stranger.get("/feed.json").content.decode()


def test_a_story_that_names_nobody_is_by_the_newspaper(stranger):
    factories.published()
    assert stranger.get("/feed.json").json()["items"][0]["authors"][0]["name"] == "Báo Mẫu"


def test_the_times_of_a_feed_are_those_of_vietnam(stranger, told):
    told.revised_at = factories.at("2023-03-23 10:00")
    told.save()
    item = stranger.get("/feed.json").json()["items"][0]
    assert item["date_published"] == "2023-03-22T08:00:00+07:00"
    assert item["date_modified"] == "2023-03-23T10:00:00+07:00"
    entry = xml(stranger, "/atom/").find("atom:entry", SPACES)
    assert entry.findtext("atom:updated", namespaces=SPACES) == "2023-03-23T03:00:00+00:00"


def test_an_item_keeps_its_id_whatever_becomes_of_its_address(stranger, told, settings):

    def ids():
        guid = xml(stranger, "/rss/").findtext("channel/item/guid")
        atom = xml(stranger, "/atom/").findtext("atom:entry/atom:id", namespaces=SPACES)
        return guid, atom, stranger.get("/feed.json").json()["items"][0]["id"]

    before = ids()
    told.slug, told.category = "slug-khac", factories.section("Xã hội")
    told.save()
    settings.SITE_URL = "http://baomau.vn:8000"
    assert ids() == before
    assert len(set(before)) == 3  # newsboat takes equal ones of two feeds for one item


@pytest.mark.parametrize("address", ["/rss/", "/atom/", "/feed.json", "/kinh-te/ngay/2023/03/22/rss/"])
def test_a_feed_names_its_own_address_whatever_host_was_asked(stranger, told, settings, address):
    settings.ALLOWED_HOSTS = ["*"]
    text = stranger.get(address, headers={"host": "evil.example"}).content.decode()
    assert f'"https://baomau.vn{address}"' in text
    assert "evil.example" not in text


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\ufffe", "\ud800", "\u2028"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_character_breaks_a_feed(stranger, kind, char):
    factories.published(title=f"Hòa{char} Bình", lede=f"Sa{char}-pô", body=f"<p>a{char}b</p>")
    assert titles(stranger, f"/{kind}") == ["Hòa Bình"]


def test_a_json_feed_is_one_of_version_1_1(stranger, told):
    feed = json.loads(stranger.get("/chu-de/thuy-dien/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"]) == ("Thủy điện - Báo Mẫu", "vi")
    assert feed["home_page_url"] == "https://baomau.vn/chu-de/thuy-dien/"


@pytest.mark.parametrize("page", SCOPES)
def test_a_page_names_the_feeds_of_the_site_and_its_own(stranger, told, page):
    html = stranger.get(page).content.decode()
    for kind, media in KINDS.items():
        assert f'type="{media}" title="Báo Mẫu (' in html
        assert f'href="https://baomau.vn{page}{kind}"' in html
