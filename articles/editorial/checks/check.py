"""What a check is, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.models import CheckLevel

OFF, WARN, BLOCK = CheckLevel.Level.OFF, CheckLevel.Level.WARN, CheckLevel.Level.BLOCK
QUOTED = 3  # places that a finding names
WORDS = 60  # characters of a place


@dataclass(frozen=True)
class Finding:
    """`name` is the check's; `where` the field or the kind of rows of the document that it is about; `places` are the
    words, photos or links that it names, also those that the message only counts."""

    name: str
    level: str
    message: str
    where: str
    places: tuple = ()

    @property
    def blocks(self):
        return self.level == BLOCK

    def says_more_than(self, others):
        """Whether none of the other findings says the same already."""
        same = (other for other in others if other.name == self.name)
        return not any(set(self.places) <= set(other.places) for other in same)


@dataclass(frozen=True)
class Check:
    """`find(piece)` gives the message, or (message, where, places), or nothing where all is well."""

    name: str
    label: str
    why: str
    level: str  # unless the chief has set another
    where: str
    find: Callable
    is_slow: bool = False  # left out where a form must open at once

    def look(self, piece, level):
        """The Finding about a piece, or None."""
        found = self.find(piece)
        if not found:
            return None
        message, where, places = found if isinstance(found, tuple) else (found, self.where, ())
        return Finding(self.name, str(level), str(message), where, places)


def check(name, label, why, *, level=WARN, where, is_slow=False):
    """Makes a Check of a function; `why` tells the chief what it is good for."""
    return lambda find: Check(name, label, why, level, where, find, is_slow)


def said_of(found, message, **words):
    """What a check gives that found several: [(place, where)]. `message` has %(places)s."""
    if not found:
        return None
    places = tuple(dict.fromkeys(str(place) for place, _where in found))
    return message % {"places": listed(places), **words}, found[0][1], places


def listed(places):
    """'“one”, “two”, “three” (+2)'"""
    quoted = ", ".join(f"“{_short(place)}”" for place in places[:QUOTED])
    return quoted + (f" (+{len(places) - QUOTED})" if len(places) > QUOTED else "")


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= WORDS else f"{text[:WORDS].rstrip()}…"
