"""Every action on an article in every state, by every person: at the predicate, on the page, by direct POST."""

import pytest

from articles.editorial import permissions, steps
from articles.models import Article, State

from .conftest import is_refused
from .table import ARTICLE_CELLS, ARTICLES, PEOPLE, VERBS

pytestmark = pytest.mark.django_db

PREDICATES = {
    "see": permissions.can_see,
    "change": permissions.can_change,
    "delete": permissions.can_delete,
    "history": lambda user, article: permissions.can_change(user, article) or permissions.is_own(user, article),
    **steps.ALLOWED,
}
OFFERS = {
    "change": lambda html, pk: 'name="_continue"' in html,
    "delete": lambda html, pk: f"/article/{pk}/delete/" in html,
    "history": lambda html, pk: f"/article/{pk}/history/" in html,
    "see": lambda html, pk: bool(html),
}
LIST = "/admin/articles/article/"


def test_the_table_has_every_action_and_is_large_enough():
    assert {action for action, _name in ARTICLE_CELLS} == {*PREDICATES}
    assert set(VERBS) == set(steps.STEPS)
    assert len(ARTICLE_CELLS) * len(PEOPLE) >= 300


@pytest.mark.parametrize(("action", "name"), ARTICLE_CELLS)
def test_the_predicate_says_who_may(world, action, name):
    article = world.articles[name]
    assert {who for who, user in world.users.items() if PREDICATES[action](user, article)} == ARTICLE_CELLS[
        action, name
    ]


@pytest.mark.parametrize(("action", "name"), ARTICLE_CELLS)
def test_the_form_offers_it_to_those_and_to_nobody_else(world, action, name):
    pk = world.articles[name].pk
    offered = OFFERS.get(action) or (lambda html, pk: f'name="_{action}"' in html or f"/{pk}/step/{action}/" in html)
    assert {who for who in PEOPLE if offered(world.page(who, name), pk)} == ARTICLE_CELLS[action, name]


@pytest.mark.parametrize(("action", "name"), [cell for cell in ARTICLE_CELLS if cell[0] in VERBS])
def test_a_step_posted_to_its_address_moves_the_article_for_those_and_for_nobody_else(world, action, name):
    article, moved = world.articles[name], set()
    sent = {"note": "Lý do", "act": "update"}
    for who in PEOPLE:
        with world.undone() as written:
            response = world.clients[who].post(f"{LIST}{article.pk}/step/{action}/", sent)
            if is_refused(response):
                assert written == []
            else:
                is_unmet = response.status_code == 200  # it may, but something is missing: the page says what
                assert is_unmet or article.transitions.filter(moved_by=world.users[who], note="Lý do").exists()
                moved.add(who)
    assert moved == ARTICLE_CELLS[action, name]


@pytest.mark.parametrize("name", ARTICLES)
def test_a_step_pressed_on_a_form_that_one_may_not_change_does_nothing(world, name):
    pk = world.articles[name].pk
    for who in set(PEOPLE) - ARTICLE_CELLS["change", name]:
        with world.undone() as written:
            for verb in ("publish", "approve"):
                sent = {"title": "Tin của tôi", "body": "<p>x</p>", f"_{verb}": "1", "state": "published"}
                assert is_refused(world.clients[who].post(f"{LIST}{pk}/change/", sent)), who
            assert written == [], who


@pytest.mark.parametrize("name", ARTICLES)
def test_a_draft_is_deleted_by_those_and_by_nobody_else(world, name):
    pk, deleted = world.articles[name].pk, set()
    for who in PEOPLE:
        with world.undone() as written:
            response = world.clients[who].post(f"{LIST}{pk}/delete/", {"post": "yes"})
            if is_refused(response):
                assert written == []
            elif Article.objects.get(pk=pk).state == State.TRASHED:
                deleted.add(who)
    assert deleted == ARTICLE_CELLS["delete", name]


# One rule each: the first address for every state, the others where the answers differ most
SOME = ["draft", "review", "published"]
LOOKS = [("history/", name) for name in ARTICLES]
LOOKS += [(path, name) for path in ("compare/", "compare/?from=1&to=1&authors=1") for name in SOME]
CHANGES = [("versions/1/restore/", name) for name in ARTICLES]
CHANGES += [(path, name) for path in ("versions/1/name/", "discard/") for name in SOME]


@pytest.mark.parametrize(("path", "name"), LOOKS)
def test_the_versions_are_read_by_those_and_by_nobody_else(world, name, path):
    pk = world.articles[name].pk
    seen = {who for who in PEOPLE if not is_refused(world.clients[who].get(f"{LIST}{pk}/{path}"))}
    assert seen == ARTICLE_CELLS["history", name]


@pytest.mark.parametrize(("path", "name"), CHANGES)
def test_versions_are_restored_and_named_by_those_who_may_change_and_by_nobody_else(world, name, path):
    article, done = world.articles[name], set()
    if not article.revisions.filter(number=1).exists():
        return
    for who in PEOPLE:
        with world.undone() as written:
            if is_refused(world.clients[who].post(f"{LIST}{article.pk}/{path}", {"name": "Bản của tôi"})):
                assert written == []
            else:
                done.add(who)
    assert done == ARTICLE_CELLS["change", name]


@pytest.mark.parametrize("name", [*SOME, "loose", "scheduled"])
def test_the_preview_opens_for_those_who_see_it(world, name):
    url = f"/xem-truoc/{world.articles[name].pk}/"
    assert {who for who in PEOPLE if world.clients[who].get(url).status_code == 200} == ARTICLE_CELLS["see", name]


def test_the_list_shows_each_person_what_they_may_see(world):
    for who in PEOPLE:
        response = world.clients[who].get(LIST)
        html = response.content.decode() if response.status_code == 200 else ""
        shown = {name for name, article in world.articles.items() if f"/article/{article.pk}/change/" in html}
        assert shown == {name for name in ARTICLES if who in ARTICLE_CELLS["see", name]}, who
