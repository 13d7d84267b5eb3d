"""Who counts as a reader, and what the counts say."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from articles.models import ReadCount
from articles.readers import ranking, reads
from tests import factories

PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo/1.0"
NOW = factories.at("2023-03-22 10:30")


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    yield
    reads.buffer.reset()
    cache.clear()


# Who counts


@pytest.mark.parametrize(
    "name",
    ["", "Googlebot/2.1", "facebookexternalhit/1.1", "curl/8.0", "python-requests/2", "HeadlessChrome/120", "Wget/1",
     "Mozilla/5.0 (compatible; bingbot/2.0)", "Baiduspider", "Yahoo! Slurp", "ZaloPCPreview"],
)  # fmt: skip
def test_a_program_is_no_reader(name):
    assert reads.count(1, "10.0.0.1", name) is False


@pytest.mark.parametrize("name", [PHONE, "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 7) Chrome/99", "Opera/9.80"])
def test_a_browser_is_a_reader(name):
    assert reads.count(1, "10.0.0.1", name) is True


def test_a_reader_counts_once_for_each_article():
    assert [reads.count(pk, "10.0.0.1", PHONE) for pk in (1, 1, 2, 1)] == [True, False, True, False]


def test_two_browsers_and_two_addresses_are_different_readers():
    readers = [("10.0.0.1", PHONE), ("10.0.0.2", PHONE), ("10.0.0.1", "Opera/9.80")]
    assert [reads.count(1, *reader) for reader in readers] == [True] * 3


def test_one_address_counts_so_often_a_minute_and_no_more():
    counted = [reads.count(pk, "10.0.0.1", PHONE) for pk in range(1, reads.READS.most + 3)]
    assert counted == [True] * reads.READS.most + [False, False]
    assert reads.count(1, "10.0.0.2", PHONE)


def test_neither_address_nor_browser_is_kept():
    reads.count(1, "10.20.30.40", PHONE)
    kept = repr(vars(cache._cache if hasattr(cache, "_cache") else cache)) + repr(reads.buffer._counts)
    assert "10.20.30.40" not in kept
    assert "Android" not in kept


@pytest.mark.parametrize("pk", [2**63, 10**40])
def test_a_number_that_no_article_can_have_counts_nothing(pk):
    assert reads.count(pk, "10.0.0.1", PHONE) is False


# What is read most


@pytest.fixture
def most(db):
    return lambda hours=24, limit=10, **more: ranking.most_read(hours, limit, at=NOW, **more)


def test_the_most_read_stands_first(most):
    few, many = factories.published(), factories.published()
    factories.reads(few, 2, "2023-03-22 09:00")
    factories.reads(many, 2, "2023-03-22 08:00")
    factories.reads(many, 1, "2023-03-22 09:00")
    assert [(article, article.read_total) for article in most()] == [(many, 3), (few, 2)]


def test_of_equals_the_newest_stands_first(most):
    old, new = factories.published("2023-03-21 08:00"), factories.published("2023-03-22 08:00")
    factories.reads(new, 1, "2023-03-22 09:00")
    factories.reads(old, 1, "2023-03-22 09:00")
    assert most() == [new, old]
    assert most(limit=1) == [new]


def test_only_the_hours_asked_for_count(most):
    article, older = factories.published("2023-03-01 08:00"), factories.published("2023-03-01 08:00")
    factories.reads(article, 1, "2023-03-21 11:00")
    factories.reads(older, 9, "2023-03-21 10:00")
    assert most() == [article]
    assert most(hours=168) == [older, article]


def test_what_readers_may_not_see_is_not_among_the_most_read(most):
    gone, later = factories.withdrawn(), factories.published("2023-03-22 11:00")
    for article in (gone, later, factories.draft()):
        factories.reads(article, 5, "2023-03-22 09:00")
    assert most() == []


def test_the_most_read_of_a_section(most):
    inside = factories.published(category=factories.section("Văn hóa"))
    for article in (inside, factories.published()):
        factories.reads(article, 5, "2023-03-22 09:00")
    assert most(section=inside.category) == [inside]
    assert most(section=factories.section("Xã hội")) == []


def test_the_most_read_of_now_is_added_up_once_in_five_minutes(db, clock, django_assert_num_queries):
    clock(NOW)
    article = factories.published()
    factories.reads(article, 3, "2023-03-22 09:00")
    assert ranking.most_read(24, 5) == [article]
    factories.reads(factories.published(), 9, "2023-03-22 09:00")
    with django_assert_num_queries(1):
        assert ranking.most_read(24, 5) == [article]
    clock(NOW + ranking.STEP)
    assert len(ranking.most_read(24, 5)) == 2


def test_what_is_withdrawn_meanwhile_is_not_among_the_most_read(db, clock):
    clock(NOW)
    gone, other = factories.many(2)
    for article in (gone, other):
        factories.reads(article, 3, "2023-03-22 09:00")
    assert len(ranking.most_read(24, 5)) == 2
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn")
    assert ranking.most_read(24, 5) == [other]


def test_a_sub_section_and_its_section_have_their_own_most_read(most):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    below, above = factories.published(category=child), factories.published(category=child.parent)
    factories.reads(below, 5, "2023-03-22 09:00")
    factories.reads(above, 7, "2023-03-22 09:00")
    assert most(section=child) == [below]
    assert most(section=child.parent) == [above, below]


@pytest.mark.parametrize("number", [1, 12])
def test_the_most_read_is_two_queries_with_all_a_card_shows(most, django_assert_num_queries, number):
    for article in factories.many(number, photo=factories.photo_without_files()):
        factories.reads(article, 1, "2023-03-22 09:00")
    with django_assert_num_queries(2):
        assert len([article.get_absolute_url() + article.photo.caption + article.lede for article in most()]) > 0


# Figures


def test_totals_of_several_periods(db):
    article = factories.published()
    for hour, number in (("2023-03-22 10:00", 1), ("2023-03-20 10:00", 2), ("2023-03-01 10:00", 4)):
        factories.reads(article, number, hour)
    assert reads.totals([24, 168, 720], at=NOW) == {24: 1, 168: 3, 720: 7}


def test_days_are_those_of_vietnam_and_a_day_without_a_read_is_0(db):
    article = factories.published()
    for hour, number in (("2023-03-20 00:00", 1), ("2023-03-20 23:00", 2), ("2023-03-22 00:00", 4)):
        factories.reads(article, number, hour)
    assert reads.by_day(3, at=NOW) == [(date(2023, 3, 20), 3), (date(2023, 3, 21), 0), (date(2023, 3, 22), 4)]
    assert reads.by_day(1, article=factories.published(), at=NOW) == [(date(2023, 3, 22), 0)]


def test_hours_of_an_article(db):
    article = factories.published()
    factories.reads(article, 5, "2023-03-22 10:00")
    factories.reads(article, 9, "2023-03-22 08:00")
    assert reads.by_hour(2, article, at=NOW) == [
        (factories.at("2023-03-22 09:00"), 0),
        (factories.at("2023-03-22 10:00"), 5),
    ]


def test_sections_by_their_reads(db):
    culture, economy = factories.section("Văn hóa"), factories.section("Kinh tế")
    factories.reads(factories.published(category=economy), 1, "2023-03-22 09:00")
    factories.reads(factories.published(category=culture), 3, "2023-03-22 09:00")
    assert reads.by_section(24, at=NOW) == [(culture.pk, 3), (economy.pk, 1)]


# Old hours


def test_old_hours_become_one_row_a_day_and_nothing_is_lost(db):
    article, other = factories.published(), factories.published()
    for hour, number in (("2023-01-05 00:00", 1), ("2023-01-05 07:00", 2), ("2023-01-06 23:00", 4)):
        factories.reads(article, number, hour)
    factories.reads(other, 8, "2023-01-05 09:00")
    recent = factories.reads(article, 16, "2023-03-21 09:00")
    assert reads.fold(at=NOW) == 2
    assert set(ReadCount.objects.values_list("article", "hour", "reads")) == {
        (article.pk, factories.at("2023-01-05 00:00"), 3),
        (article.pk, factories.at("2023-01-06 00:00"), 4),
        (other.pk, factories.at("2023-01-05 00:00"), 8),
        (article.pk, recent.hour, 16),
    }
    assert reads.fold(at=NOW + timedelta(hours=1)) == 0
