"""The board, the notices and the calendar on a phone, and the way from an assignment to its story."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editorial import transitions
from articles.models import Anniversary, Article, Assignment
from tests import base, factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Links and buttons that show and are smaller than WCAG's 24 pixels, but for those inside a line of
# text and in a table's head, which a phone does not show.
SMALL = """() => [...document.querySelectorAll('#content a, #content button, #content summary, #header a')]
  .filter((one) => one.checkVisibility() && !one.closest('thead') && getComputedStyle(one).display !== 'inline')
  .filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24)
  .map((one) => one.outerHTML.slice(0, 120))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def assignment():
    rita, ed = base.person("rita"), base.person("ed")
    story = factories.draft(title="Trạm y tế Pù Lênh có máy siêu âm", created_by=rita)
    transitions.submit(story, rita)
    transitions.send_back(story, ed, "Hỏi thêm hai sản phụ, và kiểm lại ngày máy bắt đầu hoạt động.")
    Anniversary.objects.create(name="Hôm nay", day=timezone.localtime().day, month=timezone.localtime().month)
    return Assignment.objects.create(
        title="Đường vào Pù Lênh sau đợt sạt", deadline=timezone.now() - timedelta(hours=1), person=rita,
        category=factories.section(), place="Xã Pù Lênh",
    )  # fmt: skip


def test_board_calendar_and_notices_fit_a_phone(signed_in, assignment):
    page = signed_in("rita")
    page.set_viewport_size({"width": 390, "height": 844})
    calendar = "/admin/articles/assignment/lich/"
    month = f"{calendar}?thang={timezone.localtime():%Y-%m}"
    for address in ("/admin/", "/admin/notices/", calendar, month, "/admin/articles/assignment/"):
        page.goto(address)
        assert [address, page.evaluate(WIDER), page.evaluate(SMALL)] == [address, 0, []]


def test_from_the_board_by_keyboard_to_the_story_of_an_assignment(signed_in, assignment):
    page = signed_in("rita")
    page.goto("/admin/")
    page.get_by_role("region", name="Đề tài đến hạn").get_by_role("link", name=assignment.title).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Viết bài từ đề tài này").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/article/*/change/")
    assert page.input_value("#id_title") == assignment.title
    assert Article.objects.get(assignment=assignment).created_by == base.person("rita")
