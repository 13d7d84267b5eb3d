import pytest

from articles.models import Article, RelatedLink
from tests import factories

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


def _until(page, expression, tries=100):
    """Wait until a script expression holds. Playwright's own waiting needs eval, which the desk's policy forbids."""
    for _ in range(tries):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def _editor_ready(page):
    _until(page, "!!window.CKEDITOR && CKEDITOR.instances.id_body?.status === 'ready'")


def _choose(page, field, words):
    """Pick an entry of an autocomplete as a person does: open it, type, press Enter on the hit."""
    page.click(f".field-{field} .select2-selection")
    page.keyboard.type(words)
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")


def test_an_editor_writes_an_article_publishes_it_and_reads_it(signed_in):
    factories.section("Kinh tế")
    page = signed_in("ed")
    page.goto("/admin/articles/article/add/")
    _editor_ready(page)
    page.fill("#id_title", "Mùa cam về trên đồi Mỏ Quạ")
    page.fill("#id_lede", "Những vườn cam đầu tiên ở Yên Trạch bắt đầu cho thu hoạch.")
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.type("Sáng sớm, sương còn đọng trên lá.")
    page.keyboard.press("Control+b")
    page.keyboard.type(" Giá nhích lên.")
    _choose(page, "category", "kinh te")
    page.click("[name=_publish]")
    page.wait_for_selector(".messagelist .success")
    article = Article.objects.get()
    page.goto(article.get_absolute_url())
    assert page.inner_text("h1") == "Mùa cam về trên đồi Mỏ Quạ"
    assert page.inner_html(".body") == "<p>Sáng sớm, sương còn đọng trên lá.<strong> Giá nhích lên.</strong></p>"


def test_what_word_puts_on_the_clipboard_arrives_clean(signed_in):
    article = factories.draft(body="")
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    _editor_ready(page)
    word = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--StartFragment-->"
        "<p class=MsoNormal style='margin:0cm;font-family:\"Times New Roman\"'><span style='color:red'>"
        "Hòa Bình<o:p></o:p></span></p><p class=MsoNormal>&nbsp;</p>"
        "<p class=MsoNormal><b><font face=Arial size=5>Đậm</font></b></p><!--EndFragment--></body></html>"
    )
    page.evaluate("html => CKEDITOR.instances.id_body.execCommand('paste', {type: 'html', dataValue: html})", word)
    _until(page, "CKEDITOR.instances.id_body.getData().includes('Đậm')")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert article.body.replace("\n", "") == "<p>Hòa Bình</p><p><strong>Đậm</strong></p>"


def test_related_links_keep_the_order_they_were_moved_to(signed_in):
    article = factories.draft()
    for order, title in enumerate(["Một", "Hai", "Ba"]):
        RelatedLink.objects.create(article=article, title=title, url="https://example.com/", order=order)
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    _editor_ready(page)
    handle = page.locator("#links-group .drag-handle").nth(2)
    handle.focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert list(article.links.values_list("title", flat=True)) == ["Ba", "Một", "Hai"]


def test_a_picture_pasted_into_the_text_becomes_a_photo_of_ours(signed_in):
    article = factories.draft(body="<p>Trước.</p>")
    page = signed_in("ed")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    _editor_ready(page)
    page.evaluate(PASTE_A_PICTURE)
    _until(page, "CKEDITOR.instances.id_body.getData().includes('/media/')")
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
