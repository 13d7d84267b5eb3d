import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles import richtext
from articles.models import Article, RelatedLink
from tests import factories
from tests.browser.waiting import editor_ready, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the browser does when a picture is on the clipboard: a paste event that carries a file.
PASTE_A_PICTURE = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 200});
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  const frame = document.querySelector('iframe.cke_wysiwyg_frame').contentWindow;
  const clipboardData = new frame.DataTransfer();
  clipboardData.items.add(new frame.File([blob], 'anh.png', {type: 'image/png'}));
  const body = frame.document.body;
  body.focus();
  body.dispatchEvent(new frame.ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""

# Each tag that the sanitiser keeps, as it keeps it.
EVERY_TAG = """<p>12 m<sup>2</sup>, CO<sub>2</sub>, <u>gạch</u>, <s>bỏ</s>, <em>nhấn</em>, <strong>mạnh</strong></p>
<p><code>mã</code><br>
dòng sau &amp; <a href="https://example.com/" title="Xem" rel="noopener noreferrer">liên kết</a></p>
<h2>Hai</h2>
<h3>Ba</h3>
<h4>Bốn</h4>
<hr>
<pre>một
  hai</pre>
<blockquote>
<p>Trích</p>
</blockquote>
<ul>
<li>một</li>
<li>hai</li>
</ul>
<ol>
<li>một</li>
</ol>
<figure class="image"><img alt="Cầu" height="427" src="/media/cau.jpg" width="640">
<figcaption>Cầu mới</figcaption>
</figure>
<p>Trong dòng <img alt="Cầu" src="/media/cau.jpg"> một ảnh.</p>
<table>
<caption>Bảng</caption>
<thead>
<tr>
<th scope="col">A</th>
<th rowspan="2">B</th>
</tr>
</thead>
<tbody>
<tr>
<td colspan="2">1</td>
</tr>
</tbody>
<tfoot>
<tr>
<td>1</td>
</tr>
</tfoot>
</table>
<div>Khối</div>"""


def _choose(page, field, words):
    """Pick an entry of an autocomplete as a person does: open it, type, press Enter on the hit."""
    page.click(f".field-{field} .select2-selection")
    page.keyboard.type(words)
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")


def test_the_chief_writes_a_hot_story_publishes_it_with_reasons_and_reads_it(signed_in):
    factories.section("Kinh tế")
    page = signed_in("chris")
    page.goto("/admin/articles/article/add/")
    editor_ready(page)
    page.fill("#id_title", "Mùa cam về trên đồi Mỏ Quạ")
    page.fill("#id_lede", "Những vườn cam đầu tiên ở Yên Trạch bắt đầu cho thu hoạch.")
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.type("Sáng sớm, sương còn đọng trên lá.")
    page.keyboard.press("Control+b")
    page.keyboard.type(" Giá nhích lên.")
    _choose(page, "category", "kinh te")
    page.select_option("#id_ai_use", "none")
    with page.expect_navigation():
        page.click("[name=_publish]")
    for box in page.locator("[name^='override-']").all():
        box.fill("Tin nóng, bổ sung sau.")
    with page.expect_navigation():
        page.click("#step_form button.action")
    page.wait_for_selector(".messagelist .success")
    article = Article.objects.get()
    page.goto(article.get_absolute_url())
    assert page.inner_text("h1") == "Mùa cam về trên đồi Mỏ Quạ"
    assert page.inner_html(".body") == "<p>Sáng sớm, sương còn đọng trên lá.<strong> Giá nhích lên.</strong></p>"


def test_what_word_puts_on_the_clipboard_arrives_clean(signed_in):
    article = factories.draft(body="")
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    word = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--StartFragment-->"
        "<p class=MsoNormal style='margin:0cm;font-family:\"Times New Roman\"'><span style='color:red'>"
        "Hòa Bình<o:p></o:p></span></p><p class=MsoNormal>&nbsp;</p>"
        "<p class=MsoNormal><b><font face=Arial size=5>Đậm</font></b></p><!--EndFragment--></body></html>"
    )
    page.evaluate("html => CKEDITOR.instances.id_body.execCommand('paste', {type: 'html', dataValue: html})", word)
    until(page, "CKEDITOR.instances.id_body.getData().includes('Đậm')")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert article.body.replace("\n", "") == "<p>Hòa Bình</p><p><strong>Đậm</strong></p>"


def save(page):
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")


@pytest.fixture
def bridge():
    """A file at the address that EVERY_TAG shows a picture from: a missing one is a console error."""
    default_storage.save("cau.jpg", ContentFile(factories.picture_bytes()))


@pytest.mark.parametrize("body", [EVERY_TAG, EVERY_TAG.replace("\n", ""), "<p><b>Đậm</b> và <i>nghiêng</i></p>"])
def test_an_article_opened_and_saved_untouched_keeps_its_body_to_the_letter(signed_in, bridge, body):
    article = factories.draft(body=body)
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.fill("#id_title", "Tiêu đề khác")
    save(page)
    article.refresh_from_db()
    assert article.title == "Tiêu đề khác"
    assert article.body == body


def test_the_editor_keeps_every_tag_that_the_sanitiser_keeps(signed_in, bridge):
    assert {*re.findall(r"<(\w+)", EVERY_TAG)} == richtext.TAGS - {"b", "i"}  # these two become <strong> and <em>
    article = factories.draft(body=EVERY_TAG)
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.frame_locator("iframe.cke_wysiwyg_frame").get_by_text("Khối").click()
    page.keyboard.press("End")
    page.keyboard.type(" mới")
    save(page)
    article.refresh_from_db()
    # CKEditor sets lines and indents of its own between blocks.
    assert re.sub(r"\s*\n\s*", "", article.body) == re.sub(r"\s*\n\s*", "", EVERY_TAG.replace("Khối", "Khối mới"))


def test_related_links_keep_the_order_they_were_moved_to(signed_in):
    article = factories.draft()
    for order, title in enumerate(["Một", "Hai", "Ba"]):
        RelatedLink.objects.create(article=article, title=title, url="https://example.com/", order=order)
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    handle = page.locator("#links-group .drag-handle").nth(2)
    handle.focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert list(article.links.values_list("title", flat=True)) == ["Ba", "Một", "Hai"]


def test_the_dialogs_and_the_format_list_of_the_editor_work(signed_in):
    article = factories.draft()
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.click(".cke_combo__format .cke_combo_button")
    page.frame_locator("iframe.cke_panel_frame").locator("h2").click()
    until(page, "CKEDITOR.instances.id_body.getData().includes('<h2>')")
    for command in ("link", "image", "table", "specialchar", "find"):
        page.evaluate("name => void CKEDITOR.instances.id_body.execCommand(name)", command)
        page.click(".cke_dialog_body:visible .cke_dialog_close_button")


def test_a_file_chosen_in_the_picture_dialog_is_uploaded(signed_in, tmp_path):
    (tmp_path / "anh.jpg").write_bytes(factories.picture_bytes())
    article = factories.draft()
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.evaluate("void CKEDITOR.instances.id_body.execCommand('image')")
    page.click(".cke_dialog_tab[id^='cke_Upload']")
    upload = page.frame_locator(".cke_dialog_ui_input_file iframe")
    upload.locator("input[type=file]").set_input_files(tmp_path / "anh.jpg")
    page.click(".cke_dialog_ui_fileButton, .cke_dialog_ui_button:visible >> nth=0")
    until(page, "CKEDITOR.dialog.getCurrent().getValueOf('info', 'src').includes('/media/')")


def test_the_desk_works_under_its_policy(signed_in, tmp_path):
    """Console errors fail a test, and whatever the policy blocks is one."""
    (tmp_path / "anh.jpg").write_bytes(factories.picture_bytes())
    photo = factories.photo()
    article = factories.draft(photo=photo)
    page = signed_in("chris")
    for path in ("", "article/", f"article/{article.pk}/history/", "photo/", "category/", "author/add/", "photo/pick/"):
        page.goto(f"/admin/articles/{path}" if path else "/admin/")
    page.goto(f"/admin/articles/photo/{photo.pk}/change/")
    page.set_input_files("#id_upload", tmp_path / "anh.jpg")
    until(page, "document.querySelector('.field-preview img').naturalWidth === 640")


def test_a_picture_pasted_into_the_text_becomes_a_photo_of_ours(signed_in):
    article = factories.draft(body="<p>Trước.</p>")
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    page.evaluate(PASTE_A_PICTURE)
    until(page, "CKEDITOR.instances.id_body.getData().includes('/media/')")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert "<img" in article.body
    assert 'src="/media/' in article.body


def test_the_day_form_leads_from_an_article_to_its_day(page):
    article = factories.published("2023-03-22 08:00", title="Tin ngày 22")
    page.goto(article.get_absolute_url())
    page.fill("input[name=ngay]", "2023-03-22")
    page.click("form.archive-form button")
    page.wait_for_url("**/kinh-te/ngay/2023/03/22/")
    assert "Tin ngày 22" in page.inner_text("main")


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_no_public_page_scrolls_sideways(page, width):
    article = factories.published("2023-03-22 08:00", title="Một tiêu đề dài " * 8, body="<p>" + "x" * 200 + "</p>")
    page.set_viewport_size({"width": width, "height": 800})
    for path in ["/", article.get_absolute_url(), "/kinh-te/", "/ngay/2023/03/22/", "/ngay/2023/03/"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
