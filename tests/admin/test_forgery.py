"""What another site could make a browser do: nothing without the form's token, nothing by a mere GET, and no way off
the site by an address that a form or a link carries."""

import json
import os
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from tests import base, factories

pytestmark = pytest.mark.django_db

CORPUS = os.environ.get("HOSTILE_CORPUS")
ELSEWHERE = [
    *("//evil.test", "///evil.test", "////evil.test/", "https://evil.test", "https:evil.test", "http:///evil.test"),
    *("/\\evil.test", "\\\\evil.test", "/\t/evil.test", "//evil.test/%2f..", "javascript:alert(1)", "//%5cevil.test"),
    *("https://localhost@evil.test", "//localhost:80@evil.test/", "data:text/html,x", "\x01https://evil.test"),
]  # fmt: skip
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|DROP)\b", re.IGNORECASE)
# A GET writes the session, and that it happened: an export and a look at somebody's file stand in the trail (S57).
MAY_WRITE = re.compile(r"django_session|articles_trailentry")
MOST, OF_A_KIND = 300, 2  # pages of a crawl; of one address with other numbers


def addresses(patterns=None, before=""):
    """Every address of the site, with 1 where it wants a number and x where it wants a word."""
    for found in get_resolver().url_patterns if patterns is None else patterns:
        regex = found.pattern.regex
        text = before + _example(str(found.pattern), regex)
        if hasattr(found, "url_patterns"):
            yield from addresses(found.url_patterns, text)
        else:
            yield "/" + text


def _example(route, regex):
    if "<" in route and "(?P" not in route:
        return re.sub(r"<(\w+:)?\w+>", lambda found: "1" if found[1] in {"int:", None} else "x", route)
    text = re.sub(r"\(\?P<\w+>[^()]*\)", "1", route)
    return text.strip("^$").replace("\\", "").replace("(?:", "").rstrip("Z")


def test_the_addresses_are_those_of_the_site():
    found = set(addresses())
    assert {"/admin/login/", "/admin/articles/article/add/", "/y-kien/1/", "/dem/1/", "/tim-kiem/"} <= found
    assert len(found) > 150


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_that_writes_is_taken_without_the_token(method):
    """The chief's own browser, sent by another site: 403 everywhere, before a view is asked."""
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.test", "sec-fetch-site": "cross-site"})
    client.force_login(base.person("chris"))
    written = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not MAY_WRITE.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    taken = {}
    with connection.execute_wrapper(watch):
        for address in sorted(set(addresses())):
            response = getattr(client, method)(address)
            if response.status_code not in {403, 404, 405}:
                taken[address] = response.status_code
    assert taken == {}
    assert written == []


def test_no_get_of_the_chief_changes_anything(desk):
    """A crawl of the desk and the site from every link that the chief's pages have."""
    article = factories.published()
    factories.signed(article, "Hà Thu")
    factories.draft(created_by=base.person("rita"))
    factories.correction(article)
    client, written, seen = desk("chris"), [], set()
    client.raise_request_exception = True

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not MAY_WRITE.search(sql):
            written.append((address, sql[:120]))
        return execute(sql, params, many, context)

    waiting = ["/admin/", "/", *sorted(found for found in set(addresses()) if found.startswith("/admin/"))]
    kinds = {}
    with connection.execute_wrapper(watch):
        while waiting and len(seen) < MOST:
            address = waiting.pop(0)
            kind = re.sub(r"\d+", "1", address.split("?")[0])
            if address in seen or kinds.get(kind, 0) >= OF_A_KIND or address.startswith(("/static/", "/media/")):
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(address)
            response = client.get(address)
            assert response.status_code < 500, address
            if response.streaming:
                b"".join(response.streaming_content)
            waiting += _links(response, address)
    assert written == []
    assert len(seen) > 150


def _links(response, address):
    if response.status_code in {301, 302}:
        return [urljoin(address, response["Location"])]
    if response.streaming or "html" not in response.get("Content-Type", "") or not response.content:
        return []
    found = lxml.html.fromstring(response.content).xpath("//a/@href")
    links = [urljoin(f"http://testserver{address}", link) for link in found if "logout" not in link]
    return [
        urlsplit(link)._replace(scheme="", netloc="", fragment="").geturl() for link in links if "testserver" in link
    ]


def elsewhere():
    corpus = json.loads((Path(CORPUS) / "http" / "open_redirect.json").read_text(encoding="utf-8")) if CORPUS else []
    return [*ELSEWHERE, *(item["v"] for item in corpus)]


def stays(response, asked):
    """Whether a redirect leads to the same host; a page is where it is."""
    if response.status_code not in {301, 302, 303, 307, 308}:
        return True
    # As browsers read it: a backslash is a slash, and tabs and line ends are not there.
    there = re.sub(r"[\t\r\n]", "", response["Location"]).replace("\\", "/").strip("".join(map(chr, range(33))))
    found = urlsplit(urljoin(f"http://testserver{asked}", there))
    return (found.scheme, found.netloc) == ("http", "testserver")


def test_no_address_that_a_request_carries_leads_off_the_site(desk, stranger):
    base.person("ed")
    chris = desk("chris")
    off = []
    screens = ["/admin/login/", "/admin/notices/", "/admin/articles/article/", "/ngay/", "/kinh-te"]
    for place, there in enumerate(elsewhere()):
        sent = {"next": there, "return": there, "query": there, "truoc": there, "url": there}
        client = Client()
        logged = client.post("/admin/login/", {"username": "ed", "password": base.PASSWORD, **sent})
        off += [("login", there)] if not stays(logged, "/admin/login/") else []
        address = screens[place % len(screens)]  # by turns: all of each would take longer than all else
        answer = chris.get(address, {name: there for name in ("next", "return", "_popup", "muc", "ngay", "url")})
        off += [(address, there)] if not stays(answer, address) else []
        for path in (f"/{there.lstrip('/')}", there if there.startswith("/") else f"/{there}", f"{there}/"):
            if path.startswith("/"):
                answer = stranger.get(path, headers={"host": "testserver"}) if "\x00" not in path else None
                off += [(path, there)] if answer is not None and not stays(answer, "/") else []
        off += [("read", there)] if not stays(chris.post("/admin/notices/read/", sent), "/admin/notices/read/") else []
    assert off == []


def test_a_login_leads_to_where_somebody_wanted_to_go():
    base.person("ed")
    sent = {"username": "ed", "password": base.PASSWORD, "next": "/admin/articles/article/"}
    assert Client().post("/admin/login/", sent)["Location"] == "/admin/articles/article/"
