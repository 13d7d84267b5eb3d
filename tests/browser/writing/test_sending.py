"""Whatever goes wrong on the way to the server, the words stay on the screen, and are saved when it is over."""

import pytest
from django.contrib.sessions.models import Session

from articles.editorial import permissions, revisions, transitions
from articles.models import Revision
from tests import base, factories
from tests.browser.waiting import until
from tests.browser.writing import hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Nước lên nhanh."


@pytest.fixture
def article():
    return factories.draft(created_by=base.person("rita"), body="<p>Mở đầu.</p>")


@pytest.fixture
def page_of_rita(signed_in, article):
    page = hands.open_form(signed_in("rita"), article)
    hands.type_body(page, f" {WORDS}")
    yield page
    hands.forgive_failed_requests(page)


def is_saved(article):
    article.refresh_from_db()
    return WORDS in article.body


def save(page):
    page.click("[name=_continue]")


def expect_saved(page, article):
    page.wait_for_selector(".messagelist .success")
    assert is_saved(article)


def expect_complaint(page, words):
    page.wait_for_selector("#send-failed:not([hidden])")
    assert words in page.inner_text("#send-failed")
    assert "bài vẫn còn nguyên ở đây và trên máy này" in page.inner_text("#send-failed")
    assert WORDS in hands.body(page)
    assert WORDS in str(hands.kept_here(page))


@pytest.mark.parametrize(
    ("status", "words"), [(500, "máy chủ báo lỗi (500)"), (413, "quá lớn"), (403, "không có quyền"), (502, "(502)")]
)
def test_a_refusal_leaves_the_words_and_can_be_tried_again(page_of_rita, article, status, words):
    page = page_of_rita
    page.route("**/change/", lambda route: route.fulfill(status=status, body="<h1>no</h1>"))
    save(page)
    expect_complaint(page, words)
    page.unroute("**/change/")
    page.click("#send-failed button")
    expect_saved(page, article)


def test_a_network_that_is_cut_loses_nothing(page_of_rita, article):
    page = page_of_rita
    page.context.set_offline(True)
    hands.type_body(page, " Đường ngập.")
    page.wait_for_timeout(6000)
    assert "Chưa lưu được lên máy chủ, đã giữ trên máy này" in hands.line(page)
    save(page)
    expect_complaint(page, "không kết nối được")
    page.context.set_offline(False)
    until(page, "document.querySelector('#autosave-line').textContent.includes('Tự động lưu lúc')")
    page.click("#send-failed button")
    expect_saved(page, article)
    assert "Đường ngập." in article.body


def test_a_server_that_is_down_is_waited_for(page_of_rita, article):
    page = page_of_rita
    page.route("**/admin/**", lambda route: route.abort())
    hands.type_body(page, " Đường ngập.")
    page.wait_for_timeout(12_000)
    assert "đã giữ trên máy này" in hands.line(page)
    page.unroute("**/admin/**")
    until(page, "document.querySelector('#autosave-line').textContent.includes('Tự động lưu lúc')")
    save(page)
    expect_saved(page, article)


def test_a_session_that_ended_is_begun_again_in_place(page_of_rita, article):
    page = page_of_rita
    Session.objects.all().delete()
    save(page)
    page.wait_for_selector("#relogin[open]")
    assert page.input_value("#relogin-username") == "rita"
    page.fill("#relogin-password", "wrong")
    page.press("#relogin-password", "Enter")
    until(page, "!!document.querySelector('.relogin-problem').textContent")
    page.fill("#relogin-password", base.PASSWORD)
    page.press("#relogin-password", "Enter")
    expect_saved(page, article)


def test_cookies_that_were_cleared_lose_nothing_either(page_of_rita, article):
    page = page_of_rita
    page.context.clear_cookies()
    save(page)
    page.wait_for_selector("#relogin[open], #send-failed:not([hidden])")
    page.fill("#relogin-password", base.PASSWORD)
    page.press("#relogin-password", "Enter")
    expect_saved(page, article)


def test_who_does_not_sign_in_again_keeps_the_words(page_of_rita):
    page = page_of_rita
    Session.objects.all().delete()
    save(page)
    page.wait_for_selector("#relogin[open]")
    page.click("#relogin [data-later]")
    expect_complaint(page, "phiên đăng nhập đã hết")


def test_while_typing_a_dead_session_is_said_quietly(page_of_rita):
    page = page_of_rita
    Session.objects.all().delete()
    hands.type_body(page, " Đường ngập.")
    until(page, "!document.querySelector('#autosave-relogin').hidden")
    assert page.is_hidden("#relogin")
    page.click("#autosave-relogin")
    page.fill("#relogin-password", base.PASSWORD)
    page.press("#relogin-password", "Enter")
    until(page, "document.querySelector('#autosave-line').textContent.includes('Tự động lưu lúc')")


def test_a_right_that_was_lost_meanwhile_leaves_the_words(page_of_rita, article):
    page = page_of_rita
    transitions.submit(article, base.person("rita"))
    assert not permissions.can_change(base.person("rita"), article)
    save(page)
    expect_complaint(page, "không có quyền")


def test_a_refused_form_comes_back_with_its_words_and_stays_kept(page_of_rita, article):
    page = page_of_rita
    page.fill("#id_slug", "x") if page.query_selector("#id_slug") else None
    page.fill("#id_player", "https://example.com/no-player")
    save(page)
    page.wait_for_selector(".errornote")
    hands.ready(page)
    assert WORDS in hands.body(page)
    assert page.is_hidden("#recover")
    page.fill("#id_player", "")
    save(page)
    expect_saved(page, article)
    hands.ready(page)
    page.wait_for_timeout(500)
    assert hands.kept_here(page) == []


def test_a_conflict_is_shown_and_decided_in_the_form(page_of_rita, article):
    page = page_of_rita
    revisions.save(article, {"body": "<p>Mở đầu khác.</p>"}, base.person("ed"), base=article.version)
    save(page)
    page.wait_for_selector("[name^=choice-]")
    hands.ready(page)
    assert WORDS in hands.body(page)
    assert Revision.objects.filter(kind=Revision.Kind.CONFLICT).count() == 1
    page.check("[name^=choice-][value=mine]")
    save(page)
    expect_saved(page, article)


def test_the_pressed_button_goes_along(page_of_rita, article):
    page = page_of_rita
    page.click("[name=_submit]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert article.state == "submitted"
    assert is_saved(article)


def test_leaving_with_everything_kept_asks_nothing(page_of_rita, article):
    page = page_of_rita
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.wait_for_timeout(1200)
    page.goto("/admin/")
    assert asked == []


def test_without_a_script_the_form_is_sent_as_ever(chromium, live_server, article):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "rita")
    page.fill("#id_password", base.PASSWORD)
    page.click("[type=submit]")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.fill("#id_body", f"<p>{WORDS}</p>")
    save(page)
    page.wait_for_selector(".messagelist .success")
    context.close()
    assert is_saved(article)
