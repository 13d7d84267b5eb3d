"""How pictures come in: one by one as JSON, many by a plain form, and who stands before closed doors."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from articles import renditions
from articles.admin.photos import limit
from articles.models import Photo
from tests import base, factories

pytestmark = pytest.mark.django_db

UPLOAD, MANY = "/admin/articles/photo/upload/", "/admin/articles/photo/many/"
PICK, CREDIT = "/admin/articles/photo/pick/", "/admin/articles/photo/credit/"


def picture(name="anh.jpg", data=None, caption=""):
    exif = Image.Exif()
    if caption:
        exif[0x010E] = caption
    return SimpleUploadedFile(name, factories.picture_bytes(exif=exif) if data is None else data, "image/jpeg")


# One by one


def test_the_words_of_the_file_and_of_the_form_stand_on_the_photo(desk):
    shared = {"credit": "Hà Thu", "rights": "Mua đứt", "rights_until": "2030-01-31"}
    answer = desk("rita").post(UPLOAD, {"upload": picture(caption="Orange harvest"), "tile": "list", **shared}).json()
    photo = Photo.objects.get()
    assert (photo.caption, photo.credit, photo.rights) == ("Orange harvest", "Hà Thu", "Mua đứt")
    assert f"/admin/articles/photo/{photo.pk}/change/" in answer["tile"]
    assert "Orange harvest" in answer["tile"]


def test_what_a_file_says_is_escaped(desk):
    script = "<script>alert(1)</script>"
    for tile in ("list", "choice"):
        answer = desk("rita").post(UPLOAD, {"upload": picture(caption=script), "tile": tile}).json()
        assert "<script" not in answer["tile"]
        assert "&lt;script&gt;" in answer["tile"]


def test_the_picker_gets_a_photo_to_choose(desk):
    answer = desk("rita").post(UPLOAD, {"upload": picture(), "tile": "choice"}).json()
    assert f'data-pk="{Photo.objects.get().pk}"' in answer["tile"]


def test_a_date_that_is_none_is_refused_before_the_picture_is_made(desk, monkeypatch):
    monkeypatch.setattr(renditions, "render", lambda *args, **kwargs: pytest.fail("decoded"))
    response = desk("rita").post(UPLOAD, {"upload": picture(), "rights_until": "31/02/2023"})
    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_a_body_that_says_it_is_too_long_is_refused_unread(monkeypatch):
    client = Client(enforce_csrf_checks=True)  # the token is in the body, which is not read either
    client.force_login(base.person("rita"))
    for address in (UPLOAD, MANY):
        for length in (str(10**12), "x", "-5", "9" * 5000):
            response = client.post(address, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=length)
            assert response.status_code == 413, (address, length)
            if length in {"x", "-5"}:  # the others come no further than newsroom/limits.py
                assert response.json()["uploaded"] == 0


def test_twenty_a_minute_then_a_pause(desk, monkeypatch):
    assert limit.UPLOADS_A_MINUTE == 20
    monkeypatch.setattr(limit, "UPLOADS_A_MINUTE", 2)
    monkeypatch.setattr(limit, "time", lambda: 60_000_010.0)
    client = desk("rita")
    assert [client.post(UPLOAD, {"upload": picture()}).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.post(UPLOAD, {"upload": picture()})
    assert refused.headers["Retry-After"] == "50"
    assert refused.json()["error"]["message"]
    assert desk("ed").post(UPLOAD, {"upload": picture()}).status_code == 200  # each person has an own limit
    monkeypatch.setattr(limit, "time", lambda: 60_000_070.0)
    assert client.post(UPLOAD, {"upload": picture()}).status_code == 200


def test_a_cache_that_does_not_answer_stops_nobody(desk, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(limit.cache, "incr", fail)
    monkeypatch.setattr(limit.cache, "add", fail)
    assert desk("rita").post(UPLOAD, {"upload": picture()}).status_code == 200


def test_a_full_disk_is_said_and_leaves_no_row(desk, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    response = desk("rita").post(UPLOAD, {"upload": picture()})
    assert response.status_code == 507
    assert response.json()["error"]["message"]
    assert not Photo.objects.exists()


# Many at once, without JavaScript


def test_many_files_come_in_by_a_plain_form_and_a_refused_one_says_why(desk):
    files = [picture("một.jpg"), picture("hỏng.jpg", b"no picture"), picture("hai.jpg")]
    response = desk("rita").post(MANY, {"upload": files, "credit": "Hà Thu"}, follow=True)
    html = response.content.decode()
    assert set(Photo.objects.values_list("credit", flat=True)) == {"Hà Thu"}
    assert Photo.objects.count() == 2
    assert "Đã tải lên 2 ảnh." in html
    assert "“hỏng.jpg”: Tệp không phải là ảnh" in html
    for photo in Photo.objects.all():
        assert f"/admin/articles/photo/{photo.pk}/change/" in html


def test_more_files_than_one_form_takes_are_named(desk, monkeypatch):
    monkeypatch.setattr("articles.admin.photos.upload.MOST", 1)
    html = desk("rita").post(MANY, {"upload": [picture("a.jpg"), picture("b.jpg")]}, follow=True).content.decode()
    assert Photo.objects.count() == 1
    assert "“b.jpg”: Mỗi lần tối đa 1 tệp." in html


def test_a_form_without_files_or_with_a_wrong_day_keeps_what_was_typed(desk):
    client = desk("rita")
    assert "Hãy chọn một ảnh." in client.post(MANY, {}, follow=True).content.decode()
    response = client.post(MANY, {"upload": picture(), "credit": "Vừa gõ", "rights_until": "x"})
    assert response.context["form"].errors
    assert 'value="Vừa gõ"' in response.content.decode()
    assert not Photo.objects.exists()


@pytest.mark.parametrize("added", ["x", "1,x,,\0", "9" * 400, "-1", ",".join("1" * 300)])
def test_garbage_behind_added_is_harmless(desk, added):
    assert desk("rita").get(MANY, {"added": added}).status_code == 200


def test_the_box_takes_several_pictures_and_a_phones_camera(desk):
    html = desk("rita").get(MANY).content.decode()
    assert 'type="file" name="upload" accept="image/*" multiple' in html
    assert 'enctype="multipart/form-data"' in html


# Doors: each is closed to whom it is not for


def doors(client, photo):
    """{door: status} of everything that shows or changes the library."""
    page = f"/admin/articles/photo/{photo.pk}/"
    return {
        "list": client.get("/admin/articles/photo/").status_code,
        "pick": client.get(PICK).status_code,
        "many": client.get(MANY).status_code,
        "send": client.post(MANY, {"upload": picture()}).status_code,
        "upload": client.post(UPLOAD, {"upload": picture()}).status_code,
        "credit": client.post(CREDIT, {"photo": [photo.pk], "apply": "1", "credit": "Trộm"}).status_code,
        "thumbnail": client.get(f"{page}thumbnail/").status_code,
        "form": client.get(f"{page}change/").status_code,
        "delete": client.post(f"{page}delete/", {"post": "yes"}).status_code,
    }


def test_a_stranger_is_sent_to_the_login_by_every_door(stranger):
    photo = factories.photo()
    assert set(doors(stranger, photo).values()) == {302}
    photo.refresh_from_db()
    assert photo.credit == ""
    assert Photo.objects.count() == 1


def test_the_royalty_clerk_comes_through_no_door(desk):
    photo = factories.photo()
    found = doors(desk("kim"), photo)
    assert found.pop("thumbnail") == 404
    assert set(found.values()) == {403}
    photo.refresh_from_db()
    assert photo.credit == ""
    assert Photo.objects.count() == 1


def test_a_reporter_brings_in_and_chooses_but_does_not_change_or_delete_a_colleagues(desk):
    photo = factories.photo(created_by=base.person("ed"))
    found = doors(desk("rita"), photo)
    assert found == {
        **{"list": 200, "pick": 200, "many": 200, "send": 302, "upload": 200, "form": 200},
        **{"credit": 302, "thumbnail": 302, "delete": 403},
    }
    photo.refresh_from_db()
    assert photo.credit == ""


def test_the_photo_editor_keeps_the_whole_library_but_deletes_nothing_that_was_shown(desk):
    photo, shown = factories.photo(created_by=base.person("rita")), factories.photo()
    factories.published(photo=shown)
    found = doors(desk("phong"), photo)
    assert found["credit"] == 302
    assert not Photo.objects.filter(pk=photo.pk).exists()
    doors(desk("phong"), shown)
    shown.refresh_from_db()
    assert shown.credit == "Trộm"


def test_every_change_needs_the_token(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(base.person("phong"))
    photo = factories.photo()
    for address in (UPLOAD, MANY, CREDIT):
        data = {"upload": picture(), "photo": photo.pk, "apply": "1", "credit": "X"}
        assert client.post(address, data).status_code == 403, address
    assert desk("phong").get(CREDIT).status_code == 405
    assert Photo.objects.count() == 1
