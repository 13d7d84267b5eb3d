"""The English edition: its front, its sections, its articles; English from the masthead to the foot."""

import re

import pytest

from articles.models import SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """A released English version of a published article in a section with an English name."""
    section = factories.section("Kinh tế", english_name="Business")
    article = factories.published("2023-03-22 08:00", title="Lúa trổ", category=section)
    return factories.english(article, title="Rice in bloom", translator="Lan Anh", released="2023-03-22 19:25")


def text(response):
    return response.content.decode()


def test_the_front_lists_what_is_released_newest_first(stranger, story):
    factories.english(factories.published(), title="Newer", released="2023-03-23 08:00")
    factories.english(factories.published(), title="On the desk", released=None)
    html = text(stranger.get("/en/"))
    assert re.findall(r'<h2><a href="[^"]+">(.*?)</a>', html) == ["Newer", "Rice in bloom"]


def test_the_front_without_any_version_is_kind(stranger):
    response = stranger.get("/en/")
    assert response.status_code == 200
    assert "No story has been translated" in text(response)


def test_a_section_lists_the_versions_of_its_family(stranger, story):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    factories.english(factories.published(category=child), title="Below")
    factories.english(factories.published(category=factories.section("Xã hội")), title="Elsewhere")
    html = text(stranger.get("/en/kinh-te/"))
    assert "Rice in bloom" in html
    assert "Below" in html
    assert "Elsewhere" not in html


def test_the_pages_speak_english_whatever_the_site_speaks(stranger, story):
    for address in ("/en/", "/en/kinh-te/", story.get_absolute_url()):
        html = text(stranger.get(address))
        assert '<html lang="en">' in html
        assert "Business" in html
        assert "Editor-in-chief" in html
        assert "Tổng biên tập" not in html


def test_the_next_page_of_a_reader_is_vietnamese_again(stranger, story):
    stranger.get("/en/")
    assert '<html lang="vi">' in text(stranger.get("/ngay/2023/03/22/"))


def test_the_masthead_bears_the_english_name(stranger, story):
    SiteSettings.objects.create(pk=1, name="Báo An Lâm", english_name="An Lam News", english_tagline="From An Lam")
    html = text(stranger.get("/en/"))
    assert '<p class="name"><a href="/en/">An Lam News</a>' in html
    assert "From An Lam" in html


def test_an_article_is_dated_and_signed_in_english_and_leads_to_its_original(stranger, story):
    factories.signed(story.article, "Hà Thu")
    html = text(stranger.get(story.get_absolute_url()))
    assert "Wednesday, 22 March 2023, 19:25 (GMT+7)" in html
    assert "Translated by Lan Anh" in html
    assert f'href="{story.article.get_absolute_url()}" lang="vi" hreflang="vi">Lúa trổ' in html


def test_a_picture_bears_its_english_caption_or_none(stranger, story):
    story.article.photo = factories.photo_without_files(caption="Cánh đồng lúa.")
    story.article.save()
    assert "Cánh đồng" not in text(stranger.get(story.get_absolute_url()))
    type(story).objects.update(photo_caption="A rice field.")
    assert text(stranger.get(story.get_absolute_url())).count("A rice field.") >= 2


@pytest.mark.parametrize("path", ["kinh-te/wrong", "xa-hoi/rice-in-bloom"])
def test_the_id_decides_and_a_wrong_address_leads_to_the_right_one(stranger, story, path):
    response = stranger.get(f"/en/{path}-{story.article_id}/")
    assert (response.status_code, response.url) == (301, story.get_absolute_url())


@pytest.mark.parametrize("released", [None, "2199-01-01 08:00"])
def test_what_is_not_released_is_not_found(stranger, story, released):
    type(story).objects.update(released_at=released and factories.at(released))
    assert stranger.get(story.get_absolute_url()).status_code == 404
    assert "Rice in bloom" not in text(stranger.get("/en/"))


def test_a_version_of_a_draft_is_not_found(stranger):
    version = factories.english(factories.draft(), title="Secret")
    assert stranger.get(version.get_absolute_url()).status_code == 404
    assert "Secret" not in text(stranger.get("/en/"))


def test_with_the_vietnamese_article_the_english_one_is_gone(stranger):
    version = factories.english(factories.withdrawn(), title="Taken back")
    response = stranger.get(version.get_absolute_url())
    assert response.status_code == 410
    assert "Taken back" not in text(response)
    assert "Taken back" not in text(stranger.get("/en/"))


def test_the_row_rule_and_the_set_rule_of_what_readers_see_agree():
    makes = [factories.published, factories.withdrawn, factories.draft, factories.scheduled]
    for make in makes:
        for released in (None, "2023-03-22 09:00", "2199-01-01 08:00"):
            factories.english(make(), released=released)
    versions = type(factories.english(factories.published())).objects
    assert set(versions.published()) == {version for version in versions.all() if version.is_public()}


def test_every_page_leads_to_the_edition_once_it_has_a_name(stranger, story):
    assert 'href="/en/"' not in text(stranger.get("/ngay/2023/03/22/"))
    SiteSettings.objects.create(pk=1, english_name="An Lam News")
    assert 'href="/en/" lang="en" hreflang="en">English' in text(stranger.get("/ngay/2023/03/22/"))


def test_each_page_leads_to_its_vietnamese_counterpart(stranger, story):
    original = story.article.get_absolute_url()
    for address, counterpart in [("/en/", "/"), ("/en/kinh-te/", "/kinh-te/"), (story.get_absolute_url(), original)]:
        assert f'href="{counterpart}" lang="vi" hreflang="vi">Tiếng Việt' in text(stranger.get(address))


def test_pages_of_the_list_lose_and_repeat_nothing(stranger):
    for article in factories.many(25):
        factories.english(article)
    first, found = text(stranger.get("/en/")), []
    second = text(stranger.get(re.search(r'rel="next" href="(/en/[^"]+)"', first)[1]))
    for html in (first, second):
        found.append(re.findall(r'<h2><a href="([^"]+)">', html))
    assert [len(page) for page in found] == [20, 5]
    assert len({*found[0], *found[1]}) == 25


@pytest.mark.parametrize(
    "path", ["khong-co/", "kinh-te/x-99999999/", f"kinh-te/x-{'9' * 18}/", "?truoc=abc", "?truoc=7"]
)
def test_what_is_not_there_is_a_404(stranger, path):
    factories.section("Kinh tế")
    assert stranger.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize(("address", "queries"), [("/en/", 2), ("/en/kinh-te/", 2), ("article", 3)])
@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_few_and_fixed(stranger, story, django_assert_num_queries, address, queries, count):
    for article in factories.many(count, category=story.article.category, photo=factories.photo_without_files()):
        factories.english(article)
        factories.signed(article)
    with django_assert_num_queries(queries):
        response = stranger.get(story.get_absolute_url() if address == "article" else address)
    assert response.status_code == 200


def test_the_labels_that_the_law_asks_for_stand_in_english_too(stranger):
    photo = factories.photo_without_files(made_by_ai=True, is_illustration=True)
    version = factories.english(factories.published(photo=photo, ai_use="assisted"))
    html = stranger.get(version.get_absolute_url()).content.decode()
    assert all(words in html for words in ("AI was used", "Illustration", "Picture made by AI"))


def test_a_cursor_does_not_tell_that_a_version_waits_for_its_time(stranger, story):
    waiting = factories.english(factories.published(), released="2099-01-01 08:00")
    assert stranger.get(f"/en/?truoc={waiting.pk}").status_code == 404
