"""Finding: the articles of a query in order, a page at a time.

The same for both databases: these answer which places an expression has, the newest first, and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils import timezone

from articles.models import Article, SearchDocument

from . import asking, documents
from .expressions import holds, term
from .index import engine

MOST = 1_000  # hits that are counted, and that can be turned to
FEW = 3  # hits below which the last word may also be the beginning of one
AT_ONCE = 24  # places that are asked for and looked up together, at least
LOOKED_UP = 300  # texts that one search reads at most before it believes the index alone
ONE_LOOK = 20  # hits that are read and put in order here, instead of asking the index for each tier
FIRST, LAST = 0, 2**62


@dataclass(frozen=True)
class Asked:
    """Everything that is asked. Of each filter with several values one must fit; () is no filter."""

    text: str = ""
    since: datetime | None = None
    until: datetime | None = None  # not included
    sections: tuple = ()  # keys
    authors: tuple = ()
    topics: tuple = ()
    genre: str = ""
    is_newest_first: bool = False
    is_typing: bool = False  # the last word may be the beginning of one; hits are not counted
    is_public: bool = True  # only what readers see; else everything that the desk has
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    article: int  # its key
    texts: documents.Texts
    is_phrase: bool  # the words stand side by side


@dataclass(frozen=True, slots=True)
class Found:
    """`total` is at most MOST, with has_more when there are more; while somebody types it says only that."""

    hits: list
    total: int
    has_more: bool


def find(asked, begin=0, size=20):
    """The hits of a page: those from number `begin` on. Whether readers may see them is asked when they are read."""
    return _Search(asked).page(begin, size)


def keys(asked, size):
    """The articles of the first hits, by their keys: for lists, which would read a thousand texts for nothing."""
    ranked, _total = _Search(asked).ranked(0, size)
    rows = SearchDocument.objects.filter(place__in=[place for place, _is_phrase in ranked]).order_by()
    return list(rows.values_list("article_id", flat=True))


def places(expression, limit, *, asked=None):
    """The newest places of an expression within the filters: for what is no query that somebody typed."""
    search = _Search(asked or Asked())
    return search.places(asking.limited(expression, search.asked, search.hidden), limit)


def texts(found):
    """{place: (article, Texts)} of places; those that lead nowhere are left out."""
    rows = SearchDocument.objects.filter(place__in=found).order_by().values_list("place", "article_id", "packed")
    return {place: (article, documents.Texts.unpack(packed)) for place, article, packed in rows}


def wanted(text):
    """The words of a query that are to be there, folded: what is marked in a text."""
    typed = asking.Typed.read(text)
    return " ".join(word for phrase in (typed.words, *typed.quoted) for word in phrase.folded)


class _Search:
    def __init__(self, asked):
        self.asked = asked
        self.typed = asking.Typed.read(asked.text)
        self.hidden = [*asking.unwanted(self.typed), *([term(documents.HIDDEN)] if asked.is_public else [])]
        now = documents.second(asked.at or timezone.now()) + documents.PLACES if asked.is_public else LAST
        self.below = min(now, documents.second(asked.until) if asked.until else LAST)
        self.above = documents.second(asked.since) if asked.since else FIRST
        self.known = {}  # place: (article, Texts)
        self.answered = {}  # (expression, below): (how many were asked for, the places)
        self.read = 0
        self.few = False  # whether all hits together are fewer than are counted
        self.end = MOST  # the number of the last hit that is asked for

    def places(self, expression, limit, below=None):
        below = self.below if below is None else below
        if self.above >= below:
            return []
        most, found = self.answered.get((expression, below), (0, []))
        if limit > most and (len(found) == most):  # else all there are
            found = engine().places(expression, below, self.above, limit, self.few)
            self.answered[expression, below] = limit, found
        return found[:limit]

    def page(self, begin, size):
        return self._found(*self.ranked(begin, size))

    def ranked(self, begin, size):
        """([(place, is_phrase)] of a page in its order, how many hits there are)."""
        self.end = end = min(begin + size, MOST)
        if not self.typed:
            return self._without_words(begin, end)
        is_counted = not self.asked.is_typing or self._must_look_up
        most = (MOST if is_counted else max(end, ONE_LOOK)) + 1
        all_of_it = self.places(self._limited(asking.every_word(self.typed)), most)
        tiers = list(self._tiers(all_of_it))
        if len(all_of_it) < FEW or self.asked.is_typing:
            begun = list(asking.beginning(self.typed))
            tiers = [*begun, *tiers] if self.asked.is_typing else [*tiers, *begun]
            for tier in begun:
                if len(all_of_it) < most:
                    wider = self.places(self._limited(tier.expression), most)
                    all_of_it = list(dict.fromkeys([*all_of_it, *wider]))
        self.few = len(all_of_it) < most
        if self._must_look_up:
            known = self._texts(all_of_it[:MOST])
            all_of_it = [place for place in all_of_it[:MOST] if place in known and self._holds_quoted(known[place][1])]
        if self.asked.is_newest_first:
            return [(place, True) for place in all_of_it[begin:end]], len(all_of_it)
        ranked = self._sorted(tiers, all_of_it) if len(all_of_it) <= ONE_LOOK else self._ranked(tiers)
        return list(islice(ranked, end))[begin:], len(all_of_it)

    def _without_words(self, begin, end):
        if self._has_filters:
            found = self.places(self._limited(None), MOST + 1)
        elif self.asked.since or self.asked.until:
            found = self._on_days()
        else:
            found = []
        return [(place, True) for place in found[begin:end]], len(found)

    def _on_days(self):
        """The newest places of a span of time: no index of words knows them, the articles' own does."""
        found = Article.objects.published(self.asked.at).newest()
        found = found.filter(published_at__gte=self.asked.since) if self.asked.since else found
        found = found.filter(published_at__lt=self.asked.until) if self.asked.until else found
        keys = list(found.values_list("pk", flat=True)[: MOST + 1])
        rows = dict(SearchDocument.objects.filter(article__in=keys).order_by().values_list("article", "place"))
        return [rows[key] for key in keys if key in rows]

    @property
    def _has_filters(self):
        return bool(self.asked.sections or self.asked.authors or self.asked.topics or self.asked.genre)

    def _limited(self, expression):
        return asking.limited(expression, self.asked, self.hidden)

    def _tiers(self, all_of_it):
        """The tiers of the query; none where there is nothing at all."""
        return asking.tiers(self.typed) if all_of_it else []

    @property
    def _must_look_up(self):
        """The index knows two words side by side, and of three only that they stand so in twos."""
        return any(len(phrase.folded) > 2 for phrase in self.typed.quoted)

    def _holds_quoted(self, texts):
        return all(
            any(phrase.stands_in(getattr(texts, name), exactly=False) for name in asking.FIELDS)
            for phrase in self.typed.quoted
            if len(phrase.folded) > 2
        )

    def _sorted(self, tiers, found):
        """The same as `_ranked` of few hits, by their texts."""
        known = self._texts(found)
        tokens = {place: known[place][1].tokens() for place in found if place in known}
        for tier in tiers:
            for place in sorted(tokens, reverse=True):
                if holds(tier.expression, tokens[place]) and self._fits(tier, known[place][1]):
                    del tokens[place]
                    yield place, tier.is_phrase

    def _ranked(self, tiers):
        """(place, is_phrase) of every hit in order, each in the first tier that it fits."""
        seen = set()
        for tier in tiers:
            for place in self._fitting(tier, seen):
                seen.add(place)
                yield place, tier.is_phrase

    def _fitting(self, tier, seen):
        expression, below = self._limited(tier.expression), self.below
        looks = bool(tier.phrases) or self._must_look_up
        limit = (AT_ONCE if looks else max(AT_ONCE, self.end)) + len(seen)
        while True:
            if self.read >= LOOKED_UP:
                limit = max(limit, self.end + len(seen))
            found = self.places(expression, min(limit, MOST + 1), below)
            fresh = [place for place in found if place not in seen]
            known = self._texts(fresh) if looks else {}
            for place in fresh:
                if not looks or place not in known or self._fits(tier, known[place][1]):
                    yield place
            if len(found) < min(limit, MOST + 1):
                return
            below, limit = found[-1], limit * 2

    def _fits(self, tier, texts):
        return tier.fits(texts) and (not self._must_look_up or self._holds_quoted(texts))

    def _texts(self, places):
        """{place: (article, Texts)}, until too many were read: then the index alone is believed."""
        missing = [place for place in places if place not in self.known]
        if missing and self.read < LOOKED_UP:
            self.read += len(missing)
            self.known |= texts(missing)
        return self.known

    def _found(self, ranked, total):
        known = self._texts([place for place, _is_phrase in ranked])
        hits = [Hit(*known[place], is_phrase) for place, is_phrase in ranked if place in known]
        return Found(hits, min(total, MOST), total > MOST)
