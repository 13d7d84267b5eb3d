"""The page before readers see it: as stored, as an earlier version had it, and as it is being typed."""

import re

import pytest
from django.utils import timezone

from articles.editorial import proofs, revisions
from articles.models import Article, Proof
from tests import base, factories
from tests.admin.forms import ADD_URL, change_url, read, send

pytestmark = pytest.mark.django_db


def take(client, article=None, **changes):
    """Press the preview button of a form in which this was typed; the page in the frame."""
    opened = read(client.get(change_url(article) if article else ADD_URL)).values
    path = f"/admin/articles/article/{article.pk if article else 'add'}/preview/"
    frame = client.post(path, {**opened, **changes}, follow=True)
    assert frame.status_code == 200
    return frame, client.get(framed(frame))


def framed(frame):
    return re.search(r'<iframe[^>]* src="([^"]+)"', frame.content.decode())[1].replace("&amp;", "&")


def page_of(client, path):
    response = client.get(path)
    return response.status_code, response.content.decode()


def test_what_is_typed_and_not_saved_is_shown_and_nothing_is_stored(desk):
    draft = factories.draft(title="Trên máy chủ", created_by=base.person("rita"))
    client = desk("rita")
    _frame, page = take(client, draft, title="Vừa gõ", body="<p>Chưa lưu <b>đậm</b></p>", lede="Sa-pô mới")
    text = page.content.decode()
    for words in ("Vừa gõ", "Chưa lưu <b>đậm</b>", "Sa-pô mới", "kể cả phần chưa lưu"):
        assert words in text
    draft.refresh_from_db()
    assert (draft.title, draft.version, draft.revisions.count()) == ("Trên máy chủ", 0, 0)


def test_a_new_article_is_shown_before_it_was_ever_saved(desk):
    section, photo = factories.section("Văn hóa"), factories.photo_without_files(caption="Cầu mới")
    target = factories.published(title="Tin cũ")
    rows = {
        "links-TOTAL_FORMS": "1", "links-0-target": str(target.pk), "links-0-title": "", "links-0-url": "",
        "links-0-order": "0", "bylines-TOTAL_FORMS": "1", "bylines-0-author": "", "bylines-0-role": "text",
        "bylines-0-as_printed": "Đinh Thắng", "bylines-0-order": "0",
        "gallery-TOTAL_FORMS": "1", "gallery-0-photo": str(photo.pk), "gallery-0-order": "0",
    }  # fmt: skip
    _frame, page = take(desk("rita"), title="Bài chưa lưu", category=str(section.pk), body="<p>Chữ</p>", **rows)
    text = page.content.decode()
    for words in ("Bài chưa lưu", "Văn hóa", "Tin cũ", "Đinh Thắng", "Cầu mới"):
        assert words in text
    assert Article.objects.count() == 1


def test_an_empty_form_is_no_error(desk):
    _frame, page = take(desk("rita"))
    assert page.status_code == 200


def test_what_is_not_valid_is_shown_as_saved_and_said(desk):
    draft = factories.draft(title="Trên máy chủ", created_by=base.person("rita"))
    frame, page = take(desk("rita"), draft, title="dài " * 100, lede="Mới", category="999999")
    assert "tiêu đề" in frame.content.decode().split("Chưa hợp lệ")[1]
    assert "Trên máy chủ" in page.content.decode()
    assert "Mới" in page.content.decode()


def test_hostile_html_is_clean_in_the_preview_too(desk):
    draft = factories.draft(created_by=base.person("rita"))
    evil = '<p onclick="x()">Chữ<script>alert(1)</script></p><iframe src="https://xau.vn"></iframe>'
    _frame, page = take(desk("rita"), draft, body=evil)
    assert "alert(1)" not in page.content.decode()
    assert "xau.vn" not in page.content.decode()


def test_a_preview_is_for_its_own_person_and_article_and_for_ten_minutes(desk, clock):
    draft = factories.draft(created_by=base.person("rita"))
    frame, _page = take(desk("rita"), draft, title="Riêng của Rita")
    path = framed(frame)
    assert page_of(desk("chris"), path)[0] == 404
    other = factories.draft(created_by=base.person("rita"))
    assert page_of(desk("rita"), path.replace(f"/{draft.pk}/", f"/{other.pk}/"))[0] == 404
    assert page_of(desk("rita"), path)[0] == 200
    clock(timezone.now() + proofs.KEPT)
    assert page_of(desk("rita"), path)[0] == 404


def test_old_proofs_go_when_a_new_one_is_taken(desk, clock):
    draft = factories.draft(created_by=base.person("rita"))
    now = timezone.now()
    take(desk("rita"), draft)
    clock(now + proofs.KEPT * 2)
    take(desk("rita"), draft)
    assert Proof.objects.count() == 1


def test_who_may_not_write_takes_no_proof_and_sees_the_stored_page(desk):
    article = factories.published(title="Đã đăng")
    client = desk("rita")
    assert client.post(f"/admin/articles/article/{article.pk}/preview/", {"title": "Khác"}).status_code == 403
    frame = client.get(f"/admin/articles/article/{article.pk}/preview/")
    assert "Đã đăng" in client.get(framed(frame)).content.decode()
    hidden = factories.draft(created_by=base.person("ed"))
    assert client.get(f"/admin/articles/article/{hidden.pk}/preview/").status_code == 404
    assert client.post(f"/admin/articles/article/{hidden.pk}/preview/").status_code == 404
    assert desk("phong").get("/admin/articles/article/add/preview/").status_code == 403


def test_the_working_version_of_a_public_article_is_previewed_while_readers_see_the_old_one(desk, stranger):
    article = factories.published(title="Cho bạn đọc")
    send(desk("chris"), change_url(article), title="Bản đang sửa")
    assert "Bản đang sửa" in page_of(desk("chris"), f"/xem-truoc/{article.pk}/")[1]
    assert "Bản đang sửa" not in page_of(stranger, article.get_absolute_url())[1]


def test_who_sees_an_article_only_because_it_is_public_sees_no_other_version_of_it(desk):
    article = factories.published(title="Cho bạn đọc")
    send(desk("chris"), change_url(article), title="Bản đang sửa")
    rita = desk("rita")
    for path in (change_url(article), f"/xem-truoc/{article.pk}/"):
        assert "Cho bạn đọc" in page_of(rita, path)[1]
        assert "Bản đang sửa" not in page_of(rita, path)[1]
    assert page_of(rita, f"/xem-truoc/{article.pk}/?phien-ban=1")[0] == 404
    rita.post(f"/admin/articles/article/{article.pk}/copy/")
    assert Article.objects.filter(title="Bản sao: Cho bạn đọc").exists()


def test_an_earlier_version_is_shown_by_its_number(desk):
    draft = factories.draft(title="Thứ nhất", created_by=base.person("rita"))
    client = desk("rita")
    send(client, change_url(draft), title="Thứ hai")
    status, text = page_of(client, f"/xem-truoc/{draft.pk}/?phien-ban=1")
    assert status == 200
    assert "Thứ nhất" in text
    assert "Phiên bản 1" in text


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, "", "\0", "²"])
def test_a_version_that_does_not_exist_is_not_found(desk, number):
    draft = factories.draft(created_by=base.person("rita"))
    assert desk("rita").get(f"/xem-truoc/{draft.pk}/", {"phien-ban": number}).status_code == 404
    assert desk("rita").get(f"/xem-truoc/{draft.pk}/", {"ban": number}).status_code == 404


def test_a_version_whose_photo_and_author_were_deleted_is_still_a_page(desk):
    photo = factories.photo_without_files()
    draft = factories.draft(photo=photo, created_by=base.person("rita"))
    factories.signed(draft, "Hà Thu")
    revisions.save(draft, {"title": "Mới"}, base.person("rita"), base=0)
    draft.bylines.all().delete()
    factories.author("Hà Thu").delete()
    photo.delete()
    assert page_of(desk("rita"), f"/xem-truoc/{draft.pk}/?phien-ban=1")[0] == 200


def test_a_preview_may_be_framed_by_the_desk_only_and_is_kept_by_nobody(desk):
    draft = factories.draft(created_by=base.person("rita"))
    response = desk("rita").get(f"/xem-truoc/{draft.pk}/")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_public_page_may_be_framed_by_nobody(stranger):
    response = stranger.get(factories.published().get_absolute_url())
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "shown"), [("", "390"), ("768", "768"), ("1280", "1280"), ("9999", "390"), ('"><x', "390")]
)
def test_the_frame_has_the_width_that_is_asked_for(desk, asked, shown):
    draft = factories.draft(created_by=base.person("rita"))
    text = desk("rita").get(f"/admin/articles/article/{draft.pk}/preview/", {"rong": asked}).content.decode()
    assert f"preview-{shown}" in text
    assert '"><x' not in text


def test_the_preview_of_an_article_never_saved_is_for_its_writer_alone(desk, stranger):
    frame, _page = take(desk("rita"), title="Riêng")
    path = framed(frame)
    assert page_of(stranger, path)[0] == 404
    assert page_of(desk("ed"), path)[0] == 404
    assert page_of(desk("phong"), path)[0] == 404
