"""What the scripts of an article page do: larger text, sharing, players. Without them all of it can be read."""

import pytest

from tests import factories
from tests.browser.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLUMN = "document.querySelector('.body').getBoundingClientRect()"
SIZE = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"


def opened(page, **fields):
    article = factories.published(**fields)
    page.goto(article.get_absolute_url(), wait_until="networkidle")
    return article


def test_larger_text_is_kept_for_the_next_page(page):
    opened(page)
    before = page.evaluate(SIZE)
    page.click(".textsize [data-size='3']")
    larger = page.evaluate(SIZE)
    page.reload(wait_until="networkidle")
    assert page.evaluate(SIZE) == larger > before
    assert page.get_attribute(".textsize [data-size='3']", "aria-pressed") == "true"


def test_a_copied_link_is_said_aloud(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    article = opened(page)
    page.click(".share-copy")
    page.wait_for_selector(".share-status:not(:empty)")
    assert page.evaluate("navigator.clipboard.readText()").endswith(article.get_absolute_url())


def test_without_a_clipboard_the_address_is_shown(page):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    article = opened(page)
    page.click(".share-copy")
    page.wait_for_selector(".share-status:not(:empty)")
    assert article.get_absolute_url() in page.inner_text(".share-status")


def test_the_buttons_of_scripts_are_not_there_without_scripts(chromium, live_server):
    article = factories.published()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(article.get_absolute_url(), wait_until="networkidle")
    seen = [page.is_visible(name) for name in (".textsize", ".share-copy", ".share-print", ".share a")]
    context.close()
    assert seen == [False, False, False, True]


def test_a_player_asks_its_provider_only_when_it_is_pressed(page):
    page.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="<p>phim</p>"))
    opened(page, body="<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>")
    assert page.problems == []  # no request that left the site
    before = page.evaluate("document.querySelector('.player').getBoundingClientRect().height")
    page.click(".player-link")
    page.wait_for_selector(".player iframe[title]")
    page.frame_locator(".player iframe").locator("p").wait_for()
    assert page.evaluate("document.querySelector('.player').getBoundingClientRect().height") == before
    assert {url.split("/")[2] for url in page.problems} == {"www.youtube-nocookie.com"}
    page.problems.clear()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_wide_table_scrolls_in_its_box_and_the_page_does_not(page, width):
    cells = "".join(f"<td>Cột số {number}</td>" for number in range(30))
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, body=f"<table><tbody><tr>{cells}</tr></tbody></table><p>{'dài' * 200}</p>")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.focus(".table-box")
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.table-box').scrollLeft > 0")


def test_a_line_is_no_longer_than_the_eye_likes(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    opened(page, body=f"<p>{'chữ ' * 300}</p>")
    letters = page.evaluate(f"{COLUMN}.width / ({SIZE} * 0.5)")
    assert 45 <= letters <= 85
