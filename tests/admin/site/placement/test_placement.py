"""The board: stories are pinned to places of the front page and of the sections."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.models import Placement, SiteSettings
from tests import base, factories
from tests.admin.forms import read

from .boards import BOARD, PREVIEW, board, local, opened, place, said, standing, with_pins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

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


# Two editors


def test_a_board_that_a_colleague_saved_meanwhile_is_refused_once_and_loses_nobodys_pins(desk):
    ed, chris, (first, second) = desk("ed"), desk("chris"), factories.many(2)
    values = with_pins(opened(ed), (first, "secondary-0"))
    place(chris, (second, "lead-0"))
    response = ed.post(BOARD, values)
    assert "chris" in said(response)
    assert board() == [("lead-0", second, True)]
    assert {"pins-0-article": str(first.pk), "pins-1-article": str(second.pk)}.items() <= read(response).values.items()
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


def test_the_first_board_of_a_new_site_has_a_row_to_lock(desk):
    """Without one two boards that are sent at once would both be saved, on PostgreSQL."""
    assert not SiteSettings.objects.exists()
    place(desk("ed"), (factories.published(), "lead-0"))
    assert SiteSettings.objects.filter(pk=1).exists()
