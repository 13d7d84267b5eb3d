"""Boards that are refused, with everything kept, and the preview of boards and of other moments."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Placement
from tests import factories
from tests.admin.forms import read

from .boards import BOARD, PREVIEW, board, local, opened, place, said, with_pins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

# Refused


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2030-01-02T08:00", "2030-01-01T08:00"),
        ("2030-01-02T08:00", "2030-01-02T08:00"),
        ("", "2020-01-01T08:00"),
        ("hôm qua", ""),
        ("0001-01-01T00:00", ""),
        ("9999-12-31T23:59", ""),
        ("\0", ""),
        ("2030-13-41T99:99", ""),
        ("1" * 5000, ""),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_kept(desk, starts, ends):
    client, (article,) = desk("ed"), factories.many(1)
    response = place(client, (article, "lead-0", starts, ends))
    assert response.status_code == 200
    assert 'class="pin-error"' in said(response)
    assert read(response).values["pins-0-starts"].replace("\ufffd", "\0") == starts
    assert Placement.objects.count() == 0


@pytest.mark.parametrize("number", [0, -1, 77777777, 2**63, "9" * 5000, "x", "1\0", "", "1.5", "１"])
def test_a_story_that_is_none_is_refused(desk, number):
    client, _articles = desk("ed"), factories.many(1)
    response = place(client, (number, "lead-0"))
    assert response.status_code == 200
    assert Placement.objects.count() == 0


def test_a_draft_cannot_be_placed(desk):
    response = place(desk("ed"), (factories.draft(), "lead-0"))
    assert 'class="pin-error"' in said(response)
    assert Placement.objects.count() == 0


@pytest.mark.parametrize("where", ["", "lead-1", "secondary-4", "lead", "x" * 100, "\0"])
def test_a_place_that_is_none_is_refused_and_its_row_stays(desk, where):
    client, (article,) = desk("ed"), factories.many(1)
    response = place(client, (article, where))
    assert 'class="pin-error"' in said(response)
    assert read(response).values["pins-0-article"] == str(article.pk)


def test_one_story_in_two_places_at_once_is_refused(desk):
    client, (article,) = desk("ed"), factories.many(1)
    assert place(client, (article, "lead-0"), (article, "secondary-0")).status_code == 200
    assert Placement.objects.count() == 0


def test_one_story_in_two_places_one_after_the_other_is_a_plan(desk):
    client, (article,) = desk("ed"), factories.many(1)
    response = place(client, (article, "lead-0", "", local(hours=1)), (article, "secondary-0", local(hours=1)))
    assert response.status_code == 302
    assert len(board()) == 2


def test_a_story_may_move_down_when_another_takes_its_place(desk):
    client, (article, next_one) = desk("ed"), factories.many(2)
    later = local(hours=1)
    pins = [(article, "lead-0"), (next_one, "lead-0", later), (article, "secondary-0", later)]
    assert place(client, *pins).status_code == 302
    assert len(board()) == 3


@pytest.mark.parametrize(
    "forged",
    [
        {"pins-TOTAL_FORMS": ""},
        {"pins-TOTAL_FORMS": "9" * 5000},
        {"pins-TOTAL_FORMS": "1000"},
        {"pins-TOTAL_FORMS": "-1", "pins-INITIAL_FORMS": "x"},
        {"version": ""},
        {"version": "0001-01-01T00:00:00+00:00|x"},
        {"version": "\0" * 100},
        {"pins-0-pk": "9" * 5000},
        {"pins-0-pk": str(2**63)},
        {"pins-0-pk": "-1\0"},
        {"q": "\0"},
        {"luc": "x"},
        {"pins-0-starts": "x" * 10_000_000},
        {"_swap": "a:b"},
        {"_place": "x\0", "to-x\0": "y"},
    ],
)
def test_a_forged_board_breaks_nothing(desk, forged):
    client, (article,) = desk("ed"), factories.many(1)
    values = with_pins(opened(client), (article, "lead-0"))
    assert client.post(BOARD, {**values, **forged}).status_code in {200, 302}
    assert client.post(PREVIEW, {**values, **forged}).status_code in {200, 400, 404}


def test_the_pin_of_another_page_cannot_be_changed_from_here(desk):
    client, (article,) = desk("ed"), factories.many(1)
    other = factories.placement(article, section=article.category)
    client.post(BOARD, with_pins(opened(client), (article, "lead-0")) | {"pins-0-pk": other.pk})
    other.refresh_from_db()
    assert (other.section, Placement.objects.count()) == (article.category, 2)


# Preview


def test_the_preview_shows_the_page_as_it_will_be_and_saves_nothing(desk, stranger):
    client, (old, *_newer) = desk("ed"), factories.many(6)
    response = client.post(PREVIEW, with_pins(opened(client), (old, "lead-0")))
    assert response.context["front"].top.lead == old
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert Placement.objects.count() == 0


def test_the_preview_of_a_section_is_the_section_page(desk):
    client, (old, *_newer) = desk("ed"), factories.many(6)
    response = client.post(f"{PREVIEW}?muc=kinh-te", with_pins(opened(client), (old, "lead-0")))
    assert response.context["top"].lead == old


def test_the_preview_of_a_moment_shows_what_will_be_published_and_placed_by_then(desk):
    factories.many(6)
    coming = factories.scheduled(minutes=60)
    later = factories.placement(coming, starts_at=timezone.now() + timedelta(minutes=90))
    client = desk("ed")
    leads = [client.get(PREVIEW, {"luc": local(minutes=minutes)}).context["front"].top.lead for minutes in (0, 100)]
    assert leads[1] == later.article
    assert leads[0] != later.article


def test_the_preview_of_a_wrong_board_says_what_is_wrong(desk):
    client, (article,) = desk("ed"), factories.many(1)
    response = client.post(PREVIEW, with_pins(opened(client), (article, "lead-0", "sai", "")))
    assert response.status_code == 400
    assert 'class="refused"' in said(response)


@pytest.mark.parametrize(
    "moment", ["x", "25/11/2026", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-31T00:00", "\0"]
)
def test_the_preview_of_no_moment_is_not_found(desk, moment):
    assert desk("ed").get(PREVIEW, {"luc": moment}).status_code == 404


def test_a_preview_without_the_token_of_the_form_is_refused(desk):
    client = desk("ed")
    client.handler.enforce_csrf_checks = True
    assert client.post(PREVIEW, {}).status_code == 403
