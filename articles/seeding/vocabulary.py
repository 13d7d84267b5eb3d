"""The words of a synthetic archive: sentences, titles and ledes made of clauses of the demo's own news.

Design notes
- Everything is made once, titles with their folded key beside them; an article then only draws and joins. That is
  what lets one process write several thousand articles a second, each as its model would store it.
- NEEDLES are what a search can be judged by: each stands in a known share of the articles and nowhere else. One
  syllable of each is left out of all other words, folded, so no accident and no seam between two pieces can make one.
- Lengths follow what was measured on Vietnamese news: a title of 34/59/89 characters, a lede of 101/150/244, a body of
  139/430/1,242 syllables in 4/11/30 paragraphs (5 %, 50 %, 95 %).
"""

import re
import tomllib
from typing import NamedTuple

from articles import richtext, vietnamese
from articles.demo import load

from .names import FAMILY, GIVEN, MIDDLE

NEEDLES = {"Tân Lạc": 200, "Đà Bắc": 200, "Pà Cò": 10_000}  # place: every how many articles it stands in
FIRST = 7  # the first article with the first needle; each of the others begins one later
KEPT_OUT = {"lac", "bac", "pa"}  # one folded syllable of each
PLACES, PARAGRAPHS, TAILS, TITLES, LEDES, CAPTIONS = 600, 6_000, 2_000, 5_000, 4_000, 300
SHORT, LONG = 3, 9  # syllables of a clause

_BORDER = re.compile(r"[^\w\s]+")
_WORD = re.compile(r"[^\W\d_]+")


class Piece(NamedTuple):
    """A text and its key, as vietnamese.key gives it."""

    text: str
    key: str


def piece(text):
    return Piece(text, vietnamese.key(text))


class Vocabulary:
    """All that an archive is written with; the same for the same random generator."""

    def __init__(self, rng):
        self.rng = rng
        self.clauses = _clauses(load.HERE)
        syllables = sorted({word.capitalize() for clause in self.clauses for word in clause.split() if word[2:]})
        names = {f"{rng.choice(syllables)} {rng.choice(syllables)}" for _ in range(PLACES)}
        self.places = [piece(name) for name in sorted(names)]
        self.needles = [(piece(name), apart, first) for first, (name, apart) in enumerate(NEEDLES.items(), FIRST)]
        self.needle_pieces = {name for name, _apart, _first in self.needles}
        self.titles = [self._title() for _ in range(TITLES)]
        self.ledes = [self._lede() for _ in range(LEDES)]
        self.paragraphs = [" ".join(self._sentences()) for _ in range(PARAGRAPHS)]
        self.tails = [f", {rng.choice(self.clauses)}." for _ in range(TAILS)]
        self.captions = [self._sentence() for _ in range(CAPTIONS)]

    def person(self):
        return " ".join(self.rng.choice(names) for names in (FAMILY, MIDDLE, GIVEN))

    def _title(self):
        """Without the place that most titles get, and its nine characters or so."""
        words, most = "", max(14, self.rng.normalvariate(36, 15))
        while len(words) < most:
            words = f"{words} {self.rng.choice(self.clauses)}".lstrip()
        return piece(_begun(words[: words.find(" ", 90) if len(words) > 100 else None]))

    def _lede(self):
        words, most = self.rng.choice(self.clauses), self.rng.lognormvariate(4.82, 0.29)
        while len(words) < most:
            words = f"{words}, {self.rng.choice(self.clauses)}"
        return _begun(words)

    def _sentences(self):
        return [self._sentence() for _ in range(self.rng.randint(1, 3))]

    def _sentence(self):
        parts = self.rng.choices(self.clauses, k=self.rng.randint(1, 4))
        if self.rng.random() < 0.15:
            share = f"{self.rng.randint(2, 98)},{self.rng.randint(1, 9)}%"
            parts.append(f"tăng {share} so với năm {self.rng.randint(1998, 2025)}")
        return f"{_begun(', '.join(parts))}."


def _begun(words):
    return words[0].upper() + words[1:]


def _clauses(folder):
    """Runs of words between marks in the demo's news, cut where they are long; ordered, each once."""
    found = {}
    for file in sorted((folder / "news").glob("*.toml")):
        for item in tomllib.loads(file.read_text(encoding="utf-8"))["article"]:
            for text in _BORDER.split(f"{item['lede']}\n{richtext.to_text(item['body'])}"):
                found |= dict.fromkeys(_cut(text.split()))
    return list(found)


def _cut(words):
    for begin in range(0, len(words), LONG):
        part = words[begin : begin + LONG]
        if len(part) < SHORT or not all(_WORD.fullmatch(word) for word in part):
            continue
        if not KEPT_OUT & set(vietnamese.key(" ".join(part)).split()):
            yield " ".join([part[0] if part[1][0].isupper() else part[0].lower(), *part[1:]])  # or it is a name
