"""The route of an article; the only code that writes `state`, `is_returned`, `handler` and `revised_at`.

    draft → submitted → editing → review → approved → published (scheduled) → withdrawn
    draft ⇄ trashed, which is emptied by editorial/trash.py

Every step is one UPDATE that names the state it starts from, so of two people pressing at once one succeeds and the
other is told. Each is logged with who, when, from, to and why, and tells those whom it concerns. `user=None` is the
shell (importer, commands): it asks no rights and no checks.

Raises PermissionDenied, or ValidationError with the reason in the reader's language; `checks.Unmet` is one of these,
with what the checks before publication found.
"""

import copy

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import days
from articles.models import Article, Correction, Revision, State, Transition
from articles.models.article import OUTSIDE

from . import checks, documents, notices, permissions, planning, revisions, roles, trail

Verb = Transition.Verb

# What a reader would notice. Not the section, the slug or the topics: the text stays what it was.
SEEN = {
    *("title", "kicker", "dateline", "lede", "body", "photo", "player"),
    *("live_updates", "gallery", "attachments"),
}


def submit(article, user, note=""):
    """Hand a draft in. It may still lack what publication asks for, but not a title or a text."""
    _demand(permissions.can_submit(user, article))
    newest = revisions.newest(article)
    if not newest.title.strip() or not (newest.body.strip() or newest.lede.strip()):
        raise ValidationError(_("Write a title and a text before you send it."))
    return _step(article, Verb.SUBMIT, State.SUBMITTED, user, note, is_returned=False, handler=None)


def recall(article, user, note=""):
    _demand(permissions.can_recall(user, article))
    return _step(article, Verb.RECALL, State.DRAFT, user, note)


def take(article, user, note=""):
    """Take it in hand; from a colleague too, who is told."""
    _demand(permissions.can_take(user, article))
    return _step(article, Verb.TAKE, State.EDITING, user, note, handler=user)


def send_back(article, user, note):
    """To its author, with the reason, which is required and stays visible on the form."""
    _demand(permissions.can_return(user, article))
    if not note.strip():
        raise ValidationError(_("Say why it is returned: the author reads it."))
    return _step(article, Verb.RETURN, State.DRAFT, user, note, is_returned=True, handler=None)


def pass_on(article, user, note=""):
    _demand(permissions.can_pass(user, article))
    return _step(article, Verb.PASS, State.REVIEW, user, note, handler=None)


def approve(article, user, note=""):
    _demand(permissions.can_approve_article(user, article))
    return _step(article, Verb.APPROVE, State.APPROVED, user, note)


@transaction.atomic
def publish(article, user=None, at=None, *, note="", overrides=()):
    """Publish at a moment: the argument, else the article's own, else now. Ahead of now it is scheduled.

    `overrides`: [{"check": name, "reason": text}] for warnings that are passed over.
    """
    if user is not None:  # judged is what is published, not what a page showed a while ago
        revisions.lock(article.pk)
        article.refresh_from_db()
        _demand(permissions.can_publish_article(user, article))
    _demand_complete(article)
    moment = at or article.published_at or timezone.now()
    if not days.holds(moment):
        raise ValidationError(OUTSIDE)
    if user is not None:
        checks.gate(article, overrides, at=moment)
        revisions.note_found(article)
    article.published_at = moment
    ahead = moment > timezone.now()
    verb = Verb.SCHEDULE if ahead else Verb.PUBLISH
    return _step(
        article, verb, State.PUBLISHED, user, note, overrides=overrides, published_at=moment,
        is_returned=False, handler=None,
    )  # fmt: skip


@transaction.atomic
def update_live(article, user, act, *, note="", overrides=(), correction=None, at=None):
    """Make the working version what readers see. `act` is Verb.SILENT, Verb.UPDATE or Verb.CORRECT: a silent fix says
    nothing, an update shows its hour, a correction comes with a Correction (`correction`: its fields).
    """
    _demand(permissions.can_update_live(user, article))
    article = revisions.lock(article.pk)
    if article.state != State.PUBLISHED:
        raise ValidationError(_already(article))
    if not article.working_id and act != Verb.CORRECT:
        raise ValidationError(_("Readers see the newest version already."))
    newest = revisions.newest(copy.copy(article))
    _demand_complete(newest, [] if newest.published_at else ["published_at"])
    checks.gate(newest, overrides, at=newest.published_at)
    if act == Verb.CORRECT and not (correction and correction.get("wrong") and correction.get("right")):
        raise ValidationError(_("A correction says what was wrong and what is right."))
    kinds = {Verb.SILENT: "SILENT", Verb.UPDATE: "UPDATED", Verb.CORRECT: "CORRECTED"}
    changed = revisions.make_live(article, Revision.Kind[kinds[act]])
    if act != Verb.SILENT:
        revise(article, changed, at)
    if act == Verb.CORRECT:
        if not article.was_public():
            raise ValidationError(_("Only what readers could see is corrected in public."))
        Correction.objects.create(article=article, created_by=user, **correction)
    return _log(article, act, State.PUBLISHED, State.PUBLISHED, user, note, overrides)


@transaction.atomic
def withdraw(article, user=None, note=""):
    """Take an article from the readers; its address answers 410, its text stays at the desk.

    One that was still scheduled loses its time: no reader has seen it, so its address says nothing. A working version
    becomes the text of the article: nothing that was saved is hidden behind what nobody reads any more.
    """
    if user is not None:
        _demand(permissions.can_withdraw(user, article))
    moment = None if article.is_scheduled else article.published_at
    working = article.working
    step = _step(article, Verb.WITHDRAW, State.WITHDRAWN, user, note, published_at=moment)
    if working:
        revisions.make_live(revisions.lock(article.pk), working.kind)
        # Whether its address says "gone" or nothing depends on what readers saw, not on what was planned since.
        Article.objects.filter(pk=article.pk).update(published_at=moment)
        article.refresh_from_db()
    return step


def trash(article, user):
    """Delete a draft: nothing of it is touched, but nobody meets it any more outside the trash."""
    _demand(permissions.can_delete(user, article))
    return _step(article, Verb.TRASH, State.TRASHED, user, "")


def recover(article, user):
    """Take it out of the trash, as it was: a draft with its address, versions, rows and ties."""
    _demand(permissions.can_recover(user, article))
    return _step(article, Verb.RECOVER, State.DRAFT, user, "")


def revise(article, changed, at=None):
    """Note that readers see something new ("Cập nhật lúc"). `changed`: names of fields, and of what hangs on them.

    Only of what is public at the moment: a draft has no earlier version that anybody has read.
    """
    moment = at or timezone.now()
    if SEEN.isdisjoint(changed) or not article.is_public(moment):
        return False
    article.revised_at = moment
    article.save(update_fields=["revised_at"])
    return True


STARTS = {
    Verb.SUBMIT: {State.DRAFT},
    Verb.RECALL: {State.SUBMITTED},
    Verb.TAKE: {State.SUBMITTED, State.EDITING},
    Verb.RETURN: {State.SUBMITTED, State.EDITING, State.REVIEW, State.APPROVED},
    Verb.PASS: {State.DRAFT, State.SUBMITTED, State.EDITING},
    Verb.APPROVE: {State.REVIEW},
    Verb.PUBLISH: {State.DRAFT, State.SUBMITTED, State.EDITING, State.REVIEW, State.APPROVED, State.WITHDRAWN},
    Verb.WITHDRAW: {State.PUBLISHED},
    Verb.TRASH: {State.DRAFT},
    Verb.RECOVER: {State.TRASHED},
}
STARTS[Verb.SCHEDULE] = STARTS[Verb.PUBLISH]


@transaction.atomic
def _step(article, verb, state, user, note, overrides=(), **changes):
    before = article.state
    now = timezone.now()
    row = Article.objects.filter(pk=article.pk, state=before) if before in STARTS[verb] else Article.objects.none()
    if not row.update(state=state, state_since=now, updated_at=now, **changes):
        article.refresh_from_db(fields=["state"])
        raise ValidationError(_already(article))
    for name, value in {"state": state, "state_since": now, **changes}.items():
        setattr(article, name, value)
    if state in {State.PUBLISHED, State.WITHDRAWN}:
        article.save(update_fields=["published_at"])  # settles the slug and tells the receivers
    if state == State.PUBLISHED:
        revisions.note_published(article, user)
    return _log(article, verb, before, state, user, note, overrides)


def _already(article):
    return _("The article's state is already “%(state)s”.") % {"state": article.get_state_display()}


def _log(article, verb, before, state, user, note, overrides=()):
    step = Transition.objects.create(
        article=article, verb=verb, from_state=before, to_state=state, note=note, version=article.version,
        overrides=list(overrides), moved_by=user, moved_by_name=roles.name_of(user) if user else "",
    )  # fmt: skip
    planning.follow(article, state)
    if user is not None:
        changes = {"state": [before, state]} if before != state else {}
        shown = _shown(article) if state == State.PUBLISHED else {}
        trail.record(user, verb, article, changes | shown)
        if names := notices.tell(step, article):
            step.notified = names
            step.save(update_fields=["notified"])
    return step


def _shown(article):
    """For the trail: the version that readers see from now on, and its digest, by which evidence.py knows it again."""
    document = article.revisions.values_list("document", flat=True).get(number=article.version)
    return {"version": [None, article.version], "sha256": [None, documents.digest(document)]}


def _demand_complete(article, besides=()):
    if missing := [*article.missing(), *besides]:
        labels = [str(Article._meta.get_field(name).verbose_name) for name in missing]
        raise ValidationError(_("Not published: still missing %(fields)s.") % {"fields": ", ".join(labels)})


def _demand(allowed):
    if not allowed:
        raise PermissionDenied
