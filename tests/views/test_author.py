"""The page of an author (its list: test_lists.py)."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_an_author_has_a_name_a_word_about_and_feeds(stranger):
    author = factories.author("Hà Thu")
    author.about = "Phóng viên.\n\nViết về nông thôn."
    author.save()
    html = stranger.get("/tac-gia/ha-thu/").content.decode()
    assert "<h1>Hà Thu</h1>" in html
    assert "<p>Viết về nông thôn.</p>" in html
    assert 'href="/tac-gia/ha-thu/rss/"' in html


def test_an_author_who_published_nothing_has_a_page_that_says_so(stranger):
    factories.signed(factories.draft(title="Bản nháp"), "Hà Thu")
    html = stranger.get("/tac-gia/ha-thu/").content.decode()
    assert 'class="nothing"' in html
    assert "Bản nháp" not in html


def test_what_is_written_about_an_author_is_words_and_not_html(stranger):
    author = factories.author("Hà Thu")
    type(author).objects.update(about='<img src="x" onerror="y">')
    assert "<img src=" not in stranger.get("/tac-gia/ha-thu/").content.decode()


def test_an_author_who_is_none_is_not_found(stranger):
    assert stranger.get("/tac-gia/khong-co/").status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_the_queries_are_few_and_fixed(stranger, django_assert_num_queries, count):
    for article in factories.many(count):
        factories.signed(article, "Hà Thu")
    with django_assert_num_queries(3):
        stranger.get("/tac-gia/ha-thu/")
