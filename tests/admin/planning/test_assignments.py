"""Assignments at the desk: the form, the list, the rights, the story."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editorial import planning
from articles.models import Anniversary, Article, Assignment, Notice
from tests import base, factories
from tests.admin.forms import read, send

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/assignment/"


def assignment(hours=24, **fields):
    return Assignment.objects.create(
        **{"title": "Cầu Suối Hoa", "deadline": timezone.now() + timedelta(hours=hours), **fields}
    )


def change(one):
    return f"{LIST}{one.pk}/change/"


def listed(client, **query):
    return [one.title for one in client.get(LIST, query).context["cl"].result_list]


def test_an_assignment_is_given_and_its_people_are_told(desk):
    rita = base.person("rita")
    client = desk("ed")
    values = read(client.get(f"{LIST}add/")).values
    values |= {
        "title": "Khai giảng ở Pù Lênh",
        "person": rita.pk,
        "place": "Trường THCS Pù Lênh",
        "brief": "Hỏi giáo viên.",
    }
    values |= {"deadline_0": "25/11/2030", "deadline_1": "17:00"}
    assert client.post(f"{LIST}add/", values).status_code == 302
    found = Assignment.objects.get()
    assert (found.person, found.created_by, found.state) == (rita, base.person("ed"), "open")
    assert found.deadline == factories.at("2030-11-25 17:00")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.note) == (rita, "Hỏi giáo viên.")
    assert "17:00 25/11/2030" in notice.text
    reader = desk("rita")
    assert reader.get(notice.url).status_code == 200
    reader.post("/admin/notices/read/", {"about": notice.url})  # as static/js/seen.js of the open page
    assert Notice.objects.get().read_at


def test_who_is_told_once_is_not_told_again_by_a_later_save(desk):
    one = assignment(person=base.person("rita"), created_by=base.person("ed"))
    client = desk("ed")
    client.post(change(one), read(client.get(change(one))).values | {"place": "Xã Pù Lênh"})
    assert Assignment.objects.get().place == "Xã Pù Lênh"
    assert not Notice.objects.exists()


def test_a_day_of_the_calendar_proposes_its_evening(desk):
    values = read(desk("ed").get(f"{LIST}add/", {"ngay": "2030-11-25"})).values
    assert (values["deadline_0"], values["deadline_1"][:5]) == ("25/11/2030", "17:00")
    assert desk("ed").get(f"{LIST}add/", {"ngay": "hôm nay", "deadline": "x", "person": "y"}).status_code == 200


def test_a_refused_form_keeps_what_was_typed(desk):
    client = desk("ed")
    values = read(client.get(f"{LIST}add/")).values
    answer = client.post(f"{LIST}add/", values | {"title": "Đề tài", "brief": "Dòng 1", "deadline_0": "hôm sau"})
    kept = read(answer).values
    assert (kept["title"], kept["brief"].strip(), kept["deadline_0"]) == ("Đề tài", "Dòng 1", "hôm sau")


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "31/12/1899"])
def test_a_deadline_outside_the_years_of_the_archive_is_refused(desk, day):
    client = desk("ed")
    values = read(client.get(f"{LIST}add/")).values | {"title": "x", "deadline_0": day, "deadline_1": "17:00"}
    assert client.post(f"{LIST}add/", values).context["errors"]


def test_a_reporter_sees_all_and_changes_only_the_own(desk):
    own, other = assignment(person=base.person("rita")), assignment(title="Của Ed", person=base.person("ed"))
    client = desk("rita")
    assert sorted(listed(client)) == ["Cầu Suối Hoa", "Của Ed"]
    assert client.get(change(other)).status_code == 200
    assert client.post(change(other), {"title": "Đổi"}).status_code == 403
    values = read(client.get(change(own))).values
    client.post(change(own), values | {"title": "Đổi tên"})
    assert sorted(listed(client)) == ["Của Ed", "Đổi tên"]
    assert client.post(f"{LIST}{own.pk}/delete/", {"post": "yes"}).status_code == 403


def test_what_is_overdue_says_so_in_the_list_and_on_the_form(desk):
    one = assignment(-2)
    for address in (LIST, change(one)):
        assert '<span class="overdue">Quá hạn</span>' in desk("ed").get(address).content.decode()


def test_the_filters_take_person_state_period_and_section(desk):
    rita, section = base.person("rita"), factories.section("Xã hội")
    assignment(-2, title="Chậm", person=rita)
    assignment(1, title="Sớm", photographer=base.person("ed"), category=section)
    assignment(24 * 70, title="Xa", state=Assignment.State.DONE)
    client = desk("ed")
    assert listed(client, person="me") == ["Sớm"]
    assert listed(client, person=str(rita.pk)) == ["Chậm"]
    assert listed(client, state="overdue") == ["Chậm"]
    assert listed(client, state="done") == ["Xa"]
    assert listed(client, section=section.slug) == ["Sớm"]
    assert "Xa" not in listed(client, due="month")
    assert listed(client, q="cau suoi") == []
    assert listed(client, q="cham") == ["Chậm"]


@pytest.mark.parametrize(
    "query",
    [{"person": "9" * 40}, {"person": "\0"}, {"state": "\0"}, {"due": "x"}, {"section": "\0"}, {"q": "\0"},
     {"deadline__gte": "x"}, {"o": "9.-8"}, {"p": "x"}],
)  # fmt: skip
def test_no_hostile_filter_breaks_the_list(desk, query):
    assignment()
    assert desk("ed").get(LIST, query).status_code in {200, 302, 400}


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_few_and_many(desk, django_assert_max_num_queries, rows):
    for _number in range(rows):
        assignment(person=base.person("rita"), category=factories.section(), article=factories.draft())
    client = desk("ed")
    with django_assert_max_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize(
    "field",
    [
        {"title": "a\0b"}, {"person": "9" * 40}, {"person": "\0"}, {"category": "x"}, {"deadline_0": "99/99/9999"},
        {"deadline_1": "25:61"}, {"starts_at_0": "\0"}, {"brief": "x" * 3000}, {"title": ""}, {"person": "-1"},
    ],
)  # fmt: skip
def test_what_no_form_would_send_is_refused_and_kept(desk, field):
    client = desk("ed")
    values = read(client.get(f"{LIST}add/")).values
    values |= {"title": "Đề tài", "brief": "Lời dặn.", "deadline_0": "25/11/2030", "deadline_1": "17:00"}
    answer = client.post(f"{LIST}add/", {**values, **field})
    assert (answer.status_code, Assignment.objects.count()) == (200, 0)
    assert "Lời dặn." in answer.content.decode() or "brief" in field


@pytest.mark.parametrize("key", ["x", "%00", "9" * 40, "-1", "1_2F", "0" * 5000])
def test_no_hostile_number_of_an_assignment_breaks_its_pages(desk, key):
    for page in ("change", "delete", "history", "viet-bai"):
        assert desk("ed").get(f"{LIST}{key}/{page}/").status_code in {302, 404, 405}


# The story that grows out of it


def test_the_button_begins_the_story_and_leads_to_its_form(desk):
    one = assignment(person=base.person("rita"), category=factories.section())
    client = desk("rita")
    assert "Viết bài từ đề tài này" in client.get(change(one)).content.decode()
    answer = client.post(f"{LIST}{one.pk}/viet-bai/")
    article = Article.objects.get()
    assert answer.headers["Location"] == f"/admin/articles/article/{article.pk}/change/"
    assert read(client.get(answer.headers["Location"])).values["title"] == one.title
    assert "Viết bài từ đề tài này" not in client.get(change(one)).content.decode()
    assert f"/admin/articles/article/{article.pk}/change/" in client.get(change(one)).content.decode()


def test_the_story_begins_by_post_and_for_who_may(desk, stranger):
    one = assignment(person=base.person("ed"))
    address = f"{LIST}{one.pk}/viet-bai/"
    assert desk("rita").get(address).status_code == 405
    assert desk("rita").post(address).status_code == 403
    assert desk("kim").post(address).status_code == 403
    assert stranger.post(address).status_code == 302
    assert desk("ed").post(f"{LIST}{'9' * 30}/viet-bai/").status_code == 404
    assert not Article.objects.exists()


def test_the_title_of_a_story_that_one_may_not_see_does_not_show(desk):
    one = assignment(person=base.person("ed"))
    article = planning.begin_story(one, base.person("ed"))
    article.title = "Tít bí mật"
    article.save()
    client = desk("rita")
    for address in (change(one), LIST, f"{LIST}lich/", "/admin/"):
        assert "Tít bí mật" not in client.get(address).content.decode()


def test_a_submitted_story_shows_its_state_on_the_assignment(desk):
    one = assignment(-1, person=base.person("rita"), article=factories.draft(created_by=base.person("rita")))
    client = desk("rita")
    read(send(client, f"/admin/articles/article/{one.article_id}/change/", _submit="1"))
    assert "Chờ biên tập" in desk("ed").get(LIST).content.decode().split("result_list")[1]


# Anniversaries


def test_a_secretary_keeps_the_anniversaries_and_a_reporter_reads_them(desk):
    values = {"name": "Giỗ Tổ Hùng Vương", "day": "10", "month": "3", "is_lunar": "on", "since": ""}
    address = "/admin/articles/anniversary/"
    assert desk("sam").post(f"{address}add/", values).status_code == 302
    assert "10/3 âm lịch" in desk("rita").get(address).content.decode()
    assert desk("rita").post(f"{address}add/", values).status_code == 403
    assert desk("sam").post(f"{address}add/", values | {"day": "31"}).context["errors"]
    assert desk("sam").post(f"{address}add/", values | {"since": "9" * 30}).context["errors"]
    assert Anniversary.objects.count() == 1
