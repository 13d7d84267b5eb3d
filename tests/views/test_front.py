import pytest
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_front_page_shows_the_newest_story_first(stranger):
    factories.published(title="Tin cũ", when="2023-03-21 08:00")
    factories.published(title="Tin mới", when="2023-03-22 08:00")
    html = stranger.get("/").content.decode()
    assert html.index("Tin mới") < html.index("Tin cũ")
