"""`kill -9` of the browser while somebody types: never more than five seconds are lost. `make drills` does it often."""

import pytest

from tests import base, factories
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.writing import killing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 5  # seconds


@pytest.mark.parametrize("local_only", [False, True], ids=["with the server", "by the machine alone"])
def test_a_killed_browser_loses_five_seconds_at_most(chromium, live_server, tmp_path, local_only):
    article = factories.draft(created_by=base.person("rita"), body="<p>Mở đầu.</p>")
    browser = (chromium.browser_type, tmp_path / "profile", live_server.url, article, CHROMIUM, FLAGS)
    assert killing.seconds_lost(*browser, local_only=local_only) <= MOST
