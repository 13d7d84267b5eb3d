"""Saved pages of four makes, written by hand: JSON-LD, tables of 2006, WordPress, microdata."""

import json
from pathlib import Path

import pytest

from articles import importers, richtext
from articles.importers import report
from articles.importers.html import page as html_page

PAGES = Path(__file__).parents[1] / "data" / "importers"
CASES = [
    pytest.param(make, field, value, id=f"{make}-{field}")
    for make in ("jsonld", "tables", "wordpress", "semantic")
    for field, value in json.loads((PAGES / f"{make}.json").read_text(encoding="utf-8")).items()
]
PARAGRAPH = "<p>Một câu văn dài vừa đủ để thành một đoạn văn của bài báo này.</p>"


@pytest.mark.parametrize("hints", [True, False], ids=["hints", "prose"])
@pytest.mark.parametrize(("make", "field", "value"), CASES)
def test_a_saved_page_is_read_with_and_without_hints(make, field, value, hints):
    incoming = html_page.parse((PAGES / f"{make}.html").read_text(encoding="utf-8"), hints=hints)
    assert report.as_object(incoming, f"{make}.html")[field] == value


def page(body, head=""):
    return importers.parse(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def test_the_body_keeps_headings_lists_tables_and_quotes():
    jsonld, wordpress = (importers.parse((PAGES / f"{make}.html").read_bytes()) for make in ("jsonld", "wordpress"))
    assert "<h3>Giữ nghề từ lớp học</h3>" in jsonld.body
    assert "<li>Sợi bông được nhuộm bằng lá chàm.</li>" in jsonld.body
    assert "<strong>sáu tuần</strong>" in jsonld.body
    assert "<td>12 ha</td>" in wordpress.body
    assert "<blockquote>" in wordpress.body


def test_links_become_absolute_by_the_pages_own_address():
    jsonld = importers.parse((PAGES / "jsonld.html").read_bytes())
    assert 'href="https://doiche.example/van-hoa/bai-cu-12.html"' in jsonld.body


def test_nothing_that_runs_gets_into_the_body():
    incoming = page(
        f"<h1>Tít của bài báo</h1>{PARAGRAPH * 3}<p onclick=x>Chữ <a href='javascript:alert(1)'>ở đây</a>.</p>"
    )
    assert "onclick" not in incoming.body
    assert "javascript" not in incoming.body
    assert incoming.body == richtext.clean(incoming.body)


def test_a_page_without_a_date_gets_none_from_its_masthead():
    masthead = "<div class='header-top'>Thứ hai, 23/11/2026</div>"
    assert page(f"{masthead}<h1>Tít của bài báo</h1>{PARAGRAPH * 4}").published_at is None


def test_the_front_pages_address_gives_way_to_the_articles_own():
    head = (
        "<link rel=canonical href='https://a.example/'><meta property='og:url' content='https://a.example/tin/1.htm'>"
    )
    assert page(PARAGRAPH * 4, head).source_url == "https://a.example/tin/1.htm"


def test_an_address_may_name_its_article_by_a_query_alone():
    assert page(PARAGRAPH * 4, "<link rel=canonical href='https://a.example/?p=12'>").source_url


def test_the_address_dates_a_page_as_a_last_resort():
    link = "<link rel=canonical href='https://a.example/the-thao/doi-keo-co-20221224012650880.htm'>"
    incoming = page(f"<h1>Tít của bài báo</h1>{PARAGRAPH * 4}", link)
    assert (incoming.published_at.isoformat(), incoming.sections) == ("2022-12-24T01:26:50+07:00", ("the-thao",))


@pytest.mark.parametrize("stamp", ["0000-00-00", "9999-12-31T00:00:00Z", "1899-01-01", "mai"])
def test_a_date_out_of_range_is_no_date(stamp):
    assert page(PARAGRAPH * 4, f"<meta property='article:published_time' content='{stamp}'>").published_at is None


def test_a_page_without_a_title_gets_none():
    assert page(PARAGRAPH * 4, "<title>Báo Đồi Chè</title>").title is None


def test_a_newspaper_that_signs_as_its_own_author_signs_nothing():
    head = "<meta name=author content='Đồi Chè'><meta property='og:site_name' content='Báo điện tử Đồi Chè'>"
    assert page(PARAGRAPH * 4, head).byline is None


def test_a_page_drawn_by_scripts_is_read_from_its_json_ld():
    text = json.dumps(
        {"@type": "NewsArticle", "headline": "Tít của bài", "articleBody": "\n".join(["Một câu đủ dài để đọc."] * 3)}
    )
    incoming = page("<div id=app></div>", f"<script type='application/ld+json'>{text}</script>")
    assert (incoming.title, incoming.lede) == ("Tít của bài", "Một câu đủ dài để đọc.")


def test_a_declared_old_encoding_is_honoured():
    text = "<meta http-equiv=Content-Type content='text/html; charset=windows-1258'><h1>Chợ phiên thứ bảy</h1>"
    data = (
        text.replace("ợ", "ơ\u0323").replace("ứ", "ư\u0301").replace("ả", "a\u0309")
        + "<p>Nguoi dan di cho rat dong vui vao moi sang thu bay.</p>"
    )
    assert importers.parse(data.encode("cp1258")).title == "Chợ phiên thứ bảy"
