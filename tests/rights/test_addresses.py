"""Every address of the desk, asked for and posted to by one person of each role. An address that is not in the table
fails: whoever adds one says there who may."""

import copy
from contextlib import contextmanager
from itertools import product
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.urls import reverse

from .conftest import is_refused
from .table import PAGES, ROLES, SCREENS

pytestmark = pytest.mark.django_db

ADMIN = ("changelist", "add", "history", "delete", "change")
# What a hostile browser sends: the fields that no form of this person has, and the marks of Django's own forms.
HOSTILE = {
    "title": "Tin của tôi", "name": "Của tôi", "username": "toi", "state": "published", "is_superuser": "on",
    "is_staff": "on", "is_active": "on", "groups": "1", "permissions": "1", "created_by": "1", "post": "yes",
    "published_at": "2020-01-01", "version": "1", "_save": "1", "action": "delete_selected", "_selected_action": "1",
    "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "1", "form-0-order": "9", "moderate": "shown:1",
}  # fmt: skip


def patterns(below=None):
    for pattern in admin.site.urls[0] if below is None else below:
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern.url_patterns)
        elif pattern.name:  # those without a name redirect, or answer 404 to what is no address
            yield pattern


def names():
    return {pattern.name for pattern in patterns()}


def app_of(screen):
    return SCREENS[screen].get("app", "articles")


def screens():
    return {f"{app_of(screen)}_{screen}_{verb}": (screen, verb) for screen in SCREENS for verb in ADMIN}


def test_every_address_of_the_desk_is_in_the_table():
    assert names() - set(screens()) - set(PAGES) == set()
    assert (set(screens()) | set(PAGES)) - names() == set()


def url_of(world, screen, verb):
    obj = world.objects[screen]
    arguments = [] if verb in {"changelist", "add"} else [obj.pk]
    return reverse(f"admin:{app_of(screen)}_{screen}_{verb}", args=arguments)


def may(screen, verb, method):
    table = SCREENS[screen]
    see = table.get("see", "") if verb == "changelist" else table.get("open", table.get("see", ""))
    line = see if method == "GET" and verb in {"changelist", "change"} else table.get(verb, "")
    if verb == "history":
        line = table.get("history", see)
    return set(line.split())


@contextmanager
def kept_cookies(client):
    """One of the addresses signs out."""
    cookies = copy.deepcopy(client.cookies)
    yield client
    client.cookies = cookies


def answered(world, url, sent=None, *, from_form=False):
    """The roles that an address answers; nothing was written for the others."""
    found = set()
    for who in ROLES:
        with world.undone() as written, kept_cookies(world.clients[who]) as client:
            form = world.form_of(who) if from_form else {}
            response = client.get(url, form) if sent is None else client.post(url, {**sent, **form})
            assert response.status_code < 500
            if is_refused(response):
                assert written == [], who
            else:
                found.add(who)
    return found


@pytest.mark.parametrize("name", screens())
def test_a_screen_answers_those_whose_work_it_is_and_nobody_else(world, name):
    screen, verb = screens()[name]
    assert answered(world, url_of(world, screen, verb)) == may(screen, verb, "GET")


@pytest.mark.parametrize(
    "name", [name for name, (_screen, verb) in screens().items() if verb in {"add", "delete", "change"}]
)
def test_a_form_is_taken_from_those_who_may_and_from_nobody_else(world, name):
    screen, verb = screens()[name]
    assert answered(world, url_of(world, screen, verb), HOSTILE) == may(screen, verb, "POST")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_list_changes_nothing_for_who_may_not(world, screen):
    """The bulk actions, and what is edited in the list itself."""
    table = SCREENS[screen]
    able = {who for verb in ("change", "delete", "moderate") for who in table.get(verb, "").split()}
    for who in set(ROLES) - able:
        with world.undone() as written:
            response = world.clients[who].post(url_of(world, screen, "changelist"), HOSTILE)
            assert response.status_code < 500
            assert written == [], who


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_address_answers_those_whose_work_it_is(world, name, method):
    url = reverse(f"admin:{name}", kwargs=arguments(world, name))
    found = answered(world, url, HOSTILE if method == "post" else None, from_form=True)
    assert found == set(PAGES[name].get(method, "").split())


@pytest.mark.parametrize("who", ROLES)
def test_no_address_takes_another_method_whoever_sends_it(world, who):
    """Nor with the words of a form: Django's views would take it for a GET, and ours are not asked."""
    addresses = [url_of(world, screen, verb) for screen, verb in screens().values()]
    addresses += [reverse(f"admin:{name}", kwargs=arguments(world, name)) for name in PAGES]
    client, sent, answers = world.clients[who], urlencode({**HOSTILE, **world.form_of(who)}), set()
    with world.undone() as written:
        for method, address in product([client.put, client.patch, client.delete], addresses):
            answers.add(method(address, sent, "application/x-www-form-urlencoded").status_code)
    assert (answers, written) == ({405}, [])
    assert len(addresses) > 140


def arguments(world, name):
    """What the address needs: the numbers of what the table speaks of."""
    of_screen = name.split("_")[1] if name.count("_") > 1 else ""
    of_article = world.articles["published"] if name == "articles_readcount_article" else world.objects["article"]
    obj = world.objects[of_screen] if of_screen in {"photo", "assignment"} else of_article
    known = {
        "pk": world.filter.pk if name == "articles_article_filter_delete" else obj.pk,
        "verb": "submit", "number": 1, "kind": "csv", "note": world.note.pk, "link": world.link.pk,
        "id": world.objects["user"].pk, "app_label": "articles",
    }  # fmt: skip
    needed = next(found for found in patterns() if found.name == name).pattern.regex.groupindex
    return {key: known[key] for key in needed}
