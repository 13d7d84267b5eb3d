"""The first visit of an article on an empty cache, as Chromium counts it, from a server as in production."""

import pytest

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = {"Document", "Stylesheet", "Script", "Font"}
MOST_BYTES, MOST_REQUESTS = 60_000, 8
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75}
SUM_OF_SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});"""


class Visit:
    def __init__(self, chromium, address):
        self.context = chromium.new_context(**PHONE)
        page = self.page = self.context.new_page()
        page.add_init_script(SUM_OF_SHIFTS)
        network = self.context.new_cdp_session(page)
        network.send("Network.enable")
        self.requests = {}
        network.on("Network.requestWillBeSent", self._sent)
        network.on("Network.loadingFinished", self._finished)
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready")
        page.wait_for_function("() => document.querySelector('main img')?.complete ?? true")
        page.evaluate("() => new Promise((done) => requestIdleCallback(done, { timeout: 5000 }))")

    def _sent(self, event):
        self.requests[event["requestId"]] = [event["request"]["url"], event.get("type"), 0]

    def _finished(self, event):
        if event["requestId"] in self.requests:
            self.requests[event["requestId"]][2] = event["encodedDataLength"]

    def addresses(self, ending=""):
        return [url for url, _kind, _bytes in self.requests.values() if url.endswith(ending)]


@pytest.fixture
def visit(chromium, production):
    photo = factories.photo(caption="Vườn cam Yên Trạch", credit="Hà Thu")
    body = "<p>Ủy ban nhân dân tỉnh ban hành quyết định.</p>" * 40
    article = factories.published(title="Đường lên Yên Trạch đã thông", body=body, photo=photo)
    factories.many(30)
    visit = Visit(chromium, production + article.get_absolute_url())
    visit.home, visit.photo = production, photo
    yield visit
    visit.context.close()


def test_an_article_is_light(visit):
    text = {url: size for url, kind, size in visit.requests.values() if kind in TEXT}
    assert len(text) == 4  # the page, one stylesheet, one script, one font
    assert sum(text.values()) <= MOST_BYTES, text
    assert len(visit.requests) <= MOST_REQUESTS, visit.addresses()


def test_nothing_moves_nothing_is_asked_elsewhere_and_no_cookie_is_set(visit):
    assert visit.page.evaluate("window.shifts") == 0
    assert [url for url in visit.addresses() if not url.startswith(visit.home)] == []
    assert visit.context.cookies() == []


def test_the_lead_picture_is_fetched_once_and_as_avif(visit):
    pictures = [url for url in visit.addresses() if "/media/" in url]
    assert len(pictures) == 1
    assert pictures[0].endswith(".avif")


def test_the_typeface_has_every_vietnamese_letter(visit):
    """A letter that the font has not is drawn by a fallback, here one of the same width for all letters."""
    missing = visit.page.evaluate("""async () => {
      await document.fonts.load('40px Newsreader', 'ệ');
      const draw = document.createElement('canvas').getContext('2d');
      const width = (font, letter) => { draw.font = font; return draw.measureText(letter).width; };
      const bases = 'aăâeêioôơuưy', marks = ['', '\\u0300', '\\u0301', '\\u0303', '\\u0309', '\\u0323'];
      const letters = [...bases].flatMap((base) => marks.map((mark) => (base + mark).normalize('NFC')));
      const all = [...letters, 'đ', ...letters.map((letter) => letter.toUpperCase()), 'Đ', '₫', '–', '“', '”', '…'];
      return all.filter((letter) => width('40px Newsreader, monospace', letter) === width('40px monospace', letter));
    }""")
    assert missing == []
