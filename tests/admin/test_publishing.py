"""Publishing, scheduling and withdrawing with the buttons of the form."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.days import VIETNAM
from articles.models import State
from tests import factories

from .forms import change_url, read, send

pytestmark = pytest.mark.django_db


def levels(response):
    return [message.level_tag for message in response.context["messages"]]


def test_publish_makes_a_draft_readable_at_its_address(desk, stranger):
    draft = factories.complete(title="Huyện Đà Bắc đổi mới")
    response = send(desk("chris"), change_url(draft), press="_publish")
    draft.refresh_from_db()
    assert levels(response) == ["success"]
    assert draft.slug == "huyen-da-bac-doi-moi"
    assert stranger.get(draft.get_absolute_url()).status_code == 200


def test_a_time_ahead_schedules_and_readers_do_not_see_it_yet(desk, stranger):
    draft = factories.complete()
    ahead = timezone.now().astimezone(VIETNAM) + timedelta(days=2)
    day, clock = ahead.strftime("%d/%m/%Y"), ahead.strftime("%H:%M")
    response = send(desk("chris"), change_url(draft), press="_publish", published_at_0=day, published_at_1=clock)
    draft.refresh_from_db()
    assert draft.is_scheduled
    assert draft.published_at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") == f"{day} {clock}"
    assert "state-scheduled" in response.content.decode()
    assert stranger.get(draft.get_absolute_url()).status_code == 404


def test_an_incomplete_article_is_saved_and_the_message_names_what_is_missing(desk):
    draft = factories.draft(lede="", category=None)
    response = send(desk("chris"), change_url(draft), press="_publish", title="Đã sửa")
    draft.refresh_from_db()
    (message,) = response.context["messages"]
    names = [str(draft._meta.get_field(name).verbose_name) for name in ("lede", "category")]
    assert (draft.state, draft.title) == (State.DRAFT, "Đã sửa")
    assert message.level_tag == "error"
    assert ", ".join(names) in str(message)


def test_the_form_of_a_draft_says_what_is_missing_before_anybody_asks(desk):
    html = desk("chris").get(change_url(factories.draft(lede=""))).content.decode()
    assert "action-missing" in html
    assert "action-missing" not in desk("chris").get(change_url(factories.draft())).content.decode()


def step(client, article, verb, **data):
    """Take a step on its page; the response after the redirect, or the page with what it refuses."""
    return client.post(f"/admin/articles/article/{article.pk}/step/{verb}/", data, follow=True)


def make_live(client, article, act="update", **data):
    return step(client, article, "update", act=act, **data)


def test_withdraw_takes_it_from_readers_and_republish_brings_it_back(desk, stranger):
    article = factories.published()
    response = send(desk("chris"), change_url(article), press="_withdraw")
    assert stranger.get(article.get_absolute_url()).status_code == 200  # asked for the reason first
    assert response.request["PATH_INFO"].endswith("/step/withdraw/")
    step(desk("chris"), article, "withdraw", note="Theo công văn 12/CV")
    assert stranger.get(article.get_absolute_url()).status_code == 410
    asked = send(desk("chris"), change_url(article), press="_publish")
    assert asked.request["PATH_INFO"].endswith("/step/publish/")  # why it may be told again
    reasons = {"override-withdrawn": "Công văn đã được rút", "override-byline": "Tin của tòa soạn"}
    step(desk("chris"), article, "publish", **reasons)
    assert stranger.get(article.get_absolute_url()).status_code == 200
    assert {row["check"] for row in article.transitions.first().overrides} == {"withdrawn", "byline"}


def test_publishing_what_is_published_already_says_so_and_saves_the_text(desk):
    article = factories.published()
    response = send(desk("chris"), change_url(article), press="_publish", title="Sửa lần hai")
    article.refresh_from_db()
    assert levels(response) == ["error"]
    assert article.working.document["title"] == "Sửa lần hai"


@pytest.mark.parametrize(
    ("make", "buttons"),
    [
        (factories.draft, ["_continue", "_publish", "_submit", "_pass"]),
        (factories.published, ["_continue", "_withdraw"]),
        (factories.withdrawn, ["_continue", "_publish"]),
    ],
)
def test_each_state_offers_saving_first_and_then_its_next_step(desk, make, buttons):
    assert read(desk("chris").get(change_url(make()))).buttons == buttons


WORDS = {
    "title": "", "lede": "Sa-pô vừa gõ", "body": "<p>Nội dung vừa gõ</p>", "kicker": "Tít dẫn vừa gõ",
    "editor_note": "Ghi chú vừa gõ",
    "links-TOTAL_FORMS": "1", "links-0-title": "Liên kết vừa gõ", "links-0-url": "https://vi.du/a",
    "bylines-TOTAL_FORMS": "1", "bylines-0-as_printed": "Dòng ký tên vừa gõ", "bylines-0-role": "text",
}  # fmt: skip


def test_a_refused_form_keeps_every_word(desk):
    article = factories.published(title="Tiêu đề cũ")
    response = send(desk("chris"), change_url(article), **(WORDS | {"title": "a" * 251}))
    values = read(response).values
    assert response.context["errors"]
    for name in WORDS.keys() - {"title", "links-TOTAL_FORMS", "bylines-TOTAL_FORMS"}:
        assert values[name] == WORDS[name]


def test_a_version_of_a_published_article_may_lack_something_but_readers_never_see_it(desk, stranger):
    article = factories.published(title="Tiêu đề cũ")
    client = desk("chris")
    send(client, change_url(article), **WORDS)
    assert read(client.get(change_url(article))).values["lede"] == "Sa-pô vừa gõ"
    page = make_live(client, article)
    assert page.context["form"].non_field_errors()
    assert "Tiêu đề cũ" in stranger.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["lede", "published_at_0"])
def test_a_published_article_cannot_lose_what_it_needs(desk, name):
    article = factories.published()
    changes = {name: ""} | ({"published_at_1": ""} if name == "published_at_0" else {})
    send(desk("chris"), change_url(article), **changes)
    make_live(desk("chris"), article)
    article.refresh_from_db()
    assert article.lede
    assert article.published_at


def test_a_wrong_date_is_refused_and_shown_again(desk):
    draft = factories.draft()
    response = send(
        desk("chris"), change_url(draft), published_at_0="31/02/2020", published_at_1="25:99", title="Giữ lại"
    )
    values = read(response).values
    assert (values["published_at_0"], values["published_at_1"]) == ("31/02/2020", "25:99")
    assert values["title"] == "Giữ lại"


# "Cập nhật lúc"


def revised(article):
    article.refresh_from_db()
    return article.revised_at is not None


@pytest.mark.parametrize(
    "changes",
    [
        *({"title": "Khác"}, {"lede": "Khác"}, {"kicker": "Khác"}, {"body": "<p>Khác</p>"}, {"photo": ""}),
        *({"player": "https://vimeo.com/1084537"}, {"live_updates-0-body": "Mới"}, {"gallery-TOTAL_FORMS": "0"}),
        {"attachments-0-title": "Khác"},
    ],
)
def test_what_readers_see_anew_is_marked_as_revised(desk, changes):
    article = factories.published(photo=factories.photo_without_files())
    factories.gallery(article, size=1)
    factories.attachment(article)
    send(desk("chris"), change_url(article), **changes)
    make_live(desk("chris"), article)
    assert revised(article)


@pytest.mark.parametrize(
    "changes",
    [{}, {"editor_note": "Nội bộ"}, {"slug": "duong-khac"}, {"body": "<p>Một</p>\r\n<p>Hai</p>"}, {"lede": " Sa-pô "}],
)
def test_what_readers_do_not_notice_is_no_revision(desk, changes):
    article = factories.published(lede="Sa-pô", body="<p>Một</p>\n<p>Hai</p>")
    send(desk("chris"), change_url(article), **changes)
    make_live(desk("chris"), article)
    assert not revised(article)


@pytest.mark.parametrize("make", [factories.draft, factories.scheduled, factories.withdrawn])
def test_what_no_reader_can_see_is_not_revised(desk, make):
    article = make()
    send(desk("chris"), change_url(article), title="Khác")
    make_live(desk("chris"), article)
    assert not revised(article)


def test_a_silent_fix_changes_the_page_and_says_nothing(desk, stranger):
    article = factories.published(title="Tiêu đề có lỗi gõ")
    send(desk("chris"), change_url(article), title="Tiêu đề không lỗi")
    assert "Tiêu đề có lỗi gõ" in stranger.get(article.get_absolute_url()).content.decode()
    make_live(desk("chris"), article, act="silent")
    assert "Tiêu đề không lỗi" in stranger.get(article.get_absolute_url()).content.decode()
    assert not revised(article)


def test_a_correction_says_what_was_wrong_and_stands_on_the_page(desk, stranger):
    article = factories.published(body="<p>Cầu dài 300 mét.</p>")
    send(desk("chris"), change_url(article), body="<p>Cầu dài 330 mét.</p>")
    refused = make_live(desk("chris"), article, act="correct", wrong="Cầu dài 300 mét.")
    assert refused.context["form"].errors["right"]
    make_live(desk("chris"), article, act="correct", wrong="Cầu dài 300 mét.", right="Cầu dài 330 mét.")
    assert article.corrections.get().right == "Cầu dài 330 mét."
    assert "330 mét" in stranger.get(article.get_absolute_url()).content.decode()
    assert revised(article)


def test_another_section_is_no_revision(desk):
    article = factories.published()
    send(desk("chris"), change_url(article), category=factories.section("Văn hóa").pk)
    make_live(desk("chris"), article)
    assert not revised(article)
