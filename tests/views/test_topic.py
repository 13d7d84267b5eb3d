"""The page of a topic."""

import re

import pytest

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
    factories.topic("Nông thôn mới", factories.draft(), factories.withdrawn(), factories.scheduled())
    assert titles(stranger) == []
    assert 'class="nothing"' in stranger.get("/chu-de/nong-thon-moi/").content.decode()


def test_a_topic_has_its_words_its_picture_and_its_feeds(stranger):
    photo = factories.photo_without_files(caption="Đường làng.")
    factories.topic("Nông thôn mới", description="Mười chín tiêu chí.", photo=photo)
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
