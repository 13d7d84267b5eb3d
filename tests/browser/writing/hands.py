"""Writing in the article's form as a person does, in a real browser."""

from tests.admin import forms
from tests.browser.waiting import until


def ready(page):
    until(page, "!!window.deskKeep && !!document.querySelector('[name=form_tab]')")
    until(page, "Object.values(CKEDITOR.instances).every((editor) => editor.status === 'ready')")
    page.wait_for_timeout(300)


def open_form(page, article=None):
    page.goto(forms.change_url(article) if article else forms.ADD_URL)
    ready(page)
    return page


def type_body(page, text):
    """Words into CKEditor by the keyboard, behind what stands there."""
    page.evaluate("CKEDITOR.instances.id_body.focus()")
    page.wait_for_timeout(200)
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def body(page):
    return page.evaluate("CKEDITOR.instances.id_body.getData()")


def kept_here(page):
    """What this machine keeps: a list of records."""
    return page.evaluate("deskStore.all()")


def forgive_failed_requests(page):
    """A test that makes a request fail: the browser's own line about it is no problem."""
    said = ("Failed to load resource", "net::ERR", "WebSocket")
    page.problems[:] = [problem for problem in page.problems if not any(words in problem for words in said)]


def line(page):
    return page.inner_text("#autosave-status")
