import pytest
from django.core.files.storage import default_storage, storages

from articles.editorial import photos
from articles.models import Photo
from articles.renditions import PictureRefused
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_stored_photo_has_its_files_where_its_addresses_lead():
    photo = factories.photo()
    for address, _width in photo.sources:
        assert default_storage.exists(address.removeprefix("/media/"))
    assert default_storage.exists(photo.master)


def test_the_original_is_kept_byte_for_byte_and_not_under_media():
    data = factories.picture_bytes(color="red")
    photo = photos.store(Photo(), data)
    with storages["originals"].open(photo.original) as file:
        assert file.read() == data
    assert not default_storage.exists(photo.original)


def test_a_refused_picture_stores_nothing():
    with pytest.raises(PictureRefused):
        photos.store(Photo(caption="Chú thích"), b"<html>")
    assert not Photo.objects.exists()
    assert not default_storage.exists(".") or default_storage.listdir(".") == ([], [])


def test_the_same_picture_twice_is_two_photos_with_two_originals():
    first, second = factories.photo(), factories.photo()
    assert first.master != second.master
    assert first.original != second.original


def test_a_photo_that_waits_for_its_picture_has_no_address():
    photo = Photo.objects.create(caption="Chú thích")
    assert (photo.url, photo.thumbnail) == ("", "")
