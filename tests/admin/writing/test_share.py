"""A link that shows one version to an outsider."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editorial import sharing
from articles.models import Category, SharedVersion
from tests import base, factories
from tests.admin.forms import change_url, send
from tests.views.whole_site import crawl

pytestmark = pytest.mark.django_db


def address(article, *more):
    return "/".join([f"/admin/articles/article/{article.pk}/share", *map(str, more), ""])


def make(client, article, **chosen):
    response = client.post(address(article), {"recipient": "Ông Hùng", "number": "0", "lifetime": "day", **chosen})
    found = re.search(r'value="http://[^"]*(/xem-ban/[^"]+)"', response.content.decode())
    return found and found[1]


@pytest.fixture
def draft():
    return factories.draft(title="Bài phỏng vấn", created_by=base.person("rita"))


def test_an_outsider_reads_the_version_without_an_account(desk, stranger, draft):
    link = make(desk("rita"), draft)
    page = stranger.get(link)
    assert page.status_code == 200
    assert "Bài phỏng vấn" in page.content.decode()
    assert "Bản xem riêng" in page.content.decode()
    assert "/admin/" not in page.content.decode()


def test_the_version_stays_what_it_was(desk, stranger, draft):
    link = make(desk("rita"), draft)
    send(desk("rita"), change_url(draft), title="Viết khác đi")
    assert "Bài phỏng vấn" in stranger.get(link).content.decode()
    newer = make(desk("rita"), draft)
    assert "Viết khác đi" in stranger.get(newer).content.decode()
    first = make(desk("rita"), draft, number="1")
    assert "Bài phỏng vấn" in stranger.get(first).content.decode()


def test_no_cache_no_search_engine_and_no_referrer_learns_of_it(desk, stranger, draft):
    response = stranger.get(make(desk("rita"), draft))
    assert response["Cache-Control"] == "private, no-store"
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert response["X-Frame-Options"] == "DENY"
    assert 'rel="canonical"' not in response.content.decode()
    [cookie] = response.cookies.values()  # by which its pictures come, and nothing else
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/media/", True, "Strict")


@pytest.mark.parametrize(("lifetime", "works"), [("hour", timedelta(hours=1)), ("week", timedelta(days=7))])
def test_a_link_ends_when_its_time_is_over(desk, stranger, draft, clock, lifetime, works):
    link = make(desk("rita"), draft, lifetime=lifetime)
    made = SharedVersion.objects.get().created_at
    clock(made + works - timedelta(minutes=1))
    assert stranger.get(link).status_code == 200
    clock(made + works + timedelta(minutes=1))
    assert stranger.get(link).status_code == 404


def test_no_link_outlives_a_week():
    assert max(sharing.LIFETIMES.values()) == timedelta(days=7)


def test_a_wrong_an_expired_and_a_revoked_link_answer_the_same(desk, stranger, draft):
    links = {name: make(desk("rita"), draft) for name in ("expired", "revoked")}
    expired, revoked = SharedVersion.objects.order_by("pk")
    SharedVersion.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    desk("rita").post(address(draft, revoked.pk, "revoke"))
    links["wrong"] = f"/xem-ban/{'x' * 43}/"
    answers = {name: stranger.get(link) for name, link in links.items()}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({re.sub(r"/xem-ban/[\w-]+/", "", answer.content.decode()) for answer in answers.values()}) == 1


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%00", "ấy", "..", "%ff", "a%2Fb"])
def test_a_hostile_secret_is_not_found(stranger, secret):
    assert stranger.get(f"/xem-ban/{secret}/").status_code == 404


def test_the_secret_is_stored_nowhere_and_shown_once(desk, draft):
    link = make(desk("rita"), draft)
    secret = link.split("/")[2]
    assert len(secret) == 43
    stored = SharedVersion.objects.get()
    assert secret not in str(vars(stored))
    assert len(stored.token_hash) == 64
    assert secret not in desk("rita").get(address(draft)).content.decode()


def test_openings_are_counted_and_told(desk, stranger, draft):
    link = make(desk("rita"), draft)
    for _ in range(2):
        stranger.get(link)
    stranger.head(link)
    assert SharedVersion.objects.get().opened == 2
    assert "đã mở 2 lần" in desk("rita").get(address(draft)).content.decode()


def test_a_revoked_link_stays_in_the_list_with_whom_it_was_for(desk, draft):
    make(desk("rita"), draft)
    response = desk("rita").post(address(draft, SharedVersion.objects.get().pk, "revoke"), follow=True)
    assert "Ông Hùng" in response.content.decode()
    assert "thu hồi lúc" in response.content.decode()


@pytest.mark.parametrize(
    "chosen", [{"recipient": ""}, {"lifetime": "year"}, {"number": "99"}, {"number": "x"}, {"recipient": "dài" * 100}]
)
def test_a_wrong_choice_makes_no_link_and_keeps_what_was_typed(desk, draft, chosen):
    response = desk("rita").post(address(draft), {"recipient": "Ông Hùng", "number": "0", "lifetime": "day", **chosen})
    assert SharedVersion.objects.count() == 0
    assert "errorlist" in response.content.decode()
    assert chosen.get("recipient", "Ông Hùng") in response.content.decode()


def test_only_who_may_change_the_article_shares_it_sees_the_links_and_takes_them_back(desk, stranger, draft):
    public = factories.published()
    assert make(desk("chris"), public)
    link = SharedVersion.objects.get()
    for name in ("rita", "phong", "kim"):
        client = desk(name)
        assert client.get(address(public)).status_code == 403
        assert make(client, public) is None
        assert client.post(address(public, link.pk, "revoke")).status_code == 403
    assert desk("rita").get(address(factories.draft(created_by=base.person("ed")))).status_code == 404
    assert stranger.get(address(public)).status_code == 302
    # A link is reached by its own article only
    assert desk("rita").post(address(draft, link.pk, "revoke")).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None
    assert desk("chris").get(address(public, link.pk, "revoke")).status_code == 405


def test_a_draft_that_was_shared_shows_on_no_page_of_the_site(desk, stranger, draft):
    stranger.get(make(desk("rita"), draft))
    factories.published("2023-03-22 08:00")
    found = crawl.crawl(stranger, crawl.known())
    assert [url for url, page in found.items() if "Bài phỏng vấn" in page.content.decode()] == []


def test_an_article_from_an_importer_that_nobody_saved_can_be_shared(desk, stranger):
    article = factories.published(title="Từ kho cũ")
    assert article.version == 0
    assert "Từ kho cũ" in stranger.get(make(desk("chris"), article)).content.decode()


def test_no_section_takes_the_address(desk):
    assert "xem-ban" in str(Category._meta.constraints)
    response = send(desk("chris"), "/admin/articles/category/add/", press="_save", name="Xem bản", slug="xem-ban")
    assert not Category.objects.filter(slug="xem-ban").exists()
    assert response.status_code == 200
