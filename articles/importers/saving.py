"""IncomingArticle → the database, all of one page or nothing.

Design notes
- A page is known again by its bytes (sha256), then by its address together with its title or its lede: some systems
  give one address to all their articles, and none of these may overwrite another.
- Every copy of a page is kept, so that a second run over the same files finds them all and changes nothing.
- What the desk has edited since is never overwritten: `fingerprint` is taken of the stored article after the import and
  compared before the next one.
- The archive import publishes what was published: title, lede, section and time known. Everything else is a draft.
- What was withdrawn stays withdrawn, and a file whose draft was deleted makes no second one.
"""

import hashlib
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import vietnamese
from articles.editorial import transitions
from articles.models import Article, ImportedSource, State

from . import stored
from .incoming import ImportRefused, fit
from .sections import find_section, given_section

CREATED, UPDATED, SKIPPED = "created", "updated", "skipped"


@dataclass(frozen=True)
class Outcome:
    kind: str  # created, updated or skipped
    article: Article | None = None
    reason: str = ""
    kept: tuple[str, ...] = ()  # of title, section, published_at: what the article had and the import left as it was


def save(incoming, source_bytes, name, *, section=None, title=None, published=None, user=None, folder=None):
    """Store an article and what it was made of. `section`, `title`, `published` overrule the page; `folder` is where
    the page's pictures lie. Raises ImportRefused."""
    category = given_section(section) if section else None
    incoming = incoming.filled(title=title, published=published)
    category = category or find_section(incoming.sections)
    page = (incoming, source_bytes, name, category, user, folder)
    try:
        return _save(*page)
    except IntegrityError:  # another import of the same page at the same moment
        return _save(*page)


def foresee(incoming, source_bytes, *, section=None):
    """The Outcome `save` would have, with nothing written. `incoming` is already filled."""
    category = given_section(section) if section else find_section(incoming.sections)
    outcome = _decide(incoming, hashlib.sha256(source_bytes).hexdigest(), category)
    return replace(outcome, reason=outcome.reason or _no_section(incoming, category))


@transaction.atomic
def _save(incoming, data, name, category, user, folder):
    sha256 = hashlib.sha256(data).hexdigest()
    outcome = _decide(incoming, sha256, category)
    if outcome.kind == SKIPPED:
        return outcome
    article = outcome.article or Article(created_by=user)
    untouched = outcome.kind == CREATED or _is_untouched(article)
    if ImportedSource.objects.filter(sha256=sha256).exists():
        note = stored.fill(article, incoming, category)
    else:
        note = stored.write(article, incoming, category, folder, user)
        _keep(article, incoming, data, sha256, name)
    if untouched:  # what the desk has taken up is the desk's to publish
        _publish_if_complete(article)
        article.sources.update(fingerprint=stored.fingerprint(article))
    return replace(outcome, article=article, reason=note or _no_section(incoming, article.category))


def _keep(article, incoming, data, sha256, name):
    ImportedSource.objects.create(
        article=article, name=fit(name, ImportedSource, "name"), url=incoming.source_url, sha256=sha256, content=data,
        title=incoming.title or "", lede=incoming.lede,
    )  # fmt: skip


def _is_untouched(article):
    """Whether the article still is what the last import wrote."""
    return article.sources.filter(fingerprint=stored.fingerprint(article)).exists()


def _publish_if_complete(article):
    if article.state == State.DRAFT and article.published_at is not None and not article.missing():
        try:
            transitions.publish(article, at=article.published_at)
        except ValidationError as error:
            raise ImportRefused(" ".join(error.messages)) from error


def _no_section(incoming, category):
    """Why a page that names its section still has none."""
    if category or not incoming.sections:
        return ""
    return _("No section here is called “%(section)s”.") % {"section": incoming.sections[-1]}


def _decide(incoming, sha256, category):
    """What to do with a page: create, update (and which article), or skip (and why)."""
    same = _sources().filter(sha256=sha256).first()
    if same and (same.article is None or same.article.state == State.TRASHED):
        return Outcome(SKIPPED, reason=_("The article of this file was deleted at the desk."))
    if same:
        if same.article.state == State.WITHDRAWN or not _fills(same.article, incoming, category):
            return _skipped(same.article, _("The same file was imported before."))
        return Outcome(UPDATED, same.article, kept=_has(same.article))
    known = _by_address(incoming)
    if known is None:
        return Outcome(CREATED)
    if known.state == State.TRASHED:
        return Outcome(SKIPPED, reason=_("The article of this file was deleted at the desk."))
    if known.state == State.WITHDRAWN:
        return _skipped(known, _("The article of this address was withdrawn."))
    if not _is_untouched(known):
        return _skipped(known, _("The desk has edited the article of this address since."))
    return Outcome(UPDATED, known)


def _skipped(article, reason):
    return Outcome(SKIPPED, article, reason, _has(article))


def _by_address(incoming):
    """The article of a page's address, or None. Another title and another lede make it another article."""
    if not incoming.source_url:
        return None
    sources = _sources().filter(url=incoming.source_url, article__isnull=False).order_by("pk")
    return next((source.article for source in sources if _says_the_same(source, incoming)), None)


def _says_the_same(source, incoming):
    pairs = ((source.title, incoming.title or ""), (source.lede, incoming.lede))
    return any(old and vietnamese.key(old) == vietnamese.key(new) for old, new in pairs)


def _sources():
    """Without the bytes, which nobody compares."""
    return ImportedSource.objects.select_related("article").defer("content")


def _fills(article, incoming, category):
    """Whether the import now knows something that the article still lacks."""
    known = {"title": incoming.title, "section": category, "published_at": incoming.published_at}
    return any(known[name] for name in known.keys() - _has(article))


def _has(article):
    facts = {"title": article.title, "section": article.category_id, "published_at": article.published_at}
    return tuple(name for name, value in facts.items() if value)
