"""All that hangs on an article comes in one query, as if each kind had been asked for alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, Byline, Comment
from articles.models.parts import COMMENTS, load_parts
from tests import factories

pytestmark = pytest.mark.django_db


def laden():
    article = factories.published()
    factories.signed(article, "Hà Thu", order=1)
    article.bylines.create(as_printed="Theo TTXVN", role=Byline.Role.SOURCE, order=0)
    factories.topic("Nông thôn mới", article)
    factories.topic("Đà Bắc", article)
    factories.gallery(article, 2)
    factories.attachment(article)
    factories.live_update(article, "2023-03-22 08:30", title="Một", is_key=True)
    factories.live_update(article, "2023-03-22 09:30", title="Hai")
    factories.correction(article)
    factories.comment(article, text="Ý kiến.")
    factories.english(article)
    assert connection.features.supports_json_field  # asks SQLite itself, the first time
    return Article.objects.select_related("category").get(pk=article.pk)


def test_everything_comes_in_one_query(django_assert_num_queries):
    article = laden()
    with django_assert_num_queries(1):
        parts = load_parts(article)
        names = [byline.author and byline.author.name for byline in parts.bylines]
        assert [place.photo.url for place in parts.gallery]
        assert parts.english.get_absolute_url().startswith("/en/")
    assert names == [None, "Hà Thu"]


@pytest.mark.parametrize("kind", ["bylines", "topics", "gallery", "attachments", "live_updates", "corrections"])
def test_what_comes_is_what_the_models_would_give(kind):
    article = laden()
    found, alone = getattr(load_parts(article), kind), list(getattr(article, kind).all())
    assert (sorted(found, key=alone.index) if kind == "topics" else found) == alone


def test_topics_stand_in_vietnamese_order():
    assert [topic.name for topic in load_parts(laden()).topics] == ["Đà Bắc", "Nông thôn mới"]


def test_moments_and_truth_come_back_as_such():
    article = laden()
    newest, oldest = load_parts(article).live_updates
    assert oldest.posted_at == factories.at("2023-03-22 08:30")
    assert (oldest.is_key, newest.is_key) == (True, False)
    assert oldest.body.startswith("<p>")


def test_an_article_with_nothing_has_empty_lists(django_assert_num_queries):
    article = factories.published()
    with django_assert_num_queries(1):
        parts = load_parts(article)
    assert {name: value for name, value in vars(parts).items() if value} == {}


def test_of_another_article_nothing_comes():
    laden()
    assert not any(vars(load_parts(factories.published())).values())


@pytest.mark.parametrize("state", [Comment.State.WAITING, Comment.State.HIDDEN, Comment.State.SPAM])
def test_a_comment_that_is_not_shown_stays_away(state):
    article = factories.published()
    factories.comment(article, state=state)
    assert load_parts(article).comments == []


def test_of_many_comments_the_newest_come():
    article = factories.published()
    row = {"article": article, "name": "Bạn đọc", "sender": "0", "state": Comment.State.SHOWN}
    Comment.objects.bulk_create(Comment(text=f"Ý kiến {number}", **row) for number in range(COMMENTS + 2))
    found = load_parts(article).comments
    assert (len(found), found[0].text) == (COMMENTS, f"Ý kiến {COMMENTS + 1}")


def test_who_sent_a_comment_is_not_even_read():
    article = factories.published()
    factories.comment(article)
    assert "sender" in load_parts(article).comments[0].get_deferred_fields()


def test_a_correction_comes_at_its_time():
    article = factories.published()
    moment = timezone.now() + timedelta(hours=1)
    factories.correction(article, issued_at=moment)
    assert load_parts(article).corrections == []
    assert len(load_parts(article, at=moment).corrections) == 1


def test_an_english_version_that_waits_at_the_desk_does_not_come():
    article = factories.published()
    factories.english(article, released=None)
    assert load_parts(article).english is None


def test_a_gallery_photo_without_its_picture_is_left_out():
    article = factories.published()
    photo = factories.photo_without_files(master="")
    article.gallery.create(photo=photo)
    assert load_parts(article).gallery == []
