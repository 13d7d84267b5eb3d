"""Keeping the index up to what the articles say."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article, SearchDocument

from . import documents, words

AT_ONCE = 500  # articles that are read together
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into the index of one article."""

    place: int
    article: int
    packed: bytes
    tokens: str  # joined by spaces
    at: datetime


def engine():
    """The module of the database in use."""
    if connection.vendor == "postgresql":
        from . import postgres  # noqa: PLC0415 (the driver is only there where it is used)

        return postgres
    from . import sqlite  # noqa: PLC0415

    return sqlite


def index(keys):
    """Bring the entries of articles up to what they say now; those of articles that are gone go. How many changed.

    Run twice it changes nothing the second time. The article's rows are read after its entry is locked: of two that
    index the same one the second sees what the first one saw, or something newer.
    """
    keys = sorted(set(keys))
    return sum(_index_once(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def _index_once(keys):
    """Of two that index a new article at once there is no entry that the second could wait at: it finds one as it
    writes its own, and begins anew."""
    for _again in range(MOST_TRIES - 1):
        with suppress(IntegrityError):
            return _index(keys)
    return _index(keys)


@transaction.atomic
def _index(keys):
    stored = {one.article_id: one for one in SearchDocument.objects.select_for_update().filter(article__in=keys)}
    found = documents.read(keys)
    gone = [one for pk, one in stored.items() if pk not in found]
    changed, texts = [], {}
    for pk, source in found.items():
        old, texts[pk] = stored.get(pk), source.texts()
        if old is None or not _is_current(old, source, texts[pk]):
            changed.append(source)
            gone += [old] if old else []
    if gone:
        engine().remove(gone)
    if changed:
        now = timezone.now()
        entries = []
        for source in sorted(changed, key=lambda one: (one.moment, one.pk)):
            old, text = stored.get(source.pk), texts[source.pk]
            place = _place(source, old, entries[-1].place if entries else 0)
            entries.append(Entry(place, source.pk, text.pack(), " ".join(text.tokens()), now))
        engine().add(entries)
    return len(gone) + len(changed)


def _is_current(old, source, texts):
    second = documents.second(source.moment)
    is_there = second <= old.place < second + documents.PLACES
    return is_there and old.version == words.VERSION and bytes(old.packed) == texts.pack()


def _place(source, old, taken):
    """The place of an article: behind the others of its second; where these fill it, in the next one that is free."""
    first = documents.second(source.moment)
    if old and first <= old.place < first + documents.PLACES and old.place > taken:
        return old.place
    place = first
    while True:
        second = SearchDocument.objects.filter(place__gte=place, place__lt=place + documents.PLACES)
        last = max(second.order_by("-place").values_list("place", flat=True).first() or place - 1, taken)
        if last < place + documents.PLACES - 1:
            return max(last + 1, place)
        place += documents.PLACES


def is_behind():
    """Whether articles wait for a rebuild: none is indexed, or the tokeniser has changed since."""
    newest = SearchDocument.objects.order_by("-place").values_list("version", flat=True).first()
    return newest != words.VERSION and Article.objects.exists()
