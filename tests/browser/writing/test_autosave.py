"""What is typed outlives what may happen to a browser, a network and a session."""

import pytest

from articles.editorial import revisions
from articles.models import Article, Autosave
from tests import base, factories
from tests.admin import forms
from tests.browser.waiting import until
from tests.browser.writing import hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERYTHING_KEPT = """async () => JSON.stringify([{ ...localStorage }, await new Promise((done, failed) => {
  const request = indexedDB.open("newsroom-desk");
  request.onerror = request.onblocked = () => failed(request.error);
  request.onsuccess = () => {
    const forms = request.result.objectStoreNames.contains("forms");
    const asked = forms && request.result.transaction("forms").objectStore("forms").getAll();
    forms ? (asked.onsuccess = () => done(asked.result)) : done([]);
  };
})])"""


def draft(**fields):
    return factories.draft(**{"created_by": base.person("rita"), "body": "<p>Mở đầu.</p>", **fields})


def test_typing_is_kept_on_the_machine_within_a_second_and_on_the_server_within_five(signed_in):
    article = draft()
    page = hands.open_form(signed_in("rita"), article)
    hands.type_body(page, " Nước lên nhanh.")
    page.wait_for_timeout(1000)
    assert "Nước lên nhanh" in str(hands.kept_here(page))
    page.wait_for_timeout(4000)
    assert "Nước lên nhanh" in str(Autosave.objects.get().data)
    assert "Tự động lưu lúc" in hands.line(page)


@pytest.mark.parametrize("late", ["form.js", "recover.js"], ids=["before the first script", "before the last"])
def test_what_is_typed_while_the_form_still_loads_is_kept(signed_in, late):
    """On a slow line the title is there seconds before the last script; who types then and stops has typed it all."""
    article = draft(title="Tiêu đề cũ")
    page = signed_in("rita")
    waiting = []
    page.route(f"**/autosave/{late}*", lambda route: waiting.append(route))
    page.goto(forms.change_url(article), wait_until="commit")
    page.fill("#id_title", "Nước lên nhanh trên sông Bôi")
    page.wait_for_timeout(500)
    for route in waiting:
        route.continue_()
    until(page, "document.querySelector('#autosave-status')?.innerText.includes('Tự động lưu lúc')")
    assert "Nước lên nhanh" in str(Autosave.objects.get().data)


def test_opening_a_form_keeps_nothing(signed_in):
    page = hands.open_form(signed_in("rita"), draft())
    page.wait_for_timeout(6000)
    assert hands.kept_here(page) == []
    assert not Autosave.objects.exists()


def test_saving_leaves_no_copy_behind(signed_in):
    article = draft()
    page = hands.open_form(signed_in("rita"), article)
    hands.type_body(page, " Nước lên nhanh.")
    page.wait_for_timeout(3500)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    hands.ready(page)
    page.wait_for_timeout(1000)
    article.refresh_from_db()
    assert "Nước lên nhanh" in article.body
    assert hands.kept_here(page) == []
    assert not Autosave.objects.exists()
    assert page.is_hidden("#recover")


def test_what_was_typed_is_restored_with_its_choices_and_rows(signed_in):
    section, topic, other = factories.section("Kinh tế"), factories.topic("Nông thôn mới"), factories.author("Hà Thu")
    linked = factories.published(title="Cầu cũ")
    article = draft(category=None)
    page = hands.open_form(signed_in("rita"), article)
    page.fill("#id_title", "Cầu mới qua sông")
    page.click("#bylines-group .add-row a")
    page.click("#links-group .add-row a")
    for name, one in (
        ("category", section),
        ("topics", topic),
        ("bylines-0-author", other),
        ("links-0-target", linked),
    ):
        page.evaluate(
            "([name, pk, text]) => { const box = document.querySelector(`[name=${name}]`);"
            " box.append(new Option(text, pk, true, true)); django.jQuery(box).trigger('change'); }",
            [name, str(one.pk), str(one)],
        )
    page.fill("[name='links-0-title']", "Đọc lại")
    hands.type_body(page, " Nước lên nhanh.")
    page.wait_for_timeout(1500)
    before = page.evaluate("JSON.stringify(deskForm.read(deskKeep.form))")

    hands.open_form(page, article)
    page.wait_for_selector("#recover:not([hidden])")
    assert "Có bản đang viết dở lúc" in page.inner_text("#recover")
    page.click("#recover [data-look]")
    assert "Nước lên nhanh." in page.inner_text("#recover-look")
    page.keyboard.press("Escape")
    page.click("#recover [data-restore]")
    page.wait_for_selector("#recover[hidden]", state="attached")
    assert page.evaluate("JSON.stringify(deskForm.read(deskKeep.form))") == before
    assert "Kinh tế" in page.inner_text(".field-category .select2-selection")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert (article.title, article.category, article.bylines.get().author) == ("Cầu mới qua sông", section, other)
    assert (article.links.get().title, article.links.get().target) == ("Đọc lại", linked)
    assert list(article.topics.all()) == [topic]


def test_what_the_server_kept_is_offered_on_another_machine(signed_in):
    article = draft()
    Autosave.objects.create(user=base.person("rita"), form="another-machine", article=article, data=[["title", "Tựa"]])
    page = hands.open_form(signed_in("rita"), article)
    page.click("#recover [data-discard]")
    page.wait_for_timeout(500)
    assert page.is_hidden("#recover")
    assert not Autosave.objects.exists()


def test_a_new_article_that_was_never_saved_is_offered_with_its_title(signed_in):
    page = hands.open_form(signed_in("rita"))
    page.fill("#id_title", "Lũ về trong đêm")
    page.wait_for_timeout(1500)
    hands.open_form(page)
    page.wait_for_selector("#recover:not([hidden])")
    assert "Lũ về trong đêm" in page.inner_text("#recover")
    page.click("#recover [data-restore]")
    page.wait_for_selector("#recover[hidden]", state="attached")
    page.click("[name=_continue]")
    page.wait_for_url("**/change/")
    assert Article.objects.get().title == "Lũ về trong đêm"


def test_a_restored_text_is_merged_with_what_was_saved_since(signed_in):
    article = factories.draft(created_by=base.person("rita"), body="<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>")
    page = hands.open_form(signed_in("rita"), article)
    hands.type_body(page, " Của Rita.")
    page.wait_for_timeout(1500)
    page.goto("/admin/")
    newest = "<p>Một. Của Ed.</p>\n<p>Hai.</p>\n<p>Ba.</p>"
    revisions.save(article, {"body": newest}, base.person("ed"), base=article.version)
    hands.open_form(page, article)
    page.click("#recover [data-restore]")
    page.wait_for_selector("#recover[hidden]", state="attached")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert "Một. Của Ed." in article.body
    assert "Ba. Của Rita." in article.body


def test_logging_out_leaves_nothing_on_the_machine(signed_in):
    article = draft()
    page = hands.open_form(signed_in("rita"), article)
    hands.type_body(page, " Tin chưa được công bố.")
    page.wait_for_timeout(1200)
    page.click("#logout-form button")
    page.wait_for_url("**/logout/")
    assert "Tin chưa được công bố" in str(Autosave.objects.get().data)  # it is with the server, for rita alone
    assert "Tin chưa" not in page.evaluate(EVERYTHING_KEPT)


def test_what_one_person_typed_is_gone_when_another_signs_in(signed_in, signs_in):
    article = draft()
    page = hands.open_form(signed_in("rita"), article)
    hands.type_body(page, " Tin chưa được công bố.")
    page.wait_for_timeout(1200)
    page.context.clear_cookies()
    signs_in("ed")
    page.wait_for_timeout(500)
    assert "Tin chưa" not in page.evaluate(EVERYTHING_KEPT)


NO_STORES = """
  for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("switched off", "SecurityError"); } });
  }"""
FULL_STORES = """
  IDBObjectStore.prototype.put = Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };"""

STUCK_STORES = """
  IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ put() {}, getAll() {}, delete() {} }) });
  Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize("trouble", [NO_STORES, FULL_STORES, STUCK_STORES], ids=["switched off", "full", "stuck"])
def test_where_the_machine_keeps_nothing_the_server_does(signed_in, trouble):
    article = draft()
    page = signed_in("rita")
    page.add_init_script(trouble)
    hands.open_form(page, article)
    hands.type_body(page, " Nước lên nhanh.")
    until(page, "document.querySelector('#autosave-status').innerText.includes('Tự động lưu lúc')")
    assert "Nước lên nhanh" in str(Autosave.objects.get().data)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    # Django's own theme.js, which keeps the colours there.
    page.problems[:] = [problem for problem in page.problems if problem not in {"switched off", "full"}]
    article.refresh_from_db()
    assert "Nước lên nhanh" in article.body


def test_without_indexeddb_localstorage_serves(signed_in):
    page = signed_in("rita")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined });")
    article = draft()
    hands.open_form(page, article)
    hands.type_body(page, " Nước lên nhanh.")
    page.wait_for_timeout(1000)
    assert "Nước lên nhanh" in page.evaluate("JSON.stringify(localStorage)")
