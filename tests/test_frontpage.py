"""Composing, apart from any page: which story stands where, and the two forms of the rule of what is on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import frontpage
from articles.models import Category, Genre, Placement, Sections
from tests import factories

pytestmark = pytest.mark.django_db


def compose(**arguments):
    return frontpage.compose(Sections(Category.objects.all()), **arguments)


def everything(front):
    """The stories of the page that stand on it as cards."""
    blocks = [article for _section, found in front.blocks for article in found]
    return [*front.top.articles, *front.stream, *front.photos, *front.videos, *blocks]


def test_a_page_of_nothing_is_a_page():
    front = compose()
    assert (front.top.lead, front.top.secondary, front.stream, front.blocks) == (None, [], [], [])


@pytest.mark.parametrize("count", [1, 2, 5, 6, 20])
def test_no_story_is_lost_while_there_is_room_and_none_stands_twice(count):
    articles = factories.many(count)
    assert sorted(article.pk for article in everything(compose())) == sorted(
        article.pk for article in articles[-(frontpage.TOP + frontpage.STREAM + frontpage.BLOCK) :]
    )


def test_a_page_with_everything_repeats_nothing():
    photo = factories.photo_without_files()
    for name in ("Kinh tế", "Xã hội"):
        for genre in (Genre.PHOTOS, Genre.NEWS, Genre.VIDEO):
            factories.many(30, category=factories.section(name), genre=genre, photo=photo)
    for slot, position in (("breaking", 0), ("lead", 0), ("secondary", 0), ("secondary", 3)):
        factories.placement(factories.published("2022-01-01 08:00"), slot=slot, position=position)
    found = [article.pk for article in everything(compose())]
    whole = frontpage.TOP + frontpage.STREAM + 2 * frontpage.STRIP + 2 * frontpage.BLOCK
    assert len(found) == len(set(found)) == whole


def test_the_page_of_an_earlier_moment_can_be_composed():
    old, _newer = factories.many(2, when="2023-03-22 08:00", apart=timedelta(hours=1))
    assert compose(at=factories.at("2023-03-22 08:30")).top.articles == [old]


def test_an_unsaved_board_takes_the_place_of_the_stored_one():
    old, middle, newest = factories.many(3)
    factories.placement(old)
    board = [Placement(slot="lead", article=middle, starts_at=timezone.now() - timedelta(minutes=1))]
    assert compose(placements=board).top.lead == middle
    assert compose(placements=[]).top.lead == newest


def test_a_pin_of_an_unsaved_board_waits_for_its_time_and_leaves_at_its_end():
    old, newest = factories.many(2)
    now = timezone.now()
    times = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=2)}
    board = [Placement(slot="lead", article=old, **times)]
    leads = [compose(placements=board, at=now + timedelta(minutes=minutes)).top.lead for minutes in (0, 90, 120)]
    assert leads == [newest, old, newest]


def test_placed_stories_keep_their_places_and_the_newest_go_between():
    old, *others = factories.many(7)
    factories.placement(old, slot="secondary", position=2)
    assert compose().top.articles == [others[5], others[4], others[3], old, others[2]]


def test_a_placement_of_an_unknown_place_or_story_is_passed_over():
    article = factories.published()
    now = timezone.now() - timedelta(minutes=1)
    board = [
        Placement(slot="lead", article_id=77_777_777, starts_at=now),
        Placement(slot="nowhere", article=article, starts_at=now),
    ]
    assert compose(placements=board).top.lead == article


@pytest.mark.parametrize("starts", [-60, -1, 0, 1, 60])
@pytest.mark.parametrize("ends", [None, 2, 1, 0, -1])
def test_the_row_rule_and_the_set_rule_of_what_is_on_agree(starts, ends):
    now = timezone.now()
    times = {
        "starts_at": now + timedelta(minutes=starts),
        "ends_at": None if ends is None else now + timedelta(hours=ends),
    }
    if times["ends_at"] and times["ends_at"] <= times["starts_at"]:
        times["starts_at"] = times["ends_at"] - timedelta(minutes=1)
    placement = factories.placement(factories.published(), **times)
    assert Placement.objects.active(now).filter(pk=placement.pk).exists() == placement.is_active(now)
