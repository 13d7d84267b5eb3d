"""The counts that the database keeps, as readers see them: what is public now, by whichever way it came to be so."""

from collections import Counter
from datetime import timedelta

import pytest

from articles import days, outbox
from articles.editorial import transitions
from articles.models import Article, Category, DayCount, Sections
from articles.models.day_count import counts_between
from tests import factories

from .test_archive import counted, step, titles
from .test_archive_moving import earlier

pytestmark = pytest.mark.django_db

NOW = factories.at("2024-05-06 12:00")


@pytest.fixture
def noon(clock):
    clock(NOW)


def brute_force(section=None):
    """{day: how many}, counted from the articles one by one."""
    public = [article for article in Article.objects.select_related("category") if article.is_public()]
    within = [one for one in public if not section or section.pk in {one.category_id, one.category.parent_id}]
    return Counter(days.of(article.published_at) for article in within)


def kept(section=None):
    family = Sections(Category.objects.all()).family(section) if section else ()
    return counts_between(days.FIRST_DAY, NOW.date() + timedelta(days=99), section, family)


def test_the_counts_are_those_of_a_count_one_by_one(noon):
    child, other = factories.subsection("Nông nghiệp", "Kinh tế"), factories.section("Xã hội")
    for hours, section in ((-900, child), (-30, child.parent), (-3, child), (2, child), (3, other), (30, child)):
        factories.many(3, when=NOW + timedelta(hours=hours), category=section)
    gone, moved, back = factories.many(3, when="2024-05-04 08:00", category=child)
    transitions.withdraw(gone)
    Article.objects.filter(pk=moved.pk).update(category=other, top=other, published_at=factories.at("2024-05-05 08:00"))
    transitions.withdraw(back)
    transitions.publish(back)
    for section in (None, child, child.parent, other):
        assert kept(section) == brute_force(section)


@pytest.mark.parametrize("scope", ["", "/kinh-te"])
def test_today_counts_what_is_public_now_and_no_day_ahead_counts(stranger, noon, scope):
    factories.many(2, when="2024-05-06 11:00")
    factories.many(3, when="2024-05-06 12:30")
    factories.many(4, when="2024-05-07 08:00")
    assert counted(stranger, f"{scope}/ngay/2024/05/") == {f"{scope}/ngay/2024/05/06/": 2}


def test_what_is_scheduled_counts_when_its_time_has_come(stranger, clock):
    clock(NOW)
    factories.published(NOW + timedelta(minutes=30))
    assert counted(stranger, "/ngay/2024/05/") == {}
    clock(NOW + timedelta(minutes=31))
    assert counted(stranger, "/ngay/2024/05/") == {"/ngay/2024/05/06/": 1}


@pytest.mark.parametrize("when", ["2024-05-06 13:00", "2024-05-07 08:00", "2024-06-07 08:00", "2025-06-07 08:00"])
@pytest.mark.parametrize("address", ["/ngay/2024/05/05/", "/ngay/2024/04/", "/ngay/2023/", "/kinh-te/ngay/2024/05/05/"])
def test_no_step_leads_to_a_day_that_has_only_scheduled_news(stranger, noon, address, when):
    factories.published("2024-05-05 08:00", title="Tin")
    before = step(stranger, address, "next")
    factories.published(factories.at(when))
    assert step(stranger, address, "next") == before


@pytest.mark.parametrize("address", ["/ngay/2024/05/05/", "/ngay/2024/05/"])
def test_a_day_whose_news_are_gone_is_no_step_and_no_count(stranger, noon, address):
    gone = factories.published("2024-05-04 08:00")
    factories.published("2024-05-05 08:00")
    factories.published("2024-03-01 08:00")
    transitions.withdraw(gone)
    assert DayCount.objects.filter(number=0).count() == 1
    assert step(stranger, address, "prev").startswith("/ngay/2024/03/")
    assert "/ngay/2024/05/04/" not in counted(stranger, "/ngay/2024/05/")


def test_a_story_that_moves_takes_its_count_along(stranger, noon):
    article = factories.published("2024-05-04 23:30")
    assert counted(stranger, "/kinh-te/ngay/2024/05/") == {"/kinh-te/ngay/2024/05/04/": 1}
    article.category, article.published_at = factories.section("Xã hội"), factories.at("2024-05-05 00:30")
    article.save()
    assert counted(stranger, "/kinh-te/ngay/2024/05/") == {}
    assert counted(stranger, "/xa-hoi/ngay/2024/05/") == {"/xa-hoi/ngay/2024/05/05/": 1}


def test_a_sub_section_that_moves_takes_its_days_along(stranger, noon):
    child = factories.subsection("Nông nghiệp", "Kinh tế")
    factories.published("2024-05-04 08:00", title="Lúa", category=child)
    child.parent = factories.section("Xã hội")
    child.save()
    outbox.run_due()
    assert counted(stranger, "/kinh-te/ngay/2024/05/") == {}
    assert counted(stranger, "/xa-hoi/ngay/2024/05/") == {"/xa-hoi/ngay/2024/05/04/": 1}
    assert titles(stranger, "/xa-hoi/ngay/2024/05/04/") == ["Lúa"]


def test_a_year_that_lacks_news_leaves_its_place_to_the_others(stranger, noon):
    for year, count in ((2023, 4), (2021, 1), (2020, 4)):
        factories.many(count, when=f"{year}-05-06 08:00")
    assert [year for year, _title in earlier(stranger, "/ngay/2024/05/06/")] == [2023, 2023, 2021, 2020, 2020]


def test_an_earlier_year_of_a_day_ahead_shows_what_is_public_today(stranger, noon):
    factories.published("2024-05-06 08:00", title="Sáng nay")
    factories.published("2024-05-06 20:00", title="Tối nay")
    assert earlier(stranger, "/ngay/2025/05/06/") == [(2024, "Sáng nay")]
