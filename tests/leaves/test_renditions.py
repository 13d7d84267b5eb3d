"""What an upload becomes. The hostile files are made here; tests/files has those of a collection."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from articles import decoding, renditions
from tests import factories

JPEG = factories.picture_bytes()
GPS_POSITION = {1: "N", 2: (20.0, 49.0, 12.5), 3: "E", 4: (105.0, 20.0, 3.0)}  # Hòa Bình


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_of_size(width, height):
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def opened(data):
    return Image.open(io.BytesIO(data))


def master(made):
    return opened(made.files[made.master])


def file_at(made, address):
    """The file that a page gets at an address under /media/."""
    return opened(made.files[address.removeprefix("/media/")])


def in_four_colours():
    """640 × 320: red and green above, blue and white below."""
    image = Image.new("RGB", (640, 320))
    for place, colour in {(0, 0): "red", (320, 0): "green", (0, 160): "blue", (320, 160): "white"}.items():
        image.paste(Image.new("RGB", (320, 160), colour), place)
    return image


def corners(image):
    """The colours of the four corners, clockwise from the top left, as their nearest pure ones."""
    places = [(8, 8), (image.width - 8, 8), (image.width - 8, image.height - 8), (8, image.height - 8)]
    names = {(True, False, False): "red", (False, True, False): "green", (False, False, True): "blue"}
    bright = [tuple(value > 90 for value in image.getpixel(place)) for place in places]
    return [names.get(pixel, "white") for pixel in bright]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_of_every_kind_becomes_a_jpeg_master(kind):
    made = renditions.render(factories.picture_bytes(kind))
    assert master(made).format == "JPEG"
    assert master(made).size == (made.width, made.height) == (640, 427)


@pytest.mark.parametrize(
    ("width", "webp", "avif"),
    [(100, [100], [100]), (480, [480], [480]), (1000, [480, 960, 1000], [480, 800, 1000]),
     (1600, [480, 960, 1600], [480, 800, 1200, 1600])],
)  # fmt: skip
def test_the_copies_are_as_wide_as_their_names(width, webp, avif):
    made = renditions.render(factories.picture_bytes(size=(width, 80)))
    for ending, copies in (("webp", webp), ("avif", avif)):
        found = {name.split("/")[1]: opened(data).width for name, data in made.files.items() if name.endswith(ending)}
        assert {name: width for name, width in found.items() if "-" not in name} == {f"{w}.{ending}": w for w in copies}


def test_a_large_picture_is_scaled_to_the_master_width():
    made = renditions.render(factories.picture_bytes(size=(4000, 3000)))
    assert (made.width, made.height) == (renditions.MASTER_WIDTH, 1200)


def test_the_addresses_of_the_copies_are_those_of_the_files():
    made = renditions.render(JPEG)
    url, size = f"/media/{made.master}", (made.width, made.height)
    addresses = {url, renditions.social(url, size, (50, 50))[0], renditions.card_fallback(url, size, (50, 50))[0]}
    addresses |= {address for address, _width, _height in renditions.shapes(url, size, (50, 50))}
    for ending in ("avif", "webp"):
        addresses |= {address for address, _width in renditions.sources(url, made.width, ending)}
        addresses |= {address for address, _width in renditions.card_sources(url, size, (50, 50), ending)}
    assert {f"/media/{name}" for name in made.files} == addresses
    assert len(made.master.rsplit("/", 1)[0]) == 24


SIZES = [(16, 16), (17, 31), (640, 427), (1600, 16), (16, 1600), (3000, 2000)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("focus", [(50, 50), (0, 100), (100, 0)])
def test_every_file_has_the_size_that_the_page_says(size, focus):
    made = renditions.render(factories.picture_bytes(size=size), focus)
    url, size = f"/media/{made.master}", (made.width, made.height)
    for address, *said in (renditions.card_fallback(url, size, focus), renditions.social(url, size, focus)):
        assert list(file_at(made, address).size) == said
    for ending in ("avif", "webp"):
        for address, width in renditions.card_sources(url, size, focus, ending):
            found = file_at(made, address)
            assert (found.width, found.height) == (width, max(1, round(width * 2 / 3)))


@pytest.mark.parametrize("size", SIZES)
def test_no_crop_is_larger_than_its_part_of_the_picture_but_the_social_one(size):
    made = renditions.render(factories.picture_bytes(size=size))
    url, size = f"/media/{made.master}", (made.width, made.height)
    assert max(renditions.card_widths(*size)) <= min(size[0], max(1, size[1] * 3 // 2))
    _address, width, height = renditions.social(url, size, (50, 50))
    assert width <= min(1200, 2 * size[0])
    assert height <= max(1, min(630, 2 * size[1]))


@pytest.mark.parametrize(
    ("focus", "colour"), [((0, 0), "red"), ((100, 0), "green"), ((0, 100), "blue"), ((100, 100), "white")]
)
def test_a_crop_keeps_the_focal_point_in_view(focus, colour):
    quarters = in_four_colours()  # as wide as two squares: its card crop loses a quarter of the width
    for size in ((640, 320), (320, 640)):
        made = renditions.render(encoded(quarters.resize(size), "PNG"), focus)
        card = file_at(made, renditions.card_fallback(f"/media/{made.master}", size, focus)[0])
        corner = [(0, 0), (100, 0), (100, 100), (0, 100)].index(focus)
        assert corners(card)[corner] == colour


def test_a_crop_about_the_middle_shows_the_middle():
    image = Image.new("RGB", (1000, 200), "red")
    image.paste(Image.new("RGB", (300, 200), "blue"), (350, 0))
    made = renditions.render(encoded(image, "PNG"))
    card = file_at(made, renditions.card_fallback(f"/media/{made.master}", (1000, 200), (50, 50))[0])
    assert set(corners(card)) == {"blue"}


def test_files_that_are_there_are_not_made_again():
    whole = renditions.render(JPEG, folder="2026/11/a")
    again = renditions.render(JPEG, (10, 20), folder="2026/11/a", skip=whole.files.__contains__)
    assert again.master == whole.master
    assert {name.split("/")[-1].split("-")[0] for name in again.files} == {"card", "social", *renditions.SEARCH_RATIOS}
    assert all("-10-20" in name for name in again.files)


def test_two_uploads_of_one_picture_get_two_names():
    assert renditions.render(JPEG).master != renditions.render(JPEG).master


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(orientation):
    turned = {
        1: (), 2: (Image.Transpose.FLIP_LEFT_RIGHT,), 3: (Image.Transpose.ROTATE_180,),
        4: (Image.Transpose.FLIP_TOP_BOTTOM,), 5: (Image.Transpose.TRANSPOSE,), 6: (Image.Transpose.ROTATE_90,),
        7: (Image.Transpose.TRANSVERSE,), 8: (Image.Transpose.ROTATE_270,),
    }  # fmt: skip
    image = in_four_colours()
    for turn in turned[orientation]:
        image = image.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = renditions.render(encoded(image, "JPEG", quality=95, exif=exif))
    assert (made.width, made.height) == (640, 320)
    assert corners(master(made).convert("RGB")) == ["red", "green", "white", "blue"]


def test_nothing_of_the_file_survives_but_its_pixels():
    exif = Image.Exif()
    exif[0x010F] = "MAYANH-BIMAT"
    exif.get_ifd(0x8825).update(GPS_POSITION)
    image = Image.new("RGB", (640, 427), "teal")
    data = encoded(image, "JPEG", exif=exif, comment=b"MAYANH-BIMAT") + b"<script>alert(1)</script>"
    assert b"MAYANH-BIMAT" in data
    for content in renditions.render(data).files.values():
        found = Image.open(io.BytesIO(content))
        assert not found.getexif()
        assert b"MAYANH" not in content
        assert b"<script" not in content


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"),
     ("RGBA", "WEBP"), ("P", "GIF")],
)  # fmt: skip
def test_every_mode_of_colour_becomes_rgb(mode, kind):
    made = renditions.render(encoded(Image.new(mode, (64, 48)), kind))
    assert master(made).mode == "RGB"


def test_what_is_transparent_lies_on_white_paper():
    made = renditions.render(encoded(Image.new("RGBA", (64, 48), (255, 0, 0, 0)), "PNG"))
    assert min(master(made).getpixel((10, 10))) > 250


def test_sixteen_bits_of_grey_keep_their_shades():
    image = Image.new("I;16", (64, 48), 0x8000)
    shade = master(renditions.render(encoded(image, "PNG"))).getpixel((10, 10))[0]
    assert 120 <= shade <= 136


def test_colours_are_brought_to_srgb_and_a_broken_profile_does_no_harm():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"broken", srgb[:200]):
        made = renditions.render(factories.picture_bytes(color="red", icc_profile=profile))
        assert master(made).getpixel((10, 10))[0] > 200


def test_an_animation_shows_its_first_picture():
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue", "green")]
    made = renditions.render(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0))
    assert corners(master(made))[0] == "red"
    assert getattr(master(made), "n_frames", 1) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"\xff\xd8\xff", JPEG[:200], JPEG[: len(JPEG) // 2],
        b"<!doctype html><script>alert(1)</script>", b"GIF89a=1;alert(1)//",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', b"%PDF-1.4", b"PK\x03\x04", b"\0" * 100_000,
        png_of_size(60_000, 60_000), png_of_size(20_000, 100), png_of_size(100, 20_000), png_of_size(0, 0),
        factories.picture_bytes("PNG", size=(1, 1)), factories.picture_bytes("PNG", size=(4000, 15)),
        factories.picture_bytes("BMP"), factories.picture_bytes("TIFF"), factories.picture_bytes("ICO", size=(64, 64)),
        factories.picture_bytes("PDF"),
    ],
)  # fmt: skip
def test_what_is_no_publishable_picture_is_refused_with_a_sentence(data):
    with pytest.raises(renditions.PictureRefused, match=r"\w+ \w+.*\w"):
        renditions.render(data)


def test_a_file_above_the_limit_is_refused_unread():
    with pytest.raises(renditions.PictureRefused, match="10"):
        renditions.render(JPEG + b"\0" * renditions.UPLOAD_LIMIT)


def test_the_size_is_asked_before_a_pixel_is_decoded(monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda image: pytest.fail("decoded"))
    for width, height in ((7_000, 7_000), (10_000, 10_000), (15_000, 15_000)):  # ours, Pillow's warning, its error
        with pytest.raises(decoding.Refused) as refused:
            decoding.read(png_of_size(width, height), renditions.RULES)
        assert (refused.value.why, refused.value.most) == (decoding.LARGE, 40_000_000)
        with pytest.raises(renditions.PictureRefused, match="40"):
            renditions.render(png_of_size(width, height))
