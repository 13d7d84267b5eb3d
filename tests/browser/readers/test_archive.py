"""The day archive in a browser: typed dates, keys alone, small screens."""

import pytest

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("typed", ["22/03/2023", "22032023", "2023-03-22"])
def test_a_day_is_typed_as_vietnam_writes_it_and_sent_by_the_enter_key(page, typed):
    factories.published("2023-03-22 08:00", title="Tin ngày 22")
    page.goto("/")
    page.fill("input[name=ngay]", typed)
    page.press("input[name=ngay]", "Enter")
    page.wait_for_url("**/ngay/2023/03/22/")
    assert "Tin ngày 22" in page.inner_text("main")


def test_a_day_is_chosen_in_the_calendar(page):
    factories.published("2023-03-22 08:00", title="Tin ngày 22")
    page.goto("/ngay/2023/03/22/")
    page.click(".archive-form .archive-calendar")
    page.wait_for_url("**/ngay/2023/03/")
    page.click("a:has(.calendar-day)")
    page.wait_for_url("**/ngay/2023/03/22/")


def test_the_scope_is_narrowed_and_the_order_stays(page):
    factories.published("2023-03-22 08:00", title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    factories.published("2023-03-22 09:00", title="Trường mới", category=factories.section("Xã hội"))
    page.goto("/ngay/2023/03/22/?xep=muc")
    page.select_option("#scope-muc", "kinh-te")
    page.click(".archive-scope button")
    page.wait_for_url("**/kinh-te/ngay/2023/03/22/?xep=muc")
    assert "Trường mới" not in page.inner_text("main")


@pytest.mark.parametrize("width", [320, 390, 768, 1920])
def test_no_page_of_the_archive_or_the_search_scrolls_sideways(page, width):
    factories.many(30, when="2023-03-22 08:00", title="Một tiêu đề dài " * 8)
    factories.published("2020-03-22 08:00", title="x" * 100)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ["/ngay/2023/03/22/?xep=muc", "/ngay/2023/03/", "/ngay/2023/", "/tim-kiem/?q=tieu+de&tu=31/02/2020"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
