"""The day book: what each pen name and section published in some days."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editorial.lists import daybook
from articles.models import Genre
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = pytest.mark.django_db

URL = f"{LIST_URL}so-tin/"
DAY = {"day_from": "2023-03-22", "day_to": "2023-03-22"}


def book(client, **query):
    response = client.get(URL, query or DAY)
    assert response.status_code == 200
    return response.context


def lines(context):
    """{pen name: [titles]}, in the order of the page."""
    return {one.name: [row["title"] for row in rows] for one, rows in context["signed"]}


def file_rows(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


# Who


def test_the_book_is_open_to_editors_and_the_royalty_clerk_and_closed_to_reporters(desk):
    names = ("rita", "ed", "sam", "chris", "kim")
    assert {name: desk(name).get(URL).status_code for name in names} == {
        "rita": 403, "ed": 200, "sam": 200, "chris": 200, "kim": 200
    }  # fmt: skip
    assert desk("rita").get(f"{URL}csv/").status_code == 403
    assert desk("rita").get(f"{URL}xlsx/").status_code == 403


def test_the_royalty_clerk_has_no_other_right_at_the_desk(desk):
    article, draft = factories.published(), factories.draft(title="Nháp kín")
    client = desk("kim")
    assert client.post(f"{LIST_URL}{article.pk}/change/", {"title": "Đổi"}).status_code == 403
    assert client.get(f"{LIST_URL}add/").status_code == 403
    assert "Nháp kín" not in client.get(LIST_URL).content.decode()
    assert client.get(f"{LIST_URL}{draft.pk}/change/").status_code in {302, 403, 404}
    for screen in ("photo", "placement", "comment", "sitesettings", "readcount"):
        assert client.get(f"/admin/articles/{screen}/").status_code == 403


def test_a_stranger_is_sent_to_the_login(stranger):
    assert stranger.get(URL).status_code == 302


# What


def test_only_what_readers_see_is_in_the_book_by_the_days_of_vietnam(desk, clock):
    factories.published("2023-03-21 23:59", title="Hôm trước")
    factories.published("2023-03-22 00:00", title="Đầu ngày")
    factories.published("2023-03-22 23:59", title="Cuối ngày")
    factories.published("2023-03-23 00:00", title="Hôm sau")
    factories.withdrawn(title="Đã gỡ")
    factories.draft(title="Nháp", published_at=factories.at("2023-03-22 08:00"))
    assert lines(book(desk("chris"))) == {"": ["Đầu ngày", "Cuối ngày"]}
    factories.published("2023-03-22 23:58", title="Hẹn giờ")
    clock(factories.at("2023-03-22 23:57"))
    assert lines(book(desk("chris"))) == {"": ["Đầu ngày"]}


def test_pen_names_stand_in_vietnamese_order_with_their_articles_and_the_person(desk):
    rita = base.person("rita")
    rita.last_name, rita.first_name = "Hà Thị", "Thu"
    rita.save()
    author = factories.author("Đinh Thắng")
    author.user = rita
    author.save()
    both = factories.published("2023-03-22 08:00", title="Hai người", genre=Genre.FEATURE)
    for name, role in (("Đinh Thắng", "text"), ("Dương Lan", "photo")):
        factories.signed(both, name, role=role)
    factories.signed(factories.published("2023-03-22 07:00", title="Một người"), "Đinh Thắng")
    printed = factories.published("2023-03-22 09:00", title="Ký chung")
    factories.signed(printed, "Dương Lan").delete()
    printed.bylines.create(as_printed="PV.")
    factories.published("2023-03-22 10:00", title="Không ký")
    context = book(desk("kim"))
    assert list(lines(context).items()) == [
        ("Dương Lan", ["Hai người"]),
        ("Đinh Thắng", ["Một người", "Hai người"]),
        ("PV", ["Ký chung"]),
        ("", ["Không ký"]),
    ]
    assert [(one.person, one.number) for one, _rows in context["signed"]] == [
        ("", 1),
        ("Hà Thị Thu", 2),
        ("", 1),
        ("", 1),
    ]
    assert context["total"] == 4


def test_sections_and_genres_are_counted_once_an_article(desk):
    top = factories.section("Kinh tế")
    child = factories.section("Nông nghiệp", parent=top)
    for category, genre in ((top, "news"), (child, "news"), (child, "news"), (child, "feature")):
        article = factories.published("2023-03-22 08:00", category=category, genre=genre)
        factories.signed(article, "Hà Thu"), factories.signed(article, "Trung")
    context = book(desk("ed"))
    assert context["genres"] == ["Tin", "Bài"]
    assert [(section.name, numbers, total) for section, numbers, total in context["lines"]] == [
        ("Kinh tế", [1, 0], 1),
        ("Nông nghiệp", [2, 1], 3),
    ]
    assert (context["sums"], context["total"]) == ([3, 1], 4)


def test_the_book_narrows_to_a_section_with_its_sub_sections_and_to_a_pen_name(desk):
    child = factories.section("Nông nghiệp", parent=factories.section("Kinh tế"))
    inside = factories.published("2023-03-22 08:00", title="Trong mục", category=child)
    outside = factories.published("2023-03-22 08:00", title="Ngoài mục", category=factories.section("Xã hội"))
    for article in (inside, outside):
        factories.signed(article, "Hà Thu"), factories.signed(article, "Quốc Trung")
    assert lines(book(desk("ed"), **DAY, section="kinh-te"))["Hà Thu"] == ["Trong mục"]
    context = book(desk("ed"), **DAY, author="TRUNG")
    assert lines(context) == {"Quốc Trung": ["Trong mục", "Ngoài mục"]}
    assert context["total"] == 2


def test_without_a_period_it_is_this_month_and_ready_made_ones_are_links(desk, clock):
    for day in ("2023-02-28", "2023-03-01", "2023-03-21", "2023-03-22"):
        factories.published(f"{day} 08:00", title=day)
    clock(factories.at("2023-03-22 12:00"))
    context = desk("ed").get(URL).context
    assert lines(context)[""] == ["2023-03-01", "2023-03-21", "2023-03-22"]
    found = [lines(desk("ed").get(URL + quick["query"]).context).get("", []) for quick in context["asked"].quick()]
    assert [len(titles) for titles in found] == [1, 1, 2, 3, 1]


def test_a_first_day_alone_reaches_until_today(desk, clock):
    factories.published("2023-03-20 08:00"), factories.published("2023-03-22 08:00")
    clock(factories.at("2023-03-22 12:00"))
    assert book(desk("ed"), day_from="2023-03-20")["total"] == 2
    assert book(desk("ed"), day_to="2023-03-20")["total"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"day_from": "31/02/2020"}, {"day_from": "\0"}, {"day_to": "9" * 5000}, {"period": "mai"}, {"section": "bay"},
        {"author": "..."}, {"day_from": "2023-03-23", "day_to": "2023-03-22"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_and_the_book_is_empty(desk, wrong):
    factories.published()
    response = desk("ed").get(URL, wrong)
    assert response.context["total"] == 0
    assert response.content.decode().count('class="errornote"') == 1
    assert desk("ed").get(f"{URL}csv/", wrong).status_code == 302


def test_too_many_for_one_page_are_counted_and_not_listed(desk, monkeypatch):
    monkeypatch.setattr(daybook, "LISTED", 3)
    factories.many(4)
    context = book(desk("ed"))
    assert (context["total"], context["signed"]) == (4, [])
    assert len(file_rows(desk("ed").get(f"{URL}csv/", DAY))) == 5


@pytest.mark.parametrize("path", ["", "csv/", "xlsx/"])
def test_the_book_costs_the_same_for_one_article_and_for_many(desk, path):
    client = desk("ed")

    def add(number):
        article = factories.published("2023-03-22 08:00", category=factories.section(f"Mục {number}"))
        factories.signed(article, f"Tác giả {number}"), factories.signed(article, "Hà Thu")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get(f"{URL}{path}", DAY))
        return len(asked)

    add(0)
    few = cost()
    for number in range(1, 6):
        add(number)
    assert cost() == few
    assert few <= 11


def test_a_file_of_the_book_has_one_row_for_each_name_under_an_article(desk):
    article = factories.published("2023-03-22 08:05", title="=Cam", category=factories.section("Kinh tế"))
    factories.signed(article, "Hà Thu"), factories.signed(article, "Trung", role="photo")
    head, *rows = file_rows(desk("kim").get(f"{URL}csv/", DAY))
    assert head[:4] == ["Bút danh", "Người", "Vai trò", "Tiêu đề"]
    assert [(row[0], row[2], row[3], row[6]) for row in rows] == [
        ("Hà Thu", "bài", "'=Cam", "22/03/2023 08:05"),
        ("Trung", "ảnh", "'=Cam", "22/03/2023 08:05"),
    ]
