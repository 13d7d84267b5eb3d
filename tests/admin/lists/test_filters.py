"""Filters of the article list: any mix, bad input said and nothing shown, the cost of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editorial import revisions, transitions
from articles.models import Article, Genre, Slot
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def titles(client, **query):
    response = client.get(LIST_URL, query)
    assert response.status_code == 200
    return {article.title for article in response.context["cl"].result_list}


# Clocks


def test_the_days_are_those_of_the_chosen_clock(desk):
    published = factories.published("2023-03-22 08:00", title="Đăng ngày 22")
    created, updated = factories.draft(title="Tạo ngày 22"), factories.draft(title="Sửa ngày 22")
    rows = Article.objects
    for article, column, day in (
        (published, "created_at", "2023-03-01"), (created, "created_at", "2023-03-22"),
        (updated, "created_at", "2023-03-02"), (published, "updated_at", "2023-04-01"),
        (created, "updated_at", "2023-04-01"), (updated, "updated_at", "2023-03-22"),
    ):  # fmt: skip
        rows.filter(pk=article.pk).update(**{column: factories.at(f"{day} 23:30")})
    day = {"day_from": "2023-03-22", "day_to": "22/03/2023"}
    found = {clock: titles(desk("ed"), clock=clock, **day) for clock in ("", "published", "created", "updated")}
    assert found == {
        "": {"Đăng ngày 22"},
        "published": {"Đăng ngày 22"},
        "created": {"Tạo ngày 22"},
        "updated": {"Sửa ngày 22"},
    }


def test_the_planned_time_of_a_draft_is_no_day_of_publication(desk):
    factories.draft(published_at=factories.at("2023-03-22 08:00"))
    assert titles(desk("ed"), day_from="2023-03-22") == set()


def test_a_list_by_days_stands_in_the_order_of_their_clock(desk):
    late, early = factories.published("2023-03-22 20:00"), factories.published("2023-03-22 08:00")
    Article.objects.filter(pk=late.pk).update(updated_at=factories.at("2023-03-22 20:00"))
    response = desk("ed").get(LIST_URL, {"day_from": "2023-03-22"})
    assert list(response.context["cl"].result_list) == [late, early]
    assert list(desk("ed").get(LIST_URL).context["cl"].result_list) == [early, late]
    header = re.search(r"<th[^>]*column-published_at_shown[^>]*>", response.content.decode())[0]
    assert 'aria-sort="descending"' in header


@pytest.mark.parametrize("today", ["2024-03-31", "2023-01-01"])
def test_last_month_is_the_whole_month_before(desk, clock, today):
    for day in ("2023-12-31", "2024-02-01", "2024-02-29", "2022-12-01", "2022-12-31"):
        factories.published(f"{day} 12:00", title=day)
    clock(factories.at(f"{today} 08:00"))
    wanted = {"2024-03-31": {"2024-02-01", "2024-02-29"}, "2023-01-01": {"2022-12-01", "2022-12-31"}}
    assert titles(desk("ed"), period="last-month") == wanted[today]


def test_days_that_are_typed_stand_above_the_ready_made_ones(desk):
    factories.published("2023-03-22 08:00", title="Ngày 22")
    assert titles(desk("ed"), period="today", day_from="2023-03-22") == {"Ngày 22"}


# States


@pytest.fixture
def every_state(clock):
    ed, rita = base.person("ed"), base.person("rita")
    factories.draft(title="nháp", created_by=rita)
    made = {name: factories.draft(title=name, created_by=rita) for name in ("gửi", "sửa", "trả", "chờ", "duyệt")}
    for article in made.values():
        transitions.submit(article, rita)
    for name in ("sửa", "trả", "chờ", "duyệt"):
        transitions.take(made[name], ed)
    transitions.send_back(made["trả"], ed, "Thiếu nguồn.")
    for name in ("chờ", "duyệt"):
        transitions.pass_on(made[name], ed)
    transitions.approve(made["duyệt"], base.person("sam"))
    factories.published("2023-03-22 08:00", title="đăng")
    changed = factories.published("2023-03-22 08:00", title="đăng rồi sửa")
    revisions.save(changed, {"lede": "Sa-pô khác."}, ed, base=changed.version)
    factories.published("2023-03-24 08:00", title="hẹn")
    factories.withdrawn(title="gỡ")
    clock(factories.at("2023-03-23 08:00"))


STATES = {
    "draft": {"nháp"}, "returned": {"trả"}, "submitted": {"gửi"}, "editing": {"sửa"}, "review": {"chờ"},
    "approved": {"duyệt"}, "scheduled": {"hẹn"}, "published": {"đăng", "đăng rồi sửa"}, "working": {"đăng rồi sửa"},
    "withdrawn": {"gỡ"},
}  # fmt: skip


def test_each_state_finds_its_own(desk, every_state):
    client = desk("chris")
    assert {state: titles(client, state=state) for state in STATES} == STATES


def test_several_states_find_what_is_in_any_of_them(desk, every_state):
    assert titles(desk("ed"), state=["returned", "scheduled", "working"]) == {"trả", "hẹn", "đăng rồi sửa"}


def test_states_widen_nothing_beyond_what_the_person_may_see(desk, every_state):
    Article.objects.filter(title__in=["nháp", "chờ"]).update(created_by=base.person("ed"))
    assert titles(desk("rita"), state=["draft", "review", "returned"]) == {"trả"}


def test_the_chip_says_who_has_it_in_hand_since_when_and_what_is_not_live_yet(desk, every_state):
    Article.objects.filter(title="sửa").update(state_since=factories.at("2023-03-22 09:15"))
    html = desk("chris").get(LIST_URL, {"state": ["editing", "working", "returned"]}).content.decode()
    assert "state-returned" in html
    assert "ed giữ" in html
    assert "09:15 22/03/2023" in html
    assert "state-working" in html


# The others


def test_people_are_who_wrote_it_and_whose_hands_it_is_in(desk):
    rita, ed = base.person("rita"), base.person("ed")
    taken = factories.draft(title="Của rita, ed giữ", created_by=rita)
    transitions.submit(taken, rita)
    transitions.take(taken, ed)
    factories.draft(title="Của ed", created_by=ed)
    client = desk("ed")
    assert titles(client, writer=rita.pk) == {"Của rita, ed giữ"}
    assert titles(client, writer="me") == {"Của ed"}
    assert titles(client, handler="me") == titles(client, handler=ed.pk) == {"Của rita, ed giữ"}
    assert titles(desk("rita"), handler="me") == set()


@pytest.mark.parametrize("typed", ["nông thôn", "NONG THON", "mới nông"])
def test_a_topic_is_found_by_words_of_its_name(desk, typed):
    factories.topic("Nông thôn mới", factories.draft(title="Có"))
    factories.topic("Bão số 3", factories.draft(title="Không"))
    assert titles(desk("ed"), topic=typed) == {"Có"}


def test_what_stands_on_the_front_page_now_is_found_and_what_stood_there_is_not(desk):
    section = factories.section("Kinh tế")
    front, head, past, plain = (factories.published(title=title) for title in ("Nhất", "Đầu mục", "Đã hết", "Thường"))
    factories.placement(front)
    factories.placement(head, section=section)
    factories.placement(past, slot=Slot.BREAKING, ends_at=factories.at("2020-01-02 00:00"))
    assert titles(desk("ed"), placed="front") == {"Nhất"}
    assert titles(desk("ed"), placed="section") == {"Đầu mục"}
    assert plain.title not in titles(desk("ed"), placed="front")


def test_all_filters_narrow_each_other(desk):
    rita = base.person("rita")
    section = factories.section("Kinh tế")
    wanted = factories.published(
        "2023-03-22 08:00", title="Cam", category=section, genre=Genre.FEATURE, created_by=rita
    )
    factories.signed(wanted, "Hà Thu")
    factories.topic("Nông thôn mới", wanted)
    factories.placement(wanted)
    query = {
        "q": "cam", "day_from": "2023-03-22", "state": ["published", "draft"], "section": "kinh-te",
        "genre": "feature", "author": "thu", "writer": rita.pk, "topic": "nong thon", "placed": "front",
    }  # fmt: skip
    assert titles(desk("ed"), **query) == {"Cam"}
    others = {
        "q": "quýt", "day_from": "2023-03-23", "state": "draft", "section": factories.section("Xã hội").slug,
        "genre": "news", "author": "trung", "writer": "me", "topic": "bao", "placed": "section", "handler": "me",
    }  # fmt: skip
    assert {name for name, value in others.items() if titles(desk("ed"), **{**query, name: value})} == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"section": "khong-co"}, {"state": "bay"}, {"state": ["draft", "bay"]}, {"genre": "tho"}, {"writer": "0"},
        {"writer": "x"}, {"handler": "9" * 40}, {"placed": "moi-noi"}, {"period": "mai"}, {"clock": "dong-ho"},
        {"author": "..."}, {"topic": "—"}, {"section": ["kinh-te", "xa-hoi"]},
        {"day_from": ["2023-03-22", "2023-03-23"]}, {"day_from": "2023-03-23", "day_to": "2023-03-22"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_and_shows_nothing(desk, wrong):
    factories.published(category=factories.section("Kinh tế"))
    factories.section("Xã hội")
    response = desk("ed").get(LIST_URL, wrong)
    assert list(response.context["cl"].result_list) == []
    html = response.content.decode()
    assert html.count('class="errornote"') == 1
    assert '<details class="list-filters" open>' in html


def test_an_empty_box_is_no_filter(desk):
    factories.draft(title="Bài")
    empty = dict.fromkeys(["day_from", "section", "genre", "author", "writer", "topic", "placed", "state"], "")
    response = desk("ed").get(LIST_URL, {**empty, "clock": "published"})
    assert [article.title for article in response.context["cl"].result_list] == ["Bài"]
    assert not response.context["cl"].has_active_filters
    assert "list-used" not in response.content.decode()


# Order and pages


@pytest.mark.parametrize("column", range(1, 8))
def test_the_headers_of_the_clocks_sort_both_ways_and_the_others_are_no_links(desk, column):
    factories.published(), factories.draft()
    client = desk("ed")
    up = client.get(LIST_URL, {"o": str(column)})
    down = client.get(LIST_URL, {"o": f"-{column}"})
    is_clock = column in {6, 7}
    assert ('aria-sort="ascending"' in up.content.decode()) is is_clock
    assert ('aria-sort="descending"' in down.content.decode()) is is_clock


def test_beyond_a_thousand_the_list_says_more_than_and_counts_no_further(desk, monkeypatch):
    monkeypatch.setattr("articles.admin.lists.paging.LIMIT", 60)
    factories.many(62)
    response = desk("ed").get(LIST_URL, {"p": "2"})
    assert response.context["cl"].result_count == 60
    assert len(response.context["cl"].result_list) == 10
    assert "Hơn 60 bài" in response.content.decode()
    assert "Hơn" not in desk("ed").get(LIST_URL, {"q": "khong co bai nao"}).content.decode()


def test_nothing_counts_the_whole_archive(desk):
    factories.many(60)
    with CaptureQueriesContext(connection) as asked:
        desk("ed").get(LIST_URL)
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"] and '"articles_article"' in query["sql"]]
    assert len(counts) == 1
    assert "LIMIT 1001" in counts[0]


@pytest.mark.parametrize("name", ["rita", "ed", "sam", "chris", "kim"])
@pytest.mark.parametrize("clock", ["published", "created", "updated"])
def test_a_list_of_fifty_by_any_days_costs_at_most_twelve_queries(desk, name, clock):
    base.person("rita").edited_sections.add(factories.section("Xã hội"))  # then ed's sections are asked for too
    for number, article in enumerate(factories.many(50, when="2023-03-22 01:00")):
        Article.objects.filter(pk=article.pk).update(
            created_at=article.published_at, updated_at=article.published_at, created_by=base.person("rita"),
            photo=factories.photo_without_files(), category=factories.section(f"Mục {number % 7}"),
        )  # fmt: skip
        factories.signed(article, f"Tác giả {number % 9}")
    client = desk(name)
    query = {"clock": clock, "day_from": "2023-03-22", "day_to": "2023-03-22"}
    with CaptureQueriesContext(connection) as asked:
        response = client.get(LIST_URL, query)
    assert len(response.context["cl"].result_list) == 50
    assert len(asked) <= 12
