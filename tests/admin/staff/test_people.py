"""Accounts and roles: who manages whom, what nobody gives away, and that an account is switched off, not deleted."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from articles.editorial import permissions
from articles.models import TrailEntry
from tests import base, factories
from tests.admin.forms import read, send

pytestmark = pytest.mark.django_db

User = get_user_model()
LIST, ADD = "/admin/auth/user/", "/admin/auth/user/add/"
NEW = {"username": "huong", "last_name": "Đinh", "first_name": "Hương", "email": "huong@bao.vn"}
PASSWORDS = {"password1": "hoa sữa thơm nồng", "password2": "hoa sữa thơm nồng"}


def page_of(person):
    return f"{LIST}{person.pk}/change/"


def group(name):
    return Group.objects.get(name=name)


def roles_of(person):
    return set(person.groups.values_list("name", flat=True))


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", "", base.PASSWORD))
    return client


# Who reaches it


@pytest.mark.parametrize("name", ["rita", "ed", "phong", "sam", "chris", "kim"])
@pytest.mark.parametrize("path", [LIST, ADD, "/admin/auth/group/"])
def test_only_an_administrator_reaches_the_accounts(desk, name, path):
    assert desk(name).get(path).status_code == 403
    assert desk(name).post(path, NEW | PASSWORDS).status_code == 403
    assert not User.objects.filter(username="huong").exists()


def test_the_list_shows_names_roles_and_the_last_sign_in_in_vietnamese(desk):
    ed = base.person("ed")
    ed.last_name, ed.first_name = "Lê", "Đức"
    ed.save()
    html = desk("ada").get(LIST).content.decode()
    for words in ("Lê Đức", "Biên tập viên", "Quản trị hệ thống"):
        assert words in html


@pytest.mark.parametrize("term", ["le duc", "Lê Đức", "ĐỨC lê", "ed", "duc@bao.vn"])
def test_a_person_is_found_with_and_without_diacritics(desk, term):
    ed = base.person("ed")
    ed.last_name, ed.first_name, ed.email = "Lê", "Đức", "duc@bao.vn"
    ed.save()
    base.person("rita")
    html = desk("ada").get(LIST, {"q": term}).content.decode()
    assert page_of(ed) in html
    assert page_of(base.person("rita")) not in html


@pytest.mark.parametrize("query", ["?role=editor", "?active=1"])
def test_the_list_is_filtered_by_role_and_by_use(desk, query):
    ed, ron = base.person("ed"), base.person("ron")
    ron.is_active = False
    ron.save()
    html = desk("ada").get(LIST + query).content.decode()
    assert (page_of(ed) in html, page_of(ron) in html) == (True, False)


@pytest.mark.parametrize(
    "query", ["?role=%00", "?q=%00", "?q=%ED%A0%80", "?active=9", "?password__startswith=m", "?p=x"]
)
def test_no_address_breaks_the_list(desk, query):
    assert desk("ada").get(LIST + query).status_code in {200, 302, 400}


# Making an account


def test_an_administrator_makes_an_account_that_works_at_the_desk(desk, stranger):
    send(desk("ada"), ADD, groups=[str(group("reporter").pk)], **NEW, **PASSWORDS)
    made = User.objects.get(username="huong")
    assert (made.is_staff, made.is_superuser, roles_of(made)) == (True, False, {"reporter"})
    stranger.post("/admin/login/", {"username": "huong", "password": PASSWORDS["password1"]})
    assert stranger.get("/admin/articles/article/").status_code == 200


@pytest.mark.parametrize(
    "name", [".", "..", "...", "RITA", "Rita", "\uff32\uff29\uff34\uff21", "r\u0456ta", "hương", "a b", "a\0b"]
)
def test_a_name_that_is_none_or_looks_like_another_is_refused_and_nothing_typed_is_lost(desk, name):
    base.person("rita")
    number = User.objects.count()
    response = desk("ada").post(ADD, {**NEW, **PASSWORDS, "username": name})
    assert response.status_code == 200
    assert User.objects.count() - number in {0, 1}
    assert not User.objects.filter(first_name="Hương").exists()
    assert read(response).values["email"] == NEW["email"]


def test_an_old_name_with_accents_stays_and_its_account_can_be_changed(desk):
    old = User.objects.create_user("hương", is_staff=True)
    send(desk("ada"), page_of(old), email="huong@bao.vn")
    old.refresh_from_db()
    assert (old.username, old.email) == ("hương", "huong@bao.vn")


# Roles


def test_an_administrator_gives_and_takes_a_role_and_the_trail_says_so(desk):
    ron = base.person("ron")
    send(desk("ada"), page_of(ron), groups=[str(group("editor").pk)])
    assert roles_of(ron) == {"editor"}
    entry = TrailEntry.objects.filter(action="change", kind="user").first()
    assert (entry.person, entry.changes) == ("ada", {"groups": [["reporter"], ["editor"]]})


def test_a_role_beyond_the_managers_own_is_not_offered_and_not_given_by_tampering(desk):
    ada = base.person("ada")
    beyond = Group.objects.create(name="rich")
    beyond.permissions.add(Permission.objects.get(codename="delete_group"))
    ron = base.person("ron")
    client = desk(ada.username)
    assert "rich" not in client.get(page_of(ron)).content.decode()
    send(client, page_of(ron), groups=[str(beyond.pk)])
    assert roles_of(ron) == {"reporter"}


def test_a_limited_manager_gives_only_what_they_hold(desk):
    ada = base.person("ada")
    ada.groups.set([group("reporter")])
    ada.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"]))
    client = desk("ada")
    chief = str(group("chief").pk)
    client.post(ADD, {**NEW, **PASSWORDS, "groups": [chief]})
    assert not User.objects.filter(username="huong", groups=chief).exists()
    assert client.post(page_of(base.person("ed")), {"email": "x@y.vn", "username": "ed"}).status_code == 403
    assert client.post(f"{LIST}{base.person('ed').pk}/password/", PASSWORDS).status_code == 403


def test_a_role_that_the_manager_cannot_give_is_kept_and_shown(desk, monkeypatch):
    """A group that is held through no right that the manager lacks, but that the manager may not give."""
    ron, odd = base.person("ron"), Group.objects.create(name="Tổ đặc biệt")
    ron.groups.add(odd)
    real = permissions.can_grant
    monkeypatch.setattr(permissions, "can_grant", lambda user, some: some != odd and real(user, some))
    client = desk("ada")
    assert "Tổ đặc biệt" in client.get(page_of(ron)).content.decode()
    send(client, page_of(ron), groups=[str(group("editor").pk)])
    assert roles_of(ron) == {"Tổ đặc biệt", "editor"}


def test_nobody_raises_themselves_or_locks_themselves_out(desk):
    ada = base.person("ada")
    Group.objects.create(name="rich")
    rich = group("rich")
    send(
        desk("ada"), page_of(ada),
        groups=[str(rich.pk)], is_superuser="on", is_staff="on", user_permissions=["1"], email="ada@bao.vn",
    )  # fmt: skip
    ada.refresh_from_db()
    assert (ada.email, ada.is_active, ada.is_superuser) == ("ada@bao.vn", True, False)
    assert roles_of(ada) == {"administrator"}
    assert not ada.user_permissions.exists()


def test_an_administrator_makes_nobody_a_superuser(desk):
    ron = base.person("ron")
    send(desk("ada"), page_of(ron), is_superuser="on", is_staff="on", user_permissions=["1", "2"])
    ron.refresh_from_db()
    assert (ron.is_superuser, ron.user_permissions.count()) == (False, 0)


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("kind", ["superuser", "right"])
def test_nobody_changes_an_account_that_holds_more_even_one_that_is_switched_off(desk, is_active, kind):
    other = User.objects.create_user("boss", is_staff=True, is_active=is_active, is_superuser=kind == "superuser")
    if kind == "right":
        other.user_permissions.add(Permission.objects.get(codename="delete_group"))
    client = desk("ada")
    sent = {"username": "boss", "email": "x@y.vn", "is_active": "on"}
    assert client.get(page_of(other)).status_code == 200  # to read
    assert client.post(page_of(other), sent).status_code == 403
    for method in (client.get, client.post):
        assert method(f"{LIST}{other.pk}/password/", PASSWORDS).status_code == 403
    other.refresh_from_db()
    assert (other.email, other.is_active, other.check_password(PASSWORDS["password1"])) == ("", is_active, False)


@pytest.mark.parametrize("verb", ["add/", "{}/change/", "{}/delete/"])
def test_what_a_role_may_is_changed_by_no_administrator(desk, verb):
    some = group("reporter")
    before = set(some.permissions.values_list("pk", flat=True))
    url = "/admin/auth/group/" + verb.format(some.pk)
    sent = {"name": "reporter", "permissions": [str(pk) for pk in range(1, 50)], "post": "yes"}
    assert desk("ada").post(url, sent).status_code == 403
    assert set(group("reporter").permissions.values_list("pk", flat=True)) == before


def test_an_administrator_reads_in_vietnamese_what_a_role_may(desk):
    html = desk("ada").get(f"/admin/auth/group/{group('secretary').pk}/change/").content.decode()
    for words in ("Thư ký tòa soạn", "duyệt", "xuất bản, hẹn giờ", "xem, thêm, sửa"):
        assert words in html


def test_a_superuser_has_all_of_it(root):
    ron = base.person("ron")
    right = Permission.objects.get(codename="view_trailentry")
    send(root, page_of(ron), user_permissions=[str(right.pk)], groups=[str(group("chief").pk)])
    assert ron.user_permissions.get() == right
    assert roles_of(ron) == {"chief"}
    name = group("royalty clerk")
    send(root, f"/admin/auth/group/{name.pk}/change/", permissions=[str(right.pk)])
    assert name.permissions.get() == right


# Passwords and the end of an account


def test_an_administrator_sets_a_password_which_ends_the_sessions_of_the_old_one(desk):
    ron, client = base.person("ron"), desk("ron")
    response = desk("ada").post(f"{LIST}{ron.pk}/password/", PASSWORDS)
    assert response.headers["Location"] == page_of(ron)
    ron.refresh_from_db()
    assert ron.check_password(PASSWORDS["password1"])
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    entry = TrailEntry.objects.filter(action="password").get()
    assert (entry.person, entry.key, entry.changes) == ("ada", str(ron.pk), {})
    assert "ada" in ron.notices.get().text


@pytest.mark.parametrize("sent", [{}, {"password1": "a", "password2": "a"}, {**PASSWORDS, "password2": "khác hẳn đi"}])
@pytest.mark.parametrize("usable", [{}, {"usable_password": "false"}, {"unset-password": "1"}])
def test_no_bad_password_is_set_and_none_is_taken_away(desk, sent, usable):
    ron = base.person("ron")
    assert desk("ada").post(f"{LIST}{ron.pk}/password/", sent | usable).status_code == 200
    ron.refresh_from_db()
    assert ron.check_password(base.PASSWORD)


def test_an_account_is_never_deleted(desk, root):
    ron = base.person("ron")
    for client in (desk("ada"), root):
        assert client.post(f"{LIST}{ron.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(LIST, {"action": "delete_selected", "_selected_action": ron.pk, "post": "yes"})
    assert User.objects.filter(pk=ron.pk).exists()


def test_an_account_that_is_switched_off_is_out_with_the_next_request(desk):
    ron, client = base.person("ron"), desk("ron")
    assert client.get("/admin/articles/article/").status_code == 200
    administrator, page = desk("ada"), read(desk("ada").get(page_of(ron)))
    values = {name: value for name, value in page.values.items() if name != "is_active"}
    administrator.post(page_of(ron), values)
    ron.refresh_from_db()
    assert not ron.is_active
    response = client.post("/admin/articles/article/add/", {"title": "Sau khi nghỉ việc"})
    assert response.headers["Location"].startswith("/admin/login/")


# Sections


def test_the_chief_names_the_editors_of_a_section_among_those_who_edit(desk):
    section, ed = factories.section(), base.person("ed")
    base.person("rita")
    url = f"/admin/articles/category/{section.pk}/change/"
    client = desk("chris")
    html = client.get(url).content.decode()
    assert "(ed)" in html
    assert "(rita)" not in html
    send(client, url, editors=[str(ed.pk)])
    assert set(section.editors.all()) == {ed}
    send(client, url, editors=[str(base.person("rita").pk)])
    assert set(section.editors.all()) == {ed}


def test_the_sections_that_a_person_edits_stand_on_the_persons_page(desk):
    ed = base.person("ed")
    factories.section("Văn hóa").editors.add(ed)
    assert "Văn hóa" in desk("ada").get(page_of(ed)).content.decode()


def test_the_page_of_a_person_asks_few_questions(desk, django_assert_max_num_queries):
    client, ed = desk("ada"), base.person("ed")
    for number in range(20):
        factories.section(f"Mục {number}").editors.add(ed)
    with django_assert_max_num_queries(25):
        client.get(page_of(ed))
    with django_assert_max_num_queries(12):
        client.get(LIST)
