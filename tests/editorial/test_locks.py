from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from articles.editorial import locks
from articles.models import Presence
from tests import base, factories

pytestmark = pytest.mark.django_db
NOON = factories.at("2026-11-28 12:00")


@pytest.fixture
def article():
    return factories.draft()


def beat(article, name, seconds=0, tab="", **more):
    return locks.beat(article, base.person(name), tab or f"tab-{name}", at=NOON + timedelta(seconds=seconds), **more)


def test_the_first_who_types_holds_the_pen(article):
    assert not beat(article, "ed").holds
    assert beat(article, "rita", 1, typed=True).holds
    assert not beat(article, "ed", 2, typed=True).holds
    assert [other.name for other in beat(article, "ed", 3).others if other.holds] == ["rita"]


def test_who_was_not_heard_from_for_twenty_seconds_is_gone(article):
    beat(article, "rita", typed=True)
    assert beat(article, "ed", 19).others
    assert not beat(article, "ed", 20).others


def test_the_pen_of_who_is_gone_goes_to_the_next_who_types(article):
    beat(article, "rita", typed=True)
    assert beat(article, "ed", 21, typed=True).holds
    assert not beat(article, "rita", 22, typed=True).holds


def test_who_comes_back_to_a_pen_that_nobody_took_still_holds_it(article):
    beat(article, "rita", typed=True)
    assert beat(article, "rita", 600).holds


def test_the_own_second_tab_is_told_as_the_own(article):
    beat(article, "ed", tab="first-tab")
    others = beat(article, "ed", 1, tab="second-tab").others
    assert [(other.same_user, other.name) for other in others] == [(True, "ed")]


def test_who_is_equal_in_rank_or_above_takes_the_pen(article):
    beat(article, "ed", typed=True)
    assert locks.take(article, base.person("chris"), "tab-chris", at=NOON).holds
    assert not beat(article, "ed", 1, typed=True).holds


def test_who_ranks_below_waits_until_the_holder_is_idle_for_five_minutes(article):
    beat(article, "chris", typed=True)
    for seconds in range(0, 301, 15):
        beat(article, "chris", seconds)
    with pytest.raises(PermissionDenied):
        locks.take(article, base.person("ed"), "tab-ed", at=NOON + timedelta(seconds=300))
    assert locks.take(article, base.person("ed"), "tab-ed", at=NOON + timedelta(seconds=301)).holds


def test_the_offer_to_take_over_agrees_with_the_right_to(article):
    for holder in ("rita", "ed", "chris"):
        Presence.objects.all().delete()
        beat(article, holder, typed=True)
        row = Presence.objects.get()
        for name in {"rita", "ed", "sam", "chris"} - {holder}:
            offered = beat(article, name).others[0].may_take
            assert offered == locks.may_take(base.person(name), row, at=NOON), (holder, name)
            locks.leave(article, base.person(name), f"tab-{name}")


def test_an_article_has_one_pen(article):
    beat(article, "ed", typed=True)
    beat(article, "rita")
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.update(holds=True)


def test_a_page_that_is_built_names_others_and_not_oneself(article):
    beat(article, "rita")
    beat(article, "ed", 1, typed=True)
    assert [other.name for other in locks.others(article, base.person("chris"), at=NOON)] == ["ed", "rita"]
    assert [other.name for other in locks.others(article, base.person("ed"), at=NOON)] == ["rita"]


def test_another_persons_tab_is_refused(article):
    beat(article, "ed")
    with pytest.raises(locks.Foreign):
        beat(article, "rita", tab="tab-ed")


def test_rows_of_yesterday_are_cleared_away_by_who_comes(article):
    beat(factories.draft(), "ed")
    beat(article, "rita", 86_401)
    assert Presence.objects.count() == 1
