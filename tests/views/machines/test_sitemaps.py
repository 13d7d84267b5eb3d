"""What crawlers are told there is: the index, the months, the pages, the news of two days."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.models import EnglishVersion, StaticPage, Topic
from tests import factories

pytestmark = pytest.mark.django_db

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_URL = "https://baomau.vn"


def tree(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own sitemap)


def paths(client, address):
    found = tree(client, address).findall(".//s:loc", SPACES)
    return [loc.text.removeprefix("https://baomau.vn") for loc in found]


def test_the_index_names_each_month_that_has_news_once(stranger):
    for when in ("2023-03-22 08:00", "2023-03-23 08:00", "2022-12-31 23:30", "2023-01-01 00:30"):
        factories.published(when)
    factories.scheduled()
    months = ["/sitemap-2023-03.xml", "/sitemap-2023-01.xml", "/sitemap-2022-12.xml"]
    assert paths(stranger, "/sitemap.xml") == ["/sitemap-news.xml", "/sitemap-pages.xml", *months]


def test_a_month_changed_when_its_last_story_did(stranger):
    article = factories.published("2023-03-22 08:00")
    article.revised_at = factories.at("2024-05-06 07:08")
    article.save()
    index = tree(stranger, "/sitemap.xml")
    assert (
        index.findall("s:sitemap", SPACES)[-1].findtext("s:lastmod", namespaces=SPACES) == "2024-05-06T07:08:00+07:00"
    )


def test_a_month_is_not_said_to_have_changed_before_its_last_story_came(stranger):
    factories.published("2023-03-22 08:00")
    factories.published("2023-03-20 08:00")
    factories.published("2023-04-02 08:00")
    found = [one.text for one in tree(stranger, "/sitemap.xml").findall("s:sitemap/s:lastmod", SPACES)]
    assert found == ["2023-04-02T08:00:00+07:00", "2023-03-23T00:00:00+07:00"]


def test_a_month_in_which_all_was_withdrawn_or_waits_is_not_named(stranger):
    for gone in (factories.withdrawn(), factories.published("2023-02-20 08:00")):
        type(gone).objects.filter(pk=gone.pk).update(state="withdrawn")
    factories.published("2022-12-20 08:00")
    factories.scheduled(minutes=60 * 24 * 40)
    assert paths(stranger, "/sitemap.xml")[2:] == ["/sitemap-2022-12.xml"]


def test_the_index_asks_four_queries_however_many_months_there_are(stranger, django_assert_num_queries):
    factories.many(60, apart=timedelta(days=31), when="2015-01-15 08:00")
    with django_assert_num_queries(4):  # the masthead, the newest story, the months, the newest revisions
        stranger.get("/sitemap.xml")


def test_a_month_holds_its_articles_by_the_calendar_of_vietnam(stranger, django_assert_num_queries):
    inside = factories.published("2023-03-01 00:30")
    factories.published("2023-02-28 23:30")
    factories.published("2023-04-01 00:00")
    with django_assert_num_queries(3):
        assert paths(stranger, "/sitemap-2023-03.xml") == [inside.get_absolute_url()]


@pytest.mark.parametrize(
    "address", ["/sitemap-2023-03.xml", "/sitemap-2023-13.xml", "/sitemap-0000-01.xml", "/sitemap-9999-12.xml"]
)
def test_a_month_without_news_has_no_sitemap(stranger, address):
    factories.withdrawn()
    assert stranger.get(address).status_code == 404


def test_an_article_is_listed_with_its_picture(stranger):
    factories.published("2023-03-22 08:00", photo=factories.photo_without_files())
    picture = tree(stranger, "/sitemap-2023-03.xml").find("s:url/image:image", SPACES)
    assert picture.findtext("image:loc", namespaces=SPACES) == "https://baomau.vn/media/2023/03/a1b2/master.jpg"
    assert picture.findtext("image:caption", namespaces=SPACES) == "Chú thích ảnh."


def test_both_editions_of_a_story_name_each_other(stranger):
    article = factories.published("2023-03-22 08:00")
    english = EnglishVersion.objects.create(article=article, title="Dam", lede="A dam.", released_at=timezone.now())
    urls = tree(stranger, "/sitemap-2023-03.xml").findall("s:url", SPACES)
    vi, en = (f"https://baomau.vn{one.get_absolute_url()}" for one in (article, english))
    assert [url.findtext("s:loc", namespaces=SPACES) for url in urls] == [vi, en]
    for url in urls:
        links = {link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", SPACES)}
        assert links == {"vi": vi, "en": en, "x-default": vi}


def test_an_english_version_that_waits_is_listed_nowhere(stranger):
    article = factories.published("2023-03-22 08:00")
    EnglishVersion.objects.create(article=article, title="Dam", lede="A dam.")
    assert paths(stranger, "/sitemap-2023-03.xml") == [article.get_absolute_url()]


def test_the_other_pages_are_those_that_lead_somewhere(stranger, django_assert_num_queries):
    article = factories.published()
    factories.signed(article, "Hà Thu")
    factories.author("Chưa viết")
    article.topics.add(Topic.objects.create(name="Thủy điện"))
    Topic.objects.create(name="Chưa có")
    StaticPage.objects.create(title="Giới thiệu")
    StaticPage.objects.create(title="Nháp", is_public=False)
    with django_assert_num_queries(5):
        found = paths(stranger, "/sitemap-pages.xml")
    assert found == ["/", "/kinh-te/", "/chu-de/thuy-dien/", "/tac-gia/ha-thu/", "/trang/gioi-thieu/", "/cai-chinh/"]


def test_the_news_sitemap_holds_two_days(stranger):
    now = timezone.now()
    factories.published(now - timedelta(hours=49))
    fresh = factories.published(now - timedelta(hours=47), title="Tin “mới” & nóng")
    factories.scheduled()
    news = tree(stranger, "/sitemap-news.xml").findall("s:url/news:news", SPACES)
    assert [item.findtext("news:title", namespaces=SPACES) for item in news] == [fresh.title]
    assert news[0].findtext("news:publication/news:name", namespaces=SPACES) == "Báo Mẫu"
    assert news[0].findtext("news:publication_date", namespaces=SPACES).endswith("+07:00")


def test_on_a_quiet_day_the_news_sitemap_is_empty(stranger):
    assert paths(stranger, "/sitemap-news.xml") == []


def test_the_news_sitemap_ends_at_a_thousand(stranger):
    factories.many(1001, when=timezone.now() - timedelta(hours=20))
    assert len(paths(stranger, "/sitemap-news.xml")) == 1000
