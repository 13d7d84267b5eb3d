"""Nothing that a file may hold ends in anything but an article or a sentence that says why not."""

import time

import pytest

from articles import importers

PARAGRAPH = "<p>Một câu văn dài vừa đủ để thành một đoạn văn của bài báo này.</p>"
SECONDS = 20  # what the worst may take on a busy machine; 2 to 6 on an idle one


@pytest.mark.parametrize("data", [
    pytest.param(b"", id="empty"),
    pytest.param(b" \n\t\r\n", id="blank"),
    pytest.param("\u00a0\u200b\n".encode() * 50, id="invisible"),
    pytest.param(b"abc\x00def" * 20, id="NUL"),
    pytest.param(bytes(range(256)) * 40, id="binary"),
    pytest.param(b"%PDF-1.7 and so on", id="PDF"),
    pytest.param(b"\xed\xa0\x80 lone surrogate " * 9, id="surrogate"),
    pytest.param("Céng hßa x· héi chñ nghÜa ViÖt Nam".encode("cp1252") * 9, id="TCVN3"),
    pytest.param(b"a\n" * 1_000_000, id="million-lines"),
    pytest.param(b"<p>a\n" * 1_000_000, id="million-lines-html"),
    pytest.param(b"abc " * 1_500_000, id="one-long-line"),
    pytest.param(b"x" * 9_000_000, id="too-large"),
    pytest.param(b"<html><body>" + b"<div>" * 100_000 + b"x", id="deep"),
    pytest.param(b"<html><body>" + b"<b>x</b>" * 500_000, id="many-elements"),
    pytest.param(b"<html><body><script>var a = 1;</script></body></html>", id="no-words"),
    pytest.param(b"1;2;3\n4;5;6\n" * 50, id="figures"),
    pytest.param('{"a": "Một câu văn dài vừa đủ để thành một đoạn văn của bài báo này."}'.encode(), id="JSON"),
    pytest.param(f"<!-- tin --><rss><title>Tin</title>{PARAGRAPH}</rss>".encode(), id="RSS"),
    pytest.param("Chỉ một tít".encode(), id="title-only"),
])  # fmt: skip
def test_what_is_no_page_is_refused_with_a_reason(data):
    started = time.monotonic()
    with pytest.raises(importers.ImportRefused, match=r"\w{2,}.*[.]$"):
        importers.parse(data, "page")
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize("body", [
    pytest.param("<ul><li><a href=x>abc def ghi</a></li></ul>" * 5_000, id="links"),
    pytest.param("<div>" * 60 + "<i class=sapo>q</i>" * 20_000, id="sapo"),
    pytest.param("<table><tr><td>" * 20 + "a b c d e f g" + "</td></tr></table>" * 20, id="tables"),
    pytest.param("<script type=application/ld+json>" + "[" * 500_000 + "</script>", id="json-depth"),
    pytest.param(
        '<script type=application/ld+json>{"@type":"Article","headline":"\\ud800"}</script>', id="surrogate"
    ),
    pytest.param("<div class='" + "share " * 300_000 + "'>x</div>", id="long-class"),
    pytest.param("<table>" * 3 + "<td><font><center></p></td></b>", id="broken"),
    pytest.param("<time datetime='99999-99-99T99:99:99+99:99'>31/31/3131</time>", id="dates"),
    pytest.param("<a href='http://[bad'>chữ</a><img src='http://[bad'>", id="addresses"),
])  # fmt: skip
def test_a_hostile_neighbour_does_not_spoil_the_article(body):
    started = time.monotonic()
    text = f"<html><body><h1>Tít của bài báo</h1><div>{PARAGRAPH * 20}</div>{body}</body></html>"
    incoming = importers.parse(text.encode("utf-8", "replace"), "page.html")
    assert (incoming.title, incoming.lede) == ("Tít của bài báo", PARAGRAPH[3:-4])
    assert time.monotonic() - started < SECONDS


def test_a_page_that_declares_entities_is_none():
    for bomb in (
        "<!DOCTYPE html [<!ENTITY a 'nổ'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE html [%x;]>", "<html><!ENTITY a 'nổ'>",
    ):  # fmt: skip
        with pytest.raises(importers.ImportRefused, match="XML"):
            importers.parse(f"{bomb}<html><body>{PARAGRAPH * 3}<p>Đây là &b; và &c; ở cuối.</p>".encode())
