"""S25 with the newsroom itself behind nginx, Varnish, and both: two who are signed in and a reader, by turns."""

import re
import threading

import pytest
from django.db import connections
from django.middleware.csrf import _unmask_cipher_token

from tests import base, factories, through
from tests.views.whole_site import crawl

from .origin import Said

MARK = "bimat7391"
TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
FORM = re.compile(rb'name="csrfmiddlewaretoken"|name="token"')


@pytest.fixture
def newsroom(origin, settings, db):
    """The origin answers as Django behind its page cache; one request at a time, in the transaction of the test."""
    lock, mine = threading.Lock(), connections["default"]
    mine.inc_thread_sharing()

    def start(kind):
        settings.CACHE_IN_FRONT = "nginx" if kind == "nginx" else "varnish"
        reader = through.Reader()

        def answer(call):
            with lock:
                connections["default"] = mine
                headers = {"accept_encoding": call.headers.get("Accept-Encoding", "")}
                page = reader.get(call.path, call.command, call.headers.get("Cookie", ""), **headers)
            told = {name: value for name, value in page.headers if name != "Content-Length"}
            return Said(page.body, page.status, told)

        origin.said = answer

    yield start
    mine.dec_thread_sharing()


def cookies_of(client):
    client.get("/admin/")
    return "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())


@pytest.mark.django_db
def test_nobody_is_answered_with_the_page_the_name_or_the_token_of_another(front, newsroom, desk):
    newsroom(front.name)
    people = {name: base.person(name) for name in ("rita", "ed")}
    for name, person in people.items():
        person.first_name = f"{MARK}{name}"
        person.save()
    cookies = {name: cookies_of(desk(name)) for name in people} | {"": ""}
    addresses = [*crawl.one_of_each().values(), "/khong-co/", "/admin/", "/admin/articles/article/", "/admin/khong-co/"]
    addresses += [f"/xem-truoc/{factories.draft().pk}/", "/admin/jsi18n/"]
    hits = set()
    for address in addresses:
        for name in ("", "rita", "", "ed", "rita", ""):
            answer = front.get(address, **({"Cookie": cookies[name]} if name else {}))
            told = answer.body.decode() + str(answer.headers)
            if not address.startswith("/admin/"):  # where colleagues are named
                assert {other for other in people if f"{MARK}{other}" in told} <= {name}, address
            for token in TOKENS.findall(answer.body):
                assert f"csrftoken={_unmask_cipher_token(token.decode())};" in f"{cookies[name]};", address
            mark = answer.headers["X-Cache-Front"]
            if name:
                assert (mark, answer.headers["Cache-Control"]) == (mark, "private, no-store"), address
                assert "Cookie" in answer.headers["Vary"], address
                assert mark != "HIT", address
            elif not address.startswith("/admin/"):
                assert not FORM.search(answer.body), address
                assert "sessionid" not in told
                hits |= {address} if mark == "HIT" else set()
    assert len(hits) >= len(crawl.KINDS)
