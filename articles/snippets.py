"""The piece of a text around what was searched for, in its own spelling, with the hits marked.

Words are compared as the search compares them, folded; a map from each folded character to its place in the original
leads back, so that "thuy dien" marks "Thủy điện". Where the words stand side by side only such places are marked: the
single syllables of Vietnamese are everywhere.
"""

import re
from functools import lru_cache

from django.utils.html import format_html, format_html_join

from . import vietnamese

LENGTH, BEFORE = 200, 60  # characters of a snippet, and those of them before the hit
LOOKED_AT = 50_000  # characters of a body; the longest article measured has about 40,000
_LETTER, _LETTERS, _BETWEEN = r"[^\W_]", r"[^\W_]*", r"[\W_]+"


class _Folded(dict):
    def __missing__(self, char):
        self[char] = folded = vietnamese.fold(char)
        return folded


_FOLDED = _Folded()


def hits(text, query):
    """[(start, end)] of the places of the query's words in `text`; [] without any."""
    wanted, folded = tuple(vietnamese.key(query).split()), _Text(text)
    return _side_by_side(folded, wanted) or _singly(folded, wanted)


def _side_by_side(text, wanted):
    return text.places(wanted, _BETWEEN) if wanted else []


def _singly(text, wanted):
    if not wanted:
        return []
    found = text.places(tuple(sorted(set(wanted), key=len, reverse=True)), "|")
    if not text.places(wanted[-1:], "|"):  # it may be the beginning of one
        found += text.places(wanted[-1:], "|", _LETTERS)
    return sorted(found)


@lru_cache(maxsize=256)
def _pattern(words, joint, ending, spell):
    """Whole words that stand side by side or, with "|" between them, any of them. What stands before a word is looked
    at behind its first letter: an expression that begins with a letter passes over a text twice as fast."""
    spelled = [[spell(char) for char in word] for word in words]
    words = [f"{first}(?<!{_LETTER}{first}){''.join(rest)}" for first, *rest in spelled]
    return re.compile(rf"(?:{joint.join(words)}){ending}(?!{_LETTER})")


class _Text:
    """A text in which folded words are found. `places`: [(start, end)] of them."""

    def __init__(self, text):
        self._text, self._places = text, None
        if not vietnamese.keeps_places(text):
            self._fold()

    def _fold(self):
        parts, self._places = [], []
        for place, char in enumerate(self._text):
            for part in _FOLDED[char]:
                parts.append(part)
                self._places.append(place)
        self._places.append(len(self._text))
        self._text = "".join(parts)

    def places(self, words, joint, ending=""):
        spell = vietnamese.spelled if self._places is None else re.escape
        found = [match.span() for match in _pattern(words, joint, ending, spell).finditer(self._text)]
        if self._places is None:
            return found
        return [(self._places[start], _end(self._places, end)) for start, end in found]


def _end(places, end):
    """Behind the last character of a word, and behind the marks on it that folded to nothing."""
    return places[end] if places[end] > places[end - 1] else places[end - 1] + 1


def marked(text, query):
    """All of `text` as HTML with <mark> around the hits."""
    return _html(text, hits(text, query))


def snippet(lede, body, query):
    """At most LENGTH characters of the lede or of the body, as HTML: where the words stand side by side, else where
    any of them stands, the lede first."""
    wanted = tuple(vietnamese.key(query).split())
    texts = [(text, _Text(text)) for text in (" ".join(lede.split()), " ".join(body[:LOOKED_AT].split()))]
    for places in (_side_by_side, _singly):
        for text, folded in texts:
            if found := places(folded, wanted):
                return _cut(text, found)
    return _cut(texts[0][0] or texts[1][0], [])


def _cut(text, found):
    start = 0
    if found and len(text) > LENGTH and found[0][0] > BEFORE:
        start = text.find(" ", found[0][0] - BEFORE) + 1 or found[0][0]
        start = min(start, found[0][0])
    room = LENGTH - 2  # for an ellipsis at both ends
    end = len(text) if len(text) - start <= room else text.rfind(" ", start, start + room + 1)
    end = end if end > start else start + room  # one endless word
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start]
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return format_html("{}{}{}", before, _html(text[start:end], inside), after)


def _html(text, found):
    pieces, behind = [], 0
    for start, end in found:
        if start >= behind:
            pieces.append((text[behind:start], text[start:end]))
            behind = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[behind:])
