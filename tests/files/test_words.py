"""Words that would be something else elsewhere: lines of a header, a letter or a log, a template."""

import logging
import re
from pathlib import Path

import pytest
from django.core import mail

from articles.editorial.notices import mail as letters
from articles.models import Notice, Photo
from tests import base, factories

from . import corpus

pytestmark = pytest.mark.django_db

TEMPLATE = "{{7*7}} {% debug %} {0.__class__} %(x)s ${7*7} #{7*7}"
BROKEN = ["/%0d%0aSet-Cookie:crlf=1", "/tim-kiem/?q=%0d%0aSet-Cookie:crlf=1", "/%E5%98%8A%E5%98%8DSet-Cookie:crlf=1"]


def test_a_template_in_any_field_is_printed_as_it_stands(stranger, monkeypatch):
    photo = factories.photo_without_files(caption=TEMPLATE, credit=TEMPLATE)
    article = factories.published(
        title=TEMPLATE, kicker=TEMPLATE, lede=TEMPLATE, dateline=TEMPLATE[:40], body=f"<p>{TEMPLATE}</p>", photo=photo
    )
    factories.signed(article, TEMPLATE)
    for address in (article.get_absolute_url(), "/", "/rss/"):
        html = stranger.get(address).content.decode()
        assert "{{7*7}} {% debug %}" in html, address
        assert not re.search(r"(?<!\d)49(?!\d)", html.replace("&#x27;", "")), address
        assert "&lt;class" not in html


def test_no_template_is_made_of_words_that_come_at_run_time():
    root = Path(__file__).parent.parent.parent
    files = [file for folder in ("articles", "newsroom") for file in (root / folder).rglob("*.py")]
    made = re.compile(r"\b(Template|from_string|Engine|format_map)\(")
    assert [file.name for file in files if made.search(file.read_text(encoding="utf-8"))] == []


def test_a_line_break_makes_no_second_header_and_no_second_line_of_the_log(stranger, caplog):
    caplog.set_level(logging.WARNING)
    addresses = [*BROKEN, *(corpus.strings("http/crlf.json") if corpus.FOLDER else [])]
    for address in addresses:
        for headers in ({}, {"user-agent": "x\r\nSet-Cookie: crlf=1", "referer": "x\r\n2026 WARNING forged"}):
            response = stranger.get(address, headers=headers)
            assert response.status_code < 500, address
            assert "crlf" not in response.cookies
            assert not any("\n" in value or "\r" in value for value in response.headers.values()), address
    assert caplog.records
    assert not any(re.search(r"[\r\n\x1b]", record.getMessage()) for record in caplog.records)


def test_a_line_break_in_a_notice_makes_no_second_header_of_the_letter(settings):
    ed = base.person("ed")
    ed.email = "ed@toasoan.vn"
    ed.save()
    said = "Bài mới\r\nBcc: ke-xau@example.com\n\x1b[31m"
    notice = Notice.objects.create(recipient=ed, text=said[:200], note=said)
    assert letters.send(Notice.objects.filter(pk=notice.pk)) == 1
    (letter,) = mail.outbox
    message = letter.message()
    assert message["Bcc"] is None
    assert letter.recipients() == ["ed@toasoan.vn"]
    assert "\n" not in message["Subject"].replace("\n ", "")


def test_the_words_of_a_file_name_are_no_markup_and_no_template_at_the_desk(desk):
    photo = factories.photo_without_files(caption=TEMPLATE + "<b>")
    html = desk("ed").get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()
    assert "{{7*7}} {% debug %}" in html
    assert "<b>" not in html.partition("{% debug %}")[2][:60]
    assert Photo.objects.search("debug").exists()
