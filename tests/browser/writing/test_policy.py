"""The editor under the policy of its pages: no inline script, and yet every button, list and dialog does its work.

What the policy refused Chromium says on its console, and a foreign request is noticed too: both fail a test
(tests/browser/conftest.py). So does an error of a script.
"""

import pytest

from articles.models import Photo
from newsroom import headers
from tests import base, factories
from tests.browser.waiting import editor_ready, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUTTONS = ["link", "table", "specialchar", "find", "replace", "image", "creatediv"]
OWN_BUTTONS = ["gallery", "relatedarticle", "pulledquote", "player"]
BODY = (
    "<p>Một câu.</p><ol><li>mục</li></ol><table><tbody><tr><td>ô</td></tr></tbody></table>"
    '<div class="box"><p>Hộp</p></div>'
)
IN_MENUS = {"td": ["tableProperties", "cellProperties"], "li": ["numberedListStyle"], "div p": ["editdiv"]}
DIALOG = ".cke_dialog_container .cke_dialog:visible"
FILE_BOX = "iframe.cke_dialog_ui_input_file"


def _look_and_close(page):
    """At every tab of the dialog that is open."""
    page.wait_for_selector(DIALOG)
    for tab in page.locator(f"{DIALOG} a.cke_dialog_tab:visible").all():
        tab.click()
    page.locator(f"{DIALOG} a.cke_dialog_close_button").click()
    page.wait_for_selector(DIALOG, state="detached")


def _data(page):
    return page.evaluate("CKEDITOR.instances.id_body.getData()")


def test_every_button_list_and_dialog_works_without_an_inline_script(signed_in, tmp_path):
    assert "script-src 'self';" in headers.EDITOR_POLICY
    article = factories.draft(created_by=base.person("chris"), body=BODY)
    page = signed_in("chris")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    body = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    body.locator("p").first.click()
    for name in BUTTONS:
        page.click(f".cke_button__{name}")
        _look_and_close(page)
    for where, names in IN_MENUS.items():
        for name in names:
            body.locator(where).click()
            page.evaluate("name => CKEDITOR.instances.id_body.execCommand(name) && null", name)
            _look_and_close(page)
    body.locator("p").first.click()
    for name in OWN_BUTTONS:
        page.click(f".cke_button__{name}")
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")

    body.locator("p").first.click()
    page.click(".cke_combo__format .cke_combo_button")  # a list in a frame of its own
    page.frame_locator(".cke_combopanel:visible iframe").locator("h2").click()
    until(page, "CKEDITOR.instances.id_body.getData().includes('<h2>Một câu.')")
    body.locator("h2").click(button="right")  # and so is a menu
    page.wait_for_selector(".cke_menu_panel:visible")
    page.keyboard.press("Escape")

    page.evaluate("CKEDITOR.instances.id_body.setData('<p>Hai.</p>')")  # as what was kept is put back
    until(page, "CKEDITOR.instances.id_body.getData().includes('Hai')")
    file = tmp_path / "anh.jpg"
    file.write_bytes(factories.picture_bytes())
    page.click(".cke_button__image")
    page.locator(f"{DIALOG} a.cke_dialog_tab:visible").last.click()
    page.frame_locator(f"{DIALOG} {FILE_BOX}").locator("input").set_input_files(file)
    page.locator(f"{DIALOG} .cke_dialog_page_contents:visible a.cke_dialog_ui_button").click()
    until(page, "!!CKEDITOR.dialog.getCurrent()?.getValueOf('info', 'src')")
    page.click(f"{DIALOG} a.cke_dialog_ui_button_ok")
    until(page, "CKEDITOR.instances.id_body.getData().includes('/media/')")
    assert Photo.objects.count() == 1
