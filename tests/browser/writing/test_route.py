"""From the admin home, with what is on screen and no manual: rita writes, illustrates and submits a story, ed takes,
edits and returns it with a reason, rita sends it again, ed passes it on, chris schedules it.

WALK_SHOTS=folder keeps a picture of every screen on the way (docs/screenshots/desk is made so).
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from articles.days import VIETNAM
from articles.models import Article, Author, State
from tests import base, factories
from tests.browser.waiting import editor_ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("WALK_SHOTS")
IMAGE_DESCRIPTION, ARTIST = 0x010E, 0x013B  # EXIF tags
TITLE = "Mùa cam về trên đồi Mỏ Quạ"


class Walker:
    """One person at the desk, in a window of their own."""

    def __init__(self, chromium, server, name):
        self.context = chromium.new_context(base_url=server, timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN")
        self.context.set_default_timeout(30_000)
        self.page, self.problems = self.context.new_page(), []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        base.person(name)
        self.page.goto("/admin/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", base.PASSWORD)
        self.page.click("[type=submit]")

    def home(self):
        self.page.goto("/admin/")
        return self

    def open(self, words=TITLE):
        self.page.click(f"main a:has-text('{words}')")
        self.ready()
        return self

    def ready(self):
        self.page.wait_for_selector("iframe.cke_wysiwyg_frame")
        editor_ready(self.page)

    def press(self, words):
        """Press the button of these words, and see that the desk says it is done."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_selector(".messagelist .success")

    def write(self, words):
        self.page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(words)

    def shot(self, name):
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=f"{SHOTS}/{name}.png")

    def choose(self, field, words):
        """Pick an entry of an autocomplete as a person does: open it, type, press Enter on the hit."""
        self.page.click(f".field-{field} .select2-selection")
        self.page.keyboard.type(words)
        self.page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
        self.page.wait_for_timeout(400)
        self.page.keyboard.press("Enter")


@pytest.fixture
def walker(chromium, live_server, settings):
    settings.SITE_URL = live_server.url
    people = {}

    def get(name):
        if name not in people:
            people[name] = Walker(chromium, live_server.url, name)
        return people[name]

    yield get
    problems = [problem for person in people.values() for problem in person.problems]
    for person in people.values():
        person.context.close()
    assert problems == []


def state():
    return Article.objects.get().state


@pytest.fixture
def camera(tmp_path):
    """A photo as a camera leaves it, with words of its own."""
    said = Image.Exif()
    said[IMAGE_DESCRIPTION], said[ARTIST] = "Vuon cam Yen Trach vao vu.", "Ha Thu"
    file = tmp_path / "vuon-cam.jpg"
    file.write_bytes(factories.picture_bytes(size=(1200, 800), exif=said.tobytes()))
    return file


def test_a_story_goes_from_ritas_first_word_to_its_hour_by_what_is_on_screen(walker, camera):
    factories.section("Kinh tế")
    Author.objects.create(name="Hà Thu", user=base.person("rita"))
    rita = walker("rita")
    _writes_and_sends(rita, camera)
    ed = walker("ed")
    _takes_and_returns(ed)
    _amends_and_sends_again(rita)
    ed.home().open()
    ed.press("Nhận biên tập")
    ed.press("Chuyển duyệt")
    assert state() == State.REVIEW
    _schedules(walker("chris"))
    article = Article.objects.get()
    assert article.is_scheduled
    assert article.published_at.astimezone(VIETNAM).strftime("%H:%M") == "06:30"
    assert "120 tấn" in article.body
    verbs = list(article.transitions.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["submit", "take", "return", "submit", "take", "pass", "schedule"]


def _writes_and_sends(rita, camera):
    rita.shot("01-rita-home")
    rita.page.get_by_role("link", name="Viết bài mới").first.click()
    rita.ready()
    rita.page.fill("#id_title", TITLE)
    rita.page.fill("#id_lede", "Những vườn cam đầu tiên ở Yên Trạch bắt đầu cho thu hoạch.")
    rita.write("Sáng sớm, sương còn đọng trên lá.")
    rita.choose("category", "kinh te")
    rita.page.select_option("#id_ai_use", "none")
    _illustrate(rita.page, camera)
    rita.shot("02-rita-writes")
    rita.press("Gửi biên tập")
    rita.shot("03-rita-has-sent-it")
    assert state() == State.SUBMITTED
    photo = Article.objects.get().photo
    assert (photo.caption, photo.credit) == ("Vuon cam Yen Trach vao vu.", "Ha Thu")  # as the camera's file said


def _takes_and_returns(ed):
    ed.home().shot("04-ed-home")
    ed.open()
    ed.press("Nhận biên tập")
    ed.write(" Giá nhích lên.")
    ed.shot("05-ed-edits")
    with ed.page.expect_navigation():
        ed.page.get_by_role("button", name="Trả lại …").click()
    ed.page.get_by_label("Lý do").fill("Thiếu số liệu sản lượng: hỏi thêm hợp tác xã.")
    ed.shot("06-ed-returns-it-with-a-reason")
    ed.press("Trả lại")
    assert state() == State.DRAFT


def _amends_and_sends_again(rita):
    rita.home().shot("07-rita-home-with-what-was-returned")
    assert "Thiếu số liệu sản lượng" in rita.page.inner_text("main")
    rita.open()
    assert "Thiếu số liệu sản lượng" in rita.page.inner_text("form#article_form")
    rita.write(" Hợp tác xã ước đạt 120 tấn.")
    rita.shot("08-rita-amends")
    rita.press("Gửi biên tập")


def _schedules(chris):
    chris.home().shot("09-chris-home")
    chris.open()
    ahead = timezone.now().astimezone(VIETNAM) + timedelta(days=1)
    chris.page.fill("#id_published_at_0", ahead.strftime("%d/%m/%Y"))
    chris.page.fill("#id_published_at_1", "06:30")
    chris.page.keyboard.press("Tab")
    chris.shot("10-chris-sets-the-hour")
    with chris.page.expect_navigation():
        chris.page.get_by_role("button", name="Hẹn giờ đăng", exact=True).first.click()
    for box in chris.page.locator("[name^='override-']").all():
        box.fill("Tổng biên tập đã xem.")
    if "/step/" in chris.page.url:
        chris.shot("11-chris-answers-the-checks")
        chris.page.get_by_role("button", name="Hẹn giờ đăng", exact=True).click()
    chris.page.wait_for_selector(".messagelist .success")
    chris.shot("12-scheduled")
    chris.home().shot("13-chris-home-with-the-hour")


def _illustrate(page, file):
    """Upload a photo for the lead from the form itself, as a person who has it on the phone."""
    page.get_by_role("button", name="Tải ảnh lên").first.click()
    library = page.frame_locator("dialog.photo-dialog iframe")
    library.locator("input[type=file]").first.set_input_files(file)
    library.locator("[data-tiles] button[data-pk]").first.click()
    page.locator("dialog.photo-dialog").wait_for(state="hidden")
