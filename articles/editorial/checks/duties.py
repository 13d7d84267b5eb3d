"""What the newspaper owes: to the law, to those it spoke with, to its own word, to its readers.

Sources: Press Law 2025, Articles 33(2) (an interviewee may see the answers), 39(3)-(4) (use of AI), 8(11) (content
that was withdrawn).
"""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import days
from articles.models import AIUse, Genre, State

from .. import likeness
from .check import BLOCK, check, said_of

AI_LAW = date(2026, 7, 1)  # Press Law 2025 in force


@check(
    "embargo", gettext_lazy("Embargo"),
    gettext_lazy("Publication lies before the hour that was promised to the source."),
    level=BLOCK, where="embargo_until",
)  # fmt: skip
def embargo(piece):
    until = piece.time("embargo_until")
    if until is None or until <= piece.moment:
        return ""
    hour = date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT")
    return _("Under embargo until %(hour)s: not to be published before.") % {"hour": hour}


@check(
    "interview", gettext_lazy("Interview not shown to the interviewee"),
    gettext_lazy("The law lets an interviewee see the answers before they are published."),
    level=BLOCK, where="interview_shown_at",
)  # fmt: skip
def interview(piece):
    is_due = piece.document.get("genre") == Genre.INTERVIEW and not piece.document.get("interview_shown_at")
    return _("The interviewee has not seen the interview yet: enter when it was shown.") if is_due else ""


@check(
    "ai-use", gettext_lazy("Use of AI not declared"),
    gettext_lazy("The law asks for a label where AI made or changed something."),
    level=BLOCK, where="ai_use",
)  # fmt: skip
def ai_use(piece):
    """What readers saw before the law was in force owes no declaration when it is mended today."""
    article = piece.article
    is_older = article.was_public() and days.of(article.published_at) < AI_LAW
    if piece.document.get("ai_use") or is_older:
        return ""
    return _("The use of AI is not declared: “No AI” is an answer too.")


@check(
    "ai-photo", gettext_lazy("Photo made by AI in an article “without AI”"),
    gettext_lazy("The article's label must speak of its pictures too."),
    where="ai_use",
)  # fmt: skip
def ai_photo(piece):
    if piece.document.get("ai_use") != AIUse.NONE:
        return ""
    made = [(picture, "ai_use") for picture in piece.pictures if picture.photo and picture.photo.made_by_ai]
    return said_of(made, _("Made by AI, but the article says “No AI”: %(places)s."))


@check(
    "notes",
    gettext_lazy("Unresolved internal notes"),
    gettext_lazy("A colleague's question is still open."),
    where="notes",
)
def notes(piece):
    return said_of([(text, "notes") for text in piece.open_notes], _("Not resolved yet: %(places)s."))


@check(
    "duplicate", gettext_lazy("Near-duplicate of a published story"),
    gettext_lazy("Readers may have read it already."),
    where="body", is_slow=True,
)  # fmt: skip
def duplicate(piece):
    found = [(story, "body") for story in likeness.near_duplicates(piece.document, piece.article)]
    return said_of(found, _("Much the same was published already: %(places)s."))


@check(
    "withdrawn",
    gettext_lazy("Withdrawn before"),
    gettext_lazy("The law forbids to repeat what had to be withdrawn."),
    where="title",
)
def withdrawn(piece):
    is_back = piece.article.state == State.WITHDRAWN
    return _("This article was withdrawn: say why it may be published again.") if is_back else ""


CHECKS = [ai_use, ai_photo, interview, embargo, withdrawn, duplicate, notes]
