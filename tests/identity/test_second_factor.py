"""The second factor: nothing opens without it, a code works once, and who has lost it comes in again."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.models import Notice, RecoveryCode, TrailEntry
from tests import base, factories
from tests.rights.conftest import world  # noqa: F401 (a fixture)
from tests.rights.table import PAGES
from tests.rights.test_addresses import arguments, screens, url_of

from .hands import code_of, enrolled, set_up, sign_in

pytestmark = pytest.mark.django_db
BEFORE = {"verify", "enrol", "codes", "confirm", "passkey_begin", "passkey_finish", "login", "logout", "desk_relogin"}


def test_before_it_no_address_of_the_desk_opens(world):  # noqa: F811
    urls = [url_of(world, screen, verb) for screen, verb in screens().values()]
    urls += [reverse(f"admin:{name}", kwargs=arguments(world, name)) for name in PAGES if name not in BEFORE]
    without, _answer = sign_in("ada")
    enrolled("chris")
    pending, _answer = sign_in("chris")
    for client, page in ((without, "/admin/enrol/"), (pending, "/admin/verify/")):
        for url in urls:
            got = client.get(url)
            assert (got.status_code, got.headers["Location"].split("?")[0]) == (302, page), url
            assert client.post(url, {"_save": "1"}).status_code == 403, url
            assert client.get(url, headers={"accept": "*/*"}).status_code == 403, url


@pytest.mark.parametrize(("name", "opens"), [("rita", True), ("ed", True), ("kim", True), ("sam", False),
                                             ("chris", False), ("ada", False), ("root", False)])  # fmt: skip
def test_whoever_may_publish_or_manage_accounts_must_have_one(name, opens):
    if name == "root":
        get_user_model().objects.create_superuser("root", "", base.PASSWORD)
    else:
        base.person(name)
    client, _answer = sign_in(name)
    assert (client.get("/admin/").status_code == 200) == opens


def test_outside_the_desk_a_password_alone_is_nobody():
    base.person("sam")
    draft = factories.draft(title="Bài chưa đăng")
    half, _answer = sign_in("sam")
    whole = Client()
    whole.force_login(base.person("sam"))
    assert whole.get(f"/xem-truoc/{draft.pk}/").status_code == 200
    assert half.get(f"/xem-truoc/{draft.pk}/").status_code == Client().get(f"/xem-truoc/{draft.pk}/").status_code
    assert "Bài chưa đăng" not in half.get(f"/xem-truoc/{draft.pk}/").content.decode()


def test_the_demonstration_exempts_its_own_logins_and_nobody_else(settings):
    settings.DEMO = True
    base.person("chris")
    get_user_model().objects.create_superuser("root", "", base.PASSWORD)
    assert sign_in("chris")[0].get("/admin/").status_code == 200
    assert sign_in("root")[0].get("/admin/").status_code == 302


def test_setting_up_the_app_opens_the_desk_with_ten_codes_that_are_stored_as_hashes():
    chris = base.person("chris")
    client, _answer = sign_in("chris")
    page = client.get("/admin/enrol/").content.decode()
    assert "data:image/svg+xml" in page
    assert client.session["totp"] not in page  # the key is shown as apps take it, in base 32
    assert client.post("/admin/enrol/", {"code": "000000"}).status_code == 200
    assert client.get("/admin/").status_code == 302
    codes = set_up(client)
    assert len(set(codes)) == 10
    assert not set(RecoveryCode.objects.values_list("mark", flat=True)) & {*codes, *(c.replace("-", "") for c in codes)}
    assert client.get("/admin/").status_code == 200
    assert set(TrailEntry.objects.filter(person="chris").values_list("action", flat=True)) >= {
        "sign_in", "factor_add", "recovery_codes",
    }  # fmt: skip
    assert Notice.objects.filter(recipient=chris, url="/admin/sign-ins/").exists()
    assert not any(code in entry.words for entry in TrailEntry.objects.all() for code in codes)


def test_a_code_of_the_app_works_once_and_leads_where_the_person_was_going():
    chris, _codes = enrolled("chris")
    client, _answer = sign_in("chris")
    old = client.session.session_key
    code = code_of(chris)
    answer = client.post("/admin/verify/", {"code": f"{code[:3]} {code[3:]}", "next": "/admin/notices/"})
    assert answer.headers["Location"] == "/admin/notices/"
    assert client.session.session_key != old
    again, _answer = sign_in("chris")
    assert again.post("/admin/verify/", {"code": code}).status_code == 200
    assert again.get("/admin/").status_code == 302
    assert again.post("/admin/verify/", {"code": code, "next": "https://evil.example/"}).status_code == 200


def test_a_recovery_code_works_once_and_its_owner_is_told():
    chris, codes = enrolled("chris")
    client, _answer = sign_in("chris")
    assert client.post("/admin/verify/", {"code": codes[0].upper()}).status_code == 302
    assert client.get("/admin/").status_code == 200
    again, _answer = sign_in("chris")
    assert again.post("/admin/verify/", {"code": codes[0]}).status_code == 200
    assert Notice.objects.filter(recipient=chris, text__contains="Còn lại 9 mã").count() == 1


@pytest.mark.parametrize("code", ["", "12345", "１２３４５６", "\x00", "a" * 41, "9" * 5000, "' OR 1=1--"])
def test_no_odd_code_opens_or_breaks_anything(code):
    enrolled("chris")
    client, _answer = sign_in("chris")
    assert client.post("/admin/verify/", {"code": code}).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_guessing_the_code_shuts_the_page_even_for_the_right_one(clock):
    chris, _codes = enrolled("chris")
    client, _answer = sign_in("chris")
    for _try in range(5):
        client.post("/admin/verify/", {"code": "000000"})
    assert client.post("/admin/verify/", {"code": code_of(chris)}).status_code == 429
    assert TrailEntry.objects.filter(person="chris", action="second_factor", outcome="failed").count() == 5


def test_a_new_password_from_an_administrator_passes_by_no_second_factor(desk):
    chris, _codes = enrolled("chris")
    ada = desk("ada")
    new = "hoa sữa thơm nồng mùa thu"
    ada.post(f"/admin/auth/user/{chris.pk}/password/", {"password1": new, "password2": new})
    client, _answer = sign_in("chris", password=new)
    assert client.get("/admin/").headers["Location"].startswith("/admin/verify/")


def test_an_administrator_or_the_shell_resets_what_was_lost(desk):
    chris, _codes = enrolled("chris")
    open_one, _answer = sign_in("chris")
    assert desk("ada").post(f"/admin/auth/user/{chris.pk}/reset-factor/").status_code == 302
    assert open_one.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert sign_in("chris")[0].get("/admin/").headers["Location"].startswith("/admin/enrol/")
    ada = base.person("ada")
    assert desk("ada").post(f"/admin/auth/user/{ada.pk}/reset-factor/").status_code == 403
    enrolled("sam")
    call_command("reset_second_factor", "sam")
    assert sign_in("sam")[0].get("/admin/").headers["Location"].startswith("/admin/enrol/")


def test_the_last_one_of_who_needs_it_is_not_removed():
    chris, _codes = enrolled("chris")
    client, _answer = sign_in("chris")
    client.post("/admin/verify/", {"code": code_of(chris)})
    sent = {"kind": "totp", "pk": chris.totpdevice_set.get().pk}
    client.post("/admin/factor-remove/", sent)
    assert chris.totpdevice_set.count() == 1
    rita, _codes = enrolled("rita")
    client, _answer = sign_in("rita")
    client.post("/admin/verify/", {"code": code_of(rita)})
    client.post("/admin/factor-remove/", sent)  # another person's
    assert chris.totpdevice_set.count() == 1
    client.post("/admin/factor-remove/", {"kind": "totp", "pk": rita.totpdevice_set.get().pk})
    assert (rita.totpdevice_set.count(), rita.recovery_codes.count()) == (0, 0)


def test_signing_in_again_from_an_open_form_asks_for_the_code_too():
    chris, _codes = enrolled("chris")
    client = Client()
    sent = {"user": chris.pk, "username": "chris", "password": base.PASSWORD}
    first = client.post("/admin/relogin/", sent)
    assert (first.status_code, first.json()["code"]) == (401, True)
    assert "_auth_user_id" not in client.session
    assert client.post("/admin/relogin/", {**sent, "code": code_of(chris)}).json()["csrf"]
    assert client.get("/admin/").status_code == 200
