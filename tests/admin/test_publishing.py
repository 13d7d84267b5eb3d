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
    draft = factories.draft(title="Huyện Đà Bắc đổi mới")
    response = send(desk("ed"), change_url(draft), press="_publish")
    draft.refresh_from_db()
    assert levels(response) == ["success"]
    assert draft.slug == "huyen-da-bac-doi-moi"
    assert stranger.get(draft.get_absolute_url()).status_code == 200


def test_a_time_ahead_schedules_and_readers_do_not_see_it_yet(desk, stranger):
    draft = factories.draft()
    ahead = timezone.now().astimezone(VIETNAM) + timedelta(days=2)
    day, clock = ahead.strftime("%d/%m/%Y"), ahead.strftime("%H:%M")
    response = send(desk("ed"), change_url(draft), press="_publish", published_at_0=day, published_at_1=clock)
    draft.refresh_from_db()
    assert draft.is_scheduled
    assert draft.published_at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") == f"{day} {clock}"
    assert "state-scheduled" in response.content.decode()
    assert stranger.get(draft.get_absolute_url()).status_code == 404


def test_an_incomplete_article_is_saved_and_the_message_names_what_is_missing(desk):
    draft = factories.draft(lede="", category=None)
    response = send(desk("ed"), change_url(draft), press="_publish", title="Đã sửa")
    draft.refresh_from_db()
    (message,) = response.context["messages"]
    names = [str(draft._meta.get_field(name).verbose_name) for name in ("lede", "category")]
    assert (draft.state, draft.title) == (State.DRAFT, "Đã sửa")
    assert message.level_tag == "error"
    assert ", ".join(names) in str(message)


def test_the_form_of_a_draft_says_what_is_missing_before_anybody_asks(desk):
    html = desk("ed").get(change_url(factories.draft(lede=""))).content.decode()
    assert "action-missing" in html
    assert "action-missing" not in desk("ed").get(change_url(factories.draft())).content.decode()


def test_withdraw_takes_it_from_readers_and_republish_brings_it_back(desk, stranger):
    article = factories.published()
    send(desk("ed"), change_url(article), press="_withdraw")
    assert stranger.get(article.get_absolute_url()).status_code == 410
    send(desk("ed"), change_url(article), press="_publish")
    assert stranger.get(article.get_absolute_url()).status_code == 200


def test_publishing_what_is_published_already_says_so_and_saves_the_text(desk):
    article = factories.published()
    response = send(desk("ed"), change_url(article), press="_publish", title="Sửa lần hai")
    article.refresh_from_db()
    assert levels(response) == ["error"]
    assert article.title == "Sửa lần hai"


@pytest.mark.parametrize(
    ("make", "buttons"),
    [
        (factories.draft, ["_continue", "_publish"]),
        (factories.published, ["_continue", "_withdraw"]),
        (factories.withdrawn, ["_continue", "_publish"]),
    ],
)
def test_each_state_offers_saving_first_and_its_one_next_step(desk, make, buttons):
    assert read(desk("ed").get(change_url(make()))).buttons == buttons


def test_clearing_the_title_of_a_published_article_is_refused_and_every_word_stays(desk):
    article = factories.published(title="Tiêu đề cũ")
    response = send(
        desk("ed"), change_url(article),
        **{
            "title": "", "lede": "Sa-pô vừa gõ", "body": "<p>Nội dung vừa gõ</p>", "kicker": "Tít dẫn vừa gõ",
            "editor_note": "Ghi chú vừa gõ",
            "links-TOTAL_FORMS": "1", "links-0-title": "Liên kết vừa gõ", "links-0-url": "https://vi.du/a",
            "bylines-TOTAL_FORMS": "1", "bylines-0-as_printed": "Dòng ký tên vừa gõ", "bylines-0-role": "text",
        },
    )  # fmt: skip
    article.refresh_from_db()
    values = read(response).values
    assert article.title == "Tiêu đề cũ"
    assert response.context["errors"]
    assert values["lede"] == "Sa-pô vừa gõ"
    assert values["body"] == "<p>Nội dung vừa gõ</p>"
    assert values["kicker"] == "Tít dẫn vừa gõ"
    assert values["editor_note"] == "Ghi chú vừa gõ"
    assert (values["links-0-title"], values["links-0-url"]) == ("Liên kết vừa gõ", "https://vi.du/a")
    assert values["bylines-0-as_printed"] == "Dòng ký tên vừa gõ"


@pytest.mark.parametrize("name", ["lede", "published_at_0"])
def test_a_published_article_cannot_lose_what_it_needs(desk, name):
    article = factories.published()
    changes = {name: ""} | ({"published_at_1": ""} if name == "published_at_0" else {})
    send(desk("ed"), change_url(article), **changes)
    article.refresh_from_db()
    assert article.lede
    assert article.published_at


def test_a_wrong_date_is_refused_and_shown_again(desk):
    draft = factories.draft()
    response = send(desk("ed"), change_url(draft), published_at_0="31/02/2020", published_at_1="25:99", title="Giữ lại")
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
        *({"player": "https://vimeo.com/1084537"}, {"live_updates-0-body": "Mới"}, {"gallery-0-DELETE": "on"}),
        {"attachments-0-title": "Khác"},
    ],
)
def test_what_readers_see_anew_is_marked_as_revised(desk, changes):
    article = factories.published(photo=factories.photo_without_files())
    factories.gallery(article, size=1)
    factories.attachment(article)
    send(desk("ed"), change_url(article), **changes)
    assert revised(article)


@pytest.mark.parametrize(
    "changes",
    [{}, {"editor_note": "Nội bộ"}, {"slug": "duong-khac"}, {"body": "<p>Một</p>\r\n<p>Hai</p>"}, {"lede": " Sa-pô "}],
)
def test_what_readers_do_not_notice_is_no_revision(desk, changes):
    article = factories.published(lede="Sa-pô", body="<p>Một</p>\n<p>Hai</p>")
    send(desk("ed"), change_url(article), **changes)
    assert not revised(article)


@pytest.mark.parametrize("make", [factories.draft, factories.scheduled, factories.withdrawn])
def test_what_no_reader_can_see_is_not_revised(desk, make):
    article = make()
    send(desk("ed"), change_url(article), title="Khác")
    assert not revised(article)


def test_another_section_is_no_revision(desk):
    article = factories.published()
    send(desk("ed"), change_url(article), category=factories.section("Văn hóa").pk)
    assert not revised(article)
