"""RSS 2.0, Atom and JSON Feed 1.1: of the site, a section, an author, a topic, a day.

Design notes
- A feed carries the whole text: a reader on a poor line reads it where the line was good, and the newspaper's name
  and address travel with it.
- An item's id never changes: not with the title, not with the address, not with http becoming https.
- Addresses come from SITE_URL, never from a request's Host.
"""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.pagecache import tags
from articles.views import page

from . import scopes
from .atom import AtomFeed
from .items import feed_articles, feed_items
from .json_feed import JSONFeed
from .rss import RSSFeed


def _serve(kind, request, **scope):
    found = scopes.of(request, **scope)
    site, _sections = page.chrome(request)
    articles = feed_articles(found.articles)
    items = feed_items(articles, site, kind.name)
    changed = max((item.updated for item in items), default=page.last_change(request))
    feed = kind(site, found, items, changed)
    response = HttpResponse(feed.text(), content_type=kind.content_type)
    return page.keep(response, request, modified=changed, tags={*found.tags, *tags.of_texts(articles)})


rss = require_safe(partial(_serve, RSSFeed))
atom = require_safe(partial(_serve, AtomFeed))
json = require_safe(partial(_serve, JSONFeed))
