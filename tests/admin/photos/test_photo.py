"""The photo library, the upload and the two doors that the editor uses."""

import io
import unicodedata

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import renditions
from articles.admin.photos import limit
from articles.editorial import revisions
from articles.models import Photo, TrailEntry
from tests import base, factories
from tests.admin.forms import read

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/photo/add/"
UPLOAD = "/admin/articles/photo/upload/"
PICK = "/admin/articles/photo/pick/"


def picture(name="anh.jpg", data=None):
    return SimpleUploadedFile(name, factories.picture_bytes() if data is None else data, "image/jpeg")


def bomb():
    """A small file that says it is a picture of 900 million pixels."""
    data = bytearray(factories.picture_bytes("PNG", (32, 32)))
    data[16:24] = (30_000).to_bytes(4, "big") * 2
    return bytes(data)


def test_an_upload_becomes_a_photo_of_the_person_with_its_words(desk):
    words = {"caption": "Vườn cam", "credit": "Hà Thu", "alt": "Cam chín"}
    desk("rita").post(ADD, {"upload": picture(), **words})
    photo = Photo.objects.get()
    assert (photo.caption, photo.credit, photo.alt) == ("Vườn cam", "Hà Thu", "Cam chín")
    assert photo.created_by == base.person("rita")
    assert photo.master.endswith(".jpg")


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", b"<svg onload=alert(1)>", factories.picture_bytes()[:300], bomb()],
    ids=["empty", "text", "svg", "cut off", "bomb"],
)
def test_a_refused_file_gives_a_reason_and_keeps_every_word(desk, data):
    words = {"caption": "Chú thích vừa gõ", "credit": "Nguồn vừa gõ", "alt": "Mô tả vừa gõ"}
    response = desk("rita").post(ADD, {"upload": picture(data=data), **words})
    values = read(response).values
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["upload"]
    assert {name: values[name] for name in words} == words
    assert not Photo.objects.exists()


def test_a_file_that_is_too_heavy_is_refused_before_it_is_decoded(desk, monkeypatch):
    monkeypatch.setattr(renditions, "UPLOAD_LIMIT", 100)
    monkeypatch.setattr(renditions, "render", lambda data: pytest.fail("decoded"))
    assert desk("rita").post(ADD, {"upload": picture()}).context["adminform"].form.errors["upload"]
    assert desk("rita").post(UPLOAD, {"upload": picture()}).status_code == 400


def test_the_form_counts_as_the_other_doors_do_and_each_upload_is_told(desk, monkeypatch):
    monkeypatch.setattr(limit, "UPLOADS_A_MINUTE", 2)
    monkeypatch.setattr(limit, "time", lambda: 90_000_000.0)
    client = desk("rita")
    assert client.post(ADD, {"upload": picture()}).status_code == 302
    client.post(ADD, {"upload": picture(data=b"<svg onload=alert(1)>")})
    refused = client.post(ADD, {"upload": picture(), "caption": "Giữ lại"})
    assert list(refused.context["adminform"].form.errors["upload"]) == [str(limit.REACHED)]
    assert read(refused).values["caption"] == "Giữ lại"
    told = TrailEntry.objects.filter(action="upload").order_by("pk").values_list("outcome", "kind")
    assert list(told) == [("done", "photo"), ("refused", "photo")]


def test_a_new_photo_without_a_file_is_refused_but_words_alone_may_change_later(desk):
    assert desk("ed").post(ADD, {"caption": "Không ảnh"}).context["adminform"].form.errors["upload"]
    photo = factories.photo(caption="Cũ")
    desk("ed").post(f"/admin/articles/photo/{photo.pk}/change/", {"caption": "Mới"})
    changed = Photo.objects.get()
    assert (changed.caption, changed.master) == ("Mới", photo.master)


@pytest.mark.parametrize(
    "typed", ["Yên Trạch", "yen trach", "TRẠCH", unicodedata.normalize("NFD", "Yên Trạch"), "đặng"]
)
def test_a_photo_is_found_with_and_without_diacritics(desk, typed):
    factories.photo(caption="Vườn cam Yên Trạch", credit="Đặng Quốc Trung")
    factories.photo(caption="Hồ Nậm Sa")
    for url in ("/admin/articles/photo/", PICK):
        html = desk("rita").get(url, {"q": typed}).content.decode()
        assert "Vườn cam Yên Trạch" in html
        assert "Hồ Nậm Sa" not in html


def test_a_changed_caption_is_found_by_its_new_words_only(desk):
    photo = factories.photo(caption="Cũ kỹ")
    desk("ed").post(f"/admin/articles/photo/{photo.pk}/change/", {"caption": "Mới tinh"})
    assert "Mới tinh" in desk("ed").get(PICK, {"q": "moi"}).content.decode()
    assert "Mới tinh" not in desk("ed").get(PICK, {"q": "cu ky"}).content.decode()


def test_the_list_says_how_often_a_photo_leads_an_article(desk):
    photo = factories.photo()
    factories.draft(photo=photo)
    factories.published(photo=photo)
    (shown,) = desk("ed").get("/admin/articles/photo/").context["cl"].result_list
    assert shown.uses == 2


# Who may change and delete what readers see


def figure(photo):
    return f'<figure class="image"><img alt="" src="{photo.url}"></figure>'


@pytest.fixture(params=["above", "inside"])
def shown(request):
    """shown(make, photo) makes an article with the photo above its text, or in it."""

    def make_article(make, photo):
        return make(photo=photo) if request.param == "above" else make(body=figure(photo))

    return make_article


def retouch(client, photo):
    """Post another file and caption; whether they were taken."""
    client.post(f"/admin/articles/photo/{photo.pk}/change/", {"upload": picture(), "caption": "Đổi trộm"})
    caption, master = photo.caption, photo.master
    photo.refresh_from_db()
    return photo.caption != caption and photo.master != master


@pytest.mark.parametrize("make", [factories.published, factories.scheduled, factories.withdrawn])
def test_a_reporter_changes_no_photo_that_an_article_beyond_the_draft_shows(desk, shown, make):
    photo = factories.photo(created_by=base.person("rita"))
    shown(make, photo)
    assert not retouch(desk("rita"), photo)
    assert retouch(desk("ed"), photo)


def test_a_reporter_changes_the_own_photo_of_a_draft_and_no_colleagues(desk, shown):
    own, other = factories.photo(created_by=base.person("rita")), factories.photo(created_by=base.person("ed"))
    for photo in (own, other):
        shown(factories.draft, photo)
    assert retouch(desk("rita"), own)
    assert not retouch(desk("rita"), other)


def test_a_reporter_who_may_not_change_a_photo_still_sees_it(desk):
    photo = factories.photo(caption="Của người khác")
    html = desk("rita").get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()
    assert "Của người khác" in html
    assert 'name="upload"' not in html


@pytest.mark.parametrize("make", [factories.published, factories.scheduled, factories.withdrawn])
def test_a_photo_that_readers_were_shown_is_not_deleted(desk, shown, make):
    used, free = factories.photo(), factories.photo()
    shown(make, used)
    shown(factories.draft, free)
    for photo in (used, free):
        desk("chris").post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})
    assert list(Photo.objects.all()) == [used]


def test_a_photo_in_a_version_that_waits_to_be_live_is_not_deleted(desk):
    photo, article = factories.photo(), factories.published()
    document = {**revisions.current(article), "body": figure(photo)}
    revisions.save(article, document, base.person("chris"), base=article.version)
    desk("chris").post(f"/admin/articles/photo/{photo.pk}/delete/", {"post": "yes"})
    assert Photo.objects.filter(pk=photo.pk).exists()


# The editor's doors


def test_the_editor_gets_the_address_of_what_it_uploaded(desk):
    answer = desk("rita").post(UPLOAD, {"upload": picture()}).json()
    photo = Photo.objects.get()
    assert answer == {"uploaded": 1, "fileName": f"{photo.pk}.jpg", "url": photo.url}


@pytest.mark.parametrize("files", [{}, {"upload": io.BytesIO(b"no picture")}])
def test_the_editor_is_told_why_a_file_is_refused(desk, files):
    response = desk("rita").post(UPLOAD, files)
    answer = response.json()
    assert response.status_code == 400
    assert answer["uploaded"] == 0
    assert answer["error"]["message"]


def test_an_upload_needs_the_token_the_permission_and_a_post(desk, stranger):
    client = Client(enforce_csrf_checks=True)
    client.force_login(base.person("rita"))
    assert client.post(UPLOAD, {"upload": picture()}).status_code == 403
    assert desk("rita").get(UPLOAD).status_code == 405
    assert stranger.post(UPLOAD, {"upload": picture()}).status_code == 302
    rita = base.person("rita")
    rita.groups.clear()
    without_role = Client()
    without_role.force_login(rita)
    assert without_role.post(UPLOAD, {"upload": picture()}).status_code == 403
    assert without_role.get(PICK).status_code == 403
    assert not Photo.objects.exists()


def test_the_picker_hands_over_address_description_and_caption(desk):
    photo = factories.photo(caption='Cam "chín"', credit="Hà Thu", alt="Vườn cam")
    Photo.objects.create(caption="Chưa có tệp")
    html = desk("rita").get(PICK, {"CKEditorFuncNum": "3"}).content.decode()
    assert f'data-url="{photo.url}"' in html
    assert 'data-alt="Vườn cam"' in html
    assert 'data-caption="Cam &quot;chín&quot;' in html
    assert 'data-callback="3"' in html
    assert "Chưa có tệp" not in html


@pytest.mark.parametrize("query", [{"q": "\0"}, {"q": "x" * 9000}, {"CKEditorFuncNum": "'\"><script>"}])
def test_garbage_sent_to_the_picker_is_harmless(desk, query):
    response = desk("rita").get(PICK, query)
    assert response.status_code == 200
    assert '"><script>' not in response.content.decode()


def test_the_thumbnail_of_a_photo_is_found_by_its_number(desk):
    photo = factories.photo()
    waiting = Photo.objects.create(caption="Chưa có tệp")
    client = desk("rita")
    assert client.get(f"/admin/articles/photo/{photo.pk}/thumbnail/").headers["Location"] == photo.thumbnail
    for pk in (waiting.pk, 0, 10**17):
        assert client.get(f"/admin/articles/photo/{pk}/thumbnail/").status_code == 404


# The focal point


def change(client, photo, **fields):
    return client.post(f"/admin/articles/photo/{photo.pk}/change/", {"caption": "Chú thích", **fields})


def test_another_focal_point_makes_the_crops_again(desk):
    photo = factories.photo()
    before = photo.card.url
    change(desk("ed"), photo, focus_x="20", focus_y="80")
    photo.refresh_from_db()
    assert photo.focus == (20, 80)
    assert photo.card.url != before
    assert default_storage.exists(photo.card.url.removeprefix("/media/"))


@pytest.mark.parametrize("value", ["101", "-1", "x", "9" * 30, "1.5"])
def test_a_focal_point_outside_the_picture_is_refused_and_keeps_every_word(desk, value):
    photo = factories.photo()
    response = change(desk("ed"), photo, focus_x=value, focus_y="50", credit="Vừa gõ")
    assert response.context["adminform"].form.errors["focus_x"]
    assert read(response).values["credit"] == "Vừa gõ"
    photo.refresh_from_db()
    assert photo.focus == (50, 50)


def test_a_form_without_a_focal_point_leaves_it(desk):
    photo = factories.photo(focus_x=30, focus_y=40)
    for fields in ({}, {"focus_x": "", "focus_y": ""}):
        change(desk("ed"), photo, **fields)
        photo.refresh_from_db()
        assert photo.focus == (30, 40)


def test_without_the_original_the_words_can_still_be_changed_but_not_the_crops(desk):
    photo = factories.photo()
    storages["originals"].delete(photo.original)
    assert change(desk("ed"), photo, focus_x="1").context["adminform"].form.errors["focus_x"]
    assert change(desk("ed"), photo).status_code == 302


def test_a_new_picture_is_cut_about_the_point_that_came_with_it(desk):
    desk("rita").post(ADD, {"upload": picture(), "caption": "A", "focus_x": "0", "focus_y": "100"})
    assert Photo.objects.get().focus == (0, 100)


def test_the_form_shows_the_crops_and_asks_what_the_picture_is(desk):
    photo = factories.photo()
    html = desk("ed").get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()
    assert photo.card.url in html
    assert photo.social[0] in html
    assert 'name="is_illustration"' in html
    assert 'name="made_by_ai"' in html
