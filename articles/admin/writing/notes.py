"""Internal notes beside the text, as plain forms; desk-notes.js sends them without leaving the story.

The panel stands outside the article's form. Each answer is the whole panel (`?panel`), or the article's notes on a page
of their own: what was refused stands there again, as typed.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.editorial import notes, permissions
from articles.models import Article, Note

LONGEST_NAME = 100
REFUSED = 400


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text", "quote"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "quote": forms.TextInput()}


def urls(model_admin):
    guard = model_admin.admin_site.admin_view
    name = "articles_article_note"
    return [
        path("<int:pk>/notes/", guard(all_notes), name=f"{name}s"),
        path("<int:pk>/notes/people/", guard(people), name=f"{name}_people"),
        path("<int:pk>/notes/<int:note>/answer/", guard(answer), name=f"{name}_answer"),
        path("<int:pk>/notes/<int:note>/resolve/", guard(resolve), name=f"{name}_resolve"),
        path("<int:pk>/notes/<int:note>/reopen/", guard(reopen), name=f"{name}_reopen"),
    ]


def panel(user, article, **more):
    """What the panel shows; nothing for who may not read the notes."""
    if not permissions.can_note(user, article):
        return {"may_note": False}
    found = notes.threads(article)
    waiting = sum(1 for thread in found if not thread.note.resolved_at)
    return {"may_note": True, "threads": found, "waiting_notes": waiting, "noted": article, **more}


@require_http_methods(["GET", "POST"])
def all_notes(request, pk):
    article = _article(request, pk)
    if request.method == "GET":
        return _show(request, article)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, article, status=REFUSED, note_form=form)
    notes.add(article, request.user, form.cleaned_data["text"], form.cleaned_data["quote"])
    return _done(request, article)


@require_POST
def answer(request, pk, note):
    article = _article(request, pk)
    found = get_object_or_404(Note.objects.select_related("article", "answers"), article=article, pk=note)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, article, status=REFUSED, answer_form=form, answered=found)
    notes.answer(found, request.user, form.cleaned_data["text"])
    return _done(request, article)


@require_POST
def resolve(request, pk, note):
    article = _article(request, pk)
    notes.resolve(get_object_or_404(Note, article=article, pk=note, answers=None), request.user)
    return _done(request, article)


@require_POST
def reopen(request, pk, note):
    article = _article(request, pk)
    notes.reopen(get_object_or_404(Note, article=article, pk=note, answers=None), request.user)
    return _done(request, article)


@require_GET
def people(request, pk):
    """Who can be mentioned, by the letters behind an @."""
    found = notes.people(request.GET.get("q", "")[:LONGEST_NAME], _article(request, pk))
    return JsonResponse({"found": [{"user": user, "name": name} for user, name in found]})


def _article(request, pk):
    article = get_object_or_404(permissions.visible_to(request.user).select_related("category"), pk=pk)
    if not permissions.can_note(request.user, article):
        raise PermissionDenied
    return article


def _show(request, article, status=200, **more):
    context = panel(request.user, article, **more)
    if "panel" in request.GET:
        return render(request, "admin/articles/article/parts/notes.html", context, status=status)
    context = {**admin.site.each_context(request), **context, "title": _("Internal notes"), "opts": Article._meta}
    return render(request, "admin/articles/article/writing/notes.html", context, status=status)


def _done(request, article):
    if "panel" in request.GET:
        return _show(request, article)
    return HttpResponseRedirect(reverse("admin:articles_article_notes", args=[article.pk]))
