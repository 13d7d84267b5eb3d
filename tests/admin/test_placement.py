"""The board: stories are pinned to places of the front page and of the sections."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.models import Placement
from tests import base, factories

from .forms import read

pytestmark = pytest.mark.django_db

BOARD, PREVIEW = "/admin/articles/placement/", "/xem-truoc/trang-nhat/"


def opened(client, address=BOARD, **changes):
    """What the board sends when it is opened and some of its boxes are filled in."""
    return {**read(client.get(address)).values, **changes}


def with_pins(values, *pins):
    """The same with new rows: (article, place) or (article, place, from, until)."""
    values = dict(values)
    for number, pin in enumerate(pins, start=int(values["pins-TOTAL_FORMS"])):
        article, place, starts, ends = (*pin, "", "")[:4]
        row = {"article": getattr(article, "pk", article), "place": place, "starts": starts, "ends": ends}
        values |= {f"pins-{number}-{name}": value for name, value in row.items()}
        values["pins-TOTAL_FORMS"] = number + 1
    return values


def place(client, *pins, address=BOARD):
    return client.post(address, with_pins(opened(client, address), *pins))


def board(section=None):
    """[(place, article, whether it is on)] as stored, the rows that are over left out."""
    pins = Placement.objects.of(section).current().order_by("starts_at", "pk")
    return [(pin.place, pin.article, pin.is_active()) for pin in pins]


def standing(client, address="/"):
    return [card.pk for card in client.get(address).context["front"].top.articles]


def local(**ahead):
    return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def said(response):
    return response.content.decode()


# Placing


def test_what_an_editor_places_stands_on_the_page_once_it_is_saved(desk, stranger):
    old, *_newer = factories.many(6)
    assert place(desk("ed"), (old, "lead-0")).status_code == 302
    assert standing(stranger)[0] == old.pk
    assert Placement.objects.get().created_by == base.person("ed")


def test_a_section_has_a_board_of_its_own(desk, stranger):
    old, newest = factories.many(2)
    place(desk("ed"), (old, "lead-0"), address=f"{BOARD}?muc=kinh-te")
    assert stranger.get("/kinh-te/").context["top"].lead == old
    assert standing(stranger)[0] == newest.pk


def test_a_story_planned_for_later_waits_for_its_time(desk, stranger):
    old, newest = factories.many(2)
    place(desk("ed"), (old, "lead-0", local(hours=1), local(hours=2)))
    assert board() == [("lead-0", old, False)]
    assert standing(stranger)[0] == newest.pk


def test_a_new_story_without_an_end_replaces_the_one_before(desk):
    client, (first, second) = desk("ed"), factories.many(2)
    place(client, (first, "lead-0"))
    place(client, (second, "lead-0"))
    assert board() == [("lead-0", second, True)]
    assert Placement.objects.count() == 2  # the page of an earlier moment can still be shown


def test_a_story_that_is_not_published_yet_replaces_the_one_before_only_at_its_time(desk, stranger, clock):
    client, (first, *_others) = desk("ed"), factories.many(8)
    coming = factories.scheduled(minutes=60)
    place(client, (first, "lead-0"))
    place(client, (coming, "lead-0"))
    assert standing(stranger)[0] == first.pk
    clock(timezone.now() + timedelta(minutes=61))
    assert standing(stranger)[0] == coming.pk


def test_a_story_with_an_end_gives_the_place_back(desk):
    client, (first, second) = desk("ed"), factories.many(2)
    place(client, (first, "lead-0"))
    place(client, (second, "lead-0", "", local(hours=1)))
    assert board() == [("lead-0", first, True), ("lead-0", second, True)]


def test_unpinned_is_gone_from_the_page_and_the_place_fills(desk, stranger):
    client, (old, newest) = desk("ed"), factories.many(2)
    place(client, (old, "lead-0"))
    client.post(BOARD, opened(client, **{"pins-0-remove": "on"}))
    assert board() == []
    assert standing(stranger)[0] == newest.pk


def test_saving_a_board_that_nobody_changed_changes_nothing(desk):
    client, (article,) = desk("ed"), factories.many(1)
    place(client, (article, "lead-0", "", local(days=1)))
    before = Placement.objects.values().get()
    client.post(BOARD, opened(client))
    assert Placement.objects.values().get() == before
    assert LogEntry.objects.count() == 1


def test_a_withdrawn_story_on_the_board_stops_nobody_from_saving(desk):
    client, article, other = desk("ed"), factories.published(), factories.published()
    place(client, (article, "lead-0"))
    type(article).objects.filter(pk=article.pk).update(state="withdrawn")
    assert place(client, (other, "secondary-0")).status_code == 302


def test_the_log_knows_who_placed_changed_and_unpinned_what(desk):
    client, (article,) = desk("ed"), factories.many(1)
    place(client, (article, "lead-0"))
    client.post(BOARD, opened(client, **{"pins-0-place": "secondary-1"}))
    client.post(BOARD, opened(client, **{"pins-0-remove": "on"}))
    entries = LogEntry.objects.order_by("pk")
    assert [entry.action_flag for entry in entries] == [1, 2, 3]
    assert all(entry.user == base.person("ed") and article.title in entry.object_repr for entry in entries)


# Without JavaScript


def test_the_button_place_puts_a_story_on_the_board_and_saves_nothing(desk):
    client, (article,) = desk("ed"), factories.many(1)
    button = {"_place": article.pk, f"to-{article.pk}": "secondary-2"}
    response = client.post(BOARD, {**opened(client), **button})
    assert Placement.objects.count() == 0
    assert read(response).values["pins-0-place"] == "secondary-2"
    client.post(BOARD, read(response).values)
    assert board() == [("secondary-2", article, True)]


def test_the_arrows_change_two_places_and_keep_what_was_typed(desk):
    client, (one, two) = desk("ed"), factories.many(2)
    values = with_pins(opened(client), (one, "secondary-0", "", "sai giờ"), (two, "secondary-1"))
    values = read(client.post(BOARD, {**values, "_swap": "secondary-0:secondary-1"})).values
    places = {values["pins-0-article"]: values["pins-0-place"], values["pins-1-article"]: values["pins-1-place"]}
    assert places == {str(one.pk): "secondary-1", str(two.pk): "secondary-0"}
    assert "sai giờ" in values.values()


def test_stories_are_found_by_their_words_and_drafts_are_not(desk):
    factories.published(title="Đường sắt mới")
    factories.scheduled(title="Đường sắt hẹn giờ")
    factories.draft(title="Đường sắt nháp")
    factories.published(title="Giá vàng")
    found = desk("ed").get(BOARD, {"q": "duong sat"}).context["stories"]
    assert [story.title for story in found] == ["Đường sắt hẹn giờ", "Đường sắt mới"]


def test_the_board_says_what_stands_in_each_place_now(desk):
    articles = factories.many(3)
    slots = {key: story for key, _name, _rows, story in desk("ed").get(BOARD).context["slots"]}
    assert slots["lead-0"] == articles[2]
    assert (slots["secondary-0"], slots["secondary-3"], slots["breaking-0"]) == (articles[1], None, None)


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}?q=khong-co"])
def test_a_board_without_stories_opens(desk, address):
    assert desk("ed").get(address).status_code == 200


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


# Two editors


def test_a_board_that_a_colleague_saved_meanwhile_is_refused_once_and_loses_nobodys_pins(desk):
    ed, chris, (first, second) = desk("ed"), desk("chris"), factories.many(2)
    values = with_pins(opened(ed), (first, "secondary-0"))
    place(chris, (second, "lead-0"))
    response = ed.post(BOARD, values)
    assert "chris" in said(response)
    assert board() == [("lead-0", second, True)]
    ed.post(BOARD, read(response).values)
    assert {(key, article) for key, article, _on in board()} == {("lead-0", second), ("secondary-0", first)}


def test_a_pin_that_ended_by_itself_is_no_change_by_a_colleague(desk, clock):
    client, (first, second) = desk("ed"), factories.many(2)
    place(client, (first, "lead-0", "", local(minutes=2)))
    values = opened(client)
    clock(timezone.now() + timedelta(minutes=5))
    assert client.post(BOARD, with_pins(values, (second, "secondary-0"))).status_code == 302


def test_unpinning_by_a_colleague_is_noticed_too(desk):
    ed, chris, (article,) = desk("ed"), desk("chris"), factories.many(1)
    place(ed, (article, "lead-0"))
    values = opened(ed)
    chris.post(BOARD, opened(chris, **{"pins-0-remove": "on"}))
    assert ed.post(BOARD, values).status_code == 200
    assert board() == []


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


@pytest.mark.parametrize("moment", ["x", "25/11/2026", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-31T00:00", "\0"])
def test_the_preview_of_no_moment_is_not_found(desk, moment):
    assert desk("ed").get(PREVIEW, {"luc": moment}).status_code == 404


def test_a_preview_without_the_token_of_the_form_is_refused(desk):
    client = desk("ed")
    client.handler.enforce_csrf_checks = True
    assert client.post(PREVIEW, {}).status_code == 403


# Who may


def test_neither_reporters_nor_strangers_see_the_board_or_a_preview(desk, stranger):
    assert desk("rita").get(BOARD).status_code == 403
    assert desk("rita").get(PREVIEW).status_code == 404
    assert stranger.get(PREVIEW).status_code == 404
    assert stranger.get(BOARD).status_code == 302


def test_the_menu_leads_to_the_board_for_editors_only(desk):
    link = f'href="{BOARD}"'
    assert link in said(desk("ed").get("/admin/"))
    assert link not in said(desk("rita").get("/admin/"))


def test_who_may_only_look_gets_no_buttons_and_saves_nothing(desk):
    client, (article,) = desk("rita"), factories.many(1)
    permission = base.person("ed").groups.get().permissions.get(codename="view_placement")
    base.person("rita").user_permissions.add(permission)
    assert "board-bar" not in said(client.get(BOARD))
    assert place(client, (article, "lead-0")).status_code == 403


def test_a_board_of_no_section_is_not_found(desk):
    assert desk("ed").get(BOARD, {"muc": "khong-co"}).status_code == 404


def test_nothing_inline_stands_on_the_board(desk):
    factories.placement(factories.published(photo=factories.photo_without_files()))
    html = said(desk("ed").get(BOARD)).split('id="content"')[1]
    assert not any(word in html for word in (" style=", "<style", "onclick=", "<script>"))
