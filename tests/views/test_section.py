from datetime import timedelta

import pytest
from django.utils import timezone

from articles import frontpage
from articles.models import Placement, ReadCount
from articles.readers import ranking
from tests import factories

from .test_front import html_of, pinned, shown
from .whole_site.test_lists import titles, walked

pytestmark = pytest.mark.django_db


def test_the_head_of_a_section_is_the_newest_with_a_picture_first(stranger):
    factories.published("2023-03-21 08:00", title="Có ảnh", photo=factories.photo_without_files())
    factories.published("2023-03-22 08:00", title="Không ảnh")
    assert shown(stranger, "/kinh-te/") == ["Có ảnh", "Không ảnh"]


def test_a_story_placed_on_the_section_leads_it_and_only_it(stranger):
    old, *_others = factories.many(8)
    pinned(old, section=old.category)
    assert shown(stranger, "/kinh-te/")[0] == old.title
    assert shown(stranger)[0] != old.title


def test_an_old_story_at_the_head_is_neither_lost_nor_listed_again_on_a_later_page(stranger):
    articles = factories.many(45)
    pinned(articles[0], section=articles[0].category)
    links = [link for page in walked(stranger, "/kinh-te/") for link in page]
    assert links[0] == articles[0].get_absolute_url()
    assert len(links) == len(set(links)) == 45


def test_the_first_page_is_as_long_as_the_others_head_and_all(stranger):
    factories.many(45)
    assert [len(page) for page in walked(stranger, "/kinh-te/")] == [20, 20, 5]


def test_a_later_page_only_lists(stranger):
    articles = factories.many(45)
    html = html_of(stranger, f"/kinh-te/?truoc={articles[20].pk}")
    assert "front-lead" not in html
    assert articles[19].title in html


def test_a_cursor_near_the_newest_lists_what_is_behind_it(stranger):
    articles = factories.many(3)
    assert titles(stranger, f"/kinh-te/?truoc={articles[2].pk}") == [articles[1].title, articles[0].title]


def test_a_withdrawn_story_leaves_the_head_of_its_section(stranger):
    gone = factories.withdrawn(title="Bài đã gỡ")
    pinned(gone, section=gone.category)
    newest = factories.published(title="Tin mới")
    assert titles(stranger, "/kinh-te/") == [newest.title]


def test_the_placements_of_a_deleted_section_go_with_it(stranger):
    section = factories.section("Mục cũ")
    pinned(factories.published(), section=section)
    section.delete()
    assert Placement.objects.count() == 0
    assert stranger.get("/").status_code == 200


def test_a_section_links_its_sub_sections_and_shows_its_own_most_read(stranger):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    for place, section in enumerate([child, factories.section("Xã hội")]):
        article = factories.published(title=f"Đọc nhiều {place}", category=section)
        ReadCount.objects.create(article=article, hour=hour, reads=3)
    html = html_of(stranger, "/kinh-te/")
    assert 'href="/nong-nghiep/"' in html
    most_read = html.split('id="most-read-heading"')[1]
    assert "Đọc nhiều 0" in most_read
    assert "Đọc nhiều 1" not in most_read


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_section_with_hardly_any_news_is_a_whole_page(stranger, count):
    factories.many(count, category=factories.section())
    html = html_of(stranger, "/kinh-te/")
    assert html.count("<h1") == 1
    assert html.count('<article class="card') == count
    assert ('class="nothing"' in html) is (count == 0)


@pytest.mark.parametrize("count", [2, 60])
def test_a_section_asks_the_same_few_questions_however_much_there_is(stranger, django_assert_num_queries, count):
    articles = factories.many(count)
    for article in articles[1:]:
        pinned(article, "secondary", 1, section=article.category)
    ranking.most_read(168, 1)
    for page, queries in (("", 3), (f"?truoc={articles[1].pk}", 4)):  # the placements, what they place, the list
        with django_assert_num_queries(queries):
            stranger.get(f"/kinh-te/{page}")


def test_the_head_holds_as_many_as_the_desk_can_place(stranger):
    factories.many(30)
    assert (
        html_of(stranger, "/kinh-te/").split('class="section-rest"')[0].count('<article class="card') == frontpage.TOP
    )
