"""Two people at one story, one person in two windows, and the keys."""

import pytest

from articles.editorial import revisions
from tests import base, factories
from tests.admin import forms
from tests.browser.waiting import until
from tests.browser.writing import hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article():
    return factories.draft(created_by=base.person("rita"), body="<p>Mở đầu.</p>")


@pytest.fixture
def window(chromium, live_server):
    """window('ed') is a browser of ed's own."""
    contexts = []

    def opened(name):
        context = chromium.new_context(base_url=live_server.url, timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN")
        contexts.append(context)
        base.give_session(context, live_server.url, name)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def says(page, words, seconds=10):
    until(page, f"document.querySelector('#presence').innerText.includes({words!r})", seconds)


def test_who_writes_is_seen_within_ten_seconds_and_who_takes_over_too(window, article):
    ed, chris = window("ed"), window("chris")
    hands.open_form(ed, article)
    hands.open_form(chris, article)
    says(chris, "ed cũng đang mở bài này")
    hands.type_body(ed, " Của Ed.")
    says(chris, "Bài viết đang được sửa bởi ed từ")
    chris.click(".presence-take")
    says(ed, "chris đã chiếm quyền sửa bài viết lúc")
    assert not chris.query_selector(".presence-writes")
    ed.close()
    until(chris, "document.querySelector('#presence').hidden", 10)


def test_a_newer_version_is_told_within_ten_seconds(window, article):
    ed = window("ed")
    hands.open_form(ed, article)
    revisions.save(article, {"title": "Tựa của Chris"}, base.person("chris"), base=article.version)
    says(ed, "chris vừa lưu phiên bản mới lúc")


def test_the_own_second_window_is_told_and_not_taken_for_a_lost_text(window, article):
    first = window("rita")
    hands.open_form(first, article)
    hands.type_body(first, " Ở cửa sổ một.")
    first.wait_for_timeout(1500)
    second = first.context.new_page()
    hands.open_form(second, article)
    says(second, "Bạn đang mở bài này ở một cửa sổ khác")
    says(first, "Bạn đang mở bài này ở một cửa sổ khác")
    assert second.is_hidden("#recover")


def test_two_windows_of_one_person_lose_nothing_when_both_save(window, article):
    revisions.save(article, {"body": "<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>"}, None, base=article.version)
    first = window("rita")
    second = first.context.new_page()
    hands.open_form(first, article)
    hands.open_form(second, article)
    hands.type_body(first, " Cuối.")
    second.evaluate("CKEDITOR.instances.id_body.focus()")
    second.keyboard.press("Control+Home")
    second.keyboard.type("Đầu. ")
    for page in (first, second):
        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert "Đầu. Một." in article.body
    assert "Ba. Cuối." in article.body


def test_the_keys_of_the_form(signed_in, article):
    page = hands.open_form(signed_in("rita"), article)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("#shortcuts[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+2")
    assert page.evaluate("document.activeElement.id") == "id_lede"
    page.keyboard.press("Alt+1")
    page.keyboard.press("End")
    page.keyboard.type(" ?n/")
    assert page.input_value("#id_title").endswith(" ?n/")
    page.keyboard.press("Alt+3")
    until(page, "CKEDITOR.instances.id_body.focusManager.hasFocus")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Thêm.")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert (article.title.endswith(" ?n/"), "Thêm." in article.body) == (True, True)
    hands.ready(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".state-submitted")
    article.refresh_from_db()
    assert article.state == "submitted"


def test_the_keys_of_the_desk(signed_in):
    page = signed_in("rita")
    page.goto(forms.LIST_URL)
    page.keyboard.press("/")
    page.keyboard.type("n")
    assert page.input_value("#searchbar") == "n"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    page.wait_for_url("**/article/add/")
    page.goto(forms.LIST_URL)
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/admin/")
    page.click("[data-shortcuts]")
    assert "Viết bài mới" in page.inner_text("#shortcuts")
    page.uncheck("[data-single-keys]")
    page.goto(forms.LIST_URL)
    page.keyboard.press("?")
    assert page.is_hidden("#shortcuts")
