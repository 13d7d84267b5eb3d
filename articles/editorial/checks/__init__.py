"""Checks before publication: what a text lacks or risks, found before readers find it.

    run(article) → [Finding]         for the form
    unmet(article) → [Finding]       for the step page: what stands in the way, and asks for a reason
    gate(article, overrides, at)     for transitions.py: raises Unmet

Design notes
- A check looks at a document (editorial/documents.py) and not at the article's rows: of a public article the working
  version is judged, before readers see it.
- Each check gives one finding at most, however many places it names: who passes over a warning gives one reason for
  it, and the reason is kept under the check's name in Transition.overrides. What blocks cannot be passed over; how
  strictly each is meant is the chief's to say (levels.py), for all sections or for one.
- Nothing here speaks to the network. `look_outside` does, where the operator allows it, and is called before a
  transaction is opened; `run` knows what it remembers.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import vietnamese
from articles.models import Article, State

from .. import documents, revisions
from . import levels, outside
from .catalogue import CHECKS, GROUPS
from .check import BLOCK, OFF, WARN, Check, Finding
from .piece import Piece

REASON_LENGTH = 1000
PREFIX = "override-"  # of the boxes for reasons on the step page

__all__ = ["BLOCK", "CHECKS", "GROUPS", "OFF", "WARN", "Check", "Finding", "Unmet", "gate", "run"]
__all__ += ["levels", "look_outside", "overrides_from", "unmet", "with_reasons"]


class Unmet(ValidationError):
    """What the checks found: `findings` that block, or warn and were not passed over with a reason."""

    def __init__(self, findings):
        super().__init__([finding.message for finding in findings])
        self.findings = findings


def run(article, document=None, at=None, *, whole=True):
    """The findings about a document (the article's newest one), those that block first.

    `at` is the moment of publication: when left out the document's own time, else now. `whole=False` leaves out what
    takes long (it reads other stories), for a form that must open at once; the way to publication asks it.
    """
    document = revisions.current(article) if document is None else document
    piece = Piece(article, document, at)
    in_force = levels.in_force(document.get("category"))
    asked = [check for check in CHECKS.values() if in_force[check.name] != OFF and (whole or not check.is_slow)]
    findings = [found for check in asked if (found := check.look(piece, in_force[check.name]))]
    return sorted(findings, key=lambda finding: finding.level != BLOCK)


def unmet(article, overrides=(), at=None):
    """The findings that stand in the way: what blocks, and what warns and has no reason in `overrides`.

    Warnings of what readers see already are not repeated: a report from the scene would ask for them every minute.
    """
    passed = {row.get("check") for row in overrides if str(row.get("reason") or "").strip()}
    found = [finding for finding in run(article, at=at) if finding.blocks or finding.name not in passed]
    if article.state != State.PUBLISHED or all(finding.blocks for finding in found):
        return found
    live = Article.objects.get(pk=article.pk)  # as its rows have it: `article` may be laid out as its newest version
    seen = run(live, documents.of(live), at)
    return [finding for finding in found if finding.blocks or finding.says_more_than(seen)]


def gate(article, overrides=(), at=None):
    """Raise Unmet when something stands in the way. `overrides`: [{"check": name, "reason": text}]."""
    if found := unmet(article, overrides, at):
        raise Unmet(found)


def overrides_from(data):
    """The reasons of a sent form, {name of a box: text}, as `gate` takes them and a transition keeps them."""
    found = []
    for name in CHECKS:
        if reason := vietnamese.clean_line(data.get(PREFIX + name) or "")[:REASON_LENGTH]:
            found.append({"check": name, "reason": reason})
    return found


def with_reasons(findings, overrides):
    """[(finding, the reason given for it, or "")], for a page that asks for reasons."""
    given = {row["check"]: row["reason"] for row in overrides}
    return [(finding, given.get(finding.name, "")) for finding in findings]


def look_outside(article, document=None):
    """Ask other sites whether what the text links to is there; `run` then knows it for an hour. Seconds may pass, so
    call it with no transaction open. Without CHECK_LINKS=1 it does nothing."""
    document = revisions.current(article) if document is None else document
    outside.look([link.address for link in Piece(article, document, timezone.now()).links if link.is_outside])
