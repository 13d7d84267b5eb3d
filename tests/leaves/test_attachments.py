"""Which files may be handed out."""

import pytest

from articles import attachments
from articles.attachments import AttachmentRefused

PDF, ZIP, OLE = b"%PDF-1.7\n", b"PK\x03\x04....", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."


@pytest.mark.parametrize(
    ("name", "head"),
    [
        *(("Quyết định số 5.PDF", PDF), ("bang.xlsx", ZIP), ("cu.doc", OLE), ("tieng.mp3", b"ID3\x04")),
        *(("so-lieu.csv", "xã,hộ\r\nNà Lương,41".encode()), ("ghi.txt", b"\xef\xbb\xbfcu")),
    ],
)
def test_a_file_that_is_what_its_name_says_may_be_handed_out(name, head):
    attachments.check(name, head, len(head))
    assert attachments.media_type(name)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        *(("trang.html", b"<html>"), ("anh.svg", b"<svg>"), ("may.exe", b"MZ"), ("macro.docm", ZIP), ("pdf", PDF)),
        *((".pdf", PDF), ("vo.pdf", b"<html>"), ("gia.docx", PDF), ("nhi-phan.csv", b"a,b\x00c"), ("", PDF)),
        *(("latin.txt", b"Th\xf4i"), ("kep.pdf.html", PDF)),
    ],
)
def test_a_kind_that_is_not_handed_out_or_a_name_that_lies_is_refused(name, head):
    with pytest.raises(AttachmentRefused):
        attachments.check(name, head, len(head))


def test_a_file_may_have_twenty_megabytes_and_no_byte_more():
    attachments.check("to.pdf", PDF, 20 * 1024 * 1024)
    with pytest.raises(AttachmentRefused, match="20 MB"):
        attachments.check("to.pdf", PDF, 20 * 1024 * 1024 + 1)


def test_a_letter_cut_in_two_by_the_end_of_the_head_is_no_mistake():
    head = ("a" * (attachments.HEAD - 1) + "ế").encode()[: attachments.HEAD]
    attachments.check("dai.txt", head, 10_000)


def test_no_kind_can_run_in_a_readers_browser():
    types = " ".join(media_type for media_type, _begins in attachments.KINDS.values())
    assert not any(word in types for word in ("html", "svg", "xml;", "javascript"))
    assert attachments.media_type("trang.html") is None
