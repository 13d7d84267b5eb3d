"""Hostile words in every field of every form, and in every name that is read from what is posted."""

import pytest

from . import forms, routes, words

pytestmark = pytest.mark.django_db
POST = sorted({*routes.parameters("POST"), "action", "_selected_action", "select_across", "index", "next"})


def fields(site, asker):
    """(client, where it is sent, what is sent besides, the field) of every form, each once."""
    known = set()
    for route in site.routes:
        client, address = site.client(route), site.address(route)
        for form in forms.of(asker.ask(client, "GET", address)):
            action, values = form.get("action") or "", form.form_values()
            where = action if action.startswith("/") else address + action
            for name in sorted({name for name in form.fields if name} - {"csrfmiddlewaretoken"}):
                if (where, name) not in known:
                    known.add((where, name))
                    yield client, where, [(key, value) for key, value in values if key != name], name


def test_hostile_words_in_every_field_get_an_answer_and_are_not_lost(site, asker, some):
    hostile, lost = words.of(core=1, others=0), {}
    for client, where, values, name in some(fields(site, asker), 4):
        for word in next(hostile):
            sent = words.encoded([*values, (name, word), ("_save", "1")])
            answer = asker.ask(client, "POST", where, sent, HTTP_ORIGIN="http://testserver")
            if forms.is_lost(answer, name, word) and not (name == "username" and "/user/add/" not in where):
                lost[f"{where} {name}"] = word[:40]  # the other user names are those of who signs in again
    asker.report()
    assert lost == {}


def test_hostile_words_in_everything_that_is_read_get_an_answer(site, asker):
    hostile, names = words.of(core=1, others=0), words.turns(POST, 3)
    usual = {"user": site.world.users["ada"].pk, "article": site.world.objects["article"].pk, "form": "11111111-aaaa"}
    usual |= {"data": "[]", "base": "1"}
    for route in site.routes:
        client, address = site.client(route), site.address(route)
        sent, origin = words.encoded(usual.items()), {"HTTP_ORIGIN": "http://testserver"}
        if not route.name.endswith(("_add", "_change")):  # those are forms, which stand above
            if asker.ask(client, "POST", address, sent, **origin).status_code == 405:
                continue
            for name in next(names):
                for word in next(hostile):
                    asker.ask(client, "POST", address, words.encoded({**usual, name: word}.items()), **origin)
    asker.report()
