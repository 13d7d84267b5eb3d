"""What an old page says, before any of it touches the database.

Every text is NFC on one line, runs of spaces (no-break ones too) folded to one, ends trimmed; otherwise as printed,
typing errors included. `body` is clean HTML. What a page does not say is None or empty: nothing is guessed.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from articles import vietnamese
from articles.models.article import LEDE_LENGTH
from articles.richtext import BODY_LIMIT

from .lines.bylines import Credit
from .lines.sentences import split_at_sentence

FEWEST_WORDS = 8  # of an article; the shortest news measured has 139 syllables, a one-sentence item about 20


class ImportRefused(ValueError):
    """The input cannot become an article; the message says why, in the user's language."""


@dataclass(frozen=True)
class IncomingPhoto:
    """One picture. `caption` has its typing repaired, `caption_as_printed` has not; `src` is '' in a text page.

    `after` says how many of the body's blocks stand before it.
    """

    caption: str = ""
    caption_as_printed: str = ""
    printed_times: int = 0
    src: str = ""
    after: int = 0


@dataclass(frozen=True)
class IncomingLink:
    """One entry of "Các tin khác"."""

    title: str
    dateline: str | None = None
    lede: str = ""


@dataclass(frozen=True)
class ArchiveForm:
    """The day archive's form under an old page: not imported, only reported as understood."""

    label: str
    scope_label: str = ""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class IncomingArticle:
    title: str | None = None
    published_at: datetime | None = None  # aware
    dateline: str | None = None
    lede: str = ""
    body: str = ""
    byline_as_printed: str | None = None
    credits: tuple[Credit, ...] = ()
    pictures: tuple[IncomingPhoto, ...] = ()  # the first is the lead photo
    related_heading: str | None = None
    related: tuple[IncomingLink, ...] = ()
    archive_form: ArchiveForm | None = None
    sections: tuple[str, ...] = ()  # the breadcrumb: section, sub-section
    source_url: str = ""

    @property
    def photo(self):
        return self.pictures[0] if self.pictures else None

    @property
    def captions(self):
        return [picture.caption for picture in self.pictures if picture.caption]

    @property
    def byline(self):
        """The people of the byline, else its words without the full stop."""
        names = [credit.name for credit in self.credits if credit.name]
        return ", ".join(names) or (self.byline_as_printed or "").strip(" .") or None

    def filled(self, *, title=None, published=None):
        """A copy with what the person who runs the import knows better than the page."""
        known = {"title": title, "published_at": published}
        return replace(self, **{name: value for name, value in known.items() if value})


def refuse_too_long(text):
    if len(text) > BODY_LIMIT:
        raise ImportRefused(_("The text is longer than %(limit)s characters.") % {"limit": BODY_LIMIT})


def fit(text, model, field):
    """`text` cut to what a field of a model holds."""
    return text[: model._meta.get_field(field).max_length]


def fit_lede(lede, paragraphs):
    """(lede, paragraphs) with a first paragraph too long for a lede cut at a sentence: nothing lost, nothing twice."""
    head, rest = split_at_sentence(vietnamese.clean_line(lede), LEDE_LENGTH)
    return head, ([rest, *paragraphs] if rest else list(paragraphs))
