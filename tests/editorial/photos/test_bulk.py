"""Credit and rights for many, the words of an upload, rights that end."""

from datetime import date, timedelta

import pytest
from PIL import Image

from articles import days
from articles.editorial import photos, trail
from articles.models import Photo
from tests import base, factories

pytestmark = pytest.mark.django_db


def credit(name, found, *, only_empty=False, **given):
    outcome = photos.credit_many(
        base.person(name), [photo.pk for photo in found], photos.Rights(**given), only_empty=only_empty
    )
    for photo in found:
        photo.refresh_from_db()
    return outcome


def some(*credits, **fields):
    return [factories.photo_without_files(credit=credit, **fields) for credit in credits]


def test_many_get_credit_and_rights_in_one_step():
    found = some("", "Cũ")
    assert credit("phong", found, credit="Hà Thu", rights="Mua đứt", rights_until=date(2030, 1, 1)) == (2, 0)
    assert {(p.credit, p.rights, p.rights_until) for p in found} == {("Hà Thu", "Mua đứt", date(2030, 1, 1))}


def test_what_is_not_given_stays():
    (photo,) = some("Cũ", rights="Giữ")
    credit("phong", [photo], rights_until=date(2030, 1, 1))
    assert (photo.credit, photo.rights) == ("Cũ", "Giữ")


def test_old_credits_are_kept_where_that_was_asked():
    found = some("", "Cũ")
    assert credit("phong", found, only_empty=True, credit="Hà Thu") == (1, 0)
    assert [photo.credit for photo in found] == ["Hà Thu", "Cũ"]


def test_photos_that_the_person_may_not_change_are_counted_and_left():
    own, other = some("", "", created_by=base.person("rita"))
    Photo.objects.filter(pk=other.pk).update(created_by=base.person("ed"))
    assert credit("rita", [own, other], credit="Hà Thu") == (1, 1)
    assert [own.credit, other.credit] == ["Hà Thu", ""]


def test_who_has_no_right_changes_none():
    assert credit("kim", some("", ""), credit="Hà Thu") == (0, 2)


def test_a_new_credit_is_found_and_recorded(monkeypatch):
    said = []
    monkeypatch.setattr(trail, "record", lambda user, action, photo, changes: said.append((action, photo, changes)))
    (photo,) = some("Cũ")
    credit("phong", [photo], credit="Hà Thu")
    assert list(Photo.objects.search("ha thu")) == [photo]
    assert said == [("credit", photo, {"credit": ["Cũ", "Hà Thu"]})]


def test_an_upload_has_the_words_of_its_file_where_none_were_given(monkeypatch):
    said = []
    monkeypatch.setattr(trail, "record", lambda user, action, photo: said.append((action, photo)))
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "Harvest", "Ha Thu"
    data = factories.picture_bytes(exif=exif)
    photo = photos.bring_in(base.person("rita"), data, credit="TTXVN")
    assert (photo.caption, photo.credit, photo.created_by) == ("Harvest", "TTXVN", base.person("rita"))
    assert said == [("upload", photo)]


def test_row_and_set_agree_on_rights_that_end():
    today = days.today()
    for offset in (-400, -1, 0, 1, 29, 30, 400):
        factories.photo_without_files(caption=str(offset), rights_until=today + timedelta(days=offset))
    factories.photo_without_files(caption="không hạn")
    everything = Photo.objects.all()
    assert set(Photo.objects.expired()) == {photo for photo in everything if photo.has_expired}
    assert set(Photo.objects.expiring()) == {photo for photo in everything if photo.expires_soon}
    assert Photo.objects.expired().count() == 2
    assert Photo.objects.expiring().count() == 3


def test_a_cut_makes_files_beside_the_old_ones_and_can_be_taken_away():
    photo = factories.photo()
    first = photo.card.url
    photos.keep(photo, photos.prepare_again(photo, photo.focus, (10, 10, 50)))
    cut = photo.card.url
    photos.keep(photo, photos.prepare_again(photo))  # a renewal leaves it
    assert photo.card.url == cut != first
    photos.keep(photo, photos.prepare_again(photo, photo.focus, None))
    assert photo.card.url == first
