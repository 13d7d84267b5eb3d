"""What a photo offers to the pages: its shapes, in the formats that its edition has."""

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError

from articles.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db


def exists(address):
    return default_storage.exists(address.removeprefix("/media/"))


def addresses(shape):
    return [shape.url, *(address for address, _width in [*shape.avif, *shape.webp])]


@pytest.mark.parametrize("focus", [{}, {"focus_x": 0, "focus_y": 100}])
def test_every_address_of_a_photo_leads_to_a_file(focus):
    photo = factories.photo(**focus)
    found = [*addresses(photo.whole), *addresses(photo.card), photo.social[0], photo.thumbnail]
    assert [address for address in found if not exists(address)] == []


def test_a_photo_of_the_first_edition_has_webp_of_the_whole_picture_only():
    photo = factories.photo_without_files(edition=1)
    assert photo.card == photo.whole
    assert photo.whole.avif == []
    assert photo.whole.webp == photo.sources
    assert photo.social == (photo.url, photo.width, photo.height)


def test_a_photo_that_waits_for_its_picture_has_nothing_to_share():
    assert Photo(caption="Chú thích").social is None
    assert Photo(caption="Chú thích").thumbnail == ""


def test_a_card_is_as_high_as_two_thirds_of_its_width():
    card = Photo(master="2026/11/a/master.jpg", width=1600, height=1200, edition=2).card
    assert (card.width, card.height) == (720, 480)
    assert card.avif[0] == ("/media/2026/11/a/card-50-50-240.avif", 240)


@pytest.mark.parametrize("focus", [{"focus_x": 101}, {"focus_y": 101}])
def test_no_focal_point_lies_outside_the_picture(focus):
    with pytest.raises(IntegrityError):
        Photo.objects.create(**focus)


def test_only_photos_with_a_picture_of_an_earlier_edition_are_behind():
    old, new = factories.photo_without_files(edition=1), factories.photo_without_files(edition=2)
    Photo.objects.create(caption="Chưa có ảnh")
    assert list(Photo.objects.behind()) == [old]
    assert list(Photo.objects.behind(every=True)) == [old, new]
