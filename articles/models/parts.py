"""Everything that hangs on an article and stands on its page, in one query.

Design note: the page of an article has seven tables besides its own. Each gives one SELECT of a UNION ALL, its rows as
JSON objects, from which instances are made as if each had been asked alone: the page costs the same however much hangs
on its article, and one that has nothing pays one round trip to learn that.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from articles import vietnamese
from articles.compiled import Compiled

from .attachment import Attachment
from .author import Author, Byline
from .comment import Comment
from .correction import Correction
from .english import EnglishVersion
from .live import LiveUpdate
from .photo import GalleryPhoto, Photo
from .topic import Topic

COMMENTS = 100  # the newest ones; nobody reads more on one page
_NEVER_SHOWN = {"body", "search_text", "sender", "moderated_at", "moderated_by_id", "created_by_id", "key"}


@dataclass
class Parts:
    """Lists in the order of the page; `english` is the version in English that readers may see, or None."""

    bylines: list = field(default_factory=list)
    topics: list = field(default_factory=list)
    gallery: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    live_updates: list = field(default_factory=list)
    corrections: list = field(default_factory=list)
    comments: list = field(default_factory=list)
    english: EnglishVersion | None = None


@Compiled.prepared
def _hanging(at, article):
    newest = Comment.objects.shown().filter(article=article).order_by("-created_at", "-pk").values("pk")[:COMMENTS]
    queries = [
        _rows("bylines", Byline.objects.filter(article=article), author=Author),
        _rows("topics", Topic.objects.filter(articles=article)),
        _rows("gallery", GalleryPhoto.objects.filter(article=article).exclude(photo__master=""), photo=Photo),
        _rows("attachments", Attachment.objects.filter(article=article)),
        _rows("live_updates", LiveUpdate.objects.posted(at).filter(article=article), shown={"body"}),
        _rows("corrections", Correction.objects.issued(at).filter(article=article)),
        _rows("comments", Comment.objects.filter(pk__in=newest)),
        _rows("english", EnglishVersion.objects.published(at).filter(article=article)),
    ]
    return queries[0].union(*queries[1:], all=True)


def load_parts(article, at=None):
    """The Parts of an article as readers see them at a moment (now when left out)."""
    return parts_of(article, hanging(article, at))


def hanging(article, at=None):
    """The rows that its Parts are made of."""
    return _hanging(at=at or timezone.now(), article=article.pk)


def parts_of(article, rows):
    found = {}
    for kind, row in rows:
        found.setdefault(kind, []).append(_READ[kind](row, article))
    found["english"] = found["english"][0] if "english" in found else None
    for kind, key in _ORDER.items():
        found.get(kind, []).sort(key=key)
    return Parts(**found)


_ORDER = {
    "bylines": lambda byline: (byline.order, byline.pk),
    "topics": lambda topic: vietnamese.sort_key(topic.name),
    "gallery": lambda place: (place.order, place.pk),
    "attachments": lambda attachment: (attachment.order, attachment.pk),
    "live_updates": lambda update: (-update.posted_at.timestamp(), -update.pk),
    "corrections": lambda correction: (-correction.issued_at.timestamp(), -correction.pk),
    "comments": lambda comment: (-comment.created_at.timestamp(), -comment.pk),
}


def _rows(kind, found, *, shown=frozenset(), **related):
    """(kind, row as a JSON object) of a queryset, with the rows that its foreign keys in `related` lead to."""
    pairs = {name: F(name) for name in _columns(found.model, shown)}
    for key, model in related.items():
        pairs[key] = JSONObject(**{name: F(f"{key}__{name}") for name in _columns(model)})
    return found.order_by().values_list(Value(kind), JSONObject(**pairs))


def _columns(model, shown=frozenset()):
    return [column.attname for column in model._meta.concrete_fields if column.attname not in _NEVER_SHOWN - shown]


def _instance(model, row):
    columns = [column for column in model._meta.concrete_fields if column.attname in row]
    values = [_value(column, row[column.attname]) for column in columns]
    return model.from_db("default", [column.attname for column in columns], values)


def _value(column, value):
    """JSON knows no moments, and SQLite's no truth: it has 2023-03-22 01:00:00, in UTC without saying so, and 1."""
    if isinstance(column, models.DateTimeField) and value:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return bool(value) if isinstance(column, models.BooleanField) else value


def _part(model, key=None, target=None):
    """Makes an instance of `model` that knows its article and, by the foreign key `key`, an instance of `target`."""

    def read(row, article):
        instance = _instance(model, row)
        if hasattr(model, "article"):
            instance.article = article
        if key and row[key]["id"] is not None:
            setattr(instance, key, _instance(target, row[key]))
        return instance

    return read


_READ = {
    "bylines": _part(Byline, "author", Author),
    "topics": _part(Topic),
    "gallery": _part(GalleryPhoto, "photo", Photo),
    "attachments": _part(Attachment),
    "live_updates": _part(LiveUpdate),
    "corrections": _part(Correction),
    "comments": _part(Comment),
    "english": _part(EnglishVersion),
}
