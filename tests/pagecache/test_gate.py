"""Who is answered from the page cache with what: keys, encodings, headers, lifetimes."""

import gzip
from datetime import timedelta

import brotli
import pytest

from articles.editorial import transitions
from articles.models import Comment, Placement, Redirect, StaticPage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


# Keys


@pytest.mark.parametrize("query", ["utm_source=zalo", "fbclid=1", "zarsrc=30&utm_medium=x"])
def test_where_a_reader_comes_from_makes_no_other_page(front, query):
    assert front.get(f"/?{query}").how == "hit"


@pytest.mark.parametrize("query", ["x=1", "truoc=1&x=2", "q=a&q=b", "q=" + "a" * 700])
def test_what_no_page_reads_passes_by(front, query):
    assert front.get(f"/?{query}").how is None
    assert len(front.gate.store.near) == 1


def test_parameters_have_one_order(front):
    assert front.get("/tim-kiem/?q=tin&xep=moi").how == "miss"
    assert front.get("/tim-kiem/?xep=moi&q=tin").how == "hit"


def test_another_host_is_not_answered(front):
    assert front.get("/", host="evil.example").status == 400


def test_a_page_does_not_depend_on_the_host(stranger, settings):
    settings.ALLOWED_HOSTS = ["localhost", "baomau.vn"]
    article = factories.published()
    for address in ("/", "/rss/", article.get_absolute_url(), "/sitemap.xml", "/robots.txt", "/kinh-te/"):
        bodies = {stranger.get(address, headers={"Host": host}).content for host in settings.ALLOWED_HOSTS}
        assert len(bodies) == 1, address


@pytest.mark.parametrize("address", ["/admin/login/", "/healthz", "/readyz", "/xem-truoc/1/", "/y-kien/1/"])
def test_the_desk_and_what_readers_send_pass_by(front, address):
    front.get(address)
    assert front.get(address).how is None


def test_a_post_passes_by(front):
    page = front.get("/", method="POST")
    assert (page.status, page.how) == (403, None)


# What is sent


def test_each_encoding_is_the_same_page(front):
    plain = front.get("/")
    assert brotli.decompress(front.get("/", accept_encoding="gzip, br").body) == plain.body
    assert gzip.decompress(front.get("/", accept_encoding="gzip, br;q=0").body) == plain.body
    assert {front.get("/", accept_encoding=kind)["Vary"] for kind in ("", "br", "gzip")} == {"Accept-Encoding"}


def test_who_has_the_page_already_gets_no_bytes(front):
    page = front.get("/")
    for known in (page["ETag"], f'"x", {page["ETag"]}', page["ETag"].removeprefix("W/"), "*"):
        again = front.get("/", if_none_match=known)
        assert (again.status, again.body) == (304, b"")
    assert front.get("/", if_none_match='"other"', if_modified_since=page["Last-Modified"]).status == 200
    assert front.get("/", if_modified_since=page["Last-Modified"]).status == 304
    assert front.get("/", if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert front.get("/", if_modified_since="rubbish").status == 200


def test_a_head_has_the_headers_of_the_page(front):
    page, head = front.get("/"), front.get("/", method="HEAD")
    assert head.body == b""
    assert head["Content-Length"] == page["Content-Length"] == str(len(page.body))


def test_browsers_are_told_to_ask_again(front):
    assert front.get("/")["Cache-Control"] == "no-cache"


def test_headers_of_security_are_those_of_django(front, stranger):
    page, response = front.get("/"), stranger.get("/")
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert page[name] == response[name]


@pytest.mark.parametrize("kind", ["none", "nginx", "varnish", "cdn"])
def test_what_stands_in_front_is_told_in_its_own_words(reader, settings, kind):
    settings.CACHE_IN_FRONT = kind
    factories.published()
    page = reader.another().get("/")
    told = {name: page[name] for name in ("X-Accel-Expires", "Surrogate-Control", "Surrogate-Key", "Age") if page[name]}
    expected = {"none": {"Age"}, "nginx": {"X-Accel-Expires"}, "varnish": {"Surrogate-Control"}}
    assert set(told) == expected.get(kind, {"Surrogate-Control", "Surrogate-Key"})
    assert "s-maxage" not in page["Cache-Control"]
    assert ("," in page["Cache-Tag"]) == (kind == "cdn")


# Redirects, and what is not there


def test_a_wrong_slug_is_led_on_from_the_store(reader):
    article = factories.published()
    wrong = f"/kinh-te/sai-{article.pk}/"
    assert [reader.get(wrong).status for _ in range(2)] == [301, 301]
    assert reader.get(wrong)["Location"] == article.get_absolute_url()
    assert reader.django.asked.count(wrong) == 1


def test_what_is_not_there_yet_is_there_when_it_is_published(reader):
    draft = factories.draft(title="Tin chờ")
    Redirect.objects.create(path="/cu/1.htm", article=draft)
    wanted = {f"/kinh-te/tin-cho-{draft.pk}/": 200, "/cu/1.htm": 301, "/sitemap-2019-04.xml": 200}
    assert {reader.get(address).status for address in wanted for _ in range(2)} == {404}
    transitions.publish(draft, at=factories.at("2019-04-22 08:00"))
    assert {address: reader.get(address).status for address in wanted} == wanted


def test_a_page_about_the_newspaper_is_there_as_soon_as_readers_may_see_it(reader):
    assert reader.get("/trang/dat-bao/").status == reader.get("/trang/dat-bao/").status == 404
    page = StaticPage.objects.create(title="Đặt báo", is_public=False)
    assert reader.get("/trang/dat-bao/").status == 404
    page.is_public = True
    page.save()
    assert reader.get("/trang/dat-bao/").status == 200
    assert reader.get("/trang/dat-bao-xa/").status == 404
    StaticPage.objects.create(title="Đặt báo xa")
    assert reader.get("/trang/dat-bao-xa/").status == 200


def test_made_up_addresses_leave_no_files_and_push_nothing_out(front, settings):
    for number in range(50):
        front.get(f"/khong-co-{number}/")
    assert front.get("/").how == "hit"
    assert len(list((settings.PAGES_ROOT / "files").rglob("*/*"))) == 1


# Lifetimes


def _end(reader, address):
    return reader.get(address) and reader.gate.store.get(address).fresh_until


def test_no_page_outlives_midnight_in_vietnam(reader, clock):
    article = factories.published()
    clock(factories.at("2026-11-29 23:59"))
    assert _end(reader, article.get_absolute_url()) == factories.at("2026-11-30 00:00").timestamp()


def test_a_page_of_before_the_clock_was_put_back_is_let_go(reader):
    factories.published()
    reader.get("/")
    entry = reader.gate.store.get("/")
    entry.born, entry.fresh_until = entry.born + 3600, entry.fresh_until + 3600
    reader.gate.store.put(entry)
    assert [reader.get("/").how for _ in range(2)] == ["miss", "hit"]


def test_lists_of_the_most_read_live_five_minutes(reader, clock):
    factories.published()
    clock(factories.at("2026-11-29 12:00"))
    assert _end(reader, "/") == factories.at("2026-11-29 12:05").timestamp()


@pytest.fixture
def soon(clock):
    now = factories.at("2026-11-29 12:00")
    clock(now)
    return now + timedelta(minutes=2)


PLANS = {
    "/": lambda soon, article: factories.published(soon),
    "/kinh-te/": lambda soon, article: factories.published(soon),
    "/ngay/2026/11/29/": lambda soon, article: factories.published(soon),
    "/rss/": lambda soon, article: factories.published(soon),
    "/sitemap-news.xml": lambda soon, article: factories.published(soon),
    "/tim-kiem/?q=tin": lambda soon, article: factories.published(soon),
}
PINS = {
    "begins": lambda soon, article: factories.placement(article, starts_at=soon),
    "ends": lambda soon, article: factories.placement(article, ends_at=soon),
    "correction leaves": lambda soon, article: factories.correction(article, issued_at=soon - timedelta(days=7)),
}
LATER = {
    "live update": lambda soon, article: factories.live_update(article, soon),
    "english": lambda soon, article: factories.english(article, soon),
    "correction": lambda soon, article: factories.correction(article, issued_at=soon),
    "other news": lambda soon, article: factories.published(soon),
}


@pytest.mark.parametrize("address", PLANS)
def test_a_page_ends_when_a_scheduled_story_begins(reader, soon, address):
    PLANS[address](soon, factories.published())
    assert _end(reader, address) == soon.timestamp()


@pytest.mark.parametrize("address", PLANS)
def test_a_page_that_was_being_made_when_a_story_began_is_made_again(reader, soon, clock, address):
    article, later = factories.published(), soon + timedelta(seconds=1)
    PLANS[address](soon, article)
    django = reader.gate.application

    def slowly(environ, start_response):
        chunks = django(environ, start_response)
        clock(later)
        return chunks

    reader.gate.application = slowly
    assert _end(reader, address) == soon.timestamp()


@pytest.mark.parametrize("plan", PINS)
def test_the_front_page_ends_when_what_the_desk_planned_for_it_does(reader, soon, plan):
    PINS[plan](soon, factories.published("2026-11-22 08:00"))
    assert _end(reader, "/") == soon.timestamp()


@pytest.mark.parametrize("plan", LATER)
def test_an_article_ends_when_what_comes_to_it_comes(reader, soon, plan):
    article = factories.published("2026-11-22 08:00")
    LATER[plan](soon, article)
    assert _end(reader, article.get_absolute_url()) == soon.timestamp()


def test_what_is_scheduled_elsewhere_ends_nothing(reader, soon):
    factories.published(soon, category=factories.section("Thể thao"))
    factories.section("Kinh tế")
    assert _end(reader, "/kinh-te/rss/") == factories.at("2026-11-30 00:00").timestamp()


def test_a_plan_that_comes_later_ends_a_page_that_was_read_before(reader, soon):
    factories.published()
    assert _end(reader, "/rss/") > soon.timestamp()
    factories.published(soon)
    assert _end(reader, "/rss/") == soon.timestamp()


def test_a_plan_that_was_moved_counts(reader, soon):
    article = factories.published()
    pin = factories.placement(article, ends_at=soon + timedelta(minutes=1))
    assert _end(reader, "/") == (soon + timedelta(minutes=1)).timestamp()
    Placement.objects.get(pk=pin.pk).delete()
    factories.placement(article, ends_at=soon)
    assert _end(reader, "/") == soon.timestamp()


def test_a_comment_that_is_shown_is_there(reader):
    article = factories.published()
    reader.get(article.get_absolute_url())
    factories.comment(article, state=Comment.State.SHOWN, text="Rất hay.")
    assert "Rất hay." in reader.get(article.get_absolute_url()).text
