"""Reading without a line, in a real Chromium: the service worker of templates/sw.js."""

import re

import pytest

from articles.editorial import transitions
from tests import factories
from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = """async () => (await (await caches.open("pages-1")).keys()).map((request) => new URL(request.url).pathname)"""


@pytest.fixture
def phone(chromium, production):
    context = chromium.new_context(base_url=production, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    context.close()


def kept(condition):
    return f"((kept) => {condition})(await ({KEPT})())"


def with_worker(page):
    """The phone once it has been on the site before: the worker is there."""
    page.goto("/ngoai-tuyen/")
    until(page, "await navigator.serviceWorker.ready && navigator.serviceWorker.controller")
    return page


def read(page, article):
    page.goto(article.get_absolute_url(), wait_until="load")
    until(page, kept(f"kept.includes({article.get_absolute_url()!r})"))


def test_an_article_that_was_read_opens_without_a_line_with_its_picture_and_says_so(phone):
    article = factories.published(title="Đường lên Yên Trạch", photo=factories.photo())
    read(with_worker(phone), article)
    until(phone, "(await (await caches.open('pictures-1')).keys()).length === 1")
    phone.context.set_offline(True)
    phone.reload()
    assert phone.inner_text("h1") == "Đường lên Yên Trạch"
    assert phone.evaluate("document.querySelector('main img').decode().then(() => true)")
    assert re.search(r"\d{1,2}:\d{2}", phone.inner_text(".copy-note"))


def test_the_first_article_of_all_is_kept_too(phone):
    article = factories.published(title="Bài đầu tiên")
    read(phone, article)
    phone.context.set_offline(True)
    phone.reload()
    assert phone.inner_text("h1") == "Bài đầu tiên"


def test_a_page_never_seen_gives_the_offline_page_with_what_is_kept(phone):
    article = factories.published(title="Bài đã đọc")
    read(with_worker(phone), article)
    phone.context.set_offline(True)
    phone.goto("/kinh-te/chua-doc-999/")
    phone.click("text=Bài đã đọc")
    phone.wait_for_url(f"**{article.get_absolute_url()}")
    assert phone.inner_text("h1") == "Bài đã đọc"


def test_a_withdrawn_story_does_not_live_on(phone):
    article = factories.published(title="Bài bị gỡ")
    read(with_worker(phone), article)
    transitions.withdraw(article)
    assert phone.reload().status == 410
    until(phone, kept(f"!kept.includes({article.get_absolute_url()!r})"))
    phone.context.set_offline(True)
    phone.reload()
    assert "Bài bị gỡ" not in phone.inner_text("body")


def test_only_articles_and_the_front_page_are_kept(phone):
    article = factories.published(category=factories.section("Kinh tế"))
    read(with_worker(phone), article)
    for address in ("/kinh-te/", "/tim-kiem/?q=a", "/khong-co/", "/admin/", "/"):
        phone.goto(address)
    until(phone, kept("kept.includes('/')"))
    assert sorted(phone.evaluate(KEPT)) == sorted(["/", article.get_absolute_url()])


def test_thirty_articles_are_kept_the_last_that_were_read(phone):
    articles = factories.many(33)
    with_worker(phone).goto("/")
    for article in articles:
        phone.goto(article.get_absolute_url())
    last = articles[-1].get_absolute_url()
    until(phone, kept(f"kept.includes({last!r}) && kept.length === 31"))
    assert articles[0].get_absolute_url() not in phone.evaluate(KEPT)


def test_another_release_takes_over_and_removes_what_the_old_one_kept_for_itself(phone, monkeypatch):
    with_worker(phone)
    [old] = phone.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('offline-')))")
    phone.evaluate("caches.open('offline-cu').then((cache) => cache.put('/x', new Response('x')))")
    monkeypatch.setattr("articles.views.machines.offline.SHELL", ["css/reader.css"])
    phone.evaluate("navigator.serviceWorker.getRegistration().then((worker) => worker.update())")
    until(phone, f"!(await caches.keys()).some((name) => [{old!r}, 'offline-cu'].includes(name))")
    names = phone.evaluate("caches.keys()")
    assert len([name for name in names if name.startswith("offline-")]) == 1
