"""What lies behind the doors: nobody is told of an article that they may not see, no form writes what it does not show,
no address of a list looks into columns that it does not show."""

import re
from itertools import product

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from articles.models import Article, TrailEntry
from tests.admin.forms import read
from tests.views.whole_site import canary, crawl

from .conftest import is_refused
from .table import ARTICLE_CELLS, FIELDS, PAGES, PEOPLE, ROLES, SCREENS
from .test_addresses import arguments, kept_cookies, patterns, url_of

pytestmark = pytest.mark.django_db

BLIND = ["ron", "bea", "kim"]  # who does not see what is in work in section A: a reporter, an editor, a clerk
SHARED = {"photo", "topic", "author", "user", "assignment"}  # the desk's: the library, the names, the plan
OF_ARTICLE = [
    found.name for found in patterns()
    if "pk" in found.pattern.regex.groupindex and found.name.startswith(("articles_article_", "articles_readcount_"))
    and "filter" not in found.name
]  # fmt: skip
SEEN_BY_FEW = ["draft", "eyes_review", "loose", "scheduled"]


# Nobody is told


@pytest.fixture
def secret(world):
    with world.undone():
        article = canary.hidden("secret", world.a)
        Article.objects.filter(pk=article.pk).update(state="review")
        yield article


def choices():
    """(app, model, field) of every choice that is looked up while somebody types."""
    for screen in admin.site._registry.values():
        for one in [screen, *(inline(screen.model, admin.site) for inline in screen.inlines)]:
            for field in one.autocomplete_fields:
                yield one.model._meta.app_label, one.model._meta.model_name, field


def doors(world, article):
    """Every address of the desk that answers a GET, with the words of the article wherever words are asked for."""
    words = [canary.word("secret", Article, "title"), canary.WORD]
    for screen in SCREENS:
        listed = url_of(world, screen, "changelist")
        yield from (listed, url_of(world, screen, "add"), url_of(world, screen, "change"))
        yield f"{listed}?q={words[0]}"
    for name in set(PAGES) - {"logout"}:
        url = reverse(f"admin:{name}", kwargs={**arguments(world, name)})
        yield f"{url}?q={words[0]}&article={article.pk}"
        if "article" in name and "pk" in arguments(world, name):
            yield reverse(f"admin:{name}", kwargs={**arguments(world, name), "pk": article.pk})
    for (app, model, field), word in product(choices(), ["", words[1]]):
        yield f"/admin/autocomplete/?app_label={app}&model_name={model}&field_name={field}&term={word}"
    for verb in ("change", "history", "delete"):
        yield reverse(f"admin:articles_article_{verb}", args=[article.pk])
    for screen, filled_in in product(SCREENS, ("article", "from")):
        yield f"{url_of(world, screen, 'add')}?{filled_in}={article.pk}"
    yield from (f"/xem-truoc/{article.pk}/", f"/xem-truoc/{article.pk}/?phien-ban=1", "/xem-truoc/trang-nhat/")


@pytest.mark.parametrize("who", BLIND)
def test_no_door_of_the_desk_tells_of_an_article_that_one_may_not_see(world, secret, who):
    client, told = world.clients[who], {}
    seen, waiting = set(), [(address, 0) for address in doors(world, secret)]
    while waiting:
        address, depth = waiting.pop()
        if address in seen or "logout" in address:
            continue
        seen.add(address)
        with kept_cookies(client):
            response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        text = content.decode("utf-8", "replace")
        found = canary.found_in(text, str(response.headers)) - canary.found_in(address)
        found = {one for one in found if not re.match(rf"{canary.WORD}secretg?({'|'.join(SHARED)})", one)}
        if found:
            told[address] = found
        if depth == 0:
            links = {link.replace("&amp;", "&") for link in crawl.LINK.findall(text) if link.startswith("/admin/")}
            waiting += [(link, 1) for link in links if {str(secret.pk), str(secret.english.pk)} & set(link.split("/"))]
    assert len(seen) > 150
    assert told == {}


def test_the_same_doors_tell_who_may_see_it(world, secret):
    """That the word is found at all."""
    paths = ("article/", f"article/{secret.pk}/change/", "englishversion/")
    texts = [world.clients["ed"].get(f"/admin/articles/{path}").content.decode() for path in paths]  # fmt: skip
    assert all(canary.found_in(text) for text in texts)


@pytest.mark.parametrize("name", OF_ARTICLE)
def test_who_may_not_see_an_article_is_refused_at_each_of_its_addresses(world, name):
    needed = arguments(world, name)
    for article, method in product(SEEN_BY_FEW, ("get", "post")):
        url = reverse(f"admin:{name}", kwargs={**needed, "pk": world.articles[article].pk})
        for who in set(PEOPLE) - ARTICLE_CELLS["see", article]:
            with world.undone() as written:
                response = getattr(world.clients[who], method)(url, {"title": "Tin", "note": "x", "post": "yes"})
                assert is_refused(response), (who, article, method)
                assert written == [], (who, article)


# No form writes what it does not show


def opened(world, who, screen):
    """The page of a screen's form, or None where the person has none."""
    response = world.clients[who].get(url_of(world, screen, "change"))
    return response if response.status_code == 200 and who in SCREENS[screen].get("change", "").split() else None


def boxes(page, model):
    """The columns of the model for which the form on a page has a box."""
    columns = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
    return columns & set(page.context["adminform"].form.fields) if page else set()


@pytest.mark.parametrize("screen", FIELDS)
def test_the_form_of_each_role_has_the_boxes_of_the_table(world, screen):
    model = type(world.objects[screen])
    for who in ROLES[2:]:
        assert boxes(opened(world, who, screen), model) == FIELDS[screen].get(who, set()), who


def hostile_value(field):
    """Something else than what is there, as a form would send it."""
    if field.is_relation:
        return "1"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2020-01-01 08:00:00"
    if isinstance(field, (models.IntegerField, models.FloatField)):
        return "77"
    return field.choices[-1][0] if field.choices else "7777"


@pytest.mark.parametrize("screen", FIELDS)
def test_no_form_writes_a_column_that_it_does_not_show(world, screen):
    obj = world.objects[screen]
    model = type(obj)
    columns = {f.name: f for f in model._meta.concrete_fields if not f.primary_key}
    for who, shown in FIELDS[screen].items():
        reader = read(opened(world, who, screen))
        closed = {name: field for name, field in columns.items() if name not in shown}
        forged = {name: hostile_value(field) for name, field in closed.items()}
        forged |= {f"{name}_{part}": value for name in closed for part, value in ((0, "01/01/2020"), (1, "08:00"))}
        forged |= {"user_permissions": ["1"], "permissions": ["1"]}
        before = model._base_manager.filter(pk=obj.pk).values(*closed).get()
        with world.undone():
            sent = {**forged, **reader.values, "_save": "1"}
            response = world.clients[who].post(url_of(world, screen, "change"), sent)
            assert response.status_code in {200, 302}, who
            after = model._base_manager.filter(pk=obj.pk).values(*closed).get()
        changed = {name for name in closed if before[name] != after[name]} - MOVES_BY_ITSELF
        assert changed == set(), who


MOVES_BY_ITSELF = {"updated_at", "version", "search_text", "title_key", "key", "edition", "top"}


def test_who_sends_a_column_that_the_form_does_not_have_is_in_the_trail(world):
    article = world.articles["draft"]
    reader = read(opened(world, "rita", "article"))
    with world.undone():
        sent = {**reader.values, "state": "published", "published_at": "2020-01-01", "_continue": "1"}
        world.clients["rita"].post(f"/admin/articles/article/{article.pk}/change/", sent)
        entry = TrailEntry.objects.filter(action="attempt", person="rita").latest("pk")
        assert (entry.outcome, entry.key) == ("refused", str(article.pk))
        assert set(entry.changes) == {"state", "published_at"}
        article.refresh_from_db()
        assert (article.state, article.published_at) == ("draft", None)


def test_rows_of_another_article_stay_though_their_numbers_are_sent(world):
    """Inline formsets with a foreign key: a row has no number here, it is its contents."""
    other = world.articles["published"]
    with world.undone():
        byline = other.bylines.create(as_printed="Của người khác")
        link = other.links.create(title="Của người khác", url="https://vi.du/")
        reader = read(opened(world, "rita", "article"))
        forged = {}
        for prefix, row in (("bylines", byline), ("links", link)):
            forged |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "1", f"{prefix}-0-id": row.pk}
            forged |= {f"{prefix}-0-article": other.pk, f"{prefix}-0-title": "Chen", f"{prefix}-0-as_printed": "Chen"}
            forged |= {f"{prefix}-0-url": "https://chen.vn/", f"{prefix}-0-DELETE": "on"}
        sent = {**reader.values, **forged, "_continue": "1"}
        world.clients["rita"].post(url_of(world, "article", "change"), sent)
        byline.refresh_from_db(), link.refresh_from_db()
        assert (byline.as_printed, byline.article_id) == ("Của người khác", other.pk)
        assert (link.title, link.article_id) == ("Của người khác", other.pk)


# Popups, and addresses of lists


LISTED = [screen for screen in SCREENS if screen != "sitesettings"]  # one row, and no list of it


@pytest.mark.parametrize("screen", LISTED)
def test_a_popup_opens_no_door_and_names_no_column(world, screen):
    url, seen = url_of(world, screen, "changelist"), set(SCREENS[screen].get("see", "").split())
    for who in ROLES:
        named = world.clients[who].get(f"{url}?_popup=1&_to_field=password")
        assert is_refused(named) if who not in seen else named.status_code == 400, who


LOOKUPS = [
    "created_by__password__startswith=pbkdf2", "author__user__email__contains=a", "password__startswith=p",
    "editor_note__contains=a", "token_hash__startswith=a", "article__body__contains=a", "groups__user__password=p",
]  # fmt: skip


@pytest.mark.parametrize("screen", LISTED)
def test_no_address_of_a_list_looks_into_what_it_does_not_show(world, screen):
    who = SCREENS[screen]["see"].split()[0]
    for lookup in LOOKUPS:
        response = world.clients[who].get(f"{url_of(world, screen, 'changelist')}?{lookup}")
        assert response.status_code == 400 or response.headers.get("Location", "").endswith("?e=1"), lookup
