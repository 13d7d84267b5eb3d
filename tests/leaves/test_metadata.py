"""What a picture says about itself, and that nothing of it is public."""

import io

import pytest
from PIL import Image

from articles import metadata, renditions
from tests import factories

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"""


def exif(**tags):
    """caption, byline, rights, taken, offset as EXIF."""
    found = Image.Exif()
    numbers = {"caption": 0x010E, "byline": 0x013B, "rights": 0x8298}
    for name, value in tags.items():
        if name in numbers:
            found[numbers[name]] = value
    more = found.get_ifd(0x8769)
    more.update({number: tags[name] for name, number in (("taken", 0x9003), ("offset", 0x9011)) if name in tags})
    return factories.picture_bytes(exif=found)


def iptc(**fields):
    """A JPEG with IPTC records; values are bytes."""
    records = {"caption": 120, "byline": 80, "credit": 110, "rights": 116, "day": 55, "time": 60}
    block = b"".join(
        b"\x1c\x02" + bytes([records[name]]) + len(value).to_bytes(2, "big") + value for name, value in fields.items()
    )
    resource = b"8BIM\x04\x04\0\0" + len(block).to_bytes(4, "big") + block + b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + resource
    data = factories.picture_bytes()
    return data[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + data[2:]


def xmp(elements="", attributes=""):
    return factories.picture_bytes(xmp=XMP.format(elements=elements, attributes=attributes).encode())


def taken(data):
    moment = metadata.read(data).taken_at
    return moment and f"{moment:%Y-%m-%d %H:%M %z}"


def test_a_picture_without_words_says_nothing():
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        assert metadata.read(factories.picture_bytes(kind)) == metadata.Said()


@pytest.mark.parametrize("data", [b"", b"no picture", factories.picture_bytes()[:60]])
def test_what_is_no_picture_says_nothing(data):
    assert metadata.read(data) == metadata.Said()


def test_iptc_is_read_in_utf8_and_in_latin_1():
    said = metadata.read(iptc(caption="Vườn cam ở Mỏ Quạ".encode(), byline="Hà Thu".encode(), rights=b"\xa9 B\xe1o"))
    assert (said.caption, said.credit, said.rights) == ("Vườn cam ở Mỏ Quạ", "Hà Thu", "© Báo")


def test_photographer_and_agency_stand_as_newspapers_print_them():
    assert metadata.read(iptc(byline="Hà Thu".encode(), credit=b"TTXVN")).credit == "Hà Thu/TTXVN"
    assert metadata.read(iptc(byline="Hà Thu - TTXVN".encode(), credit=b"TTXVN")).credit == "Hà Thu - TTXVN"
    assert metadata.read(iptc(credit=b"TTXVN")).credit == "TTXVN"


def test_exif_is_read_and_cameras_that_sign_as_a_caption_are_not():
    said = metadata.read(exif(caption="Orange harvest", byline="Dinh Thang", rights="Bao Hoa Binh"))
    assert (said.caption, said.credit, said.rights) == ("Orange harvest", "Dinh Thang", "Bao Hoa Binh")
    for caption in ("OLYMPUS DIGITAL CAMERA", "SAMSUNG CSC", "DSC_0042.JPG", "IMG_20230322", "   ", "DCIM\\100"):
        assert metadata.read(exif(caption=caption)).caption == "", caption


def test_letters_that_were_lost_before_are_not_taken_over():
    assert metadata.read(exif(caption="C??nh ?????ng l??a")).caption == ""
    assert metadata.read(exif(caption="What happened here?")).caption == "What happened here?"


def test_xmp_goes_before_the_others_and_is_read_as_element_or_attribute():
    elements = (
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Hồ Nậm Sa</rdf:li></rdf:Alt></dc:description>'
        "<dc:creator><rdf:Seq><rdf:li>Hà Thu</rdf:li><rdf:li>Lê Đức</rdf:li></rdf:Seq></dc:creator>"
    )
    data = xmp(elements, 'photoshop:Credit="TTXVN" photoshop:DateCreated="2023-03-22T08:15:00+07:00"')
    said = metadata.read(data)
    assert (said.caption, said.credit) == ("Hồ Nậm Sa", "Hà Thu, Lê Đức/TTXVN")
    assert taken(data) == "2023-03-22 08:15 +0700"


@pytest.mark.parametrize(
    "packet",
    [
        b"<not xml", b"\xff\xfe\x00", b"<a>" * 5_000,
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '\ufeff<!DOCTYPE x [<!ENTITY a "Từ thực thể">]><x:xmpmeta xmlns:x="adobe:ns:meta/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>&a;Lời</dc:description></x:xmpmeta>'.encode("utf-16-be"),
        b"<x>" + b"y" * metadata.XMP_LIMIT + b"</x>",
    ],
)  # fmt: skip
def test_broken_or_hostile_xmp_is_passed_over(packet, monkeypatch):
    image = Image.open(io.BytesIO(exif(caption="Still read")))
    image.info["xmp"] = packet
    monkeypatch.setattr(metadata.Image, "open", lambda *args, **kwargs: image)
    assert metadata.read(b"") == metadata.Said(caption="Still read")


def test_words_come_in_nfc_on_one_line_and_cut_to_what_a_photo_holds():
    decomposed = "Hòa   Bình\r\n<script>alert(1)</script>"
    said = metadata.read(iptc(caption=decomposed.encode(), byline=("Người chụp " * 40).encode()))
    assert said.caption == "Hòa Bình <script>alert(1)</script>"  # text: templates escape it
    assert len(said.credit) <= metadata.LIMITS["credit"]
    assert said.credit.endswith(" Người…")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (exif(taken="2023:03:22 08:15:30"), "2023-03-22 08:15 +0700"),
        (exif(taken="2023:03:22 08:15:30", offset="+00:00"), "2023-03-22 08:15 +0000"),
        (iptc(day=b"20230322", time=b"081500+0700"), "2023-03-22 08:15 +0700"),
        (iptc(day=b"20230322"), "2023-03-22 00:00 +0700"),
        (exif(taken="0000:00:00 00:00:00"), None),
        (exif(taken="2023:02:31 08:15:30"), None),
        (exif(taken="1066:10:14 08:15:30"), None),
        (exif(taken="2199:01:01 00:00:00"), None),
        (exif(taken="garbage"), None),
    ],
)
def test_the_moment_it_was_taken_is_vietnams_unless_it_says_another_zone(data, expected):
    assert taken(data) == expected


# Nothing of this is public


def test_words_and_place_of_an_upload_are_in_none_of_its_public_files():
    found = Image.Exif()
    found[0x010E] = "SECRETWORD"
    found.get_ifd(0x8825).update({1: "N", 2: (20.0, 49.0, 12.5), 3: "E", 4: (105.0, 20.0, 3.0)})
    data = factories.picture_bytes(exif=found, comment=b"SECRETWORD", xmp=b"<x>SECRETWORD</x>")
    assert metadata.read(data).caption == "SECRETWORD"
    for content in renditions.render(data).files.values():
        assert b"SECRETWORD" not in content
        assert not Image.open(io.BytesIO(content)).getexif()
