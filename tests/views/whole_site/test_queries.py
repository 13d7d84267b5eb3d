"""What each page asks of the database: as few queries for fifty articles as for one."""

import pytest
from django.db import connection

from articles.models import Byline
from articles.readers import ranking
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

# Masthead, sections and pages of the footer are one query on every page. An article: itself, all that hangs on it, its
# companions, other news, and the pictures of its text where it has some. A day: its stories, its month, its earlier
# years, and the day behind, which the month does not tell. The front page: placements, which stories, their cards,
# topics, corrections. A section: placements, stories. What is read most was added up before, and is nothing.
QUERIES = {
    "/": 6,
    "/kinh-te/": 3,
    "/nong-nghiep/": 3,
    "/kinh-te/?truoc={pk}": 3,
    "/nong-nghiep/bai-nay-{pk}/": 6,
    "/ngay/2023/03/22/": 5,
    "/kinh-te/ngay/2023/03/22/": 5,
    "/ngay/2023/03/": 4,
    "/kinh-te/ngay/2023/03/": 4,
    "/ngay/?ngay=22/03/2023": 0,
    # Few hits are put in order by their texts, many by a query a tier; PostgreSQL asks of the newest years first.
    "/tim-kiem/?q=tin": {"sqlite": {1: 4, 50: 5}, "postgresql": {1: 5, 50: 6}},
    "/tim-kiem/": 1,
    "/tac-gia/ha-thu/": 3,
    "/rss/": 4,
    "/kinh-te/rss/": 4,
    "/khong-co/": 2,  # the second: is it an old address?
    "/healthz": 0,
    "/readyz": {"sqlite": {1: 1, 50: 1}, "postgresql": {1: 2, 50: 2}},  # there the clock too
}


@pytest.mark.parametrize("address", QUERIES)
@pytest.mark.parametrize("articles", [1, 50])
def test_a_page_asks_as_often_for_fifty_articles_as_for_one(stranger, django_assert_num_queries, address, articles):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    photo = factories.photo_without_files()
    body = f'<figure class="image"><img src="{photo.url}" alt="x"></figure><p>Chữ.</p>' * articles
    rows = factories.many(articles, when="2023-03-22 08:00", category=child, photo=photo)
    rows += factories.many(articles, when="2023-03-21 08:00", category=child.parent)
    article = factories.published("2023-03-22 23:00", title="Bài này", category=child, photo=photo, body=body)
    author = factories.author("Hà Thu")
    Byline.objects.bulk_create(Byline(article=row, author=author) for row in [article, *rows])
    for order, row in enumerate(rows):
        factories.link(article, row, order=order)
    assert connection.features.supports_json_field  # asks SQLite itself, the first time
    ranking.lists([24, 168], 1)
    expected = QUERIES[address]
    with django_assert_num_queries(expected[connection.vendor][articles] if isinstance(expected, dict) else expected):
        response = stranger.get(address.format(pk=article.pk))
    assert response.status_code in {200, 302} or address == "/khong-co/"


def test_a_preview_asks_the_page_and_who_is_asking(desk, django_assert_max_num_queries):
    client, article = desk("ed"), factories.draft()
    with django_assert_max_num_queries(11):  # two of them: in which sections an editor works
        client.get(f"/xem-truoc/{article.pk}/")


def test_many_sections_cost_no_more_queries(stranger, django_assert_num_queries):
    for number in range(60):
        factories.many(3, category=factories.section(f"Mục số {number}"))
    ranking.lists([24, 168], 1)
    with django_assert_num_queries(6):
        stranger.get("/")
