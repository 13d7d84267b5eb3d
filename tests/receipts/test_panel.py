"""The panel of the article's form: since when readers see it, in words, for whoever may see the article."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import receipts
from articles.editorial import transitions
from articles.models import Effect, Receipt, Transition
from articles.models.effect import STUCK_AFTER
from tests import base, factories

pytestmark = pytest.mark.django_db

Outcome = Receipt.Outcome
MOMENT = factories.at("2026-11-29 14:03:22")


@pytest.fixture
def on(settings):
    settings.RECEIPTS = True


@pytest.fixture
def article(on):
    article = factories.complete(title="Cầu mới", created_by=base.person("rita"))
    transitions.publish(article, base.person("chris"), at=timezone.now())
    return article


def told(article, outcome=Outcome.SEEN, place="front", address="/", **fields):
    step = article.transitions.filter(verb__in=["publish", "withdraw"]).first()
    fields = {"seen_at": MOMENT if outcome == Outcome.SEEN else None, "since": MOMENT, **fields}
    return Receipt.objects.create(article=article, step=step, place=place, address=address, outcome=outcome, **fields)


def shown(client, article):
    html = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    return html.split('id="receipt"')[1].split("</section>")[0] if 'id="receipt"' in html else ""


def asked(client, article):
    return client.get(f"/admin/articles/article/{article.pk}/receipt/")


def done():
    Effect.objects.update(done_at=timezone.now())


@pytest.mark.parametrize("name", ["rita", "ed", "phong", "chris"])
def test_whoever_may_see_the_article_sees_since_when_readers_do(desk, article, name):
    told(article)
    done()
    html = shown(desk(name), article)
    assert "hiển thị lúc 14:03:22" in html
    assert 'href="/"' in html
    assert "data-pending" not in html


def test_what_is_still_asked_for_says_so_and_is_looked_at_again(desk, article):
    html = shown(desk("chris"), article)
    assert "đang kiểm tra…" in html
    assert "data-pending" in html
    assert f'data-url="/admin/articles/article/{article.pk}/receipt/"' in html


def test_the_panel_alone_says_the_same_as_on_the_form(desk, article):
    told(article)
    answer = asked(desk("rita"), article)
    assert "hiển thị lúc 14:03:22" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_nobody_asks_for_what_they_may_not_see(desk, on):
    draft = factories.draft(created_by=base.person("ed"))
    assert asked(desk("rita"), draft).status_code == 404


def test_what_is_wrong_stands_there_in_words_and_open(desk, article):
    told(article, Outcome.FAILED, problem="Danh sách chưa có bài.", alarmed_at=MOMENT)
    html = shown(desk("chris"), article)
    assert "chưa thấy, từ 14:03:22 29/11/2026: Danh sách chưa có bài." in " ".join(html.split())
    assert "Có nơi chưa đúng" in html
    assert "open" in html.split("<summary>")[0]


def test_what_came_right_after_an_alarm_says_both_times(desk, article):
    told(article, alarmed_at=MOMENT - timedelta(seconds=30))
    html = shown(desk("chris"), article)
    assert "hiển thị lúc 14:03:22" in html
    assert "đã báo động lúc 14:02:52" in html


def test_a_place_where_the_story_rightly_does_not_stand_is_no_alarm(desk, article):
    told(article, Outcome.ABSENT)
    assert "không có ở đó là đúng" in shown(desk("chris"), article)


def test_a_withdrawn_story_says_since_when_it_is_gone(desk, article):
    transitions.withdraw(article, base.person("chris"))
    told(article)
    assert "không còn từ 14:03:22" in shown(desk("chris"), article)


def test_earlier_steps_are_folded(desk, article):
    told(article)
    transitions.withdraw(article, base.person("chris"))
    told(article)
    html = shown(desk("chris"), article)
    assert "Các bước trước" in html
    assert html.index("không còn từ") < html.index("receipt-earlier") < html.index("hiển thị lúc")


def test_a_draft_and_a_site_without_receipts_have_no_panel(desk, on, settings):
    assert shown(desk("chris"), factories.draft()) == ""
    settings.RECEIPTS = False
    assert shown(desk("chris"), factories.published()) == ""


def test_a_scheduled_story_has_no_panel_before_its_time(desk, on):
    article = factories.complete()
    transitions.publish(article, base.person("chris"), at=timezone.now() + timedelta(hours=1))
    assert shown(desk("chris"), article) == ""


def test_the_panel_costs_the_same_for_few_and_many_steps(article):
    costs = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as captured:
            receipts.panel(article)
        costs.append(len(captured))
        for _step in range(10):
            step = Transition.objects.create(
                article=article, verb="update", from_state="published", to_state="published"
            )
            Receipt.objects.create(article=article, step=step, place="front", address="/")
    assert costs == [3, 3]


# The board


def lists(client):
    return {
        one.code: [article.title for article in one.articles] for one in client.get("/admin/").context["board"].lists
    }


def test_the_board_of_who_publishes_names_what_readers_do_not_see(desk, article):
    told(article, Outcome.FAILED)
    for name in ("sam", "chris"):
        assert lists(desk(name))["not-seen"] == ["Cầu mới"]
    for name in ("rita", "ed", "phong"):
        assert "not-seen" not in lists(desk(name))


@pytest.mark.parametrize("outcome", [Outcome.SEEN, Outcome.WAITING, Outcome.ABSENT, Outcome.OVERTAKEN])
def test_the_board_is_silent_of_all_else(desk, article, outcome):
    told(article, outcome)
    assert "not-seen" not in lists(desk("chris"))


def test_the_board_shows_what_fails_again_and_again(desk, on):
    row = {"kind": "purge", "key": "front", "last_error": "ConnectionError: down", "due_at": timezone.now()}
    Effect.objects.create(attempts=STUCK_AFTER, **row)
    Effect.objects.create(attempts=STUCK_AFTER - 1, **row | {"key": "hiccup"})
    html = desk("sam").get("/admin/").content.decode()
    assert "purge front" in html
    assert "ConnectionError: down" in html
    assert "hiccup" not in html
    assert "purge front" not in desk("rita").get("/admin/").content.decode()
