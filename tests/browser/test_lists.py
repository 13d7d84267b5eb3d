"""The article list in a browser: choosing many, doing it in parts with progress, addresses without empty boxes."""

import pytest

from articles.editorial import transitions
from articles.models import Article
from tests import base, factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/articles/article/"


def submitted(number):
    for place in range(number):
        article = factories.draft(title=f"Tin chờ số {place}", created_by=base.person("rita"))
        transitions.submit(article, base.person("rita"))


def ask(page, act):
    page.select_option("#bulk-act", act)
    page.click(".bulk-bar button")
    page.wait_for_selector("form.bulk")


def test_many_are_done_ten_at_a_time_and_each_refusal_stands_beside_its_article(signed_in):
    submitted(23)
    page = signed_in("ed")
    page.goto(f"{LIST}?state=submitted")
    page.check(".choose-all input")
    assert page.inner_text(".bulk-count") == "23 / 23"
    ask(page, "return")
    taken = Article.objects.get(title="Tin chờ số 5")
    chris = base.person("chris")
    transitions.take(taken, chris), transitions.pass_on(taken, chris)  # in the meantime
    sent = []
    page.on("request", lambda request: sent.append(request.post_data.count('"chosen"')) if request.post_data else None)
    page.fill("#bulk-note", "Thiếu nguồn tin.")
    page.click("button[name=do]")
    page.wait_for_selector("button[name=do]", state="hidden")
    assert sent == [10, 10, 3]
    assert Article.objects.filter(is_returned=True).count() == 22
    assert "Chờ duyệt" in page.inner_text("li.refused .bulk-said")
    assert page.locator("li.done").count() == 22


def test_after_a_broken_line_the_same_button_carries_on_with_the_rest(signed_in):
    submitted(13)
    page = signed_in("ed")
    page.goto(f"{LIST}?state=submitted")
    page.check(".choose-all input")
    ask(page, "take")
    broken = []

    def second_breaks(route):
        broken.append(route)
        return route.abort() if len(broken) == 2 else route.continue_()

    page.route("**/hang-loat/", second_breaks)
    page.click("button[name=do]")
    page.wait_for_selector(".bulk-problem", state="visible")
    assert Article.objects.filter(state="editing").count() == 10
    page.click("button[name=do]")
    page.wait_for_selector("button[name=do]", state="hidden")
    assert page.is_hidden(".bulk-problem")
    assert Article.objects.filter(state="editing").count() == 13
    page.problems[:] = [problem for problem in page.problems if "ERR_FAILED" not in problem]


def test_the_filter_form_sends_no_empty_boxes_and_shift_chooses_a_stretch(signed_in):
    submitted(5)
    page = signed_in("ed")
    page.goto(LIST)
    page.click(".list-filters summary")
    page.check("input[name=state][value=submitted]")
    page.click(".filter-foot button")
    page.wait_for_url("**/?clock=published&state=submitted")
    boxes = page.locator(".choose-one")
    boxes.nth(0).check()
    boxes.nth(3).click(modifiers=["Shift"])
    assert page.inner_text(".bulk-count") == "4 / 5"


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_the_lists_scrolls_sideways(signed_in, width):
    submitted(3)
    factories.signed(factories.published(title="Một tiêu đề dài " * 12), "Hà Thu")
    page = signed_in("ed")
    page.set_viewport_size({"width": width, "height": 800})
    for path in (LIST, f"{LIST}?state=bay&author=...", f"{LIST}so-tin/?day_from=2023-03-01"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
