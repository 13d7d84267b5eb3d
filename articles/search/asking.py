"""What was typed, and what the index is asked for it.

    tai nạn "Tân Lạc" -đường    words, a phrase that must be there, a word that must not

The words are looked for side by side first (in the title, in the lede, in the text, in a caption), exactly as written
where they were written with marks, then folded; then each beside another of them ("tai nạn giao thông Tân Lạc" are
three words, which need not stand together); then anywhere. Each of these is a Tier; an article stands in the first
that it fits.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from articles import vietnamese

from . import words
from .expressions import NOTHING, begin, both, either, term, without

MOST_WORDS = 32  # of a query; more would only make a hostile one dear
MOST_TYPED = 400  # characters
PARTLY = 4  # words from which on they may stand together in groups
LEAST_BEGIN = 2  # letters of the beginning of a word

_TYPED = re.compile(r'(?<!\S)(-?)"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("“”„‟«»", '""""""')
FIELDS = ("title", "lede", "body", "captions")


@lru_cache(maxsize=256)
def _pattern(found):
    between = r"(?:[^\w\n]|_)+"
    return re.compile(rf"(?<![^\W_]){between.join(map(re.escape, found))}(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in both spellings, and the tokens they have besides."""

    folded: tuple
    exact: tuple
    special: tuple

    @classmethod
    def of(cls, text):
        found = words.chunks(vietnamese.clean(text))[:MOST_WORDS]
        folded = tuple(word for chunk in found for word in chunk.folded)[:MOST_WORDS]
        exact = tuple(word for chunk in found for word in chunk.exact)[:MOST_WORDS]
        special = tuple(dict.fromkeys(token for chunk in found for token in chunk.special))
        return cls(folded, exact, special)

    def __bool__(self):
        return bool(self.folded)

    @property
    def together(self):
        """The tokens of its words side by side."""
        return words.pairs(self.folded) or list(self.folded)

    def stands_in(self, text, exactly):
        """Whether its words stand side by side on one line of a text."""
        if exactly:
            return _pattern(self.exact).search(vietnamese.tone_style(text.lower())) is not None
        return _pattern(self.folded).search(vietnamese.fold(text)) is not None


@dataclass(frozen=True, slots=True)
class Typed:
    """A query taken apart. `words` are all that stand outside quotation marks, in their order."""

    words: Phrase
    quoted: tuple = ()
    unwanted: tuple = ()

    @classmethod
    def read(cls, text):
        loose, quoted, unwanted = [], [], []
        for minus, inside, word in _TYPED.findall(text[:MOST_TYPED].translate(_QUOTES)):
            if word and not word.startswith("-"):
                loose.append(word)
            elif phrase := Phrase.of(word or inside):
                (unwanted if minus or word else quoted).append(phrase)
        return cls(Phrase.of(" ".join(loose)), tuple(quoted[:MOST_WORDS]), tuple(unwanted[:MOST_WORDS]))

    def __bool__(self):
        return bool(self.words or self.quoted)

    @property
    def has_marks(self):
        return bool(self.words.special) or any(one.special for one in self.quoted)


@dataclass(frozen=True, slots=True)
class Tier:
    """Articles that fit a query equally well. What the index cannot promise is looked up in their texts: `fields` are
    those in one of which the words must stand side by side, `exactly` whether as written."""

    expression: tuple
    is_phrase: bool
    fields: tuple = ()
    exactly: bool = False
    phrases: tuple = field(default=())

    def fits(self, texts):
        return all(
            any(phrase.stands_in(getattr(texts, name), self.exactly) for name in self.fields) for phrase in self.phrases
        )


def anywhere(token):
    """A token in any field, a caption too."""
    return either(term(token), term(f"c:{token}"))


def every_word(typed):
    """The articles that hold all that is asked, wherever it stands: the widest of all tiers."""
    tokens = [*typed.words.folded, *(token for phrase in typed.quoted for token in phrase.together)]
    return both(*map(anywhere, tokens))


def unwanted(typed):
    """Of each phrase that must not be there the expression; written with marks it means only what is written so."""
    return [both(*map(anywhere, [*phrase.together, *phrase.special])) for phrase in typed.unwanted]


def tiers(typed):
    """The tiers of a query in their order."""
    free = typed.words if typed.words else None
    phrases = (free,) if free else typed.quoted
    if typed.has_marks:
        yield from _side_by_side(typed, phrases, exactly=True)
    yield from _side_by_side(typed, phrases, exactly=False)
    if not free or len(free.folded) < 2:
        return
    for exact in [True, False] if typed.has_marks else [False]:
        special = [anywhere(token) for token in _special(typed)] if exact else []
        quoted = [anywhere(token) for phrase in typed.quoted for token in phrase.together]
        yield Tier(both(*(term(f"t:{word}") for word in free.folded), *quoted, *special), is_phrase=False)
        if len(free.folded) >= PARTLY:
            yield Tier(both(*_in_groups(free), *quoted, *special), is_phrase=False)
        yield Tier(both(every_word(typed), *special), is_phrase=False)


def _side_by_side(typed, phrases, exactly):
    tokens = [token for phrase in phrases for token in phrase.together]
    rest = [] if phrases is typed.quoted else [token for phrase in typed.quoted for token in phrase.together]
    # Two folded words side by side are one token: nothing is left to be looked up. Of more than two the text decides.
    is_long = any(len(phrase.folded) > 2 for phrase in phrases)
    looked_up = phrases if exactly or is_long else ()
    special = _special(typed) if exactly and not is_long else []
    besides = [anywhere(token) for token in [*rest, *special]]
    for fields, expression in (
        (FIELDS[:1], both(*(term(f"t:{token}") for token in tokens))),
        (FIELDS[1:2], both(*(term(f"l:{token}") for token in tokens))),
        (FIELDS[:3], both(*map(term, tokens))),
        (FIELDS, both(*map(anywhere, tokens))),
    ):
        yield Tier(both(expression, *besides), True, fields, exactly, looked_up)


def _special(typed):
    return [token for phrase in (typed.words, *typed.quoted) for token in phrase.special]


def _in_groups(phrase):
    """That each word stands beside the one before or behind it in the query."""
    beside = [anywhere(pair) for pair in words.pairs(phrase.folded)]
    return [either(*beside[max(place - 1, 0) : place + 1]) for place in range(len(phrase.folded))]


def beginning(typed):
    """The tiers of a query whose last word is still being typed; none for one that is nothing yet.

    A single one is looked for in titles only: in the texts half of all articles have a word that begins so.
    """
    free = typed.words.folded
    if not free or len(free[-1]) < (1 if len(free) > 1 else LEAST_BEGIN):
        return
    *before, last = free
    stem = f"{before[-1]}_{last}" if before else last
    rest = [anywhere(token) for phrase in typed.quoted for token in phrase.together]
    rest += [anywhere(pair) for pair in words.pairs(before)]
    token = None if before else words.beginning(last)
    yield Tier(
        both(term(token) if token else begin(f"t:{stem}"), *(term(f"t:{word}") for word in before), *rest),
        is_phrase=True,
    )
    if before:
        yield Tier(both(either(begin(stem), begin(f"c:{stem}")), *map(anywhere, before), *rest), is_phrase=True)


def limited(expression, asked, hidden):
    """An expression within the filters of what is asked (finding.Asked)."""
    groups = [
        [f"#s{pk}" for pk in asked.sections],
        [f"#a{pk}" for pk in asked.authors],
        [f"#t{pk}" for pk in asked.topics],
        [f"#g{asked.genre}"] if asked.genre else [],
    ]
    parts = [either(*map(term, group)) for group in groups if group]
    expression = both(expression, *parts) if expression else both(*parts)
    return without(expression, *hidden)


__all__ = ["NOTHING", "Phrase", "Tier", "Typed", "beginning", "every_word", "limited", "tiers", "unwanted"]
