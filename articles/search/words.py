"""The tokeniser: what the index holds of a text, the same for both databases.

Tokens of a text, each once, without positions:

    hoa            a syllable, folded
    hoa_binh       two that stand side by side, folded: most words of Vietnamese have two syllables, so a phrase is the
                   AND of its pairs, and a short list each, where the syllables alone are everywhere
    hòa            a syllable as it is written (lower case, NFC, old tone style), where that differs
    120-qd/tw      numbers of documents, dates, amounts as one, beside their parts
    t:hoa_binh     the same in the title; l: in the lede; c: in a caption and in no other field
    b:ho           the beginning of a syllable of the title, and the syllable: what somebody is typing. Either index can
                   look for all tokens that begin so, but "th" begins words in half of all titles, and it gathers all
                   of them before it gives the newest twenty
"""

import re
from dataclasses import dataclass

from articles import vietnamese

VERSION = 2  # of what is made of a text: a new one asks for `manage.py rebuild_search`
LONGEST = 40  # characters of a token
BEGINNINGS = range(2, 7)  # letters
MOST_WORDS = 60_000  # of one field; the longest article measured has 8,046

_CHUNK = re.compile(r"[^\W_]+(?:[-/.,][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_REMEMBERED = 100_000  # chunks: a million articles hold more different numbers than that, but no more syllables


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two spaces, without its punctuation: a syllable, or several joined by - / . or ,"""

    folded: tuple
    exact: tuple  # as written
    special: tuple  # the tokens of it that are no folded syllable


class _Chunks(dict):
    """{chunk in lower case: Chunk}. A text has few different syllables, so the work is a look-up for each."""

    def __missing__(self, text):
        if len(self) > _REMEMBERED:
            self.clear()
        exact = tuple(vietnamese.tone_style(word[:LONGEST]) for word in _WORD.findall(text))
        folded = tuple("".join(_WORD.findall(vietnamese.fold(word))) or word for word in exact)
        special = [word for word, bare in zip(exact, folded, strict=True) if word != bare]
        if len(exact) > 1 and _DIGIT.search(text):
            special.append(vietnamese.fold(text)[:LONGEST])
        self[text] = chunk = Chunk(folded, exact, tuple(special))
        return chunk


_CHUNKS = _Chunks()


def chunks(text):
    """The Chunks of a clean text in order."""
    return [_CHUNKS[chunk] for chunk in _CHUNK.findall(text.lower())]


def folded(text):
    """The folded syllables of a text in order."""
    return [word for chunk in chunks(text) for word in chunk.folded]


def exact(text):
    """The syllables of a text in order as they are written."""
    return [word for chunk in chunks(text) for word in chunk.exact]


def pairs(words):
    return [f"{first}_{second}" for first, second in zip(words, words[1:], strict=False)]


def beginning(letters):
    """The token of all titles with a word that begins so; None where there are too few letters for one, or too many."""
    return f"b:{letters}" if len(letters) in BEGINNINGS else None


def tokens_of(text):
    """(folded syllables and pairs, the special ones) of a text; no pair reaches over the end of a line."""
    plain, special = set(), set()
    left = MOST_WORDS
    for line in text.split("\n"):
        found = chunks(line)[:left]
        left -= len(found)
        words = [word for chunk in found for word in chunk.folded]
        plain.update(words)
        plain.update(map("_".join, zip(words, words[1:], strict=False)))
        special.update(*[chunk.special for chunk in found])
    return plain, special


def tokens(title, lede, body, captions, facets=()):
    """The set of all tokens of an article, of clean texts."""
    in_title, special = tokens_of(title)
    found = set(special)
    in_lede, special = tokens_of(lede)
    found |= special
    in_body, special = tokens_of(body)
    found |= special
    found |= in_body | in_lede | in_title
    if captions:
        plain, special = tokens_of(captions)
        found.update(["c:" + token for token in (plain | special) - found])
    found.update(["t:" + token for token in in_title])
    found.update([f"b:{word[:letters]}" for word in in_title if "_" not in word for letters in BEGINNINGS])
    found.update(["l:" + token for token in in_lede])
    found.update(facets)
    return found
