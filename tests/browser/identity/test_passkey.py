"""A passkey in a real browser, with Chromium's own authenticator: made, used, and no good in a copy."""

import re

import pytest

from articles.models import Passkey
from tests import base

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def authenticator(page):
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})


def sign_in(page, name):
    page.goto("/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", base.PASSWORD)
    page.click("[type=submit]")


def test_a_passkey_is_made_and_opens_the_desk_the_next_time(page, settings, authenticator):
    settings.DEMO = False
    chris = base.person("chris")
    sign_in(page, "chris")
    page.wait_for_url("**/admin/enrol/**")
    page.fill("#passkey-name", "Máy của tòa soạn")
    page.click("[data-passkey=add]")
    page.wait_for_url("**/admin/codes/")
    page.click("#codes_form [type=submit]")
    assert len(re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", page.inner_text(".door-codes"))) == 10
    page.click("text=Tôi đã cất mã")
    page.wait_for_url("**/admin/")
    page.click("#logout-form button")
    page.wait_for_selector("text=Đăng nhập lại")
    sign_in(page, "chris")
    page.wait_for_url("**/admin/verify/**")
    page.click("[data-passkey=use]")
    page.wait_for_url("**/admin/")
    found = Passkey.objects.get(user=chris)
    assert (found.name, found.count > 0, found.used_at is not None) == ("Máy của tòa soạn", True, True)

    # A copy of the key, whose count is behind
    Passkey.objects.update(count=10_000)
    page.context.clear_cookies()
    sign_in(page, "chris")
    page.wait_for_url("**/admin/verify/**")
    page.click("[data-passkey=use]")
    page.wait_for_selector("[data-passkey-problem]:not([hidden])")
    assert "không được chấp nhận" in page.inner_text("[data-passkey-problem]")
    assert page.goto("/admin/articles/article/").url.split("?")[0].endswith("/admin/verify/")
    page.problems[:] = [text for text in page.problems if "403" not in text]
