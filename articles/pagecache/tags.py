"""What a page names, and what a change purges: both ends in one file, pure, so that one table can test them.

A page bears a tag for everything that can change it; a change purges the tags of what it touched. Words of a tag:

    site              every page: the masthead, the sections, the footer
    front             the front page
    section-3         the newest of a section with its sub-sections, and what the desk placed there
    day-2010-11-22 month-2010-11 year-2010, with -s3 behind them for the scope of a section
    archive-end       a page of the archive behind which no newer one has news yet (-s3 for a section)
    date-11-22        "this day in earlier years"
    article-12        all that its own page and the feeds say of an article
    card-12           what a list says of it: title, lede, picture, address
    beside-3          "Các tin khác" and the neighbours on the pages of a section's articles
    author-5 topic-5  the name and the words about it;  author-5-news topic-5-news  the list of what belongs there
    topics            the strip of topics on the front page
    english-12 english english-section-3: the English edition, whose pages name the card of the Vietnamese article too
    feed search corrections page-7 sitemap sitemap-news sitemap-pages sitemap-2010-11
    missing           a 404, and a redirect from an old address: what is made anew may stand there
    all               every page, without saying so

Design notes
- Lists name each article that they show (`card-12`), so a withdrawal or a new title drops exactly the lists that show
  it, wherever it stood before. Only what enters a list, or changes its counts, asks for the tag of the list; there the
  place before and the place after count both.
- What is read most is purged by nothing: a page that bears `most-read` lives a few minutes.
- SOFT is for what readers may see a moment longer, while one of them waits for the new page: the "other news" under
  the thousand other articles of a section, and pages of which only the end of their lifetime moved. A PLAIN purge is
  never answered with the old page while the database answers. A HARD one (withdrawn) is not answered with it ever.
- A step of the archive over an empty month, to a day that gets its first news later than its neighbours, is put right
  at midnight, when every page ends; for the newest day it is at once (`archive-end`).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

SITE, ALL, FRONT, FEED, SEARCH, MISSING = "site", "all", "front", "feed", "search", "missing"
TOPICS, CORRECTIONS, ENGLISH = "topics", "corrections", "english"
MOST_READ = "most-read"  # never purged: it says how long a page may live
PLAN = "plan"  # of no page: what is planned changed (agenda.py)
SITEMAP, SITEMAP_NEWS, SITEMAP_PAGES = "sitemap", "sitemap-news", "sitemap-pages"
MOST = 300  # tags of one purge; a change that touches more drops everything, which costs no more
_PK = re.compile(r"-(\d+)/$")


class Level(IntEnum):
    SOFT, PLAIN, HARD = 0, 1, 2


@dataclass(frozen=True)
class Standing:
    """Where an article stands for readers: in which lists it is found."""

    pk: int
    sections: tuple  # its own and, below another, that one
    day: date
    authors: tuple = ()
    topics: tuple = ()
    has_english: bool = False


# What a page names


def article(pk):
    return f"article-{pk}"


def card(pk):
    return f"card-{pk}"


def cards(articles):
    return {f"card-{one.pk}" for one in articles if one is not None}


def cards_of(addresses):
    """Of articles that are known by their addresses only."""
    found = (_PK.search(address) for address in addresses)
    return {f"card-{match[1]}" for match in found if match}


def section(pk):
    return f"section-{pk}"


def author(pk):
    return f"author-{pk}"


def topic(pk):
    return f"topic-{pk}"


def news_of(tag):
    """The list of what belongs to an author or a topic."""
    return f"{tag}-news"


def english(pk):
    return f"english-{pk}"


def english_bylines(pk):
    """Who signed it, which the page says and no list."""
    return f"english-{pk}-signed"


def english_section(pk):
    return f"english-section-{pk}"


def static_page(pk):
    return f"page-{pk}"


def in_scope(tag, section=None):
    return f"{tag}-s{section}" if section else tag


def day(moment, section=None):
    return in_scope(f"day-{moment:%Y-%m-%d}", section)


def month(moment, section=None):
    return in_scope(f"month-{moment:%Y-%m}", section)


def year(moment, section=None):
    return in_scope(f"year-{moment:%Y}", section)


def archive_end(section=None):
    return in_scope("archive-end", section)


def earlier_years(moment):
    return f"date-{moment:%m-%d}"


def sitemap(moment):
    return f"sitemap-{moment:%Y-%m}"


def of_article(found, bylines, topics, addresses):
    """Its page; `addresses` are those of the articles beside it."""
    named = {article(found.pk), f"beside-{found.category_id}", *cards_of(addresses)}
    named |= {author(byline.author_id) for byline in bylines if byline.author_id}
    return named | {topic(one.pk) for one in topics}


def of_texts(articles):
    """A feed: whole texts with their authors and topics, which are prefetched."""
    named = {article(one.pk) for one in articles}
    named |= {author(byline.author_id) for one in articles for byline in one.bylines.all() if byline.author_id}
    return named | {topic(each.pk) for one in articles for each in one.topics.all()}


# What a change purges: {tag: Level}


def _plain(*tags):
    return dict.fromkeys(tags, Level.PLAIN)


def joined(*purges):
    """Several purges as one; of two levels of a tag the higher."""
    found = {}
    for purge in purges:
        for tag, level in purge.items():
            found[tag] = max(level, found.get(tag, Level.SOFT))
    return found if len(found) <= MOST else {ALL: max(found.values())}


def lists(standing):
    """The article enters the lists of its place, or leaves them. Of a 404 it makes the first page of a month's sitemap,
    or the place where an old address leads."""
    if standing is None:
        return {}
    one = standing.day
    scopes = (None, *standing.sections)
    found = [PLAN, FRONT, FEED, SEARCH, SITEMAP, SITEMAP_NEWS, SITEMAP_PAGES, sitemap(one), earlier_years(one), MISSING]
    found += [tag(one, scope) for tag in (day, month, year) for scope in scopes]
    found += [archive_end(scope) for scope in scopes]
    found += [section(pk) for pk in standing.sections]
    found += [news_of(author(pk)) for pk in standing.authors] + [news_of(topic(pk)) for pk in standing.topics]
    if standing.has_english:
        found += [ENGLISH, *(english_section(pk) for pk in standing.sections)]
    return joined(_plain(*found), {f"beside-{pk}": Level.SOFT for pk in standing.sections})


def shown(standing, *, is_card=True):
    """What is said of it changed: on its page and in the feeds, and on every list if its card did."""
    found = [article(standing.pk), SEARCH, SITEMAP, sitemap(standing.day)]
    found += [card(standing.pk), SITEMAP_NEWS] if is_card else []
    return _plain(*found)


def published(standing):
    return joined(lists(standing), _plain(article(standing.pk), english(standing.pk)))


def scheduled(standing):
    """Readers see nothing yet; what they will see it on must not outlive the moment."""
    return joined(dict.fromkeys(lists(standing), Level.SOFT), _plain(PLAN, article(standing.pk)))


def withdrawn(standing):
    gone = dict.fromkeys((article(standing.pk), card(standing.pk), english(standing.pk)), Level.HARD)
    return joined(lists(standing), gone)


CARD = {"title", "lede", "kicker", "slug", "photo_id", "player"}
MOVES = {"category_id", "top_id", "published_at", "genre"}
TEXT = {"body", "dateline", "ai_use", "comments_closed", "revised_at"}
READ = CARD | MOVES | TEXT  # the fields of an article by which readers' pages change


def edited(before, after, changed):
    """A released article was saved; `changed` are names of fields, the Standings are those before and after."""
    changed = READ.intersection(changed)
    found = [shown(after, is_card=not changed <= TEXT)] if changed else []
    if changed & MOVES:
        found += [lists(before), lists(after)]
    if "photo_id" in changed:  # a story with a picture leads its group
        found.append(_plain(FRONT, *(section(pk) for pk in after.sections)))
    return joined(*found)


def part(pk):
    """Something that hangs on an article: a link, an attachment, a picture, a comment."""
    return _plain(article(pk))


def reported(pk):
    """A live update, which may wait for its time."""
    return _plain(PLAN, article(pk))


def signed(pk, author_id):
    named = _plain(news_of(author(author_id)), SITEMAP_PAGES, SEARCH) if author_id else {}
    return joined(part(pk), _plain(english_bylines(pk)), named)


def tied(pk, topic_ids):
    return joined(part(pk), _plain(SITEMAP_PAGES), *(_plain(news_of(topic(one))) for one in topic_ids))


def corrected(pk):
    return joined(part(pk), _plain(PLAN, CORRECTIONS, FRONT))


def translated(standing):
    """Its English version was written, released or taken back."""
    sections = (english_section(pk) for pk in standing.sections)
    own = (article(standing.pk), english(standing.pk), ENGLISH, *sections)
    return _plain(*own, PLAN, SITEMAP_PAGES, sitemap(standing.day))


def author_changed(pk, *, is_new=False):
    return _plain(author(pk), SEARCH, SITEMAP_PAGES, *([MISSING] if is_new else []))


def topic_changed(pk, *, is_new=False):
    return _plain(topic(pk), TOPICS, SITEMAP_PAGES, *([MISSING] if is_new else []))


def page_changed(pk, *, is_listed):
    """A page about the newspaper; `is_listed` when what every footer says of it changed."""
    return _plain(static_page(pk), SITEMAP_PAGES, *([SITE] if is_listed else []))


def placed(section_id):
    return _plain(PLAN, section(section_id) if section_id else FRONT)


def pictured(articles, topics=(), pages=()):
    """A picture, or its words, changed: whoever shows it."""
    found = [tag(pk) for pk in articles for tag in (article, card, english)]
    return joined(_plain(*found, *map(topic, topics), *map(static_page, pages), *([TOPICS] if topics else [])))


def redirected(article_id=None):
    return _plain(MISSING, *([article(article_id)] if article_id else []))


def everything():
    return _plain(SITE)
