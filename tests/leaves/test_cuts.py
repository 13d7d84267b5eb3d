"""The part of a picture that lists show, cut by hand."""

import pytest

from articles import renditions
from articles.models import Photo
from tests import factories

from .test_renditions import corners, encoded, file_at, in_four_colours

SIZES = [(16, 16), (640, 427), (1600, 16), (16, 1600), (3000, 2000), (1200, 1500)]
ASKED = [(0, 0, 100), (50, 50, 50), (-20, 300, 5), (99, 99, 99), (12.34, 5.67, 33.33), (0, 0, 0)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("asked", ASKED)
def test_a_cut_lies_inside_the_picture_in_tenths_of_a_percent(size, asked):
    cut = renditions.fit(size, *asked)
    assert 0 < cut.width <= 100
    assert 0 <= cut.left <= 100 - cut.width + 1e-9
    assert cut.top >= 0
    assert cut.top + cut.height(size) <= 100 + 1e-6
    assert all(round(percent * 10) == pytest.approx(percent * 10) for percent in cut)
    assert renditions.fit(size, *cut) == cut


def test_a_cut_is_three_to_two_and_not_a_blur():
    assert renditions.fit((1000, 1000), 0, 0, 100).height((1000, 1000)) == pytest.approx(66.67, abs=0.01)
    assert renditions.fit((1000, 1000), 0, 0, 1).width == renditions.NARROWEST_CUT


@pytest.mark.parametrize("size", SIZES)
def test_every_card_of_a_cut_has_the_size_and_the_name_that_the_page_says(size):
    made = renditions.render(factories.picture_bytes(size=size), cut=(10, 10, 40))
    master, whole = f"/media/{made.master}", (made.width, made.height)
    address, *said = renditions.card_fallback(master, whole, made.focus, made.cut)
    assert file_at(made, address).size == tuple(said)
    for ending in ("avif", "webp"):
        for address, width in renditions.card_sources(master, whole, made.focus, ending, made.cut):
            assert file_at(made, address).width == width


def test_a_card_shows_what_was_cut():
    data = encoded(in_four_colours(), "JPEG", quality=95)
    made = renditions.render(data, cut=(55, 0, 37.5))  # in the green quarter: 352 to 592 of 640, 0 to 160 of 320
    address, _w, _h = renditions.card_fallback(f"/media/{made.master}", (640, 320), made.focus, made.cut)
    assert set(corners(file_at(made, address).convert("RGB"))) == {"green"}


def test_a_cut_changes_the_cards_only_and_gives_them_names_of_their_own():
    plain, cut = (renditions.render(factories.picture_bytes(), folder="a", cut=cut) for cut in (None, (10, 10, 50)))
    different = set(plain.files) ^ set(cut.files)
    assert different
    assert all("/card-" in name for name in different)


def test_the_card_of_a_photo_without_a_cut_is_named_as_ever():
    photo = Photo(master="2023/03/a1b2/master.jpg", width=1600, height=1067, edition=renditions.EDITION)
    assert photo.card.url.endswith("/a1b2/card-50-50-720.jpg")
    photo.crop_x, photo.crop_y, photo.crop_width = 10.5, 20, 80
    assert photo.card.url.endswith("/a1b2/card-105-200-800-720.jpg")
    assert photo.social[0].endswith("/social-50-50.jpg")
