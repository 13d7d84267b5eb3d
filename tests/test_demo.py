"""The demo newsroom, loaded once for all tests of this module (without its drawings, which take a minute)."""

import tomllib
import unicodedata
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from articles import days, players, richtext
from articles.demo import load, papers, pictures, stories, studio
from articles.demo.pictures import infographic
from articles.editorial import logins
from articles.models import (
    PLACES,
    Anniversary,
    Article,
    Assignment,
    Author,
    Category,
    Comment,
    Correction,
    EnglishVersion,
    Photo,
    Placement,
    ReadCount,
    Redirect,
    RelatedLink,
    SiteSettings,
    State,
    StaticPage,
    Topic,
)
from tests import base

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


def test_a_story_of_every_state_of_the_route_lies_on_the_desk():
    states = Counter(Article.objects.values_list("state", flat=True))
    assert set(states) == set(State.values) - {State.TRASHED}
    assert Article.objects.filter(state="draft", is_returned=False).count() >= 2
    assert Article.objects.get(is_returned=True).transitions.get(verb="return").note
    assert Article.objects.filter(state="editing", handler__username="ed").exists()
    assert Article.objects.scheduled().count() == 2
    assert Article.objects.exclude(working=None).count() == 1


def test_the_plan_has_the_days_of_the_year_and_something_overdue():
    assert {"Tết Nguyên đán", "Giỗ Tổ Hùng Vương", "Ngày Báo chí cách mạng Việt Nam"} <= {
        one.name for one in Anniversary.objects.all()
    }
    for one in Anniversary.objects.all():
        one.full_clean()
    assert Assignment.objects.overdue().count() == 1
    assert Assignment.objects.filter(article__isnull=False, starts_at__isnull=False).exists()


@pytest.mark.parametrize("name", logins.USERNAMES)
def test_everybody_finds_work_on_the_board(client, name):
    client.force_login(get_user_model().objects.get(username=name))
    board = client.get("/admin/").context["board"]
    assert any(one.found for one in board.lists)


def test_every_fact_of_the_masthead_says_that_it_is_imaginary():
    site = SiteSettings.load()
    for fact in (site.licence, site.editor_in_chief, site.governing_body, site.address, site.phone, site.hotline):
        assert "hư cấu" in fact
    assert "Giấy phép mẫu, không có giá trị" in site.licence
    for address in (site.email, site.facebook, site.youtube):
        assert "example.org" in address


def test_every_kind_of_story_is_there():
    genres = set(Article.objects.published().values_list("genre", flat=True))
    assert genres >= {"live", "photos", "video", "infographic", "interview", "feature", "reportage", "commentary"}
    assert Article.objects.get(genre="live").live_updates.filter(is_key=True).count() >= 3
    assert 8 <= Article.objects.get(genre="live").live_updates.count() <= 10
    assert all(players.parse(player) for player in Article.objects.exclude(player="").values_list("player", flat=True))
    assert Article.objects.filter(ai_use="assisted", attachments__isnull=False).exists()


def test_a_report_is_revised_with_its_last_update_and_no_update_is_older_than_it():
    report = Article.objects.get(genre="live")
    times = list(report.live_updates.values_list("posted_at", flat=True))
    assert report.revised_at == max(times)
    assert min(times) >= report.published_at


def test_there_is_news_of_the_last_hours_whenever_it_is_loaded():
    ages = [timezone.now() - moment for moment in Article.objects.published().values_list("published_at", flat=True)]
    assert sum(age < timedelta(hours=24) for age in ages) >= 12


def test_the_front_page_has_its_stories_its_topics_and_a_correction():
    assert {placement.slot for placement in Placement.objects.active()} == set(PLACES)
    assert Placement.objects.get(slot="breaking").ends_at
    assert Topic.objects.featured().count() == 4
    assert not Topic.objects.filter(articles__isnull=True).exists()
    assert Correction.objects.current().exists()


def test_readers_wrote_and_read():
    states = Counter(Comment.objects.values_list("state", flat=True))
    assert (states["shown"], states["waiting"], states["spam"]) == (8, 3, 1)
    assert not Comment.objects.exclude(article__category__has_comments=True).exists()
    assert ReadCount.objects.filter(hour__gt=timezone.now() - timedelta(hours=24)).exists()
    assert not ReadCount.objects.filter(hour__gt=timezone.now()).exists()


def test_links_in_texts_lead_to_articles_of_ours():
    bodies = Article.objects.filter(body__contains='<a href="/').values_list("body", flat=True)
    assert len(bodies) >= 4
    assert not Article.objects.filter(body__contains="{").exists()


def test_six_articles_are_there_in_english_and_an_old_address_leads_on():
    assert EnglishVersion.objects.published().count() == 6
    assert Redirect.objects.filter(article__isnull=False).exists()


def test_its_people_have_their_roles_and_the_known_password(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS  # the demo was loaded before this test's faster one
    groups = {user.username: user.groups.get().name for user in get_user_model().objects.all()}
    assert groups == {name: base.ROLES[name] for name in logins.USERNAMES}
    assert all(user.check_password(logins.PASSWORD) for user in get_user_model().objects.all())


def test_every_page_of_the_demo_answers(client):
    pages = [*Article.objects.published().select_related("category"), *Topic.objects.all(), *StaticPage.objects.all()]
    pages += EnglishVersion.objects.published().select_related("article__category")
    for page in pages:
        assert client.get(page.get_absolute_url()).status_code == 200, page


def counts():
    models = (Article, Author, Category, Comment, Photo, ReadCount, RelatedLink, Topic, get_user_model())
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
        for words in stories.pictures(item):
            assert "chart" in words or words["scene"] in pictures.SCENES
            assert words["caption"] != words["alt"]


def charts():
    news = [item for file in FILES for item in tomllib.loads(file.read_text(encoding="utf-8")).get("article", [])]
    return [words for item in news for words in stories.pictures(item) if "chart" in words]


def test_an_infographic_says_its_numbers_in_words_too():
    (words,) = charts()
    assert infographic.draw(words["chart"]).width == 1600
    for row in words["chart"]["rows"]:
        assert all(shown in words["alt"] for shown in row["shown"])


def test_a_printed_page_is_a_pdf():
    assert papers.pdf(["Quy ước", "1. Không đổ bê tông."]).startswith(b"%PDF-")


def test_a_scene_comes_round_again_after_its_variants(monkeypatch):
    monkeypatch.setattr(studio, "_on_all_cores", lambda jobs: {key: key for key in jobs})
    drawn = list(studio.draw_all([{"scene": "lake"}] * 3 + [{"scene": "forge"}]))
    assert drawn == [("lake", 0), ("lake", 1), ("lake", 0), ("forge", 0)]


@pytest.mark.parametrize("scene", ["forge", "market"])
def test_a_drawing_is_the_same_for_the_same_seed_and_another_for_another(scene):
    first = pictures.draw(scene, 1)
    assert first.tobytes() == pictures.draw(scene, 1).tobytes()
    assert first.tobytes() != pictures.draw(scene, 2).tobytes()
