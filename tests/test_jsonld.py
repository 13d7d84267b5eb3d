"""The words of schema.org for an article, the newspaper, a list."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from articles import jsonld
from articles.models import Genre, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_URL = "https://baomau.vn"


@pytest.fixture
def site():
    return SiteSettings(name="Báo Mẫu")


def test_an_article_says_who_when_and_where(site):
    article = factories.published("2023-03-22 08:00", title="Tin", lede="Sa-pô.", body="<p>Một hai.</p><p>Ba.</p>")
    byline = factories.signed(article, "Hà Thu")
    said = jsonld.article(article, site, bylines=[byline], topics=[SimpleNamespace(name="Thủy điện")])
    assert said["author"] == [{"@type": "Person", "name": "Hà Thu", "url": "https://baomau.vn/tac-gia/ha-thu/"}]
    assert said["datePublished"] == said["dateModified"] == "2023-03-22T08:00:00+07:00"
    assert said["mainEntityOfPage"] == f"https://baomau.vn{article.get_absolute_url()}"
    assert (said["wordCount"], said["articleBody"]) == (3, "Một hai.\nBa.")
    assert (said["articleSection"], said["keywords"], said["inLanguage"]) == ("Kinh tế", ["Thủy điện"], "vi")
    assert said["isAccessibleForFree"] is True


def test_what_is_not_known_is_left_out(site):
    said = jsonld.article(factories.published(body=""), site)
    assert not {"image", "keywords", "correction", "video", "articleBody", "wordCount"} & set(said)
    assert all(value for value in said.values())


def test_a_story_that_names_nobody_is_by_the_newspaper(site):
    assert jsonld.article(factories.published(), site)["author"][0]["@type"] == "Organization"


def test_one_person_in_two_roles_is_one_author(site):
    article = factories.published()
    bylines = [factories.signed(article, "Hà Thu"), factories.signed(article, "Hà Thu", role="photo")]
    assert len(jsonld.article(article, site, bylines=bylines)["author"]) == 1


def test_a_headline_is_cut_where_google_cuts_it_and_a_long_text_is_not_sent_twice(site):
    article = factories.published(title="T" * 200, body=f"<p>{'a ' * 8000}</p>")
    said = jsonld.article(article, site)
    assert len(said["headline"]) == 110
    assert "articleBody" not in said
    assert said["wordCount"] == 8000


def test_a_revision_moves_the_time_and_never_before_the_publication(site):
    article = factories.published("2023-03-22 08:00")
    article.revised_at = article.published_at - timedelta(days=1)
    assert jsonld.modified(article) == article.published_at
    article.revised_at = article.published_at + timedelta(days=1)
    assert jsonld.modified(article) == article.revised_at


def test_a_picture_is_told_in_the_three_shapes_of_search_results(site):
    article = factories.published(photo=factories.photo_without_files(edition=2, width=1600, height=1067, credit="HT"))
    images = jsonld.article(article, site)["image"]
    assert [(image["width"], image["height"]) for image in images] == [(1067, 1067), (1200, 900), (1200, 675)]
    assert images[0]["url"] == "https://baomau.vn/media/2023/03/a1b2/1x1-50-50.jpg"
    assert images[0]["creditText"] == "HT"


def test_a_picture_of_the_first_release_is_told_as_it_is(site):
    images = jsonld.article(factories.published(photo=factories.photo_without_files()), site)["image"]
    assert [image["url"] for image in images] == ["https://baomau.vn/media/2023/03/a1b2/master.jpg"]


def test_a_video_is_told_with_its_still_and_not_without(site):
    player = "https://www.youtube.com/watch?v=abcdefghijk"
    article = factories.published("2023-03-22 08:00", title="Phim", player=player)
    assert "video" not in jsonld.article(article, site)
    article.photo = factories.photo_without_files()
    video = jsonld.article(article, site)["video"]
    assert (video["@type"], video["name"], video["uploadDate"]) == ("VideoObject", "Phim", "2023-03-22T08:00:00+07:00")
    assert video["thumbnailUrl"] == ["https://baomau.vn/media/2023/03/a1b2/master.jpg"]


def test_a_live_report_is_told_update_by_update(site):
    article = factories.published("2023-03-22 08:00", genre=Genre.LIVE)
    update = factories.live_update(article, "2023-03-22 08:30", title="Phà rời bến", body="<p>Đúng giờ.</p>")
    said = jsonld.article(article, site, updates=[update])
    assert said["@type"] == "LiveBlogPosting"
    assert (said["coverageStartTime"], said["coverageEndTime"]) == (
        "2023-03-22T08:00:00+07:00",
        "2023-03-22T08:30:00+07:00",
    )
    [post] = said["liveBlogUpdate"]
    assert (post["headline"], post["articleBody"]) == ("Phà rời bến", "Đúng giờ.")


def test_a_correction_is_told_with_its_article(site):
    correction = factories.correction(factories.published(), wrong="Mười.", right="Hai mươi.", apology="")
    [said] = jsonld.article(correction.article, site, corrections=[correction])["correction"]
    assert said["text"] == "Mười. Hai mươi."


def test_an_english_version_is_a_translation_in_english(site):
    article = factories.published(category=factories.section("Kinh tế", english_name="Economy"))
    english = factories.english(article, title="Dam")
    said = jsonld.article(article, site, english=english)
    assert (said["headline"], said["inLanguage"], said["articleSection"]) == ("Dam", "en", "Economy")
    assert said["translationOfWork"]["@id"] == f"https://baomau.vn{article.get_absolute_url()}#article"


def test_the_newspaper_says_its_address_and_where_else_it_is(site):
    site.address, site.facebook, site.governing_body = "Số 1", "https://facebook.com/x", "Tỉnh ủy"
    said = jsonld.organization(site)
    assert said["address"]["streetAddress"] == "Số 1"
    assert said["sameAs"] == ["https://facebook.com/x"]
    assert said["parentOrganization"]["name"] == "Tỉnh ủy"


def test_the_steps_of_a_breadcrumb_are_numbered_from_one():
    steps = jsonld.breadcrumb(("Trang chủ", "/"), ("Kinh tế", "/kinh-te/"))["itemListElement"]
    assert [(step["position"], step["item"]) for step in steps] == [
        (1, "https://baomau.vn/"),
        (2, "https://baomau.vn/kinh-te/"),
    ]
