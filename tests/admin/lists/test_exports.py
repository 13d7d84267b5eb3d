"""Lists as files: who may have them, what they hold, and that no cell of them does anything."""

import csv
import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.lists import sheets
from articles.editorial import transitions
from articles.models import Article
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = pytest.mark.django_db

# Of the corpus, one a kind (corpora/hostile/exports/csv_injection.json)
FORMULAS = [
    *("=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "\uff1d1+1", "\uff0b1"),
    *("\uff0d1", "\uff20SUM(1)", ";=1+1", "1;=1+1", "x\t=1+1", "-2+3+cmd|' /C calc'!A0", '=HYPERLINK("http://a","b")'),
    *('"=1+1"', "|calc", "=", "-", "1\n=1+1", "a; @SUM(1)"),
]
CORPUS = os.environ.get("HOSTILE_CORPUS", "")
STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"


def rows_of(response):
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def cells_of_book(response):
    """[(the cell's kind, its text)] of the only sheet."""
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in xml
        assert sorted(name for name in book.namelist() if "link" in name.lower() or "macro" in name.lower()) == []
    return re.findall(r'<c r="\w+"(?: s="\d+")?(?: t="(\w+)")?>(.*?)</c>', xml), xml


def export(client, kind="csv", **query):
    return client.get(f"{LIST_URL}xuat/{kind}/", query)


# Who


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_who_may_see_the_day_book_may_take_lists_home(desk, kind):
    factories.published()
    answers = {}
    for name in ("rita", "ed", "sam", "chris", "kim"):
        response = export(desk(name), kind)
        answers[name] = response.status_code
        b"".join(response)  # a file is closed when it was read
    assert answers == {"rita": 403, "ed": 200, "sam": 200, "chris": 200, "kim": 200}
    shown = {name: "xuat/csv" in desk(name).get(LIST_URL).content.decode() for name in ("rita", "ed", "kim")}
    assert shown == {"rita": False, "ed": True, "kim": True}


def test_a_file_holds_only_what_the_person_may_see(desk):
    closed = factories.section("Nội chính")
    closed.editors.add(base.person("chris"))
    factories.draft(title="Bài kín", category=closed)
    factories.draft(title="Nháp thường")
    factories.published(title="Đã đăng")
    titles = {name: {row[1] for row in rows_of(export(desk(name)))[1:]} for name in ("ed", "chris", "kim")}
    assert titles == {
        "ed": {"Nháp thường", "Đã đăng"},
        "chris": {"Nháp thường", "Đã đăng", "Bài kín"},
        "kim": {"Đã đăng"},
    }


# What


def test_a_file_follows_the_filter_and_says_of_each_article_what_the_list_says(desk):
    rita = base.person("rita")
    rita.last_name, rita.first_name = "Hà Thị", "Thu"
    rita.save()
    article = factories.draft(title="Cam được mùa", created_by=rita, category=factories.section("Kinh tế"))
    factories.signed(article, "Hà Thu"), factories.signed(article, "Trung")
    factories.topic("Nông thôn mới", article)
    transitions.publish(article, at=factories.at("2023-03-22 08:05"))
    factories.published("2023-03-23 08:00", title="Hôm sau")
    head, row = rows_of(export(desk("ed"), day_from="2023-03-22", day_to="2023-03-22"))
    told = dict(zip(head, row, strict=True))
    assert told["Tiêu đề"] == "Cam được mùa"
    assert told["Trạng thái"] == "Đã xuất bản"
    assert told["Bút danh"] == "Hà Thu, Trung"
    assert told["Người viết"] == "Hà Thị Thu"
    assert told["Chủ đề"] == "Nông thôn mới"
    assert told["Xuất bản"] == "22/03/2023 08:05"
    assert told["Địa chỉ"].endswith(article.get_absolute_url())
    assert told["Địa chỉ"].startswith("http")


def test_what_no_reader_saw_has_no_address_in_the_file(desk):
    factories.draft(title="Nháp"), factories.scheduled(title="Hẹn giờ")
    assert [row[-1] for row in rows_of(export(desk("ed")))[1:]] == ["", ""]


def test_a_wrong_filter_gives_no_file_but_the_list_that_says_so(desk):
    response = export(desk("ed"), state="bay", section="kinh-te")
    assert response.status_code == 302
    assert response.url == f"{LIST_URL}?state=bay&section=kinh-te"


@pytest.mark.parametrize("kind", ["pdf", "CSV", "csv%00"])
def test_another_kind_of_file_does_not_exist(desk, kind):
    assert desk("ed").get(f"{LIST_URL}xuat/{kind}/").status_code == 404


def test_a_file_that_is_cut_says_so_in_its_last_line(desk, monkeypatch):
    monkeypatch.setattr(sheets, "MOST", 3)
    factories.many(3)
    assert len(rows_of(export(desk("ed")))) == 4
    factories.many(2)
    rows = rows_of(export(desk("ed")))
    assert len(rows) == 5
    assert "Chỉ lấy 3 dòng đầu" in rows[-1][0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_cost_of_a_file_does_not_grow_with_its_rows(desk, kind):
    client = desk("ed")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            b"".join(export(client, kind).streaming_content)
        return len(asked)

    def add():
        article = factories.published(category=factories.section(), created_by=base.person("rita"))
        factories.signed(article)
        factories.topic("Bão", article)

    add()
    few = cost()
    for _number in range(5):
        add()
    assert cost() == few


# Nothing runs


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_csv_begins_like_a_formula(text):
    cell = sheets.neutral(text)
    assert not cell.startswith((*STARTS, "\t", "\r", "\n", ";", "|"))
    assert not re.search(rf"[;\t\r\n]\s*[{re.escape(STARTS)}]", cell)


@pytest.mark.parametrize(
    "text", ["Cầu dài 3-4 km; đường 5 km", "Giá tăng +5%", "a=b", "Báo & bạn đọc @Hòa Bình", "", "x;y"]
)
def test_plain_words_stay_as_they_are(text):
    assert sheets.neutral(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "\uff1d1+1", "@SUM(1,1)", '=HYPERLINK("http://a","b")', "http://a.example", "123", "x;=1"]
)
def test_a_hostile_title_comes_out_of_both_files_as_words(desk, text):
    Article.objects.create(title=text, lede=text, category=factories.section("=cmd|' /C calc'!A0"))
    row = rows_of(export(desk("ed")))[1]
    assert not any(cell.startswith(tuple(STARTS)) for cell in row)
    response = export(desk("ed"), "xlsx")
    cells, xml = cells_of_book(response)
    assert "<hyperlink" not in xml
    assert {kind for kind, _cell in cells} <= {"inlineStr", ""}  # "" is a number: the article's, and the moments
    numbers = [cell for kind, cell in cells if kind == ""]
    assert len(numbers) <= 5


@pytest.mark.skipif(not CORPUS, reason="HOSTILE_CORPUS names no folder of hostile strings")
def test_the_whole_corpus_of_formulas_is_neutralised():
    words = json.loads((Path(CORPUS) / "exports" / "csv_injection.json").read_text(encoding="utf-8"))
    assert len(words) > 10
    for word in words:
        cell = sheets.neutral(word["v"])
        assert not cell.startswith((*STARTS, "\t", "\r", "\n", ";", "|")), word
        assert not re.search(rf"[;\t\r\n]\s*[{re.escape(STARTS)}]", cell), word


def test_a_book_opens_with_its_moments_as_dates_and_vietnamese_in_place(desk):
    factories.published("2023-03-22 08:05", title="Hiệu quả kép ở Đà Bắc")
    response = export(desk("ed"), "xlsx")
    assert response["Content-Disposition"].startswith('attachment; filename="bai-viet-')
    cells, xml = cells_of_book(response)
    assert "Hiệu quả kép ở Đà Bắc" in xml
    assert any(kind == "" and cell.startswith("<v>45007.33") for kind, cell in cells)  # 22 March 2023, 08:05
