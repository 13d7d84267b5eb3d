"""IncomingArticle → the database, all of one page or nothing.

Design notes
- A page is known again by its bytes (sha256), then by its address. What the desk has edited since is never overwritten:
  `fingerprint` is taken of the stored article after the import and compared before the next one.
- The archive import publishes what was published: title, lede, section and time known. Everything else is a draft.
- What was withdrawn stays withdrawn, whatever a file says.
"""

import hashlib
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.editorial import transitions
from articles.models import Article, ImportedSource, State

from . import stored
from .incoming import ImportRefused
from .sections import find_section, given_section

CREATED, UPDATED, SKIPPED = "created", "updated", "skipped"
NAME_LENGTH = 300


@dataclass(frozen=True)
class Outcome:
    kind: str  # created, updated or skipped
    article: Article | None = None
    reason: str = ""


def save(incoming, source_bytes, name, *, section=None, title=None, published=None, user=None, folder=None):
    """Store an article and what it was made of. `section`, `title`, `published` overrule the page; `folder` is where
    the page's pictures lie. Raises ImportRefused."""
    category = given_section(section) if section else None
    incoming = incoming.filled(title=title, published=published)
    category = category or find_section(incoming.sections)
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                return _save(incoming, source_bytes, name, category, user, folder)
        except IntegrityError:
            if attempt == 2:  # once is another import of the same page at the same moment
                raise
        except ValidationError as error:
            raise ImportRefused(" ".join(error.messages)) from error
    return None


def foresee(incoming, source_bytes, *, section=None):
    """The Outcome `save` would have, with nothing written. `incoming` is already filled."""
    category = given_section(section) if section else find_section(incoming.sections)
    outcome = _decide(incoming, hashlib.sha256(source_bytes).hexdigest(), category)
    return replace(outcome, reason=outcome.reason or _no_section(incoming, category))


def _save(incoming, data, name, category, user, folder):
    sha256 = hashlib.sha256(data).hexdigest()
    outcome = _decide(incoming, sha256, category)
    if outcome.kind == SKIPPED:
        return outcome
    article = outcome.article or Article(created_by=user)
    source = ImportedSource.objects.filter(article=article).first() if article.pk else None
    is_same = source is not None and source.sha256 == sha256
    untouched = source is None or source.fingerprint == stored.fingerprint(article)
    if is_same:
        note = stored.fill(article, incoming, category)
    else:
        note = stored.write(article, incoming, category, folder, user)
        source = source or ImportedSource(article=article)
        source.name, source.url, source.sha256, source.content = name[:NAME_LENGTH], incoming.source_url, sha256, data
    if untouched:  # what the desk has taken up is the desk's to publish
        _publish_if_complete(article)
        source.fingerprint = stored.fingerprint(article)
    source.save()
    return Outcome(outcome.kind, article, note or _no_section(incoming, article.category))


def _publish_if_complete(article):
    if article.state == State.DRAFT and article.published_at is not None and not article.missing():
        transitions.publish(article, at=article.published_at)


def _no_section(incoming, category):
    """Why a page that names its section still has none."""
    if category or not incoming.sections:
        return ""
    return _("No section here is called “%(section)s”.") % {"section": incoming.sections[-1]}


def _decide(incoming, sha256, category):
    """What to do with a page: create, update (and which article), or skip (and why)."""
    same = ImportedSource.objects.select_related("article").filter(sha256=sha256).first()
    if same:
        if same.article.state == State.WITHDRAWN or not _fills(same.article, incoming, category):
            return Outcome(SKIPPED, same.article, _("The same file was imported before."))
        return Outcome(UPDATED, same.article)
    known = _by_address(incoming.source_url)
    if known is None:
        return Outcome(CREATED)
    if known.article.state == State.WITHDRAWN:
        return Outcome(SKIPPED, known.article, _("The article of this address was withdrawn."))
    if known.fingerprint != stored.fingerprint(known.article):
        return Outcome(SKIPPED, known.article, _("The desk has edited the article of this address since."))
    return Outcome(UPDATED, known.article)


def _by_address(url):
    if not url:
        return None
    return ImportedSource.objects.select_related("article").filter(url=url).order_by("pk").first()


def _fills(article, incoming, category):
    """Whether the import now knows something that the article still lacks."""
    known = (
        (article.title, incoming.title),
        (article.category_id, category),
        (article.published_at, incoming.published_at),
    )
    return any(new and not old for old, new in known)
