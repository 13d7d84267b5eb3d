"""Who else has the article open, who holds the pen, and that somebody saved: told to every open form."""

import pytest

from articles.editorial import revisions
from articles.models import Presence
from tests import base, factories
from tests.admin import forms

URL = "/admin/articles/article/presence/"
TAKE = "/admin/articles/article/presence/take/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.draft(created_by=base.person("rita"))


def sent(name, article, **more):
    return {"user": base.person(name).pk, "article": article.pk, "form": f"tab-of-{name}", "base": "0", **more}


def test_a_form_learns_who_else_is_here_and_writes(desk, article):
    desk("ed").post(URL, sent("ed", article, typed="1"))
    answer = desk("chris").post(URL, sent("chris", article)).json()
    assert answer["holds"] is False
    assert [(other["name"], other["holds"], other["may_take"]) for other in answer["others"]] == [("ed", True, True)]


def test_the_page_itself_says_it_without_a_script(desk, article):
    desk("ed").post(URL, sent("ed", article, typed="1"))
    page = desk("chris").get(forms.change_url(article)).content.decode()
    assert 'class="presence-writes">Bài viết đang được sửa bởi ed từ ' in page


def test_a_closed_form_is_gone_at_once(desk, article):
    ed = desk("ed")
    ed.post(URL, sent("ed", article, typed="1"))
    ed.post(URL, sent("ed", article, left="1"))
    assert not Presence.objects.exists()


def test_the_pen_changes_hands_and_the_other_is_told(desk, article):
    desk("ed").post(URL, sent("ed", article, typed="1"))
    assert desk("chris").post(TAKE, sent("chris", article)).json()["holds"] is True
    answer = desk("ed").post(URL, sent("ed", article)).json()
    assert (answer["holds"], answer["others"][0]["holds"]) == (False, True)


def test_who_ranks_below_does_not_take_it(desk, article):
    desk("chris").post(URL, sent("chris", article, typed="1"))
    answer = desk("rita").post(TAKE, sent("rita", article))
    assert answer.status_code == 403
    assert "chris" in answer.json()["refused"]


def test_who_may_only_read_holds_no_pen(desk, article):
    assert desk("phong").post(URL, sent("phong", article, typed="1")).json()["holds"] is False
    assert desk("phong").post(TAKE, sent("phong", article)).status_code == 403


def test_who_may_not_see_the_article_learns_nothing(desk, article):
    hidden = factories.draft(created_by=base.person("ed"))
    assert desk("rita").post(URL, sent("rita", hidden)).status_code == 404
    assert desk("rita").post(TAKE, sent("rita", hidden)).status_code == 404


def test_a_pass_is_good_for_its_person_and_its_article_alone(desk, article):
    ticket = desk("ed").post(URL, sent("ed", article)).json()["pass"]
    hidden = factories.draft(created_by=base.person("ed"))
    assert desk("rita").post(URL, sent("rita", hidden) | {"pass": ticket}).status_code == 404
    other = desk("rita").post(URL, sent("rita", article)).json()["pass"]
    assert desk("rita").post(URL, sent("rita", hidden) | {"pass": other}).status_code == 404


def test_a_newer_version_is_told(desk, article):
    revisions.save(article, {"title": "Của Ed"}, base.person("ed"), base=0)
    told = desk("chris").post(URL, sent("chris", article)).json()["newer"]
    assert told["name"] == "ed"
    assert desk("chris").post(URL, sent("chris", article) | {"base": str(told["number"])}).json()["newer"] is None


def test_a_stranger_is_asked_to_sign_in(stranger, article):
    assert stranger.post(URL, sent("ed", article)).status_code == 401


def test_another_persons_tab_is_not_taken_over(desk, article):
    desk("ed").post(URL, sent("ed", article))
    assert desk("chris").post(URL, sent("chris", article) | {"form": "tab-of-ed"}).status_code == 400
    assert desk("chris").post(TAKE, sent("chris", article) | {"form": "tab-of-ed"}).status_code == 400


@pytest.mark.parametrize("changes", [{"article": ""}, {"article": "9" * 30}, {"form": ""}, {"form": "\0" * 9}])
def test_odd_calls_are_not_found(desk, article, changes):
    for url in (URL, TAKE):
        assert desk("ed").post(url, sent("ed", article) | changes).status_code in {403, 404}, url


@pytest.mark.parametrize("ticket", ["\0", "x" * 9000, "bnVsbA:1:1", "é:é:é"])
def test_a_forged_pass_is_none(desk, article, ticket):
    hidden = factories.draft(created_by=base.person("ed"))
    assert desk("rita").post(URL, sent("rita", hidden) | {"pass": ticket}).status_code == 404


def test_a_call_costs_six_queries(desk, article, django_assert_num_queries):
    ed, chris = desk("ed"), desk("chris")
    chris.post(URL, sent("chris", article, typed="1"))
    ticket = ed.post(URL, sent("ed", article)).json()["pass"]
    revisions.save(article, {"title": "Mới"}, base.person("chris"), base=0)
    fields = sent("ed", article) | {"pass": ticket, "typed": "1"}
    # session, person, article, who is here, seen now, who saved
    with django_assert_num_queries(6):
        ed.post(URL, fields)
