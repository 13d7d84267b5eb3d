"""The service worker and the offline page as they are handed out; tests/browser/readers/test_offline.py runs them."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from tests import factories

pytestmark = pytest.mark.django_db


def constants(response):
    text = response.content.decode()
    return {name: json.loads(value) for name, value in re.findall(r"^const ([A-Z]+) = (.*);$", text, re.M)[:4]}


def test_the_worker_is_a_script_for_the_whole_site_that_is_asked_for_every_time(stranger):
    response = stranger.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"


def test_the_worker_names_files_that_exist(stranger):
    found = constants(stranger.get("/sw.js"))
    assert stranger.get(found["OFFLINE"]).status_code == 200
    assert all(finders.find(address.removeprefix("/static/")) for address in found["SHELL"])


def test_a_new_file_makes_a_new_worker(stranger, monkeypatch):
    before = constants(stranger.get("/sw.js"))["VERSION"]
    assert constants(stranger.get("/sw.js"))["VERSION"] == before
    monkeypatch.setattr("articles.views.machines.offline.SHELL", ["css/reader.css"])
    assert constants(stranger.get("/sw.js"))["VERSION"] != before


def test_the_worker_asks_the_database_nothing(stranger, django_assert_num_queries):
    with django_assert_num_queries(0):
        stranger.get("/sw.js")


def test_the_worker_speaks_the_languages_of_the_pages(stranger):
    words = constants(stranger.get("/sw.js"))["WORDS"]
    assert set(words) == {"vi", "en"}
    assert all("{time}" in text for text in words.values())


@pytest.mark.parametrize("rows", [1, 20])
def test_the_offline_page_is_one_query_and_for_no_search_engine(stranger, django_assert_num_queries, rows):
    factories.many(rows)
    with django_assert_num_queries(1):
        response = stranger.get("/ngoai-tuyen/")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"


def test_neither_takes_a_post(stranger):
    assert stranger.post("/sw.js").status_code == 405
    assert stranger.post("/ngoai-tuyen/").status_code == 405
