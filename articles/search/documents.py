"""What is searched of an article: its texts by field, and the facets by which it can be filtered.

Everything that is not the article's own row (pen names, topics, pictures, live reports) is read for many at once.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from articles import richtext, snippets
from articles.models import Article, Byline, GalleryPhoto, LiveUpdate, PhotoUse, State

from . import words

_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
_FIELDS = "\0"  # between the fields of what is packed; no clean text holds it
_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)

PLACES = 256  # in one second, for the articles of that second in the order in which they come
COLUMNS = [
    *("pk", "published_at", "created_at", "state", "title", "kicker", "lede", "body", "category_id", "genre"),
    "photo__caption",
]
HIDDEN = "#d"  # readers never see it, whatever the clock says


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands in each field, in its own spelling."""

    title: str
    lede: str
    body: str
    captions: str
    facets: str

    def pack(self):
        return zlib.compress(_FIELDS.join((self.title, self.lede, self.body, self.captions, self.facets)).encode(), 3)

    @classmethod
    def unpack(cls, packed):
        return cls(*zlib.decompress(packed).decode().split(_FIELDS))

    def snippet(self, wanted):
        """Where the words that are wanted (finding.wanted) stand, as HTML with each of them marked."""
        return snippets.snippet(self.lede, f"{self.body}\n{self.captions}", wanted)

    def tokens(self):
        return words.tokens(self.title, self.lede, self.body, self.captions, self.facets.split())


@dataclass(frozen=True, slots=True)
class Source:
    """One article as it is read: its columns, and what hangs on it."""

    row: tuple
    facets: list
    captions: list
    updates: list

    @property
    def pk(self):
        return self.row[0]

    @property
    def moment(self):
        """When readers saw it or will; of what has no such time, when it was written."""
        return self.row[1] or self.row[2]

    def texts(self):
        _pk, _public, _made, state, title, kicker, lede, body, section, genre, caption = self.row
        captions = [caption or "", *self.captions, *map(richtext.to_text, _CAPTION.findall(body))]
        text = richtext.to_text(_CAPTION.sub("", body))
        updates = [f"{title}\n{richtext.to_text(body)}" for title, body in self.updates]
        facets = [f"#s{section}", f"#g{genre}", *self.facets, *([] if state == State.PUBLISHED else [HIDDEN])]
        return Texts(
            title=f"{kicker}\n{title}" if kicker else title,
            lede=lede,
            body="\n".join([text, *updates]),
            captions="\n".join(filter(None, captions)),
            facets=" ".join(facets),
        )


def second(moment):
    """The first place of a moment's second."""
    return int((moment - _EPOCH) / _SECOND) * PLACES


def moment_of(place):
    return _EPOCH + (place // PLACES) * _SECOND


def read(keys):
    """The Sources of those of the articles that exist, by their keys."""
    rows = Article.objects.filter(pk__in=keys).order_by().values_list(*COLUMNS)
    return {source.pk: source for source in gather(list(rows))}


def gather(rows):
    """The Sources of rows of COLUMNS; five queries for any number of them."""
    keys = [row[0] for row in rows]
    captions = _many(GalleryPhoto, keys, "photo__caption")
    in_texts = PhotoUse.objects.exclude(text=PhotoUse.Text.ENGLISH)
    for pk, found in _many(in_texts, keys, "photo__caption").items():
        captions.setdefault(pk, []).extend(found)
    facets = _many(Byline, keys, "author_id")
    topics = _many(Article.topics.through, keys, "topic_id")
    posted = LiveUpdate.objects.posted(timezone.now())
    updates = _many(posted, keys, "title", "body")
    for row in rows:
        pk = row[0]
        own = [f"#a{author}" for author in facets.get(pk, ()) if author]
        own += [f"#t{topic}" for topic in topics.get(pk, ())]
        yield Source(row, own, captions.get(pk, []), updates.get(pk, []))


def _many(model, keys, *names):
    """{article: [value, or tuple of values]}"""
    found = {}
    rows = getattr(model, "objects", model).filter(article__in=keys).order_by("pk").values_list("article", *names)
    for pk, *values in rows:
        found.setdefault(pk, []).append(values[0] if len(values) == 1 else tuple(values))
    return found
