"""Writing comforts in a real browser: what is pasted, what the editor's buttons put in, notes beside the text."""

import re
from pathlib import Path

import pytest

from articles.editorial import notes
from articles.models import Article
from tests import base, factories
from tests.browser.waiting import editor_ready, until

from .test_desk import save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLIPBOARDS = Path(__file__).parent.parent / "data" / "paste"

# What the browser does when HTML is on the clipboard.
PASTE = """html => {
  const frame = document.querySelector('iframe.cke_wysiwyg_frame').contentWindow;
  const clipboardData = new frame.DataTransfer();
  clipboardData.setData('text/html', html);
  clipboardData.setData('text/plain', 'x');
  const body = frame.document.body;
  body.focus();
  body.dispatchEvent(new frame.ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""

ARRIVES = {
    "google-docs": (
        '<h2>Mùa cam ở Đồi Cọ</h2><p>Sáng 12/3, hợp tác xã thu hoạch <strong>25 tấn cam</strong> <em>(cam lòng vàng)'
        '</em>.</p><p>Xem thêm tại <a href="https://example.com/cam?id=7">trang của hợp tác xã</a></p>'
        "<ul><li>Giá tại vườn: 22.000 đồng</li></ul>"
    ),
    "word": (
        "<p><strong>UBND tỉnh họp phiên tháng 3</strong></p><p>Ngày 12/3, UBND tỉnh họp <em>thường kỳ</em>.</p>"
        "<ul><li>Giải ngân vốn đầu tư công</li><li>Chống hạn vụ xuân</li></ul>"
        "<table><tbody><tr><td>Huyện</td><td>Số xã</td></tr><tr><td>Đồi Cọ</td><td>12</td></tr></tbody></table>"
    ),
    "facebook": (
        "<p>Chợ phiên Đồi Cọ đông vui 😍 cả ngày chủ nhật.</p>"
        '<p>Chi tiết: <a href="https://example.com/cho-phien?id=9">example.com/cho-phien</a></p>'
    ),
    "zalo": (
        "<p>Tin nhanh từ xã Đồi Cọ</p><p>Mưa to từ 2 giờ sáng, suối dâng cao<br>Chưa có thiệt hại về người.</p>"
        '<p><a href="https://example.com/mua?p=2">https://example.com/mua</a></p>'
    ),
    "news-site": (
        "<h2>Hồ chứa xả lũ</h2><p>Hồ Đồi Cọ mở hai cửa xả đáy lúc 16h.</p><p>Lưu lượng xả <strong>1.200 m<sup>3</sup>/s"
        '</strong>, theo <a href="https://example.com/thuy-van?vn_source=x">đài khí tượng</a>.</p>'
        "<p>Hồ xả lũ. Ảnh: Báo khác</p><p>Người dân hạ du được báo trước 4 giờ.</p>"
    ),
    "outlook": (
        "<p>Kính gửi Ban Biên tập,</p><p>Sở Y tế thông báo lịch tiêm tháng 3.</p>"
        "<p><strong>Đợt 1: ngày 15/3.</strong></p>"
    ),
}  # fmt: skip
PICTURES_LEFT = {"word": 1, "facebook": 1, "news-site": 2, "outlook": 1}


def _open(signed_in, article, name="rita"):
    page = signed_in(name)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor_ready(page)
    return page


def _draft(**fields):
    return factories.draft(created_by=base.person("rita"), **fields)


def _data(page):
    return page.evaluate("CKEDITOR.instances.id_body.getData()").replace("\n", "").replace("\t", "")


@pytest.mark.parametrize("source", ARRIVES)
def test_what_is_pasted_arrives_as_a_news_text_has_it(signed_in, source):
    article = _draft(body="")
    page = _open(signed_in, article)
    page.evaluate(PASTE, (CLIPBOARDS / f"{source}.html").read_text(encoding="utf-8"))
    until(page, "CKEDITOR.instances.id_body.getData().length > 20")
    page.wait_for_timeout(300)
    told = page.locator(".cke_notification_message").all_inner_texts()
    assert [text for text in told if f"Đã bỏ {PICTURES_LEFT.get(source)} ảnh" in text] or source not in PICTURES_LEFT
    assert told == [] or source in PICTURES_LEFT
    save(page)
    article.refresh_from_db()
    assert re.sub(r"\s*[\n\t]\s*", "", article.body).replace(' rel="noopener noreferrer"', "") == ARRIVES[source]


def _press(page, name):
    page.click(f".cke_button__{name}")
    page.wait_for_selector("dialog[open]")


def _write(page, text):
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_a_related_article_is_found_and_becomes_a_card_on_the_page(signed_in):
    target = factories.published(title="Đường về Đà Bắc")
    article = _draft(body="<p>Câu một.</p><p>Câu hai.</p>")
    page = _open(signed_in, article)
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("p").first.click()
    _press(page, "relatedarticle")
    page.keyboard.type("duong ve da")
    page.click("dialog .desk-dialog-list button")
    save(page)
    article.refresh_from_db()
    link = f'<p><a href="{target.get_absolute_url()}" rel="noopener noreferrer">Đường về Đà Bắc</a></p>'
    assert article.body.replace("\n", "") == f"<p>Câu một.</p>{link}<p>Câu hai.</p>"
    page.goto(f"/xem-truoc/{article.pk}/")
    assert "Đường về Đà Bắc" in page.inner_text(".body aside, .body .related-inset, .body [class*=inset]")


def test_several_photos_become_figures_that_follow_each_other(signed_in):
    photos = [factories.photo(caption=f"Ảnh {name}", credit="Hà Thu") for name in ("một", "hai")]
    article = _draft(body="<p>Câu một.</p>")
    page = _open(signed_in, article)
    _write(page, " Hết.")
    _press(page, "gallery")
    page.wait_for_selector("dialog .desk-dialog-pictures img")
    for photo in photos:
        page.check(f"dialog li:has-text('{photo.caption}') input")
    assert "2" in page.inner_text(".desk-dialog-said")
    page.click("dialog button[type=submit]")
    until(page, "CKEDITOR.instances.id_body.getData().includes('figcaption')")
    save(page)
    article.refresh_from_db()
    assert article.body.count('<figure class="image">') == 2
    assert article.body.index("Ảnh một Ảnh: Hà Thu") < article.body.index("Ảnh hai Ảnh: Hà Thu")
    page.goto(f"/xem-truoc/{article.pk}/")
    assert page.locator(".gallery-row figure").count() == 2


def test_a_quote_has_its_source_and_the_same_button_takes_it_away(signed_in):
    article = _draft(body="<p>Câu một.</p>")
    page = _open(signed_in, article)
    _write(page, "")
    _press(page, "pulledquote")
    page.keyboard.type("Năm nay được mùa")
    page.keyboard.press("Tab")
    page.keyboard.type("Ông Bùi Văn Hùng")
    page.keyboard.press("Enter")
    until(page, "CKEDITOR.instances.id_body.getData().includes('blockquote')")
    quote = "<blockquote><p>Năm nay được mùa</p><p><em>Ông Bùi Văn Hùng</em></p></blockquote>"
    assert _data(page) == f"<p>Câu một.</p>{quote}"
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("blockquote p").first.click()
    page.click(".cke_button__pulledquote")
    until(page, "!CKEDITOR.instances.id_body.getData().includes('<blockquote><p>Năm nay')")


def test_a_player_is_put_in_by_its_address_and_a_wrong_one_is_told(signed_in):
    article = _draft(body="<p>Câu một.</p>")
    page = _open(signed_in, article)
    _write(page, "")
    _press(page, "player")
    page.keyboard.type("https://xau.vn/a")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.desk-dialog-said').textContent.includes('YouTube')")
    page.fill("dialog[open] input", "https://youtu.be/dQw4w9WgXcQ?si=x")
    page.keyboard.press("Enter")
    until(page, "CKEDITOR.instances.id_body.getData().includes('watch?v=dQw4w9WgXcQ')")
    page.problems.clear()  # the 400 of the wrong address
    save(page)
    page.goto(f"/xem-truoc/{article.pk}/")
    assert page.locator(".body .player").count() == 1


def test_the_length_and_the_reading_time_follow_what_is_typed(signed_in):
    article = _draft(body="<p>Một hai ba.</p><p>Bốn</p>", lede="")
    page = _open(signed_in, article)
    assert page.inner_text(".text-count") == "4 chữ · đọc khoảng 1 phút"
    _write(page, " năm sáu")
    until(page, "document.querySelector('.text-count').textContent.startsWith('6 chữ')")
    page.fill("#id_lede", "từ " * 690)
    until(page, "document.querySelector('.text-count').textContent.endsWith('3 phút')")


def test_find_and_replace_opens_by_the_keys_everybody_knows(signed_in):
    article = _draft(body="<p>cam cam</p>")
    page = _open(signed_in, article)
    _write(page, "")
    page.keyboard.press("Control+h")
    page.wait_for_selector(".cke_dialog_body")
    assert "Thay thế" in page.inner_text(".cke_dialog_body")
    page.keyboard.press("Escape")


def test_a_note_about_a_passage_is_written_without_leaving_what_is_typed(signed_in):
    article = _draft(body="<p>Năng suất 25 tấn mỗi héc-ta.</p>")
    base.person("ed")
    page = _open(signed_in, article)
    page.fill("#id_title", "Chưa lưu đâu nhé")
    frame = page.frame_locator("iframe.cke_wysiwyg_frame")
    frame.locator("p").click()
    page.keyboard.press("Control+a")
    page.click(".cke_button__desknote")
    assert page.input_value(".note-new [name=quote]") == "Năng suất 25 tấn mỗi héc-ta."
    page.keyboard.type("Hỏi lại con số @e")
    page.click(".mentions button")
    page.click(".note-new button[type=submit]")
    page.wait_for_selector(".note-text:has-text('Hỏi lại con số @ed')")
    assert page.input_value("#id_title") == "Chưa lưu đâu nhé"
    assert page.inner_text(".notes-count") == "1"
    note = article.notes.get()
    assert (note.quote, list(note.mentioned.all())) == ("Năng suất 25 tấn mỗi héc-ta.", [base.person("ed")])
    page.fill(".note-new [name=text]", "Đang viết dở")
    page.click(".note-acts button:has-text('Đã giải quyết')")
    page.wait_for_selector(".note-resolved")
    assert page.input_value(".note-new [name=text]") == "Đang viết dở"
    page.fill(".note-new [name=text]", "")
    page.fill(".note-new [name=quote]", "")
    save(page)
    article.refresh_from_db()
    assert article.title == "Chưa lưu đâu nhé"


def test_a_note_that_could_not_be_sent_stays_in_its_box(signed_in):
    article = _draft()
    page = _open(signed_in, article)
    page.click(".notes-drawer > summary")
    page.route("**/notes/**", lambda route: route.abort())
    page.fill(".note-new [name=text]", "Không được mất")
    page.click(".note-new button[type=submit]")
    page.wait_for_selector(".notes-failed")
    assert page.input_value(".note-new [name=text]") == "Không được mất"
    page.problems.clear()  # the line that was cut
    page.unroute("**/notes/**")
    page.click(".note-new button[type=submit]")
    page.wait_for_selector(".note-text:has-text('Không được mất')")


def test_suggested_stories_go_among_the_related_links_by_one_button(signed_in):
    target = factories.published(title="Nông dân Cao Phong thu hoạch cam lòng vàng")
    factories.published(title="Công an tìm người nhà cho cháu bé")
    article = _draft(title="Giá cam lòng vàng tăng")
    page = _open(signed_in, article)
    page.click("#alike > button")
    page.click("#alike li button")
    save(page)
    assert [link.target for link in article.links.all()] == [target]


def test_the_preview_shows_what_is_typed_in_a_tab_of_its_own_and_leaves_the_form(signed_in):
    article = _draft(title="Cũ")
    page = _open(signed_in, article)
    page.fill("#id_title", "Vừa gõ")
    _write(page, " Chưa lưu.")
    with page.context.expect_page() as opened:
        page.click("button:has-text('Xem trước')")
    preview = opened.value
    frame = preview.frame_locator("iframe.preview-frame")
    assert frame.locator("h1").inner_text() == "Vừa gõ"
    assert "Chưa lưu." in frame.locator(".body").inner_text()
    assert preview.evaluate("document.querySelector('iframe').clientWidth") == 390
    preview.click(".preview-widths a:has-text('1280')")
    assert preview.locator("iframe.preview-1280").count() == 1
    assert preview.frame_locator("iframe").locator("h1").inner_text() == "Vừa gõ"
    assert page.input_value("#id_title") == "Vừa gõ"
    assert Article.objects.get().title == "Cũ"


def test_notes_work_without_javascript(chromium, live_server, settings):
    settings.SITE_URL = live_server.url
    article = _draft()
    notes.add(article, base.person("rita"), "Một")
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "rita")
    page.fill("#id_password", base.PASSWORD)
    page.click("[type=submit]")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.click(".notes-drawer > summary")
    page.fill(".note-new [name=text]", "Không cần JavaScript")
    page.click(".note-new button[type=submit]")
    assert "Không cần JavaScript" in page.inner_text(".notes-list")
    page.click("text=Đã giải quyết >> nth=0")
    assert notes.open_count(article) == 1
    context.close()
