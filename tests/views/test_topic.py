"""The page of a topic."""

import re

import pytest

from articles.editorial import transitions
from tests import factories

pytestmark = pytest.mark.django_db


def titles(stranger, address="/chu-de/nong-thon-moi/"):
    html = stranger.get(address).content.decode()
    return re.findall(r'<article class="card.*?<h2><a [^>]*>(.*?)</a>', html, flags=re.DOTALL)


def test_a_topic_shows_its_articles_newest_first_and_no_others(stranger):
    old = factories.published("2023-03-21 08:00", title="Cũ")
    new = factories.published("2023-03-22 08:00", title="Mới")
    factories.published(title="Khác")
    factories.topic("Nông thôn mới", old, new)
    assert titles(stranger) == ["Mới", "Cũ"]


def test_a_topic_shows_nothing_that_is_not_public(stranger):
    others = factories.draft(), factories.withdrawn(), factories.scheduled()
    factories.topic("Nông thôn mới", *others, is_featured=True)
    assert titles(stranger) == []
    assert 'class="nothing"' in stranger.get("/chu-de/nong-thon-moi/").content.decode()


def test_a_topic_of_which_nothing_is_public_is_not_there_until_something_is(reader, stranger, at_once):
    """Its name tells what a draft is about; the page cache keeps the 404 no longer than that holds."""
    draft = factories.draft()
    factories.topic("Nông thôn mới", draft)
    for address in ("/chu-de/nong-thon-moi/", "/chu-de/nong-thon-moi/rss/"):
        assert (reader.get(address).status, reader.get(address).how) == (404, "hit")
    transitions.publish(draft)
    for address in ("/chu-de/nong-thon-moi/", "/chu-de/nong-thon-moi/rss/"):
        assert reader.get(address).status == 200
    transitions.withdraw(draft)
    assert reader.get("/chu-de/nong-thon-moi/").status == 404


def test_a_topic_has_its_words_its_picture_and_its_feeds(stranger):
    photo = factories.photo_without_files(caption="Đường làng.")
    factories.topic("Nông thôn mới", description="Mười chín tiêu chí.", photo=photo, is_featured=True)
    html = stranger.get("/chu-de/nong-thon-moi/").content.decode()
    assert "<h1>Nông thôn mới</h1>" in html
    assert "Mười chín tiêu chí." in html
    assert 'alt="Đường làng."' in html
    assert 'href="/chu-de/nong-thon-moi/rss/"' in html


def test_a_topic_that_is_none_is_not_found(stranger):
    assert stranger.get("/chu-de/khong-co/").status_code == 404


def test_a_long_topic_goes_on(stranger):
    factories.topic("Nông thôn mới", *factories.many(25))
    html = stranger.get("/chu-de/nong-thon-moi/").content.decode()
    older = re.search(r'rel="next" href="(/chu-de/[^"]+)"', html)[1]
    assert (len(titles(stranger)), len(titles(stranger, older))) == (20, 5)


@pytest.mark.parametrize("count", [1, 50])
def test_the_queries_are_few_and_fixed(stranger, django_assert_num_queries, count):
    photo = factories.photo_without_files()
    factories.topic("Nông thôn mới", *factories.many(count, photo=photo), photo=photo)
    with django_assert_num_queries(3):
        stranger.get("/chu-de/nong-thon-moi/")
