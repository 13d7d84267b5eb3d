"""nginx alone, Varnish alone, and nginx before Varnish: the configurations of deploy/, running."""

import gzip
import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from newsroom import headers

from .conftest import nginx_alone, nginx_and_varnish
from .origin import PAGE, Said

# As newsroom/headers.py has them for a file of the media.
SAFETY = {
    name: value
    for name, value in headers.of("/media/a.jpg").items()
    if name not in {"X-Frame-Options", "Content-Security-Policy"}
} | {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}


def mark(answer):
    return answer.headers["X-Cache-Front"]


def test_the_second_reader_is_answered_by_the_cache(front, origin):
    first, second = front.get(), front.get()
    assert (first.body, second.body) == (b"the page", b"the page")
    assert (mark(first), mark(second)) == ("MISS", "HIT")
    assert len(origin.asked) == 1


def test_what_has_no_tag_is_not_kept(front, origin):
    origin.said = Said(headers={"Cache-Control": "max-age=600"})
    assert [front.get().body for _again in range(3)] == [b"the page"] * 3
    assert len(origin.asked) == 3


@pytest.mark.parametrize("header", [{"Set-Cookie": "a=b"}, {"Cache-Control": "private"}, {"Cache-Control": "no-store"}])
def test_what_is_for_one_reader_is_not_kept_though_it_has_a_tag(front, origin, header):
    origin.said = Said(headers={**PAGE, **header})
    front.get(), front.get()
    assert len(origin.asked) == 2


def test_two_who_are_signed_in_and_a_reader_never_see_each_others_page(front, origin):
    """S25: by turns, many times, the page with the name of who asks."""
    origin.said = lambda call: Said(f"page of {call.headers.get('Cookie')}".encode())
    readers = {
        "sessionid=rita": b"page of sessionid=rita",
        "sessionid=ed": b"page of sessionid=ed",
        "": b"page of None",
    }
    for _round in range(10):
        for cookie, page in readers.items():
            assert front.get(**({"Cookie": cookie} if cookie else {})).body == page


def test_the_cookies_of_others_make_no_difference_and_go_no_further(front, origin):
    front.get(Cookie="_ga=1"), front.get(Cookie="_ga=2; fbp=3")
    [(_method, _path, headers, _length)] = origin.asked
    assert "Cookie" not in headers


def test_the_desk_gets_all_its_cookies_and_is_never_kept(front, origin):
    for _again in range(2):
        front.get("/admin/", Cookie="csrftoken=x")
    assert [headers["Cookie"] for _method, _path, headers, _length in origin.asked] == ["csrftoken=x"] * 2


@pytest.mark.parametrize(("wish", "sent"), [("gzip, deflate, br", "br"), ("gzip;q=1.0, *;q=0.5", "gzip"), ("", None)])
def test_a_page_passes_in_the_encoding_that_the_newsroom_gave_it(front, origin, wish, sent):
    body = {"br": brotli.compress, "gzip": gzip.compress, None: bytes}[sent](b"the page")
    origin.said = Said(
        body, headers={**PAGE, "Vary": "Accept-Encoding", **({"Content-Encoding": sent} if sent else {})}
    )
    answers = [front.get(Accept_Encoding=wish) for _again in range(2)]
    assert [(a.body, a.headers["Content-Encoding"]) for a in answers] == [(body, sent)] * 2
    assert [headers.get("Accept-Encoding") for _m, _p, headers, _l in origin.asked] == [sent]


def test_each_encoding_is_kept_for_itself(front, origin):
    origin.said = lambda call: Said(call.headers.get("Accept-Encoding", "plain").encode(), headers={
        **PAGE, "Vary": "Accept-Encoding"})  # fmt: skip
    for _round in range(2):
        assert [front.get(Accept_Encoding=e).body for e in ("br", "gzip", "")] == [b"br", b"gzip", b"plain"]
    assert len(origin.asked) == 3


def test_a_head_is_answered_from_the_copy_without_a_body(front, origin):
    front.get()
    answer = front.get(method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "8")
    assert mark(answer) == "HIT"


def test_a_range_is_cut_from_the_copy(front, origin):
    front.get()
    answer = front.get(Range="bytes=4-7")
    assert (answer.status, answer.body, answer.headers["Content-Range"]) == (206, b"page", "bytes 4-7/8")


def test_a_browser_that_has_the_page_is_told_so_by_the_cache(front, origin):
    origin.said = Said(headers={**PAGE, "ETag": 'W/"1"'})
    front.get()
    answer = front.get(If_None_Match='W/"1"')
    assert (answer.status, answer.body) == (304, b"")
    assert len(origin.asked) == 1


def test_the_last_good_page_is_shown_while_the_newsroom_is_down(front, origin):
    origin.said = Said(headers={**PAGE, "Surrogate-Control": "max-age=1"})
    front.get()
    origin.stop()
    time.sleep(2.1)
    answer = front.get()
    assert (answer.status, answer.body) == (200, b"the page")
    assert mark(answer) == "STALE"


@pytest.mark.parametrize("status", [500, 503])
def test_the_last_good_page_is_shown_while_the_newsroom_fails(front, origin, status):
    origin.said = Said(headers={**PAGE, "Surrogate-Control": "max-age=1"})
    front.get()
    origin.said = Said(b"broken", status, {"Cache-Control": "no-store"})
    time.sleep(2.1)
    assert [(a.status, a.body) for a in (front.get(), front.get())] == [(200, b"the page")] * 2
    origin.said = Said(b"anew")
    assert front.get().body == b"anew"


def test_an_error_without_an_old_page_is_shown_as_the_newsroom_words_it(front, origin):
    origin.said = Said(b"in words", 503, {"Cache-Control": "no-store"})
    assert (front.get().status, front.get().body) == (503, b"in words")


def test_many_who_ask_for_one_new_page_make_one_request(front, origin):
    origin.slow = 0.3
    with ThreadPoolExecutor(30) as readers:
        answers = list(readers.map(lambda _reader: front.get(), range(30)))
    assert {answer.body for answer in answers} == {b"the page"}
    assert len(origin.asked) == 1


def test_what_readers_send_reaches_the_newsroom_and_is_never_kept(front, origin):
    origin.said = Said(b"thanks")
    for _again in range(2):
        assert front.get("/y-kien/1/", method="POST", body=b"x=1").body == b"thanks"
    assert [(method, length) for method, _path, _headers, length in origin.asked] == [("POST", 3)] * 2


def test_twenty_photos_at_once_pass_at_the_desk(front, origin):
    length = 241 * 1024 * 1024
    assert front.get("/admin/articles/photo/many/", method="POST", body=bytes(length)).status == 200
    assert origin.asked[0][3] == length


def test_the_newsroom_is_told_the_readers_address_and_not_what_he_claims(front, origin):
    front.get("/a/", source="127.0.0.9", X_Forwarded_For="1.2.3.4, 5.6.7.8", X_Forwarded_Proto="https")
    [(_method, _path, headers, _length)] = origin.asked
    if front.name != "varnish":  # whom the address "ours" sends is believed, and this test sends from it
        assert headers["X-Forwarded-For"] == "127.0.0.9"
        assert headers["X-Forwarded-Proto"] == "http"


# nginx


def test_nginx_keeps_a_page_for_a_second_and_asks_by_its_etag_then(nginx, origin):
    origin.said = Said(headers={**PAGE, "ETag": '"1"'})
    nginx.get()
    time.sleep(2.1)
    assert mark(nginx.get()) == "REVALIDATED"
    assert origin.asked[1][2]["If-None-Match"] == '"1"'
    origin.said = Said(b"anew", headers={**PAGE, "ETag": '"2"'})
    time.sleep(2.1)
    assert nginx.get().body == b"anew"


@pytest.mark.parametrize("method", ["PURGE", "DELETE", "TRACE"])
def test_nginx_lets_no_other_method_pass(request, origin, method):
    front = request.getfixturevalue("both")
    assert front.get(method=method).status == 405
    assert origin.asked == []


def test_a_large_comment_is_refused_before_it_reaches_the_newsroom(nginx, origin):
    assert nginx.get("/y-kien/1/", method="POST", body=bytes(2**21)).status == 413
    assert origin.asked == []


def test_who_guesses_passwords_is_slowed_down(nginx, origin):
    answers = [nginx.get("/admin/login/", method="POST", body=b"x").status for _try in range(20)]
    assert set(answers) == {200, 429}
    assert answers.count(200) <= 13


def test_static_files_come_from_the_disk_as_collectstatic_compressed_them(nginx, origin, tmp_path):
    folder = tmp_path / "var" / "static"
    folder.mkdir(parents=True)
    (folder / "a.css").write_bytes(b"plain")
    (folder / "a.css.gz").write_bytes(b"compressed")
    assert nginx.get("/static/a.css").body == b"plain"
    answer = nginx.get("/static/a.css", Accept_Encoding="gzip")
    assert (answer.body, answer.headers["Content-Encoding"]) == (b"compressed", "gzip")
    assert "immutable" in answer.headers["Cache-Control"]
    assert nginx.get("/static/staticfiles.json").status == 404
    assert origin.asked == []


def test_pictures_come_from_the_disk_and_attachments_through_the_newsroom(nginx, origin, tmp_path):
    folder = tmp_path / "var" / "media" / "a"
    folder.mkdir(parents=True)
    for name in ("480.avif", "x.html", "x.pdf"):
        (folder / name).write_bytes(b"from the disk")
    picture = nginx.get("/media/a/480.avif")
    assert (picture.body, picture.headers["Content-Type"]) == (b"from the disk", "image/avif")
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert [nginx.get(f"/media/a/x.{ending}").body for ending in ("html", "pdf")] == [b"the page"] * 2
    assert nginx.get("/media/nowhere.jpg").body == b"the page"  # what an object storage has


@pytest.mark.parametrize("kind", ["nginx", "both"])
def test_a_picture_leaves_the_disk_only_when_the_newsroom_says_that_readers_may_have_it(
    request, origin, tmp_path, kind
):
    """S24: and who may see more gets it from the newsroom, which nobody else is answered with afterwards."""
    front, folder, path = request.getfixturevalue(kind), tmp_path / "var" / "media" / "a", "/media/a/480.avif"
    folder.mkdir(parents=True)
    (folder / "480.avif").write_bytes(b"from the disk")

    def hidden(call):
        if "duoc-xem" in call.path:
            return Said(b"", 403, {"Cache-Control": "no-cache"})
        if re.search(r"sessionid|xem-ban-1", call.headers.get("Cookie") or ""):
            return Said(b"draft", headers={"Cache-Control": "private, max-age=3600", "Vary": "Cookie"})
        return Said(b"nothing", 404, {"Cache-Control": "no-cache"})

    origin.said = hidden
    for cookie, body in (("", b"nothing"), ("sessionid=x", b"draft"), ("xem-ban-1=y", b"draft"), ("", b"nothing")):
        assert front.get(path, **({"Cookie": cookie} if cookie else {})).body == body, cookie
    origin.said = lambda call: Said(b"", 204 if "duoc-xem" in call.path else 500, {"Cache-Control": "no-cache"})
    before = len(origin.asked)
    assert [front.get(path).body for _again in range(3)] == [b"from the disk"] * 3
    assert len(origin.asked) == before + 1  # and is asked once in half a minute


def test_a_kept_page_in_chunks_is_not_held_back(nginx, origin):
    """With Debian's tcp_nopush on every hit on an open connection waits 40 ms."""
    connection = http.client.HTTPConnection("127.0.0.1", nginx.port)
    times = []
    for _again in range(20):
        begin = time.perf_counter()
        connection.request("GET", "/", headers={"Host": "baomau.vn"})
        connection.getresponse().read()
        times.append(time.perf_counter() - begin)
    connection.close()
    assert sorted(times)[10] < 0.02


# Varnish


def test_a_purge_by_tag_is_seen_at_once_and_touches_only_its_pages(varnish, origin):
    origin.said = lambda call: Said(call.path.encode(), headers={**PAGE, "Cache-Tag": f"{call.path[1:]} all-pages"})
    varnish.get("/a"), varnish.get("/b")
    origin.said = Said(b"anew", headers={**PAGE, "Cache-Tag": "a"})
    assert varnish.get("/a").body == b"/a"
    assert varnish.purge("a other").status == 200
    assert (varnish.get("/a").body, varnish.get("/b").body) == (b"anew", b"/b")


def test_a_soft_purge_is_seen_at_once_too_and_keeps_the_page_for_the_worst(varnish, origin):
    varnish.get()
    origin.said = Said(b"anew")
    varnish.purge("article-1", how="soft")
    assert varnish.get().body == b"anew"
    varnish.purge("article-1", how="soft")
    origin.stop()
    time.sleep(2.1)
    assert varnish.get().body == b"anew"


def test_a_withdrawn_page_is_not_shown_again_though_the_newsroom_is_down(varnish, origin):
    varnish.get()
    varnish.purge("article-1", how="hard")
    origin.stop()
    assert varnish.get().status == 503


def test_a_purge_of_all_encodings_at_once(varnish, origin):
    for encoding in ("br", "gzip", ""):
        varnish.get(Accept_Encoding=encoding)
    origin.said = Said(b"anew")
    varnish.purge("front")
    assert [varnish.get(Accept_Encoding=encoding).body for encoding in ("br", "gzip", "")] == [b"anew"] * 3


def test_a_purge_that_nginx_passed_on_or_that_comes_from_elsewhere_is_refused(varnish, origin):
    varnish.get()
    assert call_purge(varnish, X_Forwarded_For="203.0.113.9").status == 405
    assert mark(varnish.get()) == "HIT"


def call_purge(front, **headers):
    return front.get(method="PURGE", xkey_purge="front", **headers)


def test_a_page_lives_until_the_moment_that_the_newsroom_names(varnish, origin):
    origin.said = Said(headers={**PAGE, "Surrogate-Control": "max-age=2"})
    varnish.get()
    origin.said = Said(b"the scheduled story", headers=PAGE)
    assert varnish.get().body == b"the page"
    time.sleep(2.2)
    assert varnish.get().body == b"the scheduled story"  # the first reader after it, not the second
    assert "Surrogate-Control" not in varnish.get().headers


@pytest.mark.parametrize("starter", [nginx_alone, nginx_and_varnish])
def test_what_nginx_answers_itself_carries_the_headers_of_safety_and_what_it_passes_on_has_its_own(
    part, origin, tmp_path, starter
):
    for name in ("static/css/a.css", "media/2023/a.jpg"):
        (tmp_path / "var" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "var" / name).write_bytes(b"x")
    front = starter(part, origin, tmp_path)
    own = {name: "own" for name in SAFETY if name != "X-Content-Type-Options"}
    origin.said = Said(headers={**PAGE, **own, "X-Content-Type-Options": "nosniff"})
    for _again in range(2):  # made, and kept
        passed = front.get("/").headers
        assert {name: passed.get_all(name) for name in own} == dict.fromkeys(own, ["own"])
    asked = {"file": "/static/css/a.css", "picture": "/media/2023/a.jpg", "no file": "/static/css/b.css"}
    answers = {name: front.get(address) for name, address in asked.items()}
    answers["refused"], answers["list"] = front.get("/", method="PURGE"), front.get("/static/staticfiles.json")
    assert [answer.status for answer in answers.values()] == [200, 200, 404, 405, 404]
    if starter is nginx_alone:
        origin.stop()
        answers["gone"] = front.get("/khac/")
        assert answers["gone"].status == 502
    for name, answer in answers.items():
        assert {one: answer.headers.get_all(one) for one in SAFETY} == {one: [SAFETY[one]] for one in SAFETY}, name
        assert answer.headers["Server"] == "nginx"
    assert answers["file"].headers["Cache-Control"] == "max-age=315360000, immutable"
    assert answers["picture"].headers["Cache-Control"] == "max-age=31536000, s-maxage=30, immutable"
    assert answers["no file"].headers["Cache-Control"] is None
