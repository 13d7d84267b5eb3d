"""The form is kept while it is written, for its writer alone; the session that ended is begun anew in place."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.editorial import revisions, transitions
from articles.models import Article, Autosave
from tests import base, factories
from tests.admin import forms

URL = "/admin/articles/article/autosave/"
DISCARD = "/admin/articles/article/autosave/discard/"
ALIVE = "/admin/articles/article/alive/"
RELOGIN = "/admin/relogin/"
TAB = "0123456789abcdef"
DATA = [["title", "Cầu mới"], ["category", "3", "Kinh tế"]]
pytestmark = pytest.mark.django_db


def sent(name, article=None, **changes):
    fields = {"user": base.person(name).pk, "article": article.pk if article else "", "form": TAB, "base": "0"}
    return {**fields, "data": json.dumps(DATA), **changes}


def own_draft(name="rita"):
    return factories.draft(created_by=base.person(name))


def test_what_is_typed_is_kept_and_given_back_to_its_writer(desk):
    article = own_draft()
    rita = desk("rita")
    answer = rita.post(URL, sent("rita", article))
    assert answer.status_code == 200
    assert answer.json()["newer"] is None
    found = rita.get(URL, {"user": base.person("rita").pk, "article": article.pk}).json()["autosaves"]
    assert [(each["form"], each["data"]) for each in found] == [(TAB, DATA)]


def test_typing_on_overwrites_the_one_row_of_the_form(desk):
    rita = desk("rita")
    for title in ("Một", "Hai"):
        rita.post(URL, sent("rita", data=json.dumps([["title", title]])))
    assert [each.data for each in Autosave.objects.all()] == [[["title", "Hai"]]]


def test_nobody_is_given_what_another_typed(desk):
    article = own_draft()
    desk("rita").post(URL, sent("rita", article))
    found = desk("chris").get(URL, {"user": base.person("chris").pk, "article": article.pk}).json()
    assert found == {"autosaves": []}


def test_who_may_not_change_the_article_keeps_nothing_on_the_server(desk):
    article = own_draft()
    transitions.submit(article, base.person("rita"))
    answer = desk("rita").post(URL, sent("rita", article))
    assert (answer.status_code, bool(answer.json()["refused"])) == (403, True)
    assert not Autosave.objects.exists()


def test_an_article_that_is_not_seen_is_not_there(desk):
    assert desk("rita").post(URL, sent("rita", own_draft("ed"))).status_code == 404


def test_who_may_write_nothing_keeps_nothing(desk):
    assert desk("kim").post(URL, sent("kim")).status_code == 403


def test_a_stranger_is_asked_to_sign_in_and_given_a_token(stranger, desk):
    base.person("rita")
    answer = stranger.post(URL, sent("rita"))
    assert answer.status_code == 401
    assert answer.json()["csrf"]


def test_one_persons_page_is_not_kept_in_anothers_name(desk):
    base.person("rita")
    assert desk("ed").post(URL, sent("rita")).status_code == 401
    assert not Autosave.objects.exists()


def test_a_foreign_page_cannot_send_anything():
    client = Client(enforce_csrf_checks=True)
    client.force_login(base.person("rita"))
    for url in (URL, DISCARD, "/admin/articles/article/presence/", "/admin/articles/article/presence/take/", RELOGIN):
        assert client.post(url, sent("rita")).status_code == 403, url


def test_the_writer_is_told_who_saved_meanwhile(desk):
    article = factories.draft()
    opened = article.version
    revisions.save(article, {"title": "Của Ed"}, base.person("ed"), base=opened)
    newer = desk("chris").post(URL, sent("chris", article, base=str(opened))).json()["newer"]
    assert (newer["name"], newer["same_user"]) == ("ed", False)


def test_a_text_too_long_is_refused_in_json(desk):
    long = json.dumps([["body", "ă" * 1_100_000]], ensure_ascii=False)
    assert desk("rita").post(URL, sent("rita", data=long)).status_code == 413


HOSTILE = [
    "", "null", "{}", "[1]", '[["a"]]', '[["a", 1]]', "[" * 100_000, "9" * 5000, '[["a", "b", "c", "d"]]', "\0",
]  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_form_is_refused(desk, data):
    assert desk("rita").post(URL, sent("rita", data=data)).status_code == 400


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udfff x"])
def test_what_a_database_refuses_is_left_out_of_what_is_kept(desk, text):
    assert desk("rita").post(URL, sent("rita", data=json.dumps([["title", text]]))).status_code == 200
    assert Autosave.objects.count() == 1


@pytest.mark.parametrize("tab", ["", "short", "a b c d e f g h", "x" * 41, "\0" * 9])
def test_a_form_has_a_name(desk, tab):
    assert desk("rita").post(URL, sent("rita", form=tab)).status_code == 400


@pytest.mark.parametrize("pk", ["x", "0", "9" * 30, "-1", "\0", "²"])
def test_an_odd_number_of_an_article_is_not_found(desk, pk):
    rita = desk("rita")
    user = base.person("rita").pk
    assert rita.post(URL, sent("rita") | {"article": pk}).status_code == 404
    assert rita.get(URL, {"user": user, "article": pk}).status_code == 404
    assert rita.get(ALIVE, {"user": user, "article": pk}).status_code == 404


@pytest.mark.parametrize("number", ["x", "9" * 30, "-1", "²", "\0"])
def test_an_odd_version_counts_as_none(desk, number):
    assert desk("rita").post(URL, sent("rita", own_draft(), base=number)).status_code == 200


def test_what_is_thrown_away_is_gone_for_the_own_person_only(desk):
    desk("rita").post(URL, sent("rita"))
    assert desk("ed").post(DISCARD, {"user": base.person("ed").pk, "form": TAB}).json() == {"discarded": False}
    assert desk("rita").post(DISCARD, {"user": base.person("rita").pk, "form": TAB}).json() == {"discarded": True}
    assert not Autosave.objects.exists()


def test_saving_the_form_ends_its_autosave(desk):
    rita = desk("rita")
    article = own_draft()
    rita.post(URL, sent("rita", article))
    forms.send(rita, forms.change_url(article), title="Cầu mới", form_tab=TAB)
    assert not Autosave.objects.exists()


def test_autosaves_end_after_thirty_days(desk):
    desk("rita").post(URL, sent("rita"))
    Autosave.objects.update(saved_at=timezone.now() - timedelta(days=31))
    user = base.person("rita").pk
    assert desk("rita").get(URL, {"user": user}).json() == {"autosaves": []}
    desk("rita").post(URL, sent("rita", form="another-form"))
    assert [each.form for each in Autosave.objects.all()] == ["another-form"]


def test_one_person_cannot_fill_the_disk(desk):
    rita = desk("rita")
    for number in range(55):
        rita.post(URL, sent("rita", form=f"form-number-{number}"))
    assert Autosave.objects.count() == 50
    assert Autosave.objects.filter(form="form-number-54").exists()


def test_an_autosave_costs_few_queries(desk, django_assert_max_num_queries):
    article = factories.draft()
    ed = desk("ed")
    fields = sent("ed", article)
    ed.post(URL, fields)
    # session, person, two kinds of rights, two of sections, article; then the row, read and written in a transaction
    with django_assert_max_num_queries(11):
        ed.post(URL, fields)


# Sending the form by script


def test_a_form_sent_by_script_is_told_where_to_go(desk):
    article = own_draft()
    rita = desk("rita")
    fields = {**forms.read(rita.get(forms.change_url(article))).values, "title": "Mới", "_continue": "1"}
    answer = rita.post(forms.change_url(article), fields, headers={"X-Desk-Form": "1"})
    assert answer.json() == {"location": forms.change_url(article)}
    assert "messagelist" in rita.get(forms.change_url(article)).content.decode()  # not used up on the way


def test_an_article_that_was_deleted_does_not_pass_for_saved(desk):
    article = own_draft()
    rita = desk("rita")
    fields = {**forms.read(rita.get(forms.change_url(article))).values, "_continue": "1"}
    Article.objects.filter(pk=article.pk).delete()
    assert rita.post(forms.change_url(article), fields, headers={"X-Desk-Form": "1"}).status_code == 404


def test_a_new_article_that_is_sent_twice_is_one_article(desk):
    rita = desk("rita")
    for title, form in (("Một", TAB), ("Một hai", TAB), ("Ba", "another-form")):
        page = forms.send(rita, forms.ADD_URL, title=title, form_tab=form)
        assert page.redirect_chain
    assert sorted(Article.objects.values_list("title", flat=True)) == ["Ba", "Một hai"]


def test_without_a_script_the_form_is_redirected_as_ever(desk):
    article = own_draft()
    page = forms.send(desk("rita"), forms.change_url(article), title="Mới")
    assert page.redirect_chain


# The session


def test_an_open_form_learns_whether_it_could_be_saved(desk):
    article = own_draft()
    ask = {"user": base.person("rita").pk, "article": article.pk}
    assert desk("rita").get(ALIVE, ask).json()["may"] is True
    transitions.submit(article, base.person("rita"))
    assert desk("rita").get(ALIVE, ask).json()["may"] is False


def test_the_same_person_signs_in_again_in_place(stranger):
    rita = base.person("rita")
    answer = stranger.post(RELOGIN, {"user": rita.pk, "username": "rita", "password": base.PASSWORD})
    assert answer.json()["csrf"]
    assert stranger.get(ALIVE, {"user": rita.pk}).status_code == 200


def test_another_person_does_not_take_over_the_form(stranger):
    rita = base.person("rita")
    base.person("ed")
    answer = stranger.post(RELOGIN, {"user": rita.pk, "username": "ed", "password": base.PASSWORD})
    assert answer.status_code == 403
    assert stranger.get("/admin/").status_code == 302


def test_a_wrong_password_is_said(stranger):
    rita = base.person("rita")
    answer = stranger.post(RELOGIN, {"user": rita.pk, "username": "rita", "password": "wrong"})
    assert answer.status_code == 403
    assert answer.json()["errors"]


def test_a_demo_password_opens_nothing_here_either(stranger, settings):
    settings.DEMO = False
    rita = base.person("rita")
    rita.set_password("demo-toa-soan")
    rita.save()
    answer = stranger.post(RELOGIN, {"user": rita.pk, "username": "rita", "password": "demo-toa-soan"})
    assert answer.status_code == 403


def test_logging_out_wipes_what_the_browser_kept(desk):
    assert desk("rita").post("/admin/logout/")["Clear-Site-Data"] == '"storage"'
