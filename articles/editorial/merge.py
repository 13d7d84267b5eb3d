"""Three versions into one: what the form was opened with, what a colleague saved since, what was typed here.

Design notes
- A body is merged paragraph by paragraph (block by block), a list of rows row by row, topics as a set, every other
  field as a whole. Where only one side changed, that side is taken; where both did the same, once; else it is a
  conflict, which a person decides: nothing is guessed and nothing is dropped.
- The merging is the classic diff3 over difflib's matching blocks. merge3, the library that does the same, is GPL (we
  are BSD), and three-merge is unmaintained and works by characters, which makes new words of two.
"""

import hashlib
import json
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles import richtext

from .documents import FIELDS, MANY, ROWS

MINE, THEIRS, BOTH = "mine", "theirs", "both"
PARAGRAPH = "\n"


@dataclass(frozen=True)
class Conflict:
    """One place where two people say different things. Bodies: lists of blocks; rows: lists of rows; else the value."""

    name: str  # of the field or the rows
    base: object
    mine: object
    theirs: object

    @property
    def key(self):
        """Names this conflict between two loads of a page: a choice counts for what was shown and for nothing else."""
        text = json.dumps([self.name, self.base, self.mine, self.theirs], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Merged:
    """`document` holds the own side in each place of conflict that was not decided."""

    document: dict
    conflicts: list


def merge(base, mine, theirs, choices=None):
    """The Merged of three documents. `choices`: {Conflict.key: MINE, THEIRS or BOTH} of those decided already."""
    decide = _Decisions(choices or {})
    document = {**theirs, **{name: value for name, value in mine.items() if name not in theirs}}
    for name in [*FIELDS, *MANY, *ROWS]:
        if name in mine:
            document[name] = _part(name, base.get(name), mine[name], theirs.get(name), decide)
    return Merged(document, decide.open)


def _part(name, base, mine, theirs, decide):
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    if name == "body":
        sides = [split(text or "") for text in (base, mine, theirs)]
        return PARAGRAPH.join(_sequence(name, *sides, decide))
    if name in MANY:
        return sorted((set(theirs or []) | set(mine) - set(base or [])) - (set(base or []) - set(mine)))
    if name in ROWS:
        return _sequence(name, base or [], mine, theirs or [], decide)
    return decide(Conflict(name, base, mine, theirs))


def split(body):
    """The blocks of a body: what stands between them says nothing."""
    return [source.strip() for _name, source in richtext.blocks(body) if source.strip()]


class _Decisions:
    """Takes the decided side of a conflict, and collects those that are open."""

    def __init__(self, choices):
        self.choices, self.open = choices, []

    def __call__(self, conflict):
        choice = self.choices.get(conflict.key)
        if choice == THEIRS:
            return conflict.theirs
        if choice == BOTH and isinstance(conflict.mine, list):
            return [*conflict.theirs, *(item for item in conflict.mine if item not in conflict.theirs)]
        if choice == BOTH and isinstance(conflict.mine, str):
            return f"{conflict.theirs} {conflict.mine}"
        if choice != MINE:
            self.open.append(conflict)
        return conflict.mine


# Sequences, by diff3


def _sequence(name, base, mine, theirs, decide):
    merged = []
    for old, own, other in _stretches(base, mine, theirs):
        if own == other or other == old:
            merged += own
        elif own == old:
            merged += other
        else:
            merged += decide(Conflict(name, old, own, other))
    return merged


def _stretches(base, mine, theirs):
    """(base, mine, theirs) in order, each a list of items.

    Two who rewrote two paragraphs that follow each other changed different things: where all three have as many items
    between what they agree on, each item is a stretch of its own.
    """
    at = [0, 0, 0]
    for begin, own, other, length in _agreed(base, mine, theirs):
        apart = base[at[0] : begin], mine[at[1] : own], theirs[at[2] : other]
        if len({len(side) for side in apart}) == 1:
            yield from ([[item] for item in items] for items in zip(*apart, strict=True))
        else:
            yield apart
        at = [begin + length, own + length, other + length]
        yield base[begin : at[0]], mine[own : at[1]], theirs[other : at[2]]


def _agreed(base, mine, theirs):
    """(place in base, in mine, in theirs, length) of the stretches that both sides left alone; the last is empty."""
    first, second = (_matches(base, side) for side in (mine, theirs))
    while first and second:
        (at_a, own, size_a), (at_b, other, size_b) = first[0], second[0]
        begin, end = max(at_a, at_b), min(at_a + size_a, at_b + size_b)
        if begin < end:
            yield begin, own + begin - at_a, other + begin - at_b, end - begin
        (first if at_a + size_a < at_b + size_b else second).pop(0)
    yield len(base), len(mine), len(theirs), 0


def _matches(base, side):
    keys = [[json.dumps(item, sort_keys=True) for item in items] for items in (base, side)]
    return [block for block in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks() if block.size]
