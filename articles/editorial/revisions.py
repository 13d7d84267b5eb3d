"""Saving an article: every save is a version, and no save silently replaces another.

Design notes
- One lock on the article's row makes saves come one after another; the version that a form was opened with (`base`)
  tells whether somebody saved in between. Then the three are merged, and what cannot be merged is not saved but set
  aside under a name, in full, until a person decides.
- What readers see changes only by `make_live`. The versions saved before it lie in `Article.working`; the rows of the
  database stay what readers see. Of an article that nobody can read yet the rows are simply the newest version.
- A version is never changed or deleted but for its name, its kind (when readers get to see it) and the fact that the
  article was deleted as a draft.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.models import Article, Autosave, Revision, State

from . import documents, merge, roles


@dataclass(frozen=True)
class Saved:
    """`revision` is None when nothing had changed. `changes`: {name: [before, after]} of what the document says
    differently now. `colleague`: the version of somebody else that was merged in."""

    article: Article
    revision: Revision | None
    changes: dict = field(default_factory=dict)
    colleague: Revision | None = None

    @property
    def changed(self):
        """The names of what changed."""
        return set(self.changes)


class Conflicted(Exception):
    """Two saves contradict each other, so nothing was stored: `conflicts` says where, `theirs` is the version now."""

    def __init__(self, article, mine, theirs, conflicts):
        super().__init__(f"article {article.pk}: {len(conflicts)} conflicts")
        self.article, self.mine, self.theirs, self.conflicts = article, mine, theirs, conflicts


def current(article):
    """The newest document of an article: its working version, else what its rows say."""
    return article.working.document if article.working_id else documents.of(article)


def newest(article):
    """The article in memory as its newest version has it. Nothing is saved."""
    return documents.lay_on(article, article.working.document) if article.working_id else article


@transaction.atomic
def create(article, document, user=None):
    """Store a new article with its first version."""
    article.created_by = article.created_by or user
    article.state_since = timezone.now()
    documents.lay_on(article, document).save()
    documents.write(article, document)
    return Saved(article, _add(article, document, user))


@transaction.atomic
def save(article, mine, user=None, *, base, choices=None, kind=Revision.Kind.SAVED, note=""):
    """Store a version. `base` is the number of the version that was opened; `choices` decide conflicts (merge.py).

    Raises Conflicted; then nothing is stored, and `set_aside` keeps what was typed.
    """
    article = lock(article.pk)
    theirs = current(article)
    note_found(article, theirs)
    colleague = None
    # Also where the numbers agree: a publication, or a photo deleted elsewhere, changes rows without a version.
    if (opened := document_of(article, base)) != theirs:
        merged = merge.merge(opened, mine, theirs, choices)
        colleague = article.revisions.filter(number=article.version).first() if base != article.version else None
        if merged.conflicts:
            raise Conflicted(article, mine, colleague, merged.conflicts)
        if any(merged.document[name] != value for name, value in mine.items()):
            kind = Revision.Kind.MERGED
        mine = merged.document
    mine = {**theirs, **mine}
    changed = documents.changed(theirs, mine)
    if not changed:
        return Saved(article, None, colleague=colleague)
    if article.state != State.PUBLISHED:
        documents.write(article, mine)
        mine = documents.of(article)  # as the database keeps it
    changes = {name: [theirs.get(name), mine.get(name)] for name in sorted(changed)}
    return Saved(article, _add(article, mine, user, kind, note), changes, colleague)


@transaction.atomic
def set_aside(article, document, user):
    """Keep a document that could not be saved, as a version that is nobody's newest. The same one is kept once."""
    article = lock(article.pk)
    asides = article.revisions.filter(kind=Revision.Kind.CONFLICT, created_by=user).order_by("-number")
    if (last := asides.first()) and last.document == document:
        return last
    return _insert(article, document, user, Revision.Kind.CONFLICT)


@transaction.atomic
def restore(article, number, user, *, base):
    """An earlier version becomes the newest one; nothing of what came after it is lost."""
    wanted = article.revisions.get(number=number)
    note = str(wanted)
    document = {**current(article), **wanted.document}
    return save(article, document, user, base=base, kind=Revision.Kind.RESTORED, note=note)


def rename(revision, name):
    """Give a version a name by which it is found again, or take it away."""
    revision.name = name
    revision.save(update_fields=["name"])


def make_live(article, kind):
    """What is newest is what readers see from now on. Returns the names of what changed for them.

    The caller (transitions.py) holds the article's row and has asked whether the person may.
    """
    before = documents.of(article)
    document = current(article)
    note_found(article, document)
    documents.write(article, document)
    Article.objects.filter(pk=article.pk).update(working=None)
    article.working = None
    article.revisions.filter(number=article.version).update(kind=kind)
    return documents.changed(before, document)


def note_published(article, user):
    """Readers see the rows as they are now: mark their version, or make one where the publication changed something."""
    document = documents.of(article)
    newest_one = article.revisions.filter(number=article.version).first()
    if newest_one and newest_one.document == document:
        article.revisions.filter(pk=newest_one.pk).update(kind=Revision.Kind.PUBLISHED)
    elif newest_one:
        _add(article, document, user, Revision.Kind.PUBLISHED)
        Article.objects.filter(pk=article.pk).update(working=None)
        article.working = None


def discard(article, user):
    """Give up the working version of a public article; it stays among the versions."""
    return save(article, documents.of(article), user, base=article.version, kind=Revision.Kind.RESTORED)


def lock(pk):
    """The article as it is now, held until the transaction ends. On SQLite the transaction itself is the lock."""
    Article.objects.select_for_update().only("pk").get(pk=pk)
    return Article.objects.select_related("working", "category").get(pk=pk)


def document_of(article, number):
    """The document of a version by its number. A form of an article without versions was opened with number 0, which
    `note_found` has kept as the first; an unknown number counts as the newest before it."""
    found = article.revisions.filter(number__lte=max(number, 1)).exclude(kind=Revision.Kind.CONFLICT)
    return found.order_by("-number").values_list("document", flat=True).first() or {}


def forget_autosaves(user, article=None, form=""):
    """What was typed is saved: the browser's copies of this form, or of this article, have done their duty."""
    found = Autosave.objects.filter(user=user)
    found.filter(form=form).delete() if form else found.filter(article=article).delete()


def note_found(article, document=None):
    """An article from before there were versions, or from an importer: keep it as it was found."""
    if article.version == 0:
        _add(article, document or documents.of(article), None, Revision.Kind.FOUND)


def _add(article, document, user, kind=Revision.Kind.SAVED, note=""):
    revision = _insert(article, document, user, kind, note)
    working = revision if article.state == State.PUBLISHED and kind != Revision.Kind.FOUND else None
    Article.objects.filter(pk=article.pk).update(version=revision.number, working=working, updated_at=timezone.now())
    article.version, article.working = revision.number, working
    return revision


def _insert(article, document, user, kind, note=""):
    number = (article.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    return Revision.objects.create(
        article=article, number=number, kind=kind, document=document, note=note[:300], created_by=user,
        created_by_name=roles.name_of(user) if user else "",
    )  # fmt: skip
