"""What is taken of readers' comments, and what is taken for spam."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from articles.models import Comment
from articles.readers import comments
from tests import factories

pytestmark = pytest.mark.django_db

NOW = factories.at("2023-03-22 10:00")
SENDER = comments.sender_of("10.0.0.1")


@pytest.fixture
def article(clock):
    clock(NOW)
    return factories.published(category=factories.section("Bạn đọc", has_comments=True))


# The token


@pytest.mark.parametrize(
    ("seconds", "is_good"), [(0, False), (2, False), (3, True), (24 * 3600, True), (24 * 3600 + 1, False), (-60, False)]
)
def test_a_form_is_good_from_three_seconds_to_a_day(article, seconds, is_good):
    token, later = comments.token(article, at=NOW), NOW + timedelta(seconds=seconds)
    if is_good:
        comments.check_token(token, article, at=later)
    else:
        with pytest.raises(ValidationError):
            comments.check_token(token, article, at=later)


@pytest.mark.parametrize("text", ["", "x", "1.2:abc", "\0", ":", "đ.đ:đ", "9" * 5000])
def test_a_token_that_we_did_not_make_is_none(article, text):
    assert comments.token_age(text, article, at=NOW) is None


def test_a_token_is_good_for_its_own_article_only(article):
    assert comments.token_age(comments.token(factories.published(), at=NOW), article, at=NOW) is None


def test_a_refused_form_keeps_its_token_while_that_is_good(article):
    token = comments.token(article, at=NOW)
    assert comments.renewed(token, article, at=NOW + timedelta(hours=1)) == token
    assert comments.token_age(comments.renewed(token, article, at=NOW + timedelta(days=2)), article, at=NOW) < 0


# Limits


def send(article, text, sender=SENDER, at=NOW):
    return comments.send(article, "Lan", text, sender, at)


def test_a_comment_waits_for_the_desk(article):
    comment = send(article, "Bài hay.")
    assert (comment.state, comment.sender, comment.article) == ("waiting", SENDER, article)


def test_three_in_ten_minutes_are_enough_from_one_address(article):
    for number in range(3):
        send(article, f"Ý kiến {number}")
    with pytest.raises(comments.TooMany):
        send(article, "Ý kiến 4")
    assert send(article, "Ý kiến 4", sender=comments.sender_of("10.0.0.2"))
    assert send(article, "Ý kiến 5", at=NOW + timedelta(minutes=10))


def test_twenty_a_day_are_enough_from_one_address(article):
    for number in range(20):
        factories.comment(article, text=f"Ý kiến {number}", sender=SENDER)
    Comment.objects.update(created_at=NOW - timedelta(hours=2))
    with pytest.raises(comments.TooMany):
        send(article, "Một ý kiến nữa")
    assert send(article, "Hôm sau", at=NOW + timedelta(hours=22))


def test_the_same_words_are_not_taken_twice(article):
    send(article, "Bài hay.")
    with pytest.raises(ValidationError):
        send(article, "Bài hay.", sender="khac")
    assert send(factories.published(), "Bài hay.")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("http://a.vn và https://b.vn", "waiting"),
        ("http://a.vn http://b.vn WWW.c.vn", "spam"),
    ],
)
def test_more_than_two_links_are_spam(article, text, state):
    assert send(article, text).state == state


def test_a_sender_is_a_hash_that_the_address_cannot_be_read_from():
    assert "10.0.0.1" not in SENDER
    assert len(SENDER) == 64
    assert comments.sender_of("10.0.0.2") != SENDER


# Keeping


def test_senders_are_forgotten_after_thirty_days(article, capsys):
    old, new = factories.comment(article), factories.comment(article)
    Comment.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=31))
    Comment.objects.filter(pk=new.pk).update(created_at=NOW - timedelta(days=29))
    call_command("forget_senders")
    assert "1 " in capsys.readouterr().out
    assert [bool(Comment.objects.get(pk=comment.pk).sender) for comment in (old, new)] == [False, True]
    assert Comment.objects.get(pk=old.pk).text


@pytest.mark.parametrize(
    ("has_comments", "closed", "may"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_the_section_opens_comments_and_the_article_closes_them(has_comments, closed, may):
    section = factories.section("Khác", has_comments=has_comments)
    assert comments.may_comment(factories.published(category=section, comments_closed=closed)) is may


def test_a_draft_without_a_section_has_no_comments():
    assert comments.may_comment(factories.draft(category=None)) is False
