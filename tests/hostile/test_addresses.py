"""Hostile words in every place of every address of the site, and in every parameter that is read."""

import re
from itertools import cycle

import pytest
from lxml import html

from newsroom.server import HEADER_LIMIT

from . import routes, words

pytestmark = pytest.mark.django_db
LINKED = re.compile(rb'href="[^"]*\?([^"#]*)')
# What our code reads, what Django's own views do, and what nobody reads.
GET = sorted({*routes.parameters("GET"), *routes.OF_LISTS, *routes.OF_AUTOCOMPLETE, "next", "article", "lang", "x"})

LONG = HEADER_LIMIT // (3 * len(GET))  # bytes; a longer word in each of them is an address that no server takes

# Where nothing stands: catch-alls, and what was not made here. Behind all other addresses a page has to be found, else
# the hostile words would only be tried on "not found".
API = ("api-articles", "api-author-articles", "api-topic-articles", "api-days", "api-search")
NOWHERE = {"api-root", "/admin/<url>", "media", "english-article", "shared-version", "preview-unsaved"}


def offered(page):
    """The names of parameters that a page offers: its forms by GET, and the queries of its links."""
    names = {pair.partition(b"=")[0].decode() for query in LINKED.findall(page) for pair in re.split(b"&amp;|&", query)}
    if page.strip().startswith(b"<!"):
        forms = [form for form in html.document_fromstring(page.decode()).forms if form.method == "GET"]
        names |= {name for form in forms for name in form.fields if name}
    return {name for name in names if re.fullmatch(r"[\w-]{1,40}", name)}


def test_hostile_words_in_every_address_get_an_answer(site, asker):
    hostile = words.of(core=2, others=1)
    for route in site.routes:
        for name in route.places:
            for word in next(hostile):
                asker.ask(site.client(route), "GET", site.address(route, **{name: words.percent(word)}))
    asker.report()


def test_hostile_words_in_every_parameter_get_an_answer(site, asker, some):
    filters, hostile = routes.of_filters(), words.of(core=1, others=bool(words.CORPUS))
    filters |= dict.fromkeys(API, routes.of_api())
    statuses, one = {}, cycle(GET)
    for route in site.routes:
        address, client = site.address(route), site.client(route)
        page = asker.ask(client, "GET", address)
        statuses[route.name] = page.status_code
        own = {*filters.get(route.name, []), *(() if page.streaming else offered(page.content))}
        for word in next(hostile):
            names = GET if len(word) <= LONG else [next(one)]
            asker.ask(client, "GET", f"{address}?{words.encoded((name, word) for name in names)}")
        for name in some(sorted(own), 3):
            for word in next(hostile):
                asker.ask(client, "GET", f"{address}?{words.encoded([(name, word)])}")
    asker.report()
    assert {name for name, status in statuses.items() if status == 404} == NOWHERE
    assert sum(status == 200 for status in statuses.values()) > 100
