"""The demo newsroom, loaded once for all tests of this module (without its drawings, which take a minute)."""

import tomllib
import unicodedata
from collections import Counter
from io import StringIO

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase

from articles import days, richtext
from articles.demo import load, pictures
from articles.editorial import logins
from articles.models import Article, Author, Category, Photo, RelatedLink, SiteSettings, State

FILES = sorted(load.HERE.rglob("*.toml"))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom")]
SAMPLE = "Liên minh HTX tỉnh đồng hành cùng các hợp tác xã đổi mới"


@pytest.fixture(scope="module")
def newsroom(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            loaded = load.load(draw=False)
        yield loaded
        transaction.set_rollback(True)


def test_an_empty_site_takes_the_demo(newsroom):
    assert newsroom is True


def test_it_has_ten_sections_on_two_levels():
    assert Category.objects.count() == 10
    assert 0 < Category.objects.filter(parent__isnull=False).count() < 10


def test_it_has_twelve_authors_and_all_have_written():
    assert Author.objects.count() == 12
    assert not Author.objects.filter(bylines__isnull=True).exists()


def test_the_sample_page_is_published_on_its_day_and_marked_as_ours():
    article = Article.objects.get(title=SAMPLE)
    assert article.is_public()
    assert f"{days.of(article.published_at):%d/%m/%Y}" == "22/11/2010"
    assert "trình diễn" in article.kicker
    assert article.editor_note


def test_its_six_teasers_are_short_news_of_march_2023_tied_to_it_in_order():
    links = list(RelatedLink.objects.filter(article__title=SAMPLE).select_related("target"))
    assert [link.target and link.target.title for link in links] == [link.title for link in links]
    assert len(links) == 6
    assert {f"{days.of(link.target.published_at):%m/%Y}" for link in links} == {"03/2023"}


def test_at_least_eighty_further_articles_span_five_years():
    further = Article.objects.published().exclude(title=SAMPLE).exclude(linked_from__article__title=SAMPLE)
    times = sorted(further.values_list("published_at", flat=True))
    assert len(times) >= 80
    assert (times[-1] - times[0]).days >= 4.5 * 365


def test_no_title_is_there_twice():
    assert [
        title for title, count in Counter(Article.objects.values_list("title_key", flat=True)).items() if count > 1
    ] == []


def test_every_published_article_is_complete():
    for article in Article.objects.filter(state=State.PUBLISHED):
        article.full_clean()


def test_every_section_has_news():
    counts = Counter(Article.objects.published().values_list("category__slug", flat=True))
    assert set(counts) == set(Category.objects.values_list("slug", flat=True))


def test_drafts_and_a_withdrawn_story_lie_on_the_desk():
    states = Counter(Article.objects.values_list("state", flat=True))
    assert states["draft"] >= 2
    assert states["withdrawn"] >= 1


def test_facts_of_the_masthead_are_not_invented():
    site = SiteSettings.load()
    assert site.name
    assert (site.licence, site.editor_in_chief, site.governing_body) == ("", "", "")


def test_its_people_have_their_roles_and_the_known_password(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS  # the demo was loaded before this test's faster one
    groups = {user.username: user.groups.get().name for user in get_user_model().objects.all()}
    assert groups == {"rita": "reporter", "ed": "editor", "chris": "chief"}
    assert all(user.check_password(logins.PASSWORD) for user in get_user_model().objects.all())


def test_every_page_of_the_demo_answers(client):
    for article in Article.objects.published().select_related("category"):
        assert client.get(article.get_absolute_url()).status_code == 200, article.title


def counts():
    models = (Article, Author, Category, Photo, RelatedLink, get_user_model())
    return [model.objects.count() for model in models], Article.objects.latest("updated_at").updated_at


def test_a_second_load_changes_nothing():
    before = counts()
    assert load.load(draw=False) is False
    assert counts() == before


def test_the_command_says_what_it_did_and_names_the_logins():
    said = StringIO()
    call_command("demo", "--no-pictures", stdout=said)
    assert "không nạp thêm" in said.getvalue()
    for word in (*logins.USERNAMES, logins.PASSWORD):
        assert word in said.getvalue()


# The texts themselves


def texts(value, key=""):
    """(key, text) of every text in a TOML document."""
    if isinstance(value, str):
        yield key, value
    children = (
        value.items() if isinstance(value, dict) else ((key, item) for item in value) if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from texts(child, name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_in_nfc_and_clean_already(file):
    for key, text in texts(tomllib.loads(file.read_text(encoding="utf-8"))):
        assert unicodedata.is_normalized("NFC", text), text
        if key == "body":
            assert richtext.clean(text) == text.strip(), text[:80]


@pytest.mark.parametrize("file", [file for file in FILES if file.parent.name == "news"], ids=lambda file: file.stem)
def test_every_picture_has_a_scene_and_words_of_its_own(file):
    for item in tomllib.loads(file.read_text(encoding="utf-8"))["article"]:
        if photo := item.get("photo"):
            assert photo["scene"] in pictures.SCENES
            assert photo["caption"] != photo["alt"]


@pytest.mark.parametrize("scene", ["forge", "market"])
def test_a_drawing_is_the_same_for_the_same_seed_and_another_for_another(scene):
    first = pictures.draw(scene, 1)
    assert first.tobytes() == pictures.draw(scene, 1).tobytes()
    assert first.tobytes() != pictures.draw(scene, 2).tobytes()
