"""The route of an article with the buttons of the form, as rita, ed, sam and chris walk it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, State
from tests import base, factories

from .forms import ADD_URL, change_url, read, send

pytestmark = pytest.mark.django_db


def state(article):
    article.refresh_from_db()
    return article.state


def step_url(article, verb):
    return f"/admin/articles/article/{article.pk}/step/{verb}/"


def test_rita_writes_ed_returns_rita_sends_again_ed_passes_sam_approves_chris_publishes(desk, stranger):
    send(desk("rita"), ADD_URL, press="_submit", title="Mùa cam", lede="Cam chín.", body="<p>Cam.</p>",
         category=factories.section().pk, ai_use="none")  # fmt: skip
    article = Article.objects.get()
    assert state(article) == State.SUBMITTED
    send(desk("ed"), change_url(article), press="_take")
    assert (state(article), article.handler) == (State.EDITING, base.person("ed"))
    desk("ed").post(step_url(article, "return"), {"note": "Thiếu số liệu."})
    assert (state(article), article.is_returned) == (State.DRAFT, True)
    assert "Thiếu số liệu." in desk("rita").get(change_url(article)).content.decode()
    send(desk("rita"), change_url(article), press="_submit", body="<p>Cam: 12 tấn.</p>")
    assert (state(article), article.is_returned) == (State.SUBMITTED, False)
    send(desk("ed"), change_url(article), press="_take")
    send(desk("ed"), change_url(article), press="_pass")
    assert state(article) == State.REVIEW
    send(desk("sam"), change_url(article), press="_approve")
    assert state(article) == State.APPROVED
    send(desk("chris"), change_url(article), press="_publish")
    if state(article) != State.PUBLISHED:  # the checks ask for reasons first
        page = desk("chris").get(step_url(article, "publish"))
        reasons = {name: "Tổng biên tập đồng ý" for name in _reasons(page)}
        desk("chris").post(step_url(article, "publish"), reasons)
    assert state(article) == State.PUBLISHED
    assert "12 tấn" in stranger.get(article.get_absolute_url()).content.decode()
    verbs = list(article.transitions.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["submit", "take", "return", "submit", "take", "pass", "approve", "publish"]


def _reasons(page):
    """The boxes for reasons on the page of a step."""
    return [name for name in read(page).values if name.startswith("override-")]


def test_a_return_needs_its_reason(desk):
    article = factories.draft(created_by=base.person("rita"))
    send(desk("rita"), change_url(article), press="_submit")
    page = desk("ed").post(step_url(article, "return"), {"note": "  "})
    assert page.context["form"].errors["note"]
    assert state(article) == State.SUBMITTED


def test_rita_recalls_what_nobody_has_taken(desk):
    article = factories.draft(created_by=base.person("rita"))
    send(desk("rita"), change_url(article), press="_submit")
    html = desk("rita").get(change_url(article)).content.decode()
    assert step_url(article, "recall") in html
    desk("rita").post(step_url(article, "recall"))
    assert state(article) == State.DRAFT


def test_a_draft_without_a_title_is_not_sent(desk):
    article = factories.draft(title="", created_by=base.person("rita"))
    send(desk("rita"), change_url(article), press="_submit")
    assert state(article) == State.DRAFT


def test_who_comes_too_late_is_told_and_nothing_moves_twice(desk):
    article = factories.draft(created_by=base.person("rita"))
    client = desk("ed")
    send(desk("rita"), change_url(article), press="_submit")
    opened = read(client.get(change_url(article))).values
    desk("rita").post(step_url(article, "recall"))
    response = client.post(change_url(article), opened | {"_pass": "1"}, follow=True)
    assert state(article) == State.DRAFT
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert client.get(step_url(article, "take"), follow=True).status_code == 200
    assert client.post(step_url(article, "take")).status_code == 403


def test_a_hot_story_is_published_by_chris_from_any_state_but_not_by_sam(desk):
    article = factories.draft(created_by=base.person("rita"), ai_use="none")
    factories.signed(article)
    assert desk("sam").post(step_url(article, "publish")).status_code == 403
    send(desk("sam"), change_url(article), press="_pass")
    assert state(article) == State.REVIEW
    desk("chris").post(step_url(article, "publish"), {"override-byline": "Tin nóng"})
    assert state(article) == State.PUBLISHED


def test_with_four_eyes_nobody_approves_or_publishes_what_they_wrote(desk):
    section = factories.section("Chính trị", four_eyes=True)
    article = factories.draft(created_by=base.person("chris"), category=section, ai_use="none")
    assert "_publish" not in read(desk("chris").get(change_url(article))).buttons
    assert desk("chris").post(step_url(article, "publish")).status_code == 403
    send(desk("chris"), change_url(article), press="_pass")
    assert desk("chris").post(step_url(article, "approve")).status_code == 403
    desk("sam").post(step_url(article, "approve"))
    assert state(article) == State.APPROVED


def test_an_editor_works_only_in_the_own_sections(desk):
    mine, others = factories.section("Kinh tế"), factories.section("Chính trị")
    mine.editors.add(base.person("ed"))
    others.editors.add(base.person("sam"))
    article = factories.draft(created_by=base.person("rita"), category=others)
    send(desk("rita"), change_url(article), press="_submit")
    assert desk("ed").get(change_url(article)).status_code == 302
    assert desk("ed").post(step_url(article, "take")).status_code == 404
    own = factories.draft(created_by=base.person("ed"), category=mine)
    response = send(desk("ed"), change_url(own), category=others.pk, title="Chuyển đi")
    own.refresh_from_db()
    assert response.context["errors"]
    assert own.category == mine


@pytest.mark.parametrize("verb", ["approve", "publish", "update", "withdraw", "return", "khong-co", "silent"])
def test_a_step_that_is_not_open_is_refused_by_its_address(desk, verb):
    article = factories.draft(created_by=base.person("rita"))
    assert desk("rita").post(step_url(article, verb)).status_code in {403, 404}
    assert state(article) == State.DRAFT


def test_the_page_of_a_publication_ahead_of_now_speaks_of_scheduling(desk):
    article = factories.draft(created_by=base.person("rita"), published_at=timezone.now() + timedelta(days=1))
    page = desk("chris").get(step_url(article, "publish")).content.decode()
    assert "Hẹn giờ đăng</button>" in page
    article.published_at = None
    article.save()
    assert "Xuất bản</button>" in desk("chris").get(step_url(article, "publish")).content.decode()
