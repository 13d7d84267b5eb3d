"""The board in a real browser: dragging with the mouse, the keyboard, a search that keeps what was placed."""

import pytest

from articles.models import Placement
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARD = "/admin/articles/placement/"


@pytest.fixture
def board(signed_in):
    page = signed_in("ed")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(BOARD)
    return page


@pytest.fixture
def stories():
    return factories.many(3)


def drag(page, source, target):
    source.scroll_into_view_if_needed()
    begin, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(begin["x"] + 10, begin["y"] + 10)
    page.mouse.down()
    page.mouse.move(begin["x"] - 30, begin["y"] + 30, steps=4)
    page.mouse.move(end["x"] + 80, end["y"] + 20, steps=6)
    page.mouse.up()


def story(page, article):
    return page.locator(f'.story[data-article="{article.pk}"]')


def saved(page):
    page.click(".board-bar button:first-child")
    page.wait_for_load_state()
    return [(pin.place, pin.article) for pin in Placement.objects.current().order_by("pk")]


def test_a_story_is_dragged_into_a_place_and_from_there_into_another(stories, board):
    drag(board, story(board, stories[0]).locator(".story-title"), board.locator("#slot-lead-0"))
    assert board.locator("#slot-lead-0 .pin").count() == 1
    drag(board, board.locator(".pin .pin-handle"), board.locator("#slot-secondary-0"))
    assert saved(board) == [("secondary-0", stories[0])]


def test_dropped_beside_every_place_nothing_happens(stories, board):
    drag(board, story(board, stories[0]).locator(".story-handle"), board.locator("#content h1"))
    assert board.locator("#board_form .pin").count() == 0


def test_a_story_is_placed_with_the_keyboard_alone(stories, board):
    story(board, stories[1]).locator("select").focus()
    board.keyboard.press("ArrowDown")  # from the lead to the first of the secondary stories
    board.keyboard.press("Tab")
    board.keyboard.press("Enter")
    assert saved(board) == [("secondary-0", stories[1])]


def test_the_arrows_change_two_places(stories, board):
    for article, place in ((stories[0], "secondary-0"), (stories[1], "secondary-1")):
        story(board, article).locator("select").select_option(place)
        story(board, article).locator("button[name=_place]").click()
    board.click("#slot-secondary-1 .slot-moves button:first-child")
    assert dict(saved(board)) == {"secondary-1": stories[0], "secondary-0": stories[1]}


def test_a_search_keeps_what_was_placed(stories, board):
    wanted = factories.published(title="Đường sắt mới")
    story(board, stories[0]).locator("button[name=_place]").click()
    board.fill(".stories-search input[type=search]", "duong sat")
    board.press(".stories-search input[type=search]", "Enter")
    story(board, wanted).wait_for()
    assert board.locator(".story").count() == 1
    assert board.locator("#slot-lead-0 .pin").count() == 1


def test_the_preview_opens_beside_the_board_and_nothing_is_saved(stories, board):
    story(board, stories[0]).locator("button[name=_place]").click()
    with board.context.expect_page() as opened:
        board.click(".board-bar button:nth-child(2)")
    assert opened.value.locator(".card-lead h2").inner_text() == stories[0].title
    assert Placement.objects.count() == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_board_fits_the_window(stories, board, width):
    factories.placement(stories[0])
    board.set_viewport_size({"width": width, "height": 800})
    board.goto(BOARD)
    assert board.evaluate("document.documentElement.scrollWidth") <= width
