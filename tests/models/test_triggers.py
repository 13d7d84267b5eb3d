"""What the triggers keep is what a fresh count would say, by whichever door an article changes."""

import pytest
from django.db import connection

from articles import outbox, triggers
from articles.editorial import transitions
from articles.models import Article, Byline, DayCount, DayTotal, TopicListing
from tests import factories

pytestmark = pytest.mark.django_db


def counts():
    return {(str(c.day), c.section_id): c.number for c in DayCount.objects.filter(number__gt=0)}


def times():
    found = [*Byline.objects.values_list("pk", "public_at"), *TopicListing.objects.values_list("pk", "public_at")]
    return sorted(found, key=str)


def kept():
    return counts(), times(), {(str(one.day), one.number) for one in DayTotal.objects.filter(number__gt=0)}


@pytest.fixture
def article():
    found = factories.published("2023-03-22 23:30")
    factories.signed(found)
    found.topics.add(factories.topic())
    return found


CHANGES = {
    "withdrawn": transitions.withdraw,
    "moved in time": lambda article: Article.objects.update(published_at=factories.at("2023-03-23 00:30")),
    "moved to a section": lambda article: Article.objects.update(category=factories.section("Văn hóa")),
    "deleted": lambda article: article.delete(),
    "left alone": lambda article: article.save(),
    "one of many": lambda article: factories.many(3, when=factories.at("2023-03-22 08:00")),
    "published again": lambda article: (transitions.withdraw(article), transitions.publish(article)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_kept_is_what_a_fresh_count_says(article, change):
    change(article)
    found = kept()
    triggers.count_anew(connection)
    triggers.count_totals(connection)
    assert found == kept()


def test_stories_before_dawn_and_before_midnight_count_for_their_day_in_vietnam(article):
    factories.published("2023-03-22 00:10")
    assert counts() == {("2023-03-22", article.category_id): 2}


def test_a_draft_counts_nowhere_and_its_byline_has_no_time():
    draft = factories.draft()
    factories.signed(draft)
    assert kept() == ({}, [(draft.bylines.get().pk, None)], set())


def test_a_byline_and_a_topic_of_a_published_story_bear_its_time(article):
    assert [moment for _pk, moment in times()] == [article.published_at] * 2


def test_installing_once_more_changes_nothing(article):
    triggers.install(connection)
    found = kept()
    factories.published("2023-03-22 09:00")
    assert counts() == {("2023-03-22", article.category_id): 2}
    assert times() == found[1]


def test_the_articles_of_a_section_go_along_when_it_moves():
    news = factories.section("Thời sự")
    article = factories.published(category=factories.section("Giao thông"))
    assert article.top == article.category
    article.category.parent = news
    article.category.save()
    outbox.run_due()
    article.refresh_from_db()
    assert article.top == news
    assert list(Article.objects.within(news)) == [article] == list(Article.objects.within(article.category))
