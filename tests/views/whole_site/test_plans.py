"""How the database finds what a page shows: by the index of the list, and never by reading or sorting a table."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Byline, TopicListing
from tests import factories

pytestmark = pytest.mark.django_db

# Half of all is in a section that died years ago, one section has five stories, the newest author has most of all.
PAGES = {
    "/": "article_public_top",
    "/da-dong/": "article_public_top",
    "/da-dong/?truoc={deep}": "article_public_top",
    "/tin-nho/": "article_public_top",
    "/nong-nghiep/": "article_public_section",
    "/nong-nghiep/?truoc={newest}": "article_public_section",
    "/rss/": "published_at",
    "/da-dong/rss/": "article_public_top",
    "/ngay/2020/01/15/": "published_at",
    "/da-dong/ngay/2010/01/05/": "article_public_top",
    "/tac-gia/ha-thu/": "byline_public",
    "/tac-gia/ha-thu/?truoc={deep}": "byline_public",
    "/tac-gia/ha-thu/rss/": "byline_public",
    "/chu-de/nong-thon-moi/": "topic_public",
    "/chu-de/nong-thon-moi/?truoc={deep}": "topic_public",
    "{article}": "article_public_section",
    "/sitemap.xml": "articles_daytotal",
    "/sitemap-2020-01.xml": "published_at",
    "/sitemap-pages.xml": "byline_public",
}
BIG = r"(articles_article|articles_byline|articles_article_topics)"
WHOLE = {
    "postgresql": re.compile(rf"Seq Scan on {BIG}\b"),
    "sqlite": re.compile(rf"\bSCAN {BIG}\b(?! USING INDEX article_desk\b)"),  # in its order, as far as the LIMIT
}
SORTED = re.compile(r"Sort  \(cost=\S+ rows=(\d+)")  # PostgreSQL says of how many
MOST_SORTED = 700  # the stories among which the front page chooses


@pytest.fixture
def archive():
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    rows = factories.many(
        3000, when="2010-01-01 08:00", apart=timedelta(hours=2), category=factories.section("Đã đóng")
    )
    rows += factories.many(2000, when="2019-01-01 08:00", apart=timedelta(hours=9), category=child)
    rows += factories.many(1000, when="2019-01-01 08:00", apart=timedelta(hours=18), category=child.parent)
    rows += factories.many(5, when="2015-01-01 08:00", category=factories.section("Tin nhỏ"))
    author, topic = factories.author("Hà Thu"), factories.topic("Nông thôn mới")
    rare = factories.author("Bùi Minh")
    Byline.objects.bulk_create(Byline(article=row, author=author if row.pk % 9 else rare) for row in rows)
    Article.topics.through.objects.bulk_create(Article.topics.through(article=row, topic=topic) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"deep": rows[40].pk, "newest": rows[4990].pk, "article": rows[4500].get_absolute_url()}


def plans(client, address):
    """What the database says of each query of a page that reads articles, what ties them, or their counts."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    word = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            sql = query["sql"]
            if re.search(rf"{BIG}|articles_day(count|total)", sql) and "articles_sitesettings" not in sql:
                cursor.execute(f"{word} {sql}".replace("%", "%%"), [])
                yield "\n".join(row[-1] for row in cursor.fetchall())


def test_every_list_finds_its_place_in_an_index(stranger, archive):
    assert TopicListing.objects.public().count() == 6005
    for page, index in PAGES.items():
        found = list(plans(stranger, page.format(**archive)))
        assert any(re.search(index, plan) for plan in found), (page, found)
        for plan in found:
            assert not WHOLE[connection.vendor].search(plan), (page, plan)
            assert all(int(rows) <= MOST_SORTED for rows in SORTED.findall(plan)), (page, plan)
