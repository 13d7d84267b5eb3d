"""What the desk writes into the trail, and the screen that shows it."""

import pytest
from django.contrib.auth.models import Group

from articles.editorial import trail, transitions
from articles.models import TrailEntry, Transition
from tests import base, factories
from tests.admin.forms import send

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/trailentry/"
LOGIN = "/admin/login/"


def newest(**wanted):
    return TrailEntry.objects.filter(**wanted).first()


# What is written


def test_signing_in_and_out_is_kept_with_the_address(stranger):
    base.person("rita")
    stranger.post(LOGIN, {"username": "rita", "password": base.PASSWORD}, REMOTE_ADDR="203.0.113.9")
    assert newest().address == "203.0.113.9"
    assert (newest().person, newest().action, newest().outcome) == ("rita", "sign_in", "done")
    stranger.post("/admin/logout/")
    assert (newest().person, newest().action) == ("rita", "sign_out")


@pytest.mark.parametrize("name", ["rita", "nobody", "'; DROP TABLE--", "a" * 200])
def test_a_failed_sign_in_is_kept_with_the_name_and_without_the_password(stranger, name):
    base.person("rita")
    stranger.post(LOGIN, {"username": name, "password": "mật khẩu gõ nhầm"})
    entry = newest()
    if len(name) <= 150:
        assert (entry.person, entry.action, entry.outcome) == (name[:30], "sign_in", "failed")
    assert not TrailEntry.objects.filter(words__contains="mat khau").exists()


def test_a_right_password_that_opens_no_desk_is_kept_as_refused(stranger):
    person = base.person("rita")
    person.is_staff = False
    person.save()
    stranger.post(LOGIN, {"username": "rita", "password": base.PASSWORD})
    assert (newest().person, newest().outcome) == ("rita", "refused")


def test_who_changes_the_own_password_leaves_a_trace_and_no_password(desk):
    client = desk("rita")
    passwords = {"new_password1": "hoa sữa thơm nồng", "new_password2": "hoa sữa thơm nồng"}
    client.post("/admin/password_change/", {"old_password": base.PASSWORD, **passwords})
    assert (newest().person, newest().action, newest().kind) == ("rita", "password", "user")
    assert "hoa sua" not in newest().words


def test_a_changed_section_says_from_what_to_what(desk):
    section = factories.section("Kinh tế")
    ed = base.person("ed")
    ed.last_name, ed.first_name = "Lê", "Đức"
    ed.save()
    client = desk("chris")
    send(
        client,
        f"/admin/articles/category/{section.pk}/change/",
        name="Kinh tế số",
        editors=[str(ed.pk)],
        four_eyes="on",
    )
    entry = newest(action="change")
    assert (entry.person, entry.kind, entry.key) == ("chris", "category", str(section.pk))
    assert entry.changes == {
        "name": ["Kinh tế", "Kinh tế số"], "four_eyes": [False, True], "editors": [[], ["ed"]],
    }  # fmt: skip


def test_a_form_saved_without_a_change_leaves_no_trace(desk):
    topic = factories.topic("Hồ")
    send(desk("chris"), f"/admin/articles/topic/{topic.pk}/change/")
    assert not TrailEntry.objects.filter(action="change").exists()


def test_a_row_changed_in_the_list_itself_is_kept_too(desk):
    section = factories.section("Kinh tế", order=1)
    row = {"form-0-id": section.pk, "form-0-order": "7", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}
    desk("chris").post("/admin/articles/category/", {**row, "_save": "1"})
    assert newest(action="change", key=str(section.pk)).changes == {"order": [1, 7]}


def test_what_was_deleted_is_named_when_it_is_gone(desk):
    topic = factories.topic("Hồ Hòa Bình")
    desk("chris").post(f"/admin/articles/topic/{topic.pk}/delete/", {"post": "yes"})
    assert (newest().action, newest().label, newest().key) == ("delete", "Hồ Hòa Bình", str(topic.pk))


def test_the_settings_say_which_fact_changed(desk):
    client = desk("chris")
    client.get("/admin/articles/sitesettings/")
    send(client, "/admin/articles/sitesettings/1/change/", licence="Số 12/GP-BTTTT")
    assert newest(action="change", kind="sitesettings").changes == {"licence": ["", "Số 12/GP-BTTTT"]}


def test_moderating_comments_is_kept(desk):
    comment = factories.comment(factories.published(), state="waiting")
    desk("ed").post("/admin/articles/comment/", {"moderate": f"spam:{comment.pk}"})
    assert (newest().person, newest().action, newest().key) == ("ed", "moderate", str(comment.pk))
    assert comment.text not in newest().words


def test_what_the_desk_refuses_is_kept_with_the_address_it_was_tried_at(desk):
    section = factories.section()
    client = desk("rita")
    url = f"/admin/articles/category/{section.pk}/change/"
    looked = f"/admin/articles/category/{section.pk}/delete/"
    client.get(looked), client.get(looked)
    assert [entry.label for entry in TrailEntry.objects.filter(action="attempt")] == [looked]  # once a minute
    client.post(url, {"name": "Của tôi"})
    entry = newest()
    assert (entry.person, entry.action, entry.outcome) == ("rita", "attempt", "refused")
    assert (entry.label, entry.kind, entry.key) == (url, "category", str(section.pk))


def test_a_stranger_who_is_sent_to_the_login_writes_nothing(stranger):
    stranger.post("/admin/articles/category/1/change/", {"name": "x"})
    assert not TrailEntry.objects.exists()


# The screen


def shown(client, query=""):
    response = client.get(LIST + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("rita", 403), ("ed", 403), ("sam", 403), ("chris", 200), ("ada", 200)])
def test_who_reads_the_trail(desk, name, status):
    assert desk(name).get(LIST).status_code == status


@pytest.mark.parametrize("name", ["chris", "ada"])
@pytest.mark.parametrize("verb", ["add/", "{}/change/", "{}/delete/"])
def test_nobody_adds_changes_or_deletes_an_entry_at_the_desk(desk, name, verb):
    entry = trail.record(base.person("ed"), "sign_in")
    assert desk(name).post(LIST + verb.format(entry.pk), {"person": "x", "post": "yes"}).status_code == 403


def test_an_entry_reads_in_words(desk):
    article = factories.draft(title="Giá cà phê tăng", created_by=base.person("rita"))
    transitions.submit(article, base.person("rita"))
    html = shown(desk("chris"), f"?kind=article&key={article.pk}")
    for words in (
        str(Transition.Verb.SUBMIT.label),
        "Nháp",
        "Chờ biên tập",
        "Giá cà phê tăng",
        "rita",
        f"/article/{article.pk}/change/",
    ):
        assert words in html


def test_an_object_that_is_gone_is_named_without_a_link(desk):
    article = factories.draft(title="Bài bỏ", created_by=base.person("rita"))
    trail.record(base.person("rita"), "delete", article)
    number = article.pk
    article.delete()
    html = shown(desk("chris"))
    assert "Bài bỏ" in html
    assert f"/article/{number}/change/" not in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ca+phe", True), ("?q=cà+phê", True), ("?q=cà+phê+rita", True), ("?q=chè", False),
        ("?q=trả+lại", False), ("?q=gui+bien+tap", True),
        ("?person=rita", True), ("?person=ed", False), ("?action=submit", True), ("?outcome=failed", False),
        ("?kind=article", True), ("?kind=photo", False), ("?day_to=2001-01-01", False), ("?day_from=2001-01-01", True),
    ],
)  # fmt: skip
def test_the_trail_is_searched_and_filtered(desk, query, found):
    rita = base.person("rita")
    transitions.submit(factories.draft(title="Giá cà phê", created_by=rita), rita)
    assert ("Giá cà phê" in shown(desk("chris"), query)) is found


def test_pages_follow_each_other_without_a_gap_or_a_count(desk, django_assert_max_num_queries):
    client = desk("chris")
    for number in range(120):
        trail.record(None, "attempt", label=f"dòng {number:03}")
    query, seen = "?action=attempt", []
    while query:
        with django_assert_max_num_queries(9) as captured:
            html = shown(client, query)
        assert not [q for q in captured.captured_queries if "COUNT(" in q["sql"] and "trailentry" in q["sql"]]
        seen += [number for number in range(119, -1, -1) if f"dòng {number:03}" in html]
        query = (
            html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0] if 'rel="next"' in html else ""
        )
        query = query.replace("&amp;", "&")
    assert seen == list(range(119, -1, -1))


@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?key=%00", "?before=9999999999999999999999", "?before=x", "?kind=nothing", "?key=abc", "?day_from=x"]
    + ["?person=%00", "?person__regex=(", "?action=%ED%A0%80", "?q=" + "a" * 5000, "?before=0"],
)
def test_no_address_breaks_the_trail(desk, query):
    assert desk("chris").get(LIST + query).status_code in {200, 302, 400}


def test_an_entry_opens_by_itself(desk):
    entry = trail.record(base.person("rita"), "change", factories.section("Kinh tế"), {"name": ["A", "B"]})
    assert "Kinh tế" in desk("chris").get(f"{LIST}{entry.pk}/change/").content.decode()


def test_a_person_of_the_trail_who_is_gone_keeps_the_name():
    person = base.person("rita")
    person.last_name, person.first_name = "Đinh", "Hương"
    trail.record(person, "sign_in")
    Group.objects.get(name="reporter").user_set.remove(person)
    person.delete()
    assert (newest().person, newest().person_name) == ("rita", "Đinh Hương")
