"""The sessions of the desk: a new name at each step, an end in time, and what their owner sees of them."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from articles.identity import browsers, sessions
from articles.models import Notice, SignIn, TrailEntry
from tests import base

from .hands import code_of, enrolled, sign_in

pytestmark = pytest.mark.django_db
PAGE, NEW = "/admin/sign-ins/", "hoa sữa thơm nồng mùa thu"


def is_in(client):
    return client.get("/admin/").status_code == 200


def later(client, seconds):
    """So long ago everything in the session happened."""
    session = client.session
    for name in ("began", "seen", "confirmed"):
        session[name] -= seconds
    session.save()


def holding(key):
    """A browser with the cookie of an old session."""
    client = Client()
    client.cookies["sessionid"] = key
    return client


def test_the_session_has_a_new_name_after_every_proof_and_the_old_one_is_dead():
    chris, _codes = enrolled("chris")
    client = Client()
    client.get("/admin/login/")
    names = []
    sign_in("chris", client)
    names.append(client.session.session_key)
    client.post("/admin/verify/", {"code": code_of(chris)})
    names.append(client.session.session_key)
    client.post("/admin/confirm/", {"password": base.PASSWORD})
    names.append(client.session.session_key)
    passwords = {"new_password1": NEW, "new_password2": NEW}
    client.post("/admin/password_change/", {"old_password": base.PASSWORD, **passwords})
    names.append(client.session.session_key)
    assert len(set(names)) == 4
    assert is_in(client)
    assert [is_in(holding(name)) for name in names] == [False, False, False, True]
    assert client.get("/admin/logout/").status_code == 405
    client.post("/admin/logout/")
    assert not Session.objects.filter(session_key=names[-1]).exists()


def test_a_session_ends_after_eight_hours_of_nothing_and_after_seven_days_of_work(desk):
    hours, days = 8 * 3600, 7 * 24 * 3600
    limits = [("seen", hours - 60, True), ("seen", hours + 60, False), ("began", days - 60, True)]
    for kind, seconds, lasts in [*limits, ("began", days + 60, False)]:
        client = desk("rita")
        session = client.session
        session[kind] = time.time() - seconds
        session.save()
        assert is_in(client) == lasts, kind
    assert TrailEntry.objects.filter(action="session_over").count() == 2


def test_an_open_form_alone_keeps_nobody_signed_in(desk):
    client = desk("rita")
    later(client, 1000)
    before = client.session["seen"]
    client.post("/admin/articles/article/presence/", {})
    assert client.session["seen"] == before
    client.get("/admin/")
    assert client.session["seen"] > before


def test_a_new_password_and_an_end_from_the_list_end_the_other_sessions(desk):
    base.person("rita")
    here, there, third = desk("rita"), desk("rita"), desk("rita")
    page = here.get(PAGE)
    assert len(page.context["open"]) == 3
    other = SignIn.objects.get(session_key=there.session.session_key)
    desk("ed").post("/admin/sign-ins-end/", {"which": other.pk})
    assert is_in(there)
    here.post("/admin/sign-ins-end/", {"which": other.pk})
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    here.post("/admin/sign-ins-end/", {"which": "others"})
    assert (is_in(here), is_in(third)) == (True, False)
    fourth = desk("rita")
    passwords = {"old_password": base.PASSWORD, "new_password1": NEW, "new_password2": NEW}
    here.post("/admin/password_change/", passwords)
    assert (is_in(here), is_in(fourth)) == (True, False)
    assert len(here.get(PAGE).context["open"]) == 1
    here.post("/admin/sign-ins-end/", {"which": "everywhere"})
    assert not is_in(here)


def test_a_switched_off_account_is_out_at_once_and_switched_on_again_is_not_in(desk):
    client, rita = desk("rita"), base.person("rita")
    rita.is_active = False
    rita.save()
    assert not is_in(client)
    rita.is_active = True
    rita.save()
    assert not is_in(client)


def test_accounts_roles_and_factors_ask_for_the_password_again_and_save_nothing_before(desk):
    ada, rita = desk("ada"), base.person("rita")
    person = f"/admin/auth/user/{rita.pk}/"
    sent = {"username": "rita", "email": "moi@bao.vn", "is_active": "on", "groups": []}
    later(ada, 11 * 60)
    asked = [ada.get(f"{person}change/"), ada.post(f"{person}change/", sent), ada.get("/admin/auth/user/add/"),
             ada.post(f"{person}password/", {"password1": NEW, "password2": NEW}), ada.post(f"{person}reset-factor/"),
             ada.get("/admin/enrol/"), ada.post("/admin/factor-remove/")]  # fmt: skip
    assert {answer.headers["Location"].split("?")[0] for answer in asked} == {"/admin/confirm/"}
    rita.refresh_from_db()
    assert (rita.email, rita.check_password(base.PASSWORD), rita.groups.count()) == ("", True, 1)
    assert ada.post("/admin/confirm/", {"password": "sai"}).status_code == 200
    assert ada.get(f"{person}change/").status_code == 302
    back = ada.post("/admin/confirm/", {"password": base.PASSWORD, "next": f"{person}change/"})
    assert back.headers["Location"] == f"{person}change/"
    assert ada.post(f"{person}change/", sent).status_code == 302
    rita.refresh_from_db()
    assert rita.email == "moi@bao.vn"
    elsewhere = ada.post("/admin/confirm/", {"password": base.PASSWORD, "next": "//evil.example/"})
    assert elsewhere.headers["Location"] == "/admin/"


# What the owner sees


def test_the_owner_sees_what_happened_and_nobody_elses(desk):
    base.person("rita")
    sign_in("rita", password="sai", REMOTE_ADDR="203.0.113.5")
    sign_in("ed")
    client, _answer = sign_in("rita", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")
    page = client.get(PAGE).content.decode()
    for words in ("Chrome · Windows", "203.0.113.", "Không thành", "Đăng nhập của bạn"):
        assert words in page
    assert {event.person for event, *_said in client.get(PAGE).context["events"]} == {"rita"}


@pytest.mark.django_db(transaction=True)
def test_a_new_browser_is_told_at_the_desk_and_by_mail_a_known_one_is_not(settings):
    settings.NOTICES_BY_MAIL = True
    rita = base.person("rita")
    rita.email = "rita@bao.vn"
    rita.save()
    first, _answer = sign_in("rita")
    sign_in("rita", first)
    assert not Notice.objects.filter(recipient=rita).exists()
    sign_in("rita", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/145.0", REMOTE_ADDR="203.0.113.7")
    assert [letter.to for letter in mail.outbox] == [["rita@bao.vn"]]
    assert "Firefox · Linux" in Notice.objects.get(recipient=rita).text


def test_browsers_have_names():
    agents = {
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1": "Safari · iPhone",
        "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36": "Chrome · Android",
        "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0": "Edge · Windows",
        "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120.0 Chrome/114 Safari/537.36": "Cốc Cốc · Windows",
        "curl/8.0": "",
    }  # fmt: skip
    assert {agent: browsers.name_of(agent) for agent in agents} == agents


def test_a_session_of_before_this_release_is_over(desk):
    client = desk("rita")
    session = client.session
    del session["began"]
    session.save()
    assert not is_in(client)
    assert sessions.IDLE < sessions.ABSOLUTE
