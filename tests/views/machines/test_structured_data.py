"""The head of each page: JSON-LD, canonical address, languages, what a shared link shows."""

import json
import re

import pytest

from tests import factories
from tests.views.whole_site import crawl

pytestmark = pytest.mark.django_db

BAD = "</script><script>alert(1)</script>&\u2028"


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_URL = "https://baomau.vn"


def head(client, address):
    html = client.get(address).content.decode()
    return html.partition("</head>")[0]


def items(client, address):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(client, address))
    return {item["@type"]: item for text in found for item in json.loads(text)["@graph"]}


def meta(client, address):
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head(client, address))
    return dict(found)


def links(client, address, rel):
    return re.findall(rf'<link rel="{rel}"[^>]*href="([^"]*)"', head(client, address))


PAGES = {
    "front": {"NewsMediaOrganization", "WebSite"},
    "section": {"CollectionPage", "BreadcrumbList"},
    "sub-section": {"CollectionPage", "BreadcrumbList"},
    "article": {"NewsArticle", "BreadcrumbList"},
    "day": {"CollectionPage", "BreadcrumbList"},
    "day of a section": {"CollectionPage", "BreadcrumbList"},
    "author": {"ProfilePage", "BreadcrumbList"},
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_says_what_it_is(stranger, kind):
    assert set(items(stranger, crawl.one_of_each()[kind])) == PAGES[kind]


@pytest.mark.parametrize("kind", [*PAGES, "month", "search"])
def test_a_page_is_complete_for_those_who_share_it(stranger, kind):
    said = meta(stranger, crawl.one_of_each()[kind])
    wanted = [
        "og:title",
        "og:description",
        "og:url",
        "og:image",
        "og:site_name",
        "og:locale",
        "og:type",
        "twitter:card",
    ]
    assert [name for name in wanted if not said.get(name)] == []
    assert said["og:image"].startswith("https://baomau.vn/")
    assert 40 <= len(said["description"]) <= 320


@pytest.mark.parametrize("kind", [*PAGES, "month"])
def test_a_page_names_one_address_whatever_was_added_to_it(stranger, settings, kind):
    settings.ALLOWED_HOSTS = ["*"]
    path = crawl.one_of_each()[kind]
    for address in (path, f"{path}?utm_source=zalo", f"{path}?fbclid=a&truoc="):
        found = stranger.get(address, headers={"host": "evil.example"}).content.decode()
        assert re.findall(r'<link rel="canonical" href="([^"]*)"', found) == [f"https://baomau.vn{path}"]
        assert "evil.example" not in found


def test_each_page_of_a_list_names_itself_and_the_next(stranger):
    rows = factories.many(50)
    older = f"/kinh-te/?truoc={rows[-20].pk}"
    assert links(stranger, older + "&utm_source=x&trang=5", "canonical") == [f"https://baomau.vn{older}"]
    [following] = links(stranger, older, "next")
    assert stranger.get(following.removeprefix("https://baomau.vn")).status_code == 200


def test_no_two_pages_of_a_list_are_called_the_same(stranger):
    rows = factories.many(50)
    pages = ["/kinh-te/", f"/kinh-te/?truoc={rows[-20].pk}", f"/kinh-te/?truoc={rows[-40].pk}"]
    titles = {re.search(r"<title>(.*?)</title>", head(stranger, page))[1] for page in pages}
    assert len(titles) == 3


def test_an_article_tells_its_times_section_people_and_topics(stranger):
    article = factories.published("2023-03-22 08:00", title="Tin", photo=factories.photo_without_files())
    factories.signed(article, "Hà Thu")
    factories.topic("Thủy điện", article)
    said = meta(stranger, article.get_absolute_url())
    assert (said["og:type"], said["og:title"]) == ("article", "Tin")
    assert said["article:published_time"] == said["article:modified_time"] == "2023-03-22T08:00:00+07:00"
    assert (said["article:section"], said["article:author"], said["article:tag"]) == ("Kinh tế", "Hà Thu", "Thủy điện")
    assert said["og:image"] == "https://baomau.vn/media/2023/03/a1b2/master.jpg"
    assert "max-image-preview:large" in said["robots"]


def test_a_page_without_a_picture_is_shared_with_the_sign_of_the_newspaper(stranger):
    said = meta(stranger, "/")
    assert said["og:image"] == "https://baomau.vn/static/icons/share.png"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")


def test_no_text_ends_the_script_it_stands_in(stranger):
    article = factories.published(title=f"Tin {BAD}", lede=BAD, body="<p>x</p>")
    html = stranger.get(article.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert not set("<>&\u2028") & set(text)
    assert BAD.rstrip("\u2028") in items(stranger, article.get_absolute_url())["NewsArticle"]["headline"]


def test_both_editions_of_a_story_name_each_other(stranger):
    article = factories.published()
    english = factories.english(article)
    expected = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"')
    vi, en = (f"https://baomau.vn{one.get_absolute_url()}" for one in (article, english))
    for page in (article, english):
        found = dict(expected.findall(head(stranger, page.get_absolute_url())))
        assert found == {"vi": vi, "en": en, "x-default": vi}


@pytest.mark.parametrize("when", ["2023/03/22", "2023/03", "2023"])
def test_the_archive_of_a_section_is_described_otherwise_than_that_of_all(stranger, when):
    factories.published("2023-03-22 08:00")
    everywhere, here = (meta(stranger, f"{scope}/ngay/{when}/") for scope in ("", "/kinh-te"))
    assert everywhere["description"] != here["description"]
    assert "Kinh tế" in here["og:title"]


def test_the_english_edition_offers_no_vietnamese_feed_as_its_own(stranger):
    version = factories.english(factories.published())
    assert "application/rss+xml" in head(stranger, "/")
    assert "application/rss+xml" not in head(stranger, "/en/") + head(stranger, version.get_absolute_url())


def test_a_story_in_one_language_names_no_other(stranger):
    article = factories.published()
    factories.english(article, released=None)
    assert "hreflang" not in head(stranger, article.get_absolute_url())


@pytest.mark.parametrize("address", ["/khong-co/", "/kinh-te/bai-{pk}/"])
def test_what_is_not_there_is_kept_out_of_the_index_and_names_no_address(stranger, address):
    gone = factories.withdrawn()
    address = address.format(pk=gone.pk)
    assert meta(stranger, address)["robots"] == "noindex"
    assert links(stranger, address, "canonical") == []


def test_a_preview_tells_search_engines_nothing(desk):
    article = factories.draft()
    found = head(desk("ed"), f"/xem-truoc/{article.pk}/")
    assert "ld+json" not in found
    assert 'content="noindex"' in found


def test_a_short_lede_is_described_with_the_words_that_follow(stranger):
    article = factories.published(lede="Ngắn.", body="<p>Nhưng bài viết thì dài hơn thế, đủ để kể hết câu chuyện.</p>")
    said = meta(stranger, article.get_absolute_url())["description"]
    assert said.startswith("Ngắn. Nhưng bài viết thì dài hơn")
