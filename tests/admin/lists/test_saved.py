"""Saved filters: whose they are, what they hold, where they lead."""

import pytest

from articles.admin.lists import saved
from articles.models import SavedFilter
from tests import base, factories
from tests.admin.forms import LIST_URL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

SAVE_URL = f"{LIST_URL}bo-loc/"


def save(client, name="Của tôi", query="state=draft", **fields):
    return client.post(SAVE_URL, {"name": name, "query": query, **fields}, follow=True)


def chips(client):
    return [row["filter"].name for row in client.get(LIST_URL).context["saved_filters"]]


def test_a_filter_is_kept_under_a_name_and_leads_back_to_the_same_list(desk):
    section = factories.section("Kinh tế")
    factories.draft(title="Nháp kinh tế", category=section)
    factories.published(title="Đã đăng", category=section)
    client = desk("rita")
    query = "state=draft&state=returned&section=kinh-te&q=nh%C3%A1p"
    response = save(client, "Việc dở", query)
    assert response.redirect_chain == [(f"{LIST_URL}?{query}", 302)]
    assert SavedFilter.objects.get().query == query
    html = client.get(LIST_URL).content.decode().replace("&amp;", "&")
    assert f'href="?{query}"' in html


def test_only_the_one_that_is_shown_is_marked(desk):
    client = desk("rita")
    save(client, "Nháp", "state=draft"), save(client, "Gỡ", "state=withdrawn")
    rows = client.get(LIST_URL, {"state": "draft"}).context["saved_filters"]
    assert {row["filter"].name: row["selected"] for row in rows} == {"Nháp": True, "Gỡ": False}


def test_nothing_but_the_parameters_of_the_list_is_kept(desk):
    save(desk("rita"), query="state=draft&next=https://xau.example&o=2&p=9&_popup=1&e=1&section=&topic=a%00b")
    assert SavedFilter.objects.get().query == "state=draft"


@pytest.mark.parametrize("query", ["", "next=//xau.example", "state=", "\0", "&&&", "%", "state"])
def test_an_empty_filter_is_not_kept(desk, query):
    response = save(desk("rita"), query=query)
    assert response.status_code == 200
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "\0", "x" * 61, "\u200b"])
def test_a_name_that_is_none_is_refused_in_words(desk, name):
    response = save(desk("rita"), name=name)
    assert not SavedFilter.objects.exists()
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_query_that_is_too_long_is_refused(desk):
    save(desk("rita"), query="q=" + "x" * 1001)
    assert not SavedFilter.objects.exists()


def test_the_same_name_again_takes_the_place_of_the_old_one_and_says_so(desk):
    client = desk("rita")
    save(client, query="state=draft")
    response = save(client, query="state=withdrawn")
    assert SavedFilter.objects.get().query == "state=withdrawn"
    assert "Đã thay" in str(list(response.context["messages"])[0])


def test_one_person_keeps_a_limited_number(desk, monkeypatch):
    monkeypatch.setattr(saved, "MOST", 2)
    client = desk("rita")
    for name in ("một", "hai", "ba"):
        save(client, name)
    assert sorted(chips(client)) == ["hai", "một"]


def test_what_is_for_the_whole_desk_is_shown_to_all_and_the_rest_to_its_owner(desk):
    save(desk("ed"), "Cả ban", shared="1")
    save(desk("ed"), "Của ed")
    save(desk("rita"), "Của rita")
    assert chips(desk("ed")) == ["Cả ban", "Của ed"]
    assert chips(desk("rita")) == ["Của rita", "Cả ban"]


def test_a_reporter_shares_none(desk):
    assert desk("rita").post(SAVE_URL, {"name": "x", "query": "state=draft", "shared": "1"}).status_code == 403
    assert not SavedFilter.objects.exists()
    assert 'name="shared"' not in desk("rita").get(LIST_URL, {"state": "draft"}).content.decode()
    assert 'name="shared"' in desk("ed").get(LIST_URL, {"state": "draft"}).content.decode()


def test_one_deletes_the_own_ones_and_nobody_elses(desk):
    save(desk("ed"), "Cả ban", shared="1")
    row = SavedFilter.objects.get()
    url = f"{SAVE_URL}{row.pk}/xoa/"
    assert desk("chris").post(url).status_code == 404
    assert desk("ed").get(url).status_code == 405
    assert SavedFilter.objects.exists()
    assert desk("ed").post(url, {"query": "state=draft"}).url == f"{LIST_URL}?state=draft"
    assert not SavedFilter.objects.exists()


def test_a_stranger_and_a_get_change_nothing(stranger, desk):
    assert stranger.post(SAVE_URL, {"name": "x", "query": "state=draft"}).status_code == 302
    assert desk("rita").get(SAVE_URL).status_code == 405
    assert not SavedFilter.objects.exists()


def test_a_filter_of_me_shows_each_person_the_own_articles(desk):
    save(desk("ed"), "Bài tôi viết", "writer=me", shared="1")
    for name in ("rita", "ed"):
        factories.draft(title=f"Của {name}", created_by=base.person(name))
        found = desk(name).get(f"{LIST_URL}?{SavedFilter.objects.get().query}").context["cl"].result_list
        assert [article.title for article in found] == [f"Của {name}"]
