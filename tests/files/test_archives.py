"""Archives: taken in nowhere by themselves, and an office file, which is one, only with harmless contents."""

import io
import stat
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import attachments, decoding, importers, packages, renditions
from articles.models import Attachment
from tests import factories
from tests.admin.forms import change_url, send

from . import corpus

WORDS = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")]
SECONDS = 1  # for a look at one archive


def archive(*entries):
    """A file as SimpleUploadedFile gives it: entries are (name or ZipInfo, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return out


def entry(name, **fields):
    info = zipfile.ZipInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def encrypted():
    data = bytearray(archive(*WORDS).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(("kind", "entries"), [
    ("docx", WORDS), ("docx", [*WORDS, ("word/media/anh 1.jpeg", b"x"), ("word/embeddings/bang.xlsx", b"PK")]),
    ("xlsx", [("xl/workbook.xml", b"x")]), ("pptx", [("ppt/presentation.xml", b"x")]),
    ("odt", [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"x"), ("Pictures/", b"")]),
    ("xlsx", [("xl/worksheets/sheet1.xml", b"<c>%d</c>" * 900_000 % tuple(range(900_000)))]),
])  # fmt: skip
def test_an_honest_office_file_is_handed_out(kind, entries):
    attachments.check_inside(f"tep.{kind}", archive(*entries))


LINK = entry("word/a", external_attr=(stat.S_IFLNK | 0o777) << 16)
DEVICE = entry("word/a", external_attr=(stat.S_IFCHR | 0o666) << 16)


@pytest.mark.parametrize(("file", "fault"), [
    *((archive(*WORDS, (name, b"x")), packages.OUTWARD) for name in (
        "../x", "word/../../x", "/etc/x", "..\\x", "C:\\x", "~/.bashrc", "a//b", "word/..", "%2e%2e/x", "a" * 300,
        "a:b", "word/\u202ex", "word/./x", "Word/Document.xml")),
    (archive(*WORDS, (LINK, b"/etc/passwd")), packages.OUTWARD), (archive(*WORDS, (DEVICE, b"")), packages.OUTWARD),
    (encrypted(), packages.OUTWARD),
    (archive(*WORDS, ("word/a.xml", b"\0" * 30_000_000)), packages.BOMB),
    (archive(*WORDS, *((f"word/{number:060}", b"") for number in range(9000))), packages.BOMB),
    (archive(*WORDS, ("word/vbaProject.bin", b"x")), packages.MACRO),
    (archive(*WORDS, ("Basic/Standard/a.xml", b"x")), packages.MACRO),
    (archive(*WORDS, ("word/a.exe", b"MZ")), packages.MACRO), (archive(*WORDS, ("a.html", b"x")), packages.MACRO),
    (archive(("xl/workbook.xml", b"x")), packages.OTHER), (archive(), packages.BOMB),
    (io.BytesIO(b"PK\x03\x04 and no more"), packages.BOMB), (io.BytesIO(b""), packages.BOMB),
    (io.BytesIO(archive(*WORDS).getvalue()[:-30]), packages.BOMB),
    (io.BytesIO(b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18), packages.BOMB),
    (io.BytesIO(b"PK\x03\x04" + b"PK\x05\x06" + b"\1" * 18), packages.BOMB),
    (io.BytesIO(b"PK\x03\x04" + b"PK\x05\x06" + b"\1\0" * 4 + b"\1\0\0\0" * 2 + b"\0\0"), packages.OTHER),
])  # fmt: skip
def test_what_a_word_processor_should_not_unpack_is_refused_and_said(file, fault):
    assert packages.fault("docx", file) == fault
    with pytest.raises(attachments.AttachmentRefused, match=r"\w+ \w+.*[.]$"):
        attachments.check_inside("tep.docx", file)


def test_a_macro_of_the_old_formats_is_found():
    name = "_VBA_PROJECT".encode("utf-16-le")
    assert packages.fault("doc", io.BytesIO(b"\xd0\xcf\x11\xe0" + b"." * 5000)) is None
    assert packages.fault("xls", io.BytesIO(b"\xd0\xcf\x11\xe0" + b"." * 5000 + name)) == packages.MACRO


def test_an_archive_itself_is_not_taken_in_but_one_of_before_is_still_handed_out():
    with pytest.raises(attachments.AttachmentRefused):
        attachments.check("tep.zip", archive(*WORDS).getvalue(), 100)
    assert attachments.headers("2023/tep.zip")["Content-Disposition"] == "attachment"


@pytest.mark.django_db
def test_a_form_with_a_hostile_file_says_why_and_keeps_every_word(desk):
    article = factories.draft()
    for file in (archive(*WORDS, ("../x", b"x")), io.BytesIO(b"PK\x03\x04")):
        upload = SimpleUploadedFile("tep.docx", file.getvalue())
        row = {"attachments-TOTAL_FORMS": "1", "attachments-0-order": "0", "attachments-0-file": upload}
        response = send(desk("ed"), change_url(article), lede="Giữ lại", **row)
        assert "Giữ lại" in response.content.decode()
        assert str(attachments.INSIDE[packages.fault("docx", file)]) in response.content.decode()
    assert not Attachment.objects.exists()


def as_the_form_does(name, data):
    attachments.check(name, data[: attachments.HEAD], len(data))
    attachments.check_inside(name, io.BytesIO(data))


@corpus.needed
def test_every_archive_is_refused_by_every_door():
    for path, expected in corpus.files("archives"):
        data = path.read_bytes()
        for kind in ("zip", "gz", *packages.MARKS):
            begun = time.perf_counter()
            with pytest.raises(attachments.AttachmentRefused):
                as_the_form_does(f"tep.{kind}", data)
            assert time.perf_counter() - begun < SECONDS, (path.name, kind, expected)
        with pytest.raises(importers.ImportRefused, match=r"[.]$"):
            importers.parse(data, path.name)
        with pytest.raises(decoding.Refused):
            decoding.read(data, renditions.RULES)
