"""The admin home: what waits for whom, in the order in which it matters, at a price that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editorial import revisions, transitions, worklists
from articles.models import Article, Assignment, Comment, Correction, Notice, State
from tests import base, factories

pytestmark = pytest.mark.django_db


def lists(client):
    """{code: titles} of the lists that the board shows, in its order."""
    board = client.get("/admin/").context["board"]
    return {one.code: [article.title for article in one.articles] for one in board.lists}


def submitted(**fields):
    article = factories.draft(**{"created_by": base.person("rita"), **fields})
    transitions.submit(article, article.created_by)
    return article


def in_edit(**fields):
    article = submitted(**fields)
    transitions.take(article, base.person("ed"))
    return article


def in_review(**fields):
    article = in_edit(**fields)
    transitions.pass_on(article, base.person("ed"))
    return article


def approved(**fields):
    article = in_review(**fields)
    transitions.approve(article, base.person("sam"))
    return article


def returned(reason="Thiếu số liệu của xã.", **fields):
    article = in_edit(**fields)
    transitions.send_back(article, base.person("ed"), reason)
    return article


def test_a_reporter_sees_first_what_was_returned_and_why(desk):
    factories.draft(title="Nháp", created_by=base.person("rita"))
    returned("Hỏi thêm chủ tịch xã.", title="Bị trả")
    client = desk("rita")
    assert list(lists(client).items())[:2] == [("returned", ["Bị trả"]), ("drafts", ["Nháp"])]
    assert "Hỏi thêm chủ tịch xã." in client.get("/admin/").content.decode()


def test_of_two_returns_the_newest_reason_is_shown(desk):
    article = returned("Lý do thứ nhất.")
    transitions.submit(article, base.person("rita"))
    transitions.send_back(article, base.person("ed"), "Lý do thứ hai.")
    html = desk("rita").get("/admin/").content.decode()
    assert "Lý do thứ hai." in html.split('id="list-drafts"')[0].split('id="list-returned"')[1]
    assert "Lý do thứ nhất." not in html.split('id="list-drafts"')[0].split('id="list-returned"')[1]


def test_a_reporter_follows_the_own_stories_and_nobody_elses(desk):
    in_edit(title="Của Rita")
    in_edit(title="Của Ed", created_by=base.person("sam"))
    factories.draft(title="Nháp của Ed", created_by=base.person("ed"))
    client = desk("rita")
    assert lists(client) == {"drafts": [], "sent": ["Của Rita"]}
    html = client.get("/admin/").content.decode()
    assert "Của Ed" not in html
    assert "Nháp của Ed" not in html


def test_an_editor_sees_what_waits_and_who_has_what_in_hand(desk):
    submitted(title="Chờ")
    in_edit(title="Trong tay Ed")
    other = submitted(title="Trong tay Sam")
    transitions.take(other, base.person("sam"))
    found = lists(desk("ed"))
    assert (found["in-hand"], found["to-take"], found["editing"]) == (["Trong tay Ed"], ["Chờ"], ["Trong tay Sam"])


def test_what_waits_longest_stands_first(desk, clock):
    clock(factories.at("2026-11-23 08:00"))
    submitted(title="Sớm")
    clock(factories.at("2026-11-23 09:00"))
    submitted(title="Muộn")
    assert lists(desk("ed"))["to-take"] == ["Sớm", "Muộn"]


def test_an_editor_of_another_section_sees_neither_the_story_nor_its_number(desk):
    section = factories.section("Văn hóa")
    section.editors.add(base.person("sam"))
    submitted(title="Chuyện văn hóa", category=section)
    client = desk("ed")
    html = client.get("/admin/").content.decode()
    assert "Chuyện văn hóa" not in html
    assert client.get("/admin/").context["board"].sections == []


def test_who_approves_sees_first_what_waits_for_approval_then_what_is_approved(desk):
    in_review(title="Chờ duyệt")
    approved(title="Đã duyệt")
    for name in ("sam", "chris"):
        found = lists(desk(name))
        assert list(found)[:2] == ["review", "approved"]
        assert (found["review"], found["approved"]) == (["Chờ duyệt"], ["Đã duyệt"])
    assert "approved" not in lists(desk("ed"))


def test_four_eyes_keep_the_own_story_out_of_what_one_may_approve(desk):
    section = factories.section("Thời sự", four_eyes=True)
    in_review(title="Bài của Sam", category=section, created_by=base.person("sam"))
    assert lists(desk("sam"))["review"] == []
    assert lists(desk("chris"))["review"] == ["Bài của Sam"]


def test_what_is_saved_and_not_live_is_seen_by_who_edits(desk):
    article = factories.published(title="Tin đã đăng")
    document = revisions.current(article)
    revisions.save(article, {**document, "lede": "Sa-pô mới."}, base.person("ed"), base=article.version)
    assert lists(desk("sam"))["not-live"] == lists(desk("ed"))["not-live"] == ["Tin đã đăng"]
    assert "not-live" not in lists(desk("rita"))


def test_the_timeline_holds_today_and_tomorrow_hour_by_hour(desk, clock):
    now = factories.at("2026-11-23 08:10")
    for when, title in [("06:00", "Sáng mai"), ("05:30", "Sớm mai")]:
        factories.published(f"2026-11-24 {when}", title=title)
    factories.published("2026-11-23 09:15", title="Sắp tới")
    factories.published("2026-11-25 09:00", title="Ngày kia")
    factories.published("2026-11-23 07:00", title="Đã đăng")
    clock(now)
    timeline = desk("sam").get("/admin/").context["board"].timeline
    shown = [
        (f"{day:%d/%m}", [(hour, [a.title for a in articles]) for hour, articles in hours]) for day, hours in timeline
    ]
    assert shown == [("23/11", [(9, ["Sắp tới"])]), ("24/11", [(5, ["Sớm mai"]), (6, ["Sáng mai"])])]


def test_counts_by_section_lead_into_the_filtered_list(desk):
    section = factories.section("Kinh tế")
    for _number in range(2):
        submitted(category=section)
    in_review(category=section)
    client = desk("ed")
    html = client.get("/admin/").content.decode()
    address = f"/admin/articles/article/?section={section.slug}&state=submitted"
    assert f'href="{address.replace("&", "&amp;")}">2</a>' in html
    assert len(client.get(address).context["cl"].result_list) == 2


def test_corrections_comments_and_notices_stand_beside_the_lists(desk):
    correction = factories.correction(factories.published(title="Tin sai"))
    factories.comment(correction.article, state=Comment.State.WAITING)
    client = desk("ed")
    submitted(title="Bài vừa gửi")
    board = client.get("/admin/").context["board"]
    assert board.corrections == [Correction.objects.get()]
    assert board.comments_waiting == 1
    assert ["Bài vừa gửi" in notice.text for notice in board.notices] == [True]


def assignment(hours=24, **fields):
    return Assignment.objects.create(
        **{"title": "Đề tài", "deadline": timezone.now() + timedelta(hours=hours), **fields}
    )


def test_own_assignments_and_for_who_plans_the_overdue_ones_of_others(desk):
    assignment(24, title="Mai nộp", person=base.person("rita"))
    assignment(-2, title="Chậm", person=base.person("ed"))
    assignment(30, title="Của người khác", person=base.person("ed"))
    rita, sam = desk("rita").get("/admin/"), desk("sam").get("/admin/")
    assert [(one.title, late) for one, late in rita.context["board"].assignments] == [("Mai nộp", False)]
    assert [(one.title, late) for one, late in sam.context["board"].assignments] == [("Chậm", True)]
    assert "Quá hạn" in sam.content.decode()


def test_a_photo_editor_sees_what_lacks_a_photo(desk):
    submitted(title="Chưa có ảnh")
    submitted(title="Có ảnh", photo=factories.photo_without_files())
    found = lists(desk("phong"))
    assert list(found)[0] in {"bare", "editing"}
    assert found["bare"] == ["Chưa có ảnh"]
    assert "to-take" not in found


def test_a_royalty_clerk_sees_what_was_published_and_nothing_in_work(desk):
    submitted(title="Đang làm")
    factories.published(title="Đã đăng")
    assert lists(desk("kim")) == {"published": ["Đã đăng"]}
    assert "/admin/articles/article/so-tin/" in desk("kim").get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [("rita", "Viết bài mới"), ("ed", "phóng viên gửi"), ("sam", "chuyển duyệt"), ("phong", "ảnh")],
)
def test_an_empty_desk_says_what_comes_next(desk, name, words):
    empty = [one.empty for one in desk(name).get("/admin/").context["board"].lists if one.empty]
    assert any(words in text for text in empty)


def test_a_list_ends_after_eight_and_leads_to_the_rest(desk):
    for _number in range(10):
        submitted()
    client = desk("ed")
    assert len(lists(client)["to-take"]) == 8
    html = client.get("/admin/").content.decode()
    assert 'href="/admin/articles/article/?state=submitted">' in html
    assert "2 bài nữa" in html


def test_a_draft_that_an_import_made_waits_for_the_editors(desk):
    factories.draft(title="Bài nhập về", created_by=None)
    assert lists(desk("ed"))["drafts-of-others"] == ["Bài nhập về"]
    assert "drafts-of-others" not in lists(desk("rita"))


# What it costs


def fill(rows):
    rita = base.person("rita")
    for number in range(rows):
        for make in (submitted, in_edit, in_review, approved, returned):
            make(category=factories.section(f"Mục {number % 3}"))
        assignment(-1, person=rita)
        factories.correction(factories.published(timezone.now() - timedelta(hours=1)))
        factories.scheduled(minutes=60 + number)
        article = factories.published()
        revisions.save(article, {**revisions.current(article), "lede": f"Mới {number}."}, rita, base=article.version)


@pytest.mark.parametrize("name", ["rita", "ed", "sam", "chris", "phong", "kim", "ada"])
def test_the_board_asks_the_same_few_questions_of_a_full_desk(desk, name):
    client = desk(name)
    numbers = []
    for rows in (1, 4):
        fill(rows)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= (25 if name == "ada" else 20)  # what an operator must know of is five more


def test_the_lists_of_the_board_use_the_index_of_what_is_in_work():
    factories.many(300)
    board = worklists.Board(base.person("ed"))
    found = board.visible.in_work().filter(state__in=worklists.ON_THE_WAY).order_by("state_since", "pk")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert "article_unpublished" in found.explain()


def test_no_list_shows_what_the_person_may_not_see(desk):
    fill(1)
    for name in ("rita", "ed", "sam", "chris", "phong", "kim", "ada"):
        board = desk(name).get("/admin/").context["board"]
        shown = {article.pk for one in board.lists for article in one.found}
        shown |= {article.pk for _day, hours in board.timeline for _hour, same in hours for article in same}
        assert shown <= set(board.visible.values_list("pk", flat=True))
    assert Notice.objects.exists()
    assert Article.objects.filter(state=State.APPROVED).exists()
