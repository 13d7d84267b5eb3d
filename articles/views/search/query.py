"""What a reader asks for.

`SearchQuery` says everything that is asked; `find` asks the search (articles/search) for a page of it, which the admin
and the related stories ask too.

A filter that says nothing (31/02/2020, a section that is none) is left out, with a message beside its box; the rest is
searched, so that a slip costs no second request. Two dates in the wrong order are taken in the right one.
"""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from articles import days, search, vietnamese
from articles.models import Author, Category, Genre

from .. import page

QUERY_LENGTH, FIELD_LENGTH = 200, 100
FILTERS = ("tu", "den", "muc", "tac-gia", "the-loai")
NEWEST = "moi"  # of xep; anything else is by relevance
NAMESAKES = 50


@dataclass(frozen=True)
class SearchQuery:
    text: str = ""  # one clean line, marks as typed
    first: date | None = None
    last: date | None = None  # a day of the archive, included
    section: Category | None = None  # with its sub-sections
    authors: tuple = ()  # any of these: one, or several of the same name; () is no filter
    genre: Genre | None = None
    is_newest_first: bool = False
    typed: dict = field(default_factory=dict)  # {parameter: what was typed}, without those left empty
    errors: dict = field(default_factory=dict)  # {parameter: what is wrong with it}

    @property
    def has_words(self):
        return bool(vietnamese.key(self.text))

    @property
    def filters(self):
        """[(parameter, its value in words)] of the filters that count."""
        named = {
            "tu": self.first and f"{self.first:%d/%m/%Y}",
            "den": self.last and f"{self.last:%d/%m/%Y}",
            "muc": self.section and self.section.name,
            "tac-gia": self.authors and self.authors[0].name,
            "the-loai": self.genre and self.genre.label,
        }
        return [(name, words) for name, words in named.items() if words]

    def find(self, sections, begin, size):
        """What is found, a page of it: the hits from number `begin` on, in the order asked for."""
        asked = search.Asked(
            text=self.text,
            since=self.first and days.start(self.first),
            until=self.last and days.bounds(self.last)[1],
            sections=tuple(sections.family(self.section)) if self.section else (),
            authors=tuple(author.pk for author in self.authors),
            genre=self.genre or "",
            is_newest_first=self.is_newest_first,
        )
        return search.find(asked, begin, size)

    def address(self, **changes):
        """The parameters of this search with some changed; None takes one out. The page is never one of them."""
        changes = {name.replace("_", "-"): value for name, value in changes.items()}
        return urlencode({name: value for name, value in {**self.typed, **changes}.items() if value})


def read(request):
    """The SearchQuery of a request; one query at most, for the author."""
    typed = {name: vietnamese.clean_line(request.GET.get(name, "")[:FIELD_LENGTH]) for name in FILTERS}
    typed["q"] = vietnamese.clean_line(request.GET.get("q", "")[:QUERY_LENGTH])
    typed["xep"] = NEWEST if request.GET.get("xep") == NEWEST else ""
    typed = {name: typed[name] for name in ("q", *FILTERS, "xep") if typed[name]}
    errors = {}
    first, last = (_read(typed, name, errors, days.parse, _no_day) for name in ("tu", "den"))
    if first and last and first > last:
        first, last = last, first
    by_slug = page.sections(request).by_slug
    return SearchQuery(
        text=typed.get("q", ""),
        first=first,
        last=last,
        section=_read(typed, "muc", errors, by_slug.__getitem__, _no_section),
        authors=_read(typed, "tac-gia", errors, authors_named, _no_author) or (),
        genre=_read(typed, "the-loai", errors, Genre, _no_genre),
        is_newest_first="xep" in typed,
        typed=typed,
        errors=errors,
    )


def _read(typed, name, errors, reader, complaint):
    if name not in typed:
        return None
    try:
        return reader(typed[name])
    except (ValueError, LookupError):
        errors[name] = complaint(typed[name][:40])
        return None


def authors_named(text):
    """The author of a slug, or those of a name, typed with or without diacritics; LookupError when there is none."""
    name, slug = vietnamese.key(text), vietnamese.slug(text)
    alike = Author.objects.filter(Q(slug__startswith=slug) | Q(name=text)) if slug else Author.objects.none()
    alike = list(alike.order_by("slug")[:NAMESAKES])
    found = [author for author in alike if author.slug == text]
    found = found or [author for author in alike if vietnamese.key(author.name) == name]
    if not found:
        raise LookupError(text)
    return tuple(found)


def _no_day(text):
    return _("“%(text)s” is not a date. Write it like 22/11/2010.") % {"text": text}


def _no_section(text):
    return _("There is no section “%(slug)s”.") % {"slug": text}


def _no_author(text):
    return _("No author is called “%(name)s”.") % {"name": text}


def _no_genre(text):
    return _("There is no genre “%(name)s”.") % {"name": text}
