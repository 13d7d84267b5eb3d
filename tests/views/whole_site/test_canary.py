"""S22: what is not public is found by nobody, on any route, in any answer, however it is asked for.

tests/views/whole_site/canary.py puts a word into every column; here is who looks for it, and where: every pattern of
the resolver with everything that it might name, and what the pages link to.
"""

import re
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.test import override_settings
from django.urls import get_resolver, resolve

from articles.models import Redirect
from articles.search import changes, index
from tests import through

from . import canary, crawl

pytestmark = pytest.mark.django_db

# What tells a moment: when the form for comments was opened; in a feed without news, when the newspaper changed last.
PASSING = re.compile(rb'name="token" value="[^"]*"|<(updated|lastBuildDate)>[^<]*')
ASKED = {"HEAD": {"method": "HEAD"}, "JSON": {"accept": "application/json"}}


# All routes


def routes(resolver=None, above=""):
    """(name, template of its address, names of what stands in it) of every route that is not the desk's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            if str(pattern.pattern) != "admin/":
                yield from routes(pattern, above + str(pattern.pattern))
        else:
            yield pattern.name, above + str(pattern.pattern)


def addresses(site, states=canary.STATES):
    """Every route with everything that may stand in it; {name of the route: [address]}."""
    known, found = canary.arguments(site), {}
    articles = [site.open, site.later, *site.hidden.values()]
    for name, template in routes():
        groups = re.findall(r"<(?:\w+:)?(\w+)>", template)
        choices = [{}]
        if "slug" in groups and "pk" in groups:
            sections = [(article.category or site.section).slug for article in articles]
            pairs = zip(articles, sections, strict=True)
            own = [{"section": section, "slug": one.slug or "tin", "pk": one.pk} for one, section in pairs]
            choices = own + [{**one, "slug": "tin-khac"} for one in own]
            groups = []
        if "day" in groups or "month" in groups or "year" in groups:
            days = [{"year": f"{d:%Y}", "month": f"{d:%m}", "day": f"{d:%d}"} for d in known["day"]]
            parts = [part for part in ("year", "month", "day") if part in groups]
            choices = [{part: day[part] for part in parts} for day in days]
            groups = [group for group in groups if group not in parts]
        for group in groups:
            values = known[f"{name} {group}"] if f"{name} {group}" in known else known[group]
            choices = [{**one, group: value} for one in choices for value in values]
        found[name] = sorted({_written(template, one) for one in choices})
    words = [query for state in states for query in canary.words_of_search(state)]
    asked = [f"q={word}" for word in words] + ["q=thuy+dien", "q=thuy+dien&xep=moi"]
    asked += [f"q=thuy+dien&tac-gia={slug}" for slug in known["author"]] + [f"tac-gia={s}" for s in known["author"]]
    asked += [f"muc={slug}&q=thuy" for slug in known["section"]] + ["q=thuy&tu=01/01/2020&den=01/01/2091"]
    found["search"] += [f"/tim-kiem/?{query}" for query in asked + PROBES]
    found["section"] += [f"/kinh-te/?truoc={article.pk}" for article in articles]
    found["api-articles"] += [f"/api/v1/articles?before={article.pk}" for article in articles]
    found["api-articles"] += [f"/api/v1/articles?day={day}" for day in known["day"]]
    found["api-articles"] += [f"/api/v1/articles?section={slug}" for slug in known["section"]]
    found["api-days"] += [f"/api/v1/days?month={day:%Y-%m}" for day in known["day"]]
    found["api-search"] += [f"/api/v1/search?q={word}" for word in words]
    for filtered in ("author", "topic", "section"):
        found["api-search"] += [f"/api/v1/search?{filtered}={slug}" for slug in known[filtered]]
    found["redirect"] = Redirect.objects.values_list("path", flat=True)
    return found


# S23: what would look into columns that no reader is shown, were a parameter ever a lookup of the database.
PROBES = [
    f"{query}&q=thuy" for query in (
        f"author__user__username__startswith={canary.WORD}", "state=draft", f"body__contains={canary.WORD}",
        "order_by=editor_note", "created_by__password__startswith=pbkdf2", "fields=editor_note", "ordering=-version",
        "format=json", "working__isnull=False", "the-loai=draft", "xep=editor_note", "muc=noi-chinh&state=review",
    )
]  # fmt: skip


def _written(template, values):
    text = re.sub(r"\(\?P<(\w+)>(?:\([^)]*\)|\[[^\]]*\]|[^)])*\)", r"<\1>", template)
    text = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), text)
    return "/" + text.replace("^", "").replace("$", "").replace("\\", "")


def answers(ask, start):
    """{address: answer} of some addresses and of all that the answers link to."""
    waiting, seen = list(start), {}
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/admin/")):
            continue
        seen[address] = answer = ask(address)
        links = crawl.LINK.findall(answer.body.decode("utf-8", "replace"))
        waiting += [link.replace("&amp;", "&") for link in links]
        waiting += [answer["Location"]] if (answer["Location"] or "").startswith("/") else []
    return seen


def finds(seen, *, pen_names=False):
    """[(address, canaries)] of answers that tell more than who asked knew already. A pen name is no secret: the desk
    enters it for readers, and its page says that nothing was published."""
    told = []
    for address, answer in seen.items():
        headers = " ".join(f"{name}: {value}" for name, value in answer.headers)
        found = canary.found_in(answer.body.decode("utf-8", "replace"), headers) - canary.found_in(address)
        if not pen_names and "author" in address:
            found = {one for one in found if not re.search("author(name|slug|about)$", one)}
        told += [(address, found)] if found else []
    return told


def same(answer):
    """What must not change because of what nobody may know. When the newspaper last changed is known: of stories that
    were public, and of the hour of the next."""
    passing = {"x-cache", "age", "date", "last-modified", "etag", "x-request-id"}
    headers = sorted((name, value) for name, value in answer.headers if name.lower() not in passing)
    return answer.status, headers, PASSING.sub(b"", answer.body)


class Told:
    """One newspaper: what it answered before there was anything to hide, and after."""

    def __init__(self, owed):
        self.site = canary.Site()
        index(owed)
        plain, gate = through.Reader(), through.Reader()
        plain.gate.store.put = lambda entry: None
        start = [address for found in addresses(self.site).values() for address in found]
        self.before = answers(plain.get, start)
        self.site.hide()
        index(owed)
        for article in [self.site.open, *self.site.hidden.values()]:
            for name in canary.files_of(article):
                default_storage.save(name, ContentFile(b"the file"))
        self.after = {address: plain.get(address) for address in self.before}
        self.routes = addresses(self.site)
        every = [address for found in self.routes.values() for address in found]
        self.seen = answers(gate.get, every)
        self.ways = {how: {address: gate.get(address, **options) for address in self.seen}
                     for how, options in ASKED.items()}  # fmt: skip
        self.ways["304"] = {
            address: gate.get(address, if_none_match=answer["ETag"]) for address, answer in self.seen.items()
            if answer.how and answer.status == 200
        }  # fmt: skip


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("canary")
    own = {"MEDIA_ROOT": folder / "media", "PAGES_ROOT": folder / "pages", "REDIS_URL": "", "RECEIPTS": False}
    with pytest.MonkeyPatch.context() as patch, override_settings(**own), django_db_blocker.unblock():
        owed = set()
        patch.setattr(changes, "owe", owed.update)
        with transaction.atomic():
            yield Told(owed)
            transaction.set_rollback(True)


def test_every_text_of_an_article_and_of_all_that_belongs_to_it_bears_a_canary(told):
    article = told.site.hidden["review"]
    for model in canary.parts():
        row = model.objects.filter(article=article).first()
        for field in canary.columns(model):
            assert canary.WORD in str(getattr(row, field.name)) or not canary.put(field, "x"), (model, field.name)
    for row in (article, article.photo, article.topics.exclude(name="Thủy điện").get()):
        for field in canary.columns(type(row)):
            assert canary.WORD in str(getattr(row, field.name)), field.name


def test_every_route_that_is_not_the_desks_was_asked(told):
    asked = set()
    for address in told.seen:
        with suppress(Http404):
            asked.add(resolve(address.split("?")[0]).url_name)
    assert {name for name, _template in routes()} - asked == set()
    assert len(told.seen) > 700


def test_no_answer_tells_anything_of_what_is_not_public(told):
    assert finds(told.seen) == []


@pytest.mark.parametrize("how", [*ASKED, "304"])
def test_nor_does_it_where_it_is_asked_otherwise(told, how):
    assert len(told.ways[how]) > 300
    assert finds(told.ways[how]) == []
    if how == "304":
        assert {answer.status for answer in told.ways[how].values()} == {304}


def test_what_is_not_public_changes_nothing_that_readers_are_answered(told):
    """Also no count, no order, no "next", no lifetime, no length."""
    assert [address for address, answer in told.before.items() if same(answer) != same(told.after[address])] == []


def test_a_hidden_article_is_answered_as_one_that_does_not_exist(told):
    ask = through.Reader().get
    for state, article in told.site.hidden.items():
        section = article.category or told.site.section
        for path in ("/{}/{}-{}/", "/en/{}/{}-{}/"):
            mine, none = (path.format(section.slug, article.slug, pk) for pk in (article.pk, 987654321))
            answers = [ask(address) for address in (mine, none)]
            if state == "withdrawn":
                assert [answer.status for answer in answers] == [410, 404]
                continue
            named = [str(same(answer)).replace("987654321", str(article.pk)) for answer in answers]
            assert named[0] == named[1], (state, path)
            assert answers[0].status == 404


def test_no_file_of_what_is_not_public_is_handed_out_and_the_public_ones_are(told):
    for article in told.site.hidden.values():
        for name in canary.files_of(article):
            assert told.seen[f"/media/{name}"].status == 404
            assert told.seen[f"/media/duoc-xem/{name}"].status == 403


def test_a_search_for_hidden_words_finds_nothing(told):
    asked = [address for address in told.seen if canary.WORD in address and "/tim-kiem/?q=" in address]
    assert len(asked) > 60
    assert [address for address in asked if b'<article class="card' in told.seen[address].body] == []
