"""The beacon in a real browser: once, after five seconds on the screen."""

import pytest
from django.core.cache import cache

from articles.models import ReadCount
from articles.readers.buffer import buffer
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture
def reader(chromium, live_server):
    """A page whose clock the test moves; `sent` holds the beacons."""
    cache.clear()
    context = chromium.new_context(base_url=live_server.url, user_agent=PHONE)
    page = context.new_page()
    page.sent = []
    page.on("request", lambda request: page.sent.append(request.method) if "/dem/" in request.url else None)
    page.clock.install()
    yield page
    context.close()
    buffer.reset()


def read(page, article, seconds):
    page.goto(article.get_absolute_url())
    page.clock.run_for(seconds * 1000)


def test_five_seconds_on_the_screen_are_a_read(reader):
    article = factories.published()
    with reader.expect_response(lambda response: "/dem/" in response.url) as caught:
        read(reader, article, 5)
    assert caught.value.status == 204
    buffer.flush()
    assert ReadCount.objects.get().reads == 1
    assert reader.context.cookies() == []


def test_less_is_none(reader):
    read(reader, factories.published(), 4)
    assert reader.sent == []


def test_a_reload_sends_nothing_more(reader):
    article = factories.published()
    for _time in range(2):
        read(reader, article, 60)
    assert reader.sent == ["POST"]


def test_time_in_the_background_does_not_count(reader):
    article = factories.published()
    reader.add_init_script("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
    read(reader, article, 60)
    assert reader.sent == []
