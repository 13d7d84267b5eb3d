import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def shown(client):
    """The titles of the cards, in the page's order."""
    html = client.get("/").content.decode()
    return re.findall(r'<article class="card.*?<h[23]><a [^>]*>(.*?)</a>', html, flags=re.DOTALL)


def test_the_front_page_shows_the_newest_story_first(stranger):
    factories.published(title="Tin cũ", when="2023-03-21 08:00")
    factories.published(title="Tin mới", when="2023-03-22 08:00")
    html = stranger.get("/").content.decode()
    assert html.index("Tin mới") < html.index("Tin cũ")


def test_the_newest_story_with_a_picture_leads_the_page(stranger):
    factories.published(title="Có ảnh", when="2023-03-21 08:00", photo=factories.photo_without_files())
    factories.published(title="Không ảnh", when="2023-03-22 08:00")
    assert shown(stranger) == ["Có ảnh", "Không ảnh"]


def test_a_site_without_sections_says_that_nothing_was_published(stranger):
    response = stranger.get("/")
    assert response.status_code == 200
    assert 'class="nothing"' in response.content.decode()


@pytest.mark.parametrize("count", [0, 1, 3, 100])
def test_any_number_of_articles_makes_a_page_without_repeats(stranger, count):
    for name in ("Kinh tế", "Xã hội", "Văn hóa"):
        factories.many(count, category=factories.section(name))
    titles = shown(stranger)
    assert len(titles) == len(set(titles))
    assert len(titles) == min(3 * count, 13 + 3 * 4)  # 5 on top, 8 in the stream, 4 in each of three blocks


def test_a_section_whose_news_is_all_on_top_has_older_news_in_its_block(stranger):
    factories.many(30, when="2023-03-20 08:00")
    html = stranger.get("/").content.decode()
    assert 'id="block-kinh-te"' in html
    assert len(shown(stranger)) == 13 + 4


def test_news_of_a_sub_section_stands_in_the_block_of_its_section(stranger):
    factories.many(13, when="2024-01-01 08:00", category=factories.section("Xã hội"))
    factories.published(title="Lúa trổ", category=factories.subsection("Nông nghiệp", "Kinh tế"))
    html = stranger.get("/").content.decode()
    assert html.index('id="block-kinh-te"') < html.index("Lúa trổ")
    assert 'id="block-nong-nghiep"' not in html


def test_a_quiet_section_keeps_its_block_when_others_are_busy(stranger):
    factories.published(title="Tin năm ngoái", when="2022-01-01 08:00", category=factories.section("Văn hóa"))
    factories.many(200)
    assert "Tin năm ngoái" in shown(stranger)


def test_a_fact_that_nobody_entered_is_not_invented(stranger):
    html = stranger.get("/").content.decode()
    assert html.count('class="placeholder"') >= 3
