"""Conditional requests: what did not change is not sent again, and what did change is."""

from datetime import timedelta

import pytest
from django.utils.http import http_date, parse_http_date

from articles import days
from articles.editorial import moderation, transitions
from articles.models import Comment, SiteSettingsVersion, StaticPage
from tests import base, factories

pytestmark = pytest.mark.django_db

NOW = factories.at("2030-03-22 12:00")  # after the start of whatever server runs the tests
MIDNIGHT = factories.at("2030-03-22 00:00")
PAGES = [
    "/",
    "/kinh-te/",
    "/ngay/2030/03/22/",
    "/rss/",
    "/atom/",
    "/feed.json",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
]


@pytest.fixture
def noon(clock):
    clock(NOW)
    return clock


def changed(client, address):
    return parse_http_date(client.get(address)["Last-Modified"])


def since(client, address, moment):
    return client.get(address, headers={"If-Modified-Since": http_date(moment.timestamp())}).status_code


@pytest.mark.parametrize("address", PAGES)
def test_a_page_changed_when_its_news_did(stranger, noon, address):
    factories.section()
    factories.published("2030-03-22 09:30")
    assert changed(stranger, address) >= factories.at("2030-03-22 09:30").timestamp()
    assert since(stranger, address, NOW) == 304
    assert since(stranger, address, factories.at("2030-03-22 09:29")) == 200


def test_the_date_in_the_masthead_changes_every_page_at_midnight_in_vietnam(stranger, clock):
    clock(factories.at("2030-03-20 10:00"))
    article = factories.published("2030-03-20 09:00")
    clock(NOW)
    assert changed(stranger, article.get_absolute_url()) == MIDNIGHT.timestamp()


def test_a_story_that_is_withdrawn_changes_the_lists_it_leaves(stranger, noon):
    factories.published("2030-03-22 08:00")
    gone = factories.published("2030-03-22 09:00")
    noon(NOW + timedelta(minutes=10))
    transitions.withdraw(gone)
    noon(NOW + timedelta(minutes=20))
    assert since(stranger, "/kinh-te/", NOW + timedelta(minutes=5)) == 200


def test_a_scheduled_story_changes_the_pages_when_its_time_comes(stranger, clock):
    clock(factories.at("2030-03-21 12:00"))
    factories.published(NOW)
    clock(NOW + timedelta(minutes=1))
    assert changed(stranger, "/ngay/2030/03/22/") == NOW.timestamp()


def test_the_masthead_changes_every_page(stranger, clock):
    factories.section()
    clock(factories.at("2030-03-22 10:00"))
    SiteSettingsVersion.objects.create(values={})
    clock(NOW)
    assert changed(stranger, "/ngay/2030/03/22/") == factories.at("2030-03-22 10:00").timestamp()


def test_what_is_written_at_the_desk_is_not_told_to_readers(stranger, clock):
    factories.section()
    clock(factories.at("2030-03-22 10:00"))
    factories.draft()
    clock(NOW)
    assert changed(stranger, "/ngay/2030/03/22/") == MIDNIGHT.timestamp()


@pytest.mark.parametrize("address", ["/", "/kinh-te/"])
def test_what_the_board_places_and_readers_read_is_seen_within_minutes(stranger, noon, address):
    factories.section()
    noon(NOW + timedelta(minutes=6))
    assert changed(stranger, address) == (NOW + timedelta(minutes=5)).timestamp()
    assert since(stranger, address, NOW + timedelta(minutes=5)) == 304


def _comment(article):
    comment = factories.comment(article)
    moderation.moderate([comment.pk], Comment.State.HIDDEN, base.person("ed"), at=NOW)


LATER = {
    "comment": _comment,
    "correction": lambda article: factories.correction(article, issued_at=NOW),
    "English version": lambda article: factories.english(article, NOW),
}


@pytest.mark.parametrize("kind", LATER)
def test_what_comes_to_a_story_later_changes_its_page(stranger, clock, kind):
    clock(factories.at("2030-03-21 10:00"))
    article = factories.published("2030-03-21 09:00")
    LATER[kind](article)
    clock(NOW + timedelta(minutes=10))
    assert changed(stranger, article.get_absolute_url()) == NOW.timestamp()


def test_a_page_of_the_newspaper_a_correction_and_an_english_version_have_their_own_time(stranger, clock):
    clock(factories.at("2030-03-21 10:00"))
    article = factories.published("2030-03-21 09:00")
    factories.correction(article, issued_at=NOW)
    version = factories.english(article, NOW)
    clock(NOW)
    page = StaticPage.objects.create(title="Tòa soạn")
    clock(NOW + timedelta(minutes=10))
    for address in (page.get_absolute_url(), "/cai-chinh/", "/en/", "/en/kinh-te/", version.get_absolute_url()):
        assert changed(stranger, address) == NOW.timestamp(), address


def test_no_page_changed_in_the_future(stranger, clock):
    clock(factories.at("2001-03-22 12:00"))  # before this process began
    factories.section()
    assert changed(stranger, "/kinh-te/") == factories.at("2001-03-22 12:00").timestamp()


def test_the_checksum_of_a_page_is_stronger_than_its_time(stranger, noon):
    factories.section()
    headers = {"If-None-Match": '"another"', "If-Modified-Since": http_date((NOW + timedelta(days=1)).timestamp())}
    assert stranger.get("/kinh-te/", headers=headers).status_code == 200


def test_head_tells_the_same_time(stranger, noon):
    factories.section()
    get, head = stranger.get("/kinh-te/"), stranger.head("/kinh-te/")
    assert head["Last-Modified"] == get["Last-Modified"]


@pytest.mark.parametrize("address", ["/khong-co/", "/11/1/a.htm"])
def test_what_is_not_there_has_no_time(stranger, address):
    assert "Last-Modified" not in stranger.get(address)


def test_the_last_change_is_asked_in_the_query_of_the_masthead(stranger, django_assert_num_queries):
    factories.section()
    with django_assert_num_queries(1):
        stranger.get("/robots.txt")


def test_the_midnight_is_the_one_of_vietnam():
    assert days.start(days.of(NOW)) == MIDNIGHT
