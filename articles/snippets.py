"""The piece of a text around what was searched for, in its own spelling, with the hits marked.

Words are compared as the search compares them, folded; a map from each folded character to its place in the original
leads back, so that "thuy dien" marks "Thủy điện". Where the words stand side by side only such places are marked: the
single syllables of Vietnamese are everywhere.
"""

import re

from django.utils.html import format_html, format_html_join

from . import vietnamese

LENGTH, BEFORE = 200, 60  # characters of a snippet, and those of them before the hit
LOOKED_AT = 50_000  # characters of a body; the longest article measured has about 40,000
_WORD = re.compile(r"[^\W_]+")


class _Folded(dict):
    def __missing__(self, char):
        self[char] = folded = vietnamese.fold(char)
        return folded


_FOLDED = _Folded()


def hits(text, query):
    """[(start, end)] of the places of the query's words in `text`; [] without any."""
    wanted, words = vietnamese.key(query).split(), _words(text)
    return _side_by_side(words, wanted) or _singly(words, wanted)


def _side_by_side(words, wanted):
    names, span = [name for name, _start, _end in words], len(wanted)
    places = [n for n, name in enumerate(names) if wanted and name == wanted[0] and names[n : n + span] == wanted]
    return [(words[n][1], words[n + span - 1][2]) for n in places]


def _singly(words, wanted):
    singly = set(wanted)
    found = [(start, end) for name, start, end in words if name in singly]
    if wanted and all(name != wanted[-1] for name, _start, _end in words):  # it may be the beginning of one
        found += [(start, end) for name, start, end in words if name.startswith(wanted[-1])]
    return sorted(found)


def _words(text):
    """[(folded word, start, end)] of a text; the places are those in the text."""
    if vietnamese.keeps_places(text):
        return [(match[0], match.start(), match.end()) for match in _WORD.finditer(vietnamese.fold(text))]
    folded, places = [], []
    for place, char in enumerate(text):
        for part in _FOLDED[char]:
            folded.append(part)
            places.append(place)
    places.append(len(text))
    found = _WORD.finditer("".join(folded))
    return [(match[0], places[match.start()], _end(places, match.end())) for match in found]


def _end(places, end):
    """Behind the last character of a word, and behind the marks on it that folded to nothing."""
    return places[end] if places[end] > places[end - 1] else places[end - 1] + 1


def marked(text, query):
    """All of `text` as HTML with <mark> around the hits."""
    return _html(text, hits(text, query))


def snippet(lede, body, query):
    """At most LENGTH characters of the lede or of the body, as HTML: where the words stand side by side, else where
    any of them stands, the lede first."""
    wanted = vietnamese.key(query).split()
    texts = [(text, _words(text)) for text in (" ".join(lede.split()), " ".join(body[:LOOKED_AT].split()))]
    for places in (_side_by_side, _singly):
        for text, words in texts:
            if found := places(words, wanted):
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
