"""The queue of readers' comments: who reads it, what it does, what it never tells."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.editorial import moderation
from articles.models import Comment
from tests import base, factories

pytestmark = pytest.mark.django_db

URL = "/admin/articles/comment/"


@pytest.fixture
def article():
    return factories.published(category=factories.section("Bạn đọc", has_comments=True), title="Cầu mới")


def waiting(article, text="Chờ đọc", **fields):
    return factories.comment(article, "waiting", text=text, **fields)


def texts(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return {comment.text for comment in response.context["cl"].result_list}


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


# Who


def test_editors_have_the_queue_and_reporters_have_not(desk, article):
    comment = waiting(article)
    opened = {name: desk(name).get(URL).status_code for name in ("rita", "ed", "chris")}
    assert opened == {"rita": 403, "ed": 200, "chris": 200}
    assert desk("rita").post(URL, {"moderate": f"shown:{comment.pk}"}).status_code == 403
    assert state(comment) == "waiting"


def test_the_verb_itself_refuses_a_reporter(article):
    with pytest.raises(PermissionDenied):
        moderation.moderate([waiting(article).pk], "shown", base.person("rita"))


def test_nobody_changes_the_words_of_a_reader(desk, article):
    comment = waiting(article)
    url = f"{URL}{comment.pk}/change/"
    assert desk("chris").post(url, {"text": "Đổi lời", "name": "Khác", "state": "shown"}).status_code == 403
    html = desk("ed").get(url).content.decode()
    assert "<textarea" not in html
    assert 'name="_save"' not in html


def test_nobody_writes_one_at_the_desk(desk):
    assert desk("chris").get(f"{URL}add/").status_code == 403


@pytest.mark.parametrize(("name", "left"), [("ed", 1), ("chris", 0)])
def test_only_the_chief_deletes(desk, article, name, left):
    comment = waiting(article)
    desk(name).post(f"{URL}{comment.pk}/delete/", {"post": "yes"})
    desk(name).post(URL, {"action": "delete_selected", "_selected_action": comment.pk, "post": "yes"})
    assert Comment.objects.count() == left


# What it does


@pytest.mark.parametrize("to", ["shown", "hidden", "spam"])
def test_a_button_of_a_row_moves_the_comment_and_says_who_and_when(desk, article, to):
    comment = waiting(article)
    response = desk("ed").post(f"{URL}?state=waiting", {"moderate": f"{to}:{comment.pk}"})
    assert response["Location"] == f"{URL}?state=waiting"
    comment.refresh_from_db()
    assert (comment.state, comment.moderated_by.username) == (to, "ed")
    assert comment.moderated_at


@pytest.mark.parametrize(("action", "to"), [("show", "shown"), ("hide", "hidden"), ("take_for_spam", "spam")])
def test_many_are_moved_at_once(desk, article, action, to):
    chosen, other = [waiting(article, f"Ý kiến {n}") for n in range(3)], waiting(article)
    desk("ed").post(URL, {"action": action, "_selected_action": [comment.pk for comment in chosen]})
    assert [state(comment) for comment in chosen] == [to] * 3
    assert state(other) == "waiting"


def test_of_two_who_press_at_once_the_first_stays_on_record(article):
    comment = waiting(article)
    moved = [moderation.moderate([comment.pk], "shown", base.person(name)) for name in ("ed", "chris")]
    comment.refresh_from_db()
    assert (moved, comment.moderated_by.username) == ([1, 0], "ed")


@pytest.mark.parametrize(
    "value", ["", "shown", "shown:", "shown:x", "nope:1", ":", f"spam:{'9' * 40}", "\0:\0", "shown:٣"]
)
def test_a_button_that_does_not_exist_changes_nothing(desk, article, value):
    comment = waiting(article)
    assert desk("ed").post(URL, {"moderate": value}).status_code == 302
    assert state(comment) == "waiting"


def test_what_was_shown_reaches_the_readers(desk, stranger, article):
    comment = waiting(article, "Ý kiến được hiện")
    desk("ed").post(URL, {"moderate": f"shown:{comment.pk}"})
    assert "Ý kiến được hiện" in stranger.get(article.get_absolute_url()).content.decode()
    desk("ed").post(URL, {"moderate": f"hidden:{comment.pk}"})
    assert "Ý kiến được hiện" not in stranger.get(article.get_absolute_url()).content.decode()


# What it lists


def test_the_list_begins_with_what_waits_and_each_state_lists_its_own(desk, article):
    for value in Comment.State.values:
        factories.comment(article, value, text=value)
    client = desk("ed")
    assert texts(client) == {"waiting"}
    assert [texts(client, state=value) for value in Comment.State.values] == [{value} for value in Comment.State.values]
    assert texts(client, state="all") == set(Comment.State.values)


def test_the_list_is_narrowed_by_section_day_and_words(desk, article, clock):
    clock(factories.at("2023-03-22 23:30"))
    waiting(article, "Cầu đẹp")
    clock(factories.at("2023-03-23 00:30"))
    waiting(factories.published(category=factories.section("Thời sự")), "Đường xấu")
    client = desk("ed")
    assert texts(client, section="thoi-su") == {"Đường xấu"}
    assert texts(client, day_from="2023-03-22", day_to="2023-03-22") == {"Cầu đẹp"}
    assert texts(client, q="đẹp") == {"Cầu đẹp"}
    assert texts(client, q=str(article.pk)) == {"Cầu đẹp"}


def test_a_row_shows_the_text_in_full_and_only_a_mark_of_the_sender(desk, article):
    sender = "abcdef0123456789" * 4
    waiting(article, "dài " * 400 + "hết", sender=sender)
    html = desk("ed").get(URL).content.decode()
    assert "hết</p>" in html
    assert ">abcdef<" in html
    assert sender[:7] not in html


def test_markup_in_a_comment_is_text(desk, article):
    waiting(article, "<script>alert(1)</script>", name="<b>x")
    html = desk("ed").get(URL).content.decode()
    assert "<script>alert" not in html
    assert "<b>x" not in html


@pytest.mark.parametrize("name", ["q", "day_from", "section", "state", "o", "p", "sender", "article__title__regex"])
@pytest.mark.parametrize("value", ["", "\0", "'\"><script>", "-1", "9" * 40, "x" * 3000])
def test_no_garbage_in_the_address_is_an_error_of_ours(desk, article, name, value):
    waiting(article)
    assert desk("ed").get(URL, {name: value}).status_code in {200, 302, 400}


def test_the_cost_of_the_list_does_not_grow(desk, article, django_assert_max_num_queries):
    client = desk("ed")
    for number in range(8):
        waiting(factories.published(category=factories.section(f"Mục {number}")))
    with django_assert_max_num_queries(9):
        client.get(URL)


# The dashboard


def test_the_dashboard_says_how_many_wait_to_those_who_may_read_them(desk, article):
    waiting(article), waiting(article, "Hai"), factories.comment(article)
    assert desk("ed").get("/admin/").context["board"].comments_waiting == 2
    assert desk("rita").get("/admin/").context["board"].comments_waiting == 0
    assert f'href="{URL}"' in desk("ed").get("/admin/").content.decode()


@pytest.mark.parametrize("number", ["a\0b", "²", "9" * 5000])
def test_a_chosen_comment_that_is_none_is_no_failure(desk, number):
    sent = {"action": "show", "_selected_action": number}
    assert desk("ed").post("/admin/articles/comment/", sent).status_code == 400
