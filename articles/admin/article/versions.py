"""The versions of an article: its history, two of them side by side, an earlier one restored, one given a name."""

from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.admin.search import is_pk
from articles.editorial import compare as comparing
from articles.editorial import documents, permissions, revisions, trail
from articles.models import Revision, Transition

TOGETHER = timedelta(minutes=30)  # saves of one person that follow each other like this are one piece of work
PLAIN = {Revision.Kind.SAVED, Revision.Kind.MERGED}
MOST = 500  # versions on the page; far more than any article has had


@dataclass
class Entry:
    """A line of the history: a version with the plain saves folded under it, or a step of the route."""

    at: object
    revision: Revision | None = None
    step: Transition | None = None
    folded: list = field(default_factory=list)


def urls(model_admin):
    view = model_admin.admin_site.admin_view

    def bound(function):
        return view(lambda request, pk, **kwargs: function(model_admin, request, pk, **kwargs))

    return [
        path("<int:pk>/compare/", bound(compare), name="articles_article_compare"),
        path("<int:pk>/versions/<int:number>/restore/", bound(restore), name="articles_article_restore"),
        path("<int:pk>/versions/<int:number>/name/", bound(rename), name="articles_article_rename"),
        path("<int:pk>/discard/", bound(discard), name="articles_article_discard"),
    ]


def history(model_admin, request, pk):
    if not is_pk(str(pk)):
        raise Http404(pk)
    article = _article(request, pk)
    if not permissions.can_look_back(request.user, article):
        raise PermissionDenied
    found = article.revisions.defer("document").select_related("created_by")[:MOST]
    steps = article.transitions.select_related("moved_by")[:MOST]
    context = {
        **_context(model_admin, request, article),
        "title": _("History"),
        "entries": entries(list(found), list(steps)),
        "may_restore": permissions.can_change(request.user, article),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def entries(found, steps):
    """Entries, the newest first. A plain save folds into the newer one of the same person just above it."""
    lines = []
    for revision in found:
        above = lines[-1] if lines else None
        if above and _folds(revision, above, steps):
            above.folded.append(revision)
        else:
            lines.append(Entry(revision.created_at, revision=revision))
    lines += [Entry(step.moved_at, step=step) for step in steps]
    return sorted(lines, key=lambda entry: (entry.at, entry.step is not None), reverse=True)


def _folds(revision, above, steps):
    newer = above.folded[-1] if above.folded else above.revision
    plain = revision.kind in PLAIN and not revision.name and above.revision.kind in PLAIN
    same = revision.created_by_id == newer.created_by_id and newer.created_at - revision.created_at < TOGETHER
    between = any(revision.created_at < step.moved_at < newer.created_at for step in steps)
    return plain and same and not between


class Pair(forms.Form):
    """Two versions; without the first what readers see, without the second the newest."""

    to = forms.IntegerField(required=False, min_value=1, max_value=10**9)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.IntegerField(required=False, min_value=1, max_value=10**9)


def compare(model_admin, request, pk):
    article = _article(request, pk)
    if not permissions.can_look_back(request.user, article):
        raise PermissionDenied
    pair = Pair(request.GET)
    chosen = pair.cleaned_data if pair.is_valid() else {}
    first, second = (_version(article, chosen.get(name)) for name in ("from", "to"))
    before = first.document if first else documents.of(article)
    after = second.document if second else revisions.current(article)
    numbers = article.revisions.defer("document")[:MOST]
    context = {
        **_context(model_admin, request, article),
        "title": _("Compare versions"),
        "first": first,
        "second": second,
        "versions": numbers,
        "changes": comparing.differences(before, after),
        "authorship": _authorship(article) if "authors" in request.GET else None,
        "may_restore": permissions.can_change(request.user, article),
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _authorship(article):
    found = article.revisions.exclude(kind=Revision.Kind.CONFLICT).order_by("number")
    return [(comparing.text_of(block), owner) for block, owner in comparing.authorship(found)]


def restore(model_admin, request, pk, number):
    article = _changeable(request, pk)
    wanted = get_object_or_404(article.revisions, number=number)
    saved = revisions.restore(article, wanted.number, request.user, base=article.version)
    if saved.revision:
        trail.record(request.user, "restore", article, saved.changes)
        said = _("Version %(number)s is the newest one again; nothing of what came after it is lost.")
    else:
        said = _("Version %(number)s is what the article says already.")
    model_admin.message_user(request, said % {"number": wanted.number}, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def rename(model_admin, request, pk, number):
    article = _changeable(request, pk)
    revision = get_object_or_404(article.revisions, number=number)
    revisions.rename(revision, request.POST.get("name", "")[:100].replace("\0", ""))
    model_admin.message_user(request, _("The version has its name."), messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))


def discard(model_admin, request, pk):
    """Give up the working version; the form shows again what readers see."""
    article = _changeable(request, pk)
    if article.working_id:
        revisions.discard(article, request.user)
        trail.record(request.user, "discard", article)
        said = _("The working version is given up; it stays in the history.")
        model_admin.message_user(request, said, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def shown_conflict(conflict, data):
    """A conflict as the form shows it: both sides of each place, and what was chosen so far."""
    places = []
    for one in conflict.conflicts:
        places.append(
            {
                "key": one.key,
                "label": documents.label(one.name),
                "base": _side(one.name, one.base),
                "mine": _side(one.name, one.mine),
                "theirs": _side(one.name, one.theirs),
                "both": isinstance(one.mine, list | str) and one.name not in {"slug", "genre", "ai_use"},
                "choice": data.get(f"choice-{one.key}", ""),
            }
        )
    return {"places": places, "theirs": conflict.theirs}


def _side(name, value):
    if name == "body":
        return [comparing.text_of(block) for block in value or []]
    return comparing.described(name, value)


def _version(article, number):
    return article.revisions.filter(number=number).first() if number else None


def _article(request, pk):
    return get_object_or_404(permissions.visible_to(request.user).select_related("working", "category"), pk=pk)


def _changeable(request, pk):
    if request.method != "POST":
        raise PermissionDenied
    article = _article(request, pk)
    if not permissions.can_change(request.user, article):
        raise PermissionDenied
    return article


def _context(model_admin, request, article):
    return {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "article": article}
