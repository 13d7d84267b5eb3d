"""Hostile headers, hosts, encodings and bodies, and addresses that would lead a browser elsewhere."""

import re
from urllib.parse import urlsplit

import pytest

from . import words

pytestmark = pytest.mark.django_db
NAMES = [
    *(
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Authorization",
        "Cache-Control",
        "Content-Length",
        "Cookie",
        "DNT",
    ),
    *("If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Origin", "Range", "Referer"),
    *("Sec-Fetch-Site", "User-Agent", "X-CSRFToken", "X-Desk-Form", "X-Forwarded-For", "X-Forwarded-Host"),
    *("X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Requested-With"),
]
VALUES = [
    "",
    "\x00",
    "x" * 5000,
    'W/"',
    '"' * 99,
    "sessionid=Ä\x91Ã; csrftoken=;;==; messages=W10=:x:y",
    "bytes=9-1,-,5-",
    "bytes=0-" + "9" * 400,
    "bytes=" + "0-1," * 2000,
    "Mon, 99 Foo 9999 99:99:99 GMT",
    "Fri, 31 Dec 99999 23:59:59 GMT",
    "-1",
    "9" * 400,
    "http://[",
    "null",
    "1.2.3.4.5, ::ffff:0:0:0:0:0:0:0:0:1",
    "https, http",
    "gzip;q=" + "9" * 400,
    "*;q=0," * 500,
]
TYPES = [
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=ä",
    "multipart/form-data; boundary=x; charset=hex",
    "multipart/form-data; boundary=x; charset=utf-7",
    "application/x-www-form-urlencoded; charset=hex",
    "application/x-www-form-urlencoded; charset=idna",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=no-such",
    "application/json",
    "text/plain; charset=base64",
    ";",
    "a/b;" * 500,
    "multipart/form-data; boundary=x; charset*=utf-8''%ff",
]
PARTS = (
    b"--x\r\n\r\n--x--",
    b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n\xff\0\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="q"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="upload"; filename="../../a\0.php"\r\n\r\nx\r\n--x--\r\n',
    b"--x\r\n" + b"X: y\r\n" * 5000 + b"\r\n--x--\r\n",
    b"q=%FF&%00=%ED%A0%80&" + b"a=&" * 1500,
    b"{" * 5000,
    b"",
)


def addresses(site):
    wanted = {
        "front",
        "article",
        "search",
        "media",
        "comments",
        "count-read",
        "login",
        "articles_article_changelist",
        "articles_photo_upload",
    }
    return [(site.client(route), site.address(route)) for route in site.routes if route.name in wanted]


def test_hostile_headers(site, asker):
    hostile = words.turns(VALUES, 1)
    for client, address in addresses(site):
        for name in NAMES:
            for value in next(hostile):
                asker.ask(client, "GET", address, **{f"HTTP_{name.upper().replace('-', '_')}": value})
    asker.report()


def test_hostile_kinds_and_bodies(site, asker):
    hostile = words.turns(PARTS, 1)
    for client, address in addresses(site):
        for kind in TYPES:
            asker.ask(client, "GET", f"{address}?q=%FF", b"q=1", kind)
            for body in next(hostile):
                asker.ask(client, "POST", address, body, kind, HTTP_ORIGIN="http://testserver")
    asker.report()


def test_every_method_gets_an_answer_everywhere(site, asker):
    methods = words.turns(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "HEAD"], 1)
    for place, route in enumerate(site.routes):
        for method in ("POST", *(next(methods) if place % 5 == 0 else ())):  # an empty form, too
            asker.ask(site.client(route), method, site.address(route))
    asker.report()


# Where an answer leads

ELSEWHERE = [
    "//evil.test",
    "///evil.test/",
    "/\\evil.test",
    "https:evil.test",
    "http:///evil.test",
    "/%2f%2fevil.test",
    "/%09/evil.test",
    "https://cms.test@evil.test",
    "%0d%0aSet-Cookie:a=b",
    "javascript:alert(1)",
    "//evil.test/%2f..",
]


def leads_away(response):
    target = response.headers.get("Location", "")
    place = urlsplit(target.replace("\\", "/").strip())
    return (
        bool(place.scheme or place.netloc or re.match(r"[\s\x00-\x1f]*[/\\]{2}", target))
        and "testserver" not in place.netloc
    )


def redirects():
    return ELSEWHERE + (words.load("http/open_redirect.json") + words.load("http/crlf.json") if words.CORPUS else [])


def test_no_address_leads_to_another_host(site, asker, some):
    found = []
    ada = {"username": "ada", "password": "a long pass phrase for tests"}
    for text in some(redirects(), 1):
        word = words.as_bytes(text)
        path = "/" + words.percent(word).replace("%2F", "/").replace("%25", "%").lstrip("/")
        asked = [
            asker.ask(site.stranger, "GET", f"/{path}"),
            asker.ask(site.stranger, "GET", path),
            asker.ask(site.stranger, "GET", path.rstrip("/") + "/"),
            asker.ask(site.desk, "GET", f"/admin/{path}"),
            asker.ask(site.desk, "GET", f"/admin/login/?{words.encoded([('next', word)])}"),
            asker.ask(site.stranger, "POST", "/admin/login/", words.encoded([*ada.items(), ("next", word)])),
            asker.ask(site.desk, "POST", "/admin/articles/article/hang-loat/", words.encoded([("query", word)])),
            asker.ask(
                site.desk, "POST", "/admin/articles/article/bo-loc/", words.encoded([("query", word), ("next", word)])
            ),
        ]
        found += [(text, answer.headers["Location"]) for answer in asked if leads_away(answer)]
        found += [
            (text, "cookie") for answer in asked if "crlf" in str(answer.headers) and "Set-Cookie" in answer.headers
        ]
    asker.report()
    assert found == []


HOSTS = [
    '"cms.test"',
    "testserver:99999",
    "evil.test",
    "x" * 300 + ".test",
    "",
    "testserver evil.test",
    "testserver/evil",
    "[::1",
    "..",
    "testserver:80@evil.test",
    "testserver?x",
    "testserver\x00",
    "testserver,evil.test",
]


def test_a_host_that_is_not_ours_is_refused_and_stands_in_no_answer(site, asker):
    hosts = HOSTS + (words.load("http/hosts.json") if words.CORPUS else [])
    found = {}
    for host in hosts:
        for path in ("/", "/rss/", "/admin/login/"):
            answer = asker.ask(site.stranger, "GET", path, HTTP_HOST=host)
            if answer.status_code != 400:
                found[host] = answer.status_code
    asker.report()
    assert set(found) <= {"testserver:99999", "localhost", "[::1]"}  # the tests' own names


def test_no_word_of_a_request_about_its_host_stands_in_a_page(site):
    spoofed = {"HTTP_X_FORWARDED_HOST": "evil.test", "HTTP_FORWARDED": "host=evil.test", "HTTP_X_HOST": "evil.test"}
    for path in ("/", "/rss/", "/sitemap.xml", "/robots.txt", site.article.get_absolute_url(), "/nowhere/"):
        assert b"evil.test" not in site.stranger.get(path, **spoofed).content


def test_the_protocol_that_a_header_claims_is_believed_behind_a_proxy_only(stranger, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, None
    assert stranger.get("/healthz", HTTP_X_FORWARDED_PROTO="https").status_code == 301
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # as BEHIND_PROXY=1 has it
    assert stranger.get("/healthz", HTTP_X_FORWARDED_PROTO="https").status_code == 200


# Sizes


def test_a_thousand_and_one_parameters_get_a_proper_answer(stranger):
    many = "&".join(f"q{number}=x" for number in range(1001))
    assert stranger.get(f"/tim-kiem/?{many}").status_code in {200, 400}
    assert stranger.post("/admin/login/", many, "application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize("path", ["/tim-kiem?q=", "/admin/articles/article?q=", "/admin/", "/"])
def test_a_long_address_without_its_slash_is_no_error(stranger, path):
    assert stranger.get(path + "x" * 30_000).status_code in {301, 302, 400, 404}


def test_a_search_of_two_hundred_words_is_answered(stranger):
    assert stranger.get("/tim-kiem/?q=" + "+".join("ab"[number % 2] for number in range(200))).status_code == 200
