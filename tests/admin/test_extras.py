"""What a story carries besides its text: live updates, a gallery, attachments, topics, a player."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Genre, Topic
from tests import base, factories

from .forms import ADD_URL, change_url, read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def live():
    return factories.published(genre=Genre.LIVE)


def update(**fields):
    return {f"live_updates-0-{name}": value for name, value in fields.items()}


# Live updates


def test_an_update_is_plain_text_and_its_time_is_now(desk, live):
    send(desk("chris"), change_url(live), press="_live", **update(body="Nước lên 5 < 6 m.\r\nCòn tiếp."))
    (entry,) = live.live_updates.all()
    assert entry.body == "<p>Nước lên 5 &lt; 6 m.</p>\n<p>Còn tiếp.</p>"
    assert timezone.now() - entry.posted_at < timedelta(minutes=2)


def test_a_posted_update_is_shown_as_it_was_typed_and_opening_it_changes_nothing(desk, live):
    entry = factories.live_update(live, body="<p>Một &amp; hai.</p>\n<p>Ba.</p>")
    assert read(desk("ed").get(change_url(live))).values["live_updates-0-body"] == "Một & hai.\nBa."
    send(desk("ed"), change_url(live))
    entry.refresh_from_db()
    live.refresh_from_db()
    assert entry.body == "<p>Một &amp; hai.</p>\n<p>Ba.</p>"
    assert live.revised_at is None


def test_an_update_with_more_than_paragraphs_keeps_it_and_hostile_html_goes(desk, live):
    words = update(body='<p>Xem <a href="/tim-kiem/">đây</a><script>alert(1)</script></p>')
    send(desk("chris"), change_url(live), press="_live", **words)
    body = live.live_updates.get().body
    assert '<a href="/tim-kiem/"' in body
    assert "script" not in body
    assert read(desk("ed").get(change_url(live))).values["live_updates-0-body"] == body


def test_a_report_of_as_many_updates_as_there_may_be_can_still_be_saved(desk, live):
    """199, and the empty form for the next: all boxes that the page shows are sent, and Django takes a thousand."""
    for number in range(199):
        factories.live_update(live, when=f"2023-03-22 {number // 60 + 6:02}:{number % 60:02}", is_key=number % 10 == 0)
    send(desk("chris"), change_url(live), press="_live", **{"live_updates-199-body": "Nước rút."})
    assert live.live_updates.count() == 200
    assert live.live_updates.filter(is_key=True).count() == 20


def test_the_newest_update_stands_first_below_the_empty_form(desk, live):
    for minute, title in enumerate(["Cũ hơn", "Mới hơn"]):
        factories.live_update(live, when=f"2023-03-22 08:0{minute}", title=title)
    html = desk("ed").get(change_url(live)).content.decode()
    assert html.index("live-new") < html.index("Mới hơn") < html.index("Cũ hơn")
    assert html.index("live-new") < html.index('name="title"')


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00", "0000-01-01T00:00", "hôm nay", "\0"])
def test_an_odd_time_is_refused_and_the_words_stay(desk, live, moment):
    response = send(desk("ed"), change_url(live), **update(body="Giữ lại", posted_at=moment))
    assert response.context["errors"]
    assert read(response).values["live_updates-0-body"] == "Giữ lại"


def test_the_empty_update_form_is_no_mistake(desk, live):
    assert not send(desk("ed"), change_url(live), title="Đã sửa").context["errors"]
    assert not live.live_updates.exists()


# Folded until a story needs it


def folded(response):
    formsets = response.context["inline_admin_formsets"]
    return {each.formset.prefix for each in formsets if each.is_collapsible}


def test_what_a_news_item_does_not_need_is_folded_and_its_genre_opens_it(desk):
    every = {"live_updates", "gallery", "attachments"}
    assert folded(desk("ed").get(ADD_URL)) == every
    for genre, opened in ((Genre.NEWS, ""), (Genre.LIVE, "live_updates"), (Genre.PHOTOS, "gallery")):
        assert folded(desk("ed").get(change_url(factories.draft(genre=genre)))) == every - {opened}


def test_what_holds_something_is_open(desk):
    article = factories.draft()
    factories.gallery(article)
    factories.attachment(article)
    assert folded(desk("ed").get(change_url(article))) == {"live_updates"}


# Gallery


def test_a_gallery_keeps_the_order_in_which_it_was_put(desk):
    article = factories.draft()
    rows = factories.gallery(article)
    send(desk("ed"), change_url(article), **{"gallery-0-order": "2", "gallery-1-order": "0", "gallery-2-order": "1"})
    assert [row.pk for row in article.gallery.all()] == [rows[1].pk, rows[2].pk, rows[0].pk]


@pytest.mark.parametrize("pk", ["abc", "9" * 30, "0", "\0"])
def test_a_photo_that_does_not_exist_is_refused_and_never_an_error(desk, pk):
    article = factories.draft()
    row = {"gallery-TOTAL_FORMS": "1", "gallery-0-photo": pk, "gallery-0-order": "0"}
    assert send(desk("ed"), change_url(article), **row).status_code == 200
    assert not article.gallery.exists()


# Attachments


def attach(client, article, name, content, **changes):
    file = SimpleUploadedFile(name, content)
    row = {"attachments-TOTAL_FORMS": "1", "attachments-0-order": "0", "attachments-0-file": file}
    return send(client, change_url(article), **row, **changes)


def test_a_file_without_a_title_is_called_by_its_name(desk):
    article = factories.draft()
    attach(desk("ed"), article, "Quyết định 5.pdf", b"%PDF-1.4 ...")
    attachment = article.attachments.get()
    assert (attachment.title, attachment.kind, attachment.size) == ("Quyết định 5", "PDF", 12)
    assert attachment.file.name.endswith("/quyet-dinh-5.pdf")


@pytest.mark.parametrize(("name", "content"), [("a.html", b"<p>"), ("a.pdf", b"<html>"), ("a.csv", b"\0"), ("a", b"x")])
def test_a_file_that_may_not_be_handed_out_is_refused_and_every_word_stays(desk, name, content):
    article = factories.draft()
    response = attach(desk("ed"), article, name, content, lede="Giữ lại", **{"attachments-0-title": "Tệp"})
    assert not article.attachments.exists()
    values = read(response).values
    assert (values["lede"], values["attachments-0-title"]) == ("Giữ lại", "Tệp")


def test_a_form_refused_for_another_reason_says_that_the_file_is_gone(desk):
    article = factories.published()
    response = attach(desk("ed"), article, "a.pdf", b"%PDF-1.4", title="a" * 251)
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]


# Fields


def test_a_player_of_a_known_provider_is_stored_in_its_one_form_and_named(desk):
    draft = factories.draft()
    response = send(desk("ed"), change_url(draft), player="https://youtu.be/aqz-KE-bpKQ?t=3")
    draft.refresh_from_db()
    assert draft.player == "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    assert "YouTube" in str(response.context["adminform"].form.fields["player"].help_text)


def test_an_unknown_player_is_refused_in_vietnamese_and_kept(desk):
    response = send(desk("ed"), change_url(factories.draft()), player="https://xau.vn/phim")
    (said,) = response.context["adminform"].form.errors["player"]
    assert "YouTube" in said
    assert read(response).values["player"] == "https://xau.vn/phim"


def test_topics_are_found_by_typing_chosen_and_kept(desk):
    draft, first, second = factories.draft(), factories.topic("Đà Bắc"), factories.topic("Hồ Nậm Sa")
    query = {"app_label": "articles", "model_name": "article", "field_name": "topics", "term": "da bac"}
    assert len(desk("rita").get("/admin/autocomplete/", query).json()["results"]) == 1
    send(desk("ed"), change_url(draft), topics=[first.pk, second.pk])
    send(desk("ed"), change_url(draft), title="Sửa")
    assert set(draft.topics.all()) == {first, second}


@pytest.mark.parametrize("pk", ["abc", "9" * 30, "0", "\0"])
def test_a_topic_that_does_not_exist_never_breaks_the_form(desk, pk):
    draft = factories.draft()
    assert send(desk("ed"), change_url(draft), topics=[pk]).status_code == 200
    assert not draft.topics.exists()


def test_an_editor_may_make_a_topic_from_the_form_and_a_reporter_may_not(desk):
    draft = factories.draft(created_by=base.person("rita"))
    link = "/admin/articles/topic/add/?"
    assert link in desk("ed").get(change_url(draft)).content.decode()
    assert link not in desk("rita").get(change_url(draft)).content.decode()
    assert not Topic.objects.exists()


def test_a_reporter_sets_labels_and_what_hangs_on_the_own_draft(desk):
    draft = factories.draft(created_by=base.person("rita"))
    labels = {"genre": "live", "ai_use": "assisted", "comments_closed": "on"}
    send(desk("rita"), change_url(draft), **labels, **update(body="Bắt đầu."))
    draft.refresh_from_db()
    assert (draft.genre, draft.ai_use, draft.comments_closed) == ("live", "assisted", True)
    assert draft.live_updates.count() == 1


def test_who_may_only_read_an_article_reads_its_updates_too(desk, live):
    factories.live_update(live, title="Đã mở cửa xả")
    html = desk("rita").get(change_url(live)).content.decode()
    assert "Đã mở cửa xả" in html
    assert 'name="live_updates-0-body"' not in html


# The list


def test_the_list_names_the_genre_and_filters_by_it(desk):
    factories.draft(title="Chùm ảnh hồ", genre=Genre.PHOTOS)
    factories.draft(title="Tin thường")
    listed = desk("ed").get("/admin/articles/article/", {"genre": "photos"})
    assert [article.title for article in listed.context["cl"].result_list] == ["Chùm ảnh hồ"]
    assert listed.content.decode().count('class="genre"') == 1
    assert desk("ed").get("/admin/articles/article/", {"genre": "khong-co"}).context["cl"].result_count == 0
