"""The photo library in a real browser: many files at once, the picker, the cut."""

from datetime import timedelta

import pytest

from articles import days, renditions
from articles.models import Article, Photo
from tests import factories
from tests.browser.waiting import editor_ready, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANY = "/admin/articles/photo/many/"
# What the browser does when files are let go over the page.
DROP = """([names]) => {
  const dataTransfer = new DataTransfer();
  const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 200});
  return Promise.all(names.map((name) => new Promise((done) => canvas.toBlob((blob) => {
    dataTransfer.items.add(new File([name.startsWith('bad') ? new Blob(['no picture']) : blob], name));
    done();
  }, 'image/png')))).then(() => {
    document.body.dispatchEvent(new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true}));
  });
}"""


@pytest.fixture(autouse=True)
def fast_pictures(monkeypatch):
    monkeypatch.setattr(renditions, "SPEED", renditions.IN_A_HURRY)


def drop(page, *names):
    page.evaluate(DROP, [list(names)])


def test_dropped_files_come_in_one_after_another_and_a_refused_one_says_why(signed_in):
    page = signed_in("rita")
    page.goto(MANY)
    page.fill("#id_credit", "Hà Thu")
    drop(page, "một.png", "bad.png", "hai.png")
    until(page, "document.querySelectorAll('.upload-good').length === 2", seconds=30)
    assert "không phải là ảnh" in page.inner_text(".upload-bad small")
    assert page.locator("[data-tiles] li").count() == 2
    assert set(Photo.objects.values_list("credit", flat=True)) == {"Hà Thu"}
    page.problems[:] = [problem for problem in page.problems if "400" not in problem]


def test_a_file_that_was_not_sent_is_sent_again_by_its_button(signed_in):
    page = signed_in("rita")
    page.goto(MANY)
    page.context.set_offline(True)
    drop(page, "một.png")
    page.wait_for_selector(".upload-bad button")
    page.context.set_offline(False)
    page.click(".upload-bad button")
    until(page, "document.querySelectorAll('.upload-good').length === 1", seconds=30)
    assert Photo.objects.count() == 1
    page.problems[:] = [problem for problem in page.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


def test_a_lead_photo_is_chosen_from_the_library_and_one_whose_rights_are_over_asks_first(signed_in):
    factories.photo(caption="Vườn cam")
    old = factories.photo(caption="Hết quyền", rights_until=days.today() - timedelta(days=1))
    article = factories.draft()
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.click("text=Chọn từ thư viện")
    library = page.frame_locator(".photo-dialog iframe")
    library.locator("[name=q]").fill("het quyen")
    library.locator("[name=q]").press("Enter")
    library.locator(".picker li:only-child").wait_for()  # not the page before the search, which shows both
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    library.locator(f"[data-pk='{old.pk}']").press("Enter")  # by keyboard
    until(page, "!document.querySelector('.photo-dialog').open")
    assert "hết hạn quyền" in asked[0]
    assert page.input_value("#id_photo") == str(old.pk)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert Article.objects.get().photo == old


def test_a_picture_is_uploaded_in_the_library_and_taken_at_once(signed_in):
    article = factories.draft()
    page = signed_in("ed")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.locator(".photo-choice button", has_text="Tải ảnh lên").click()
    library = page.frame_locator(".photo-dialog iframe")
    file = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": factories.picture_bytes()}
    library.locator("input[type=file]").set_input_files(file)
    library.locator(".picker button").click(timeout=30_000)
    until(page, "!document.querySelector('.photo-dialog').open")
    assert page.input_value("#id_photo") == str(Photo.objects.get().pk)


def test_a_photo_of_the_library_stands_in_the_text_with_its_caption_and_credit(signed_in):
    photo = factories.photo(caption="Vườn cam", credit="Hà Thu", alt="Cam chín")
    article = factories.draft(body="<p>Trước.</p>")
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.evaluate("void CKEDITOR.instances.id_body.execCommand('image')")
    with page.expect_popup() as opened:
        page.click(".cke_dialog_ui_button:visible:has-text('Thư viện ảnh')")
    opened.value.click(f"[data-pk='{photo.pk}']")
    until(page, "CKEDITOR.dialog.getCurrent().getValueOf('info', 'src').includes('/media/')")
    page.click(".cke_dialog_ui_button_ok")
    until(page, "CKEDITOR.instances.id_body.getData().includes('Vườn cam Ảnh: Hà Thu')")
    html = page.evaluate("CKEDITOR.instances.id_body.getData()")
    assert photo.url in html
    assert 'alt="Cam chín"' in html


def test_escape_inside_the_library_closes_it(signed_in):
    article = factories.draft()
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.click("text=Chọn từ thư viện")
    search = page.frame_locator(".photo-dialog iframe").locator("[name=q]")
    search.wait_for()
    search.press("Escape")
    until(page, "!document.querySelector('.photo-dialog').open")


def test_a_photo_is_cut_by_keys_and_by_mouse_as_the_server_cuts_it(signed_in):
    photo = factories.photo()
    page = signed_in("phong")
    page.goto(f"/admin/articles/photo/{photo.pk}/change/")
    page.click("text=Cắt ảnh bằng tay")
    frame = page.locator(".cutter-frame")
    frame.press("-")
    frame.press("Shift+ArrowLeft")
    frame.press("ArrowUp")
    by_keys = [float(page.input_value(f"#id_cut_{name}")) for name in ("left", "top", "width")]
    assert by_keys[2] == 78.0
    box = frame.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 900, box["y"] + 900, steps=4)
    page.mouse.up()
    left, top, width = (float(page.input_value(f"#id_cut_{name}")) for name in ("left", "top", "width"))
    assert (left, width) == (22.0, 78.0)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    photo.refresh_from_db()
    assert tuple(photo.cut) == (left, top, width)
