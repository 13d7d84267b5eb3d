"""The page as readers will see it, at the width of a phone, a tablet or a desk, with what is not saved yet.

The button in the form posts the whole form here, into a tab of its own; what it says is kept as a proof, and the tab
is sent on to the page that shows it. So nothing is saved, and the form stays as it is.
"""

import secrets

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.editorial import documents, permissions, proofs, revisions
from articles.models import Article

WIDTHS = {"390": gettext_lazy("Phone"), "768": gettext_lazy("Tablet"), "1280": gettext_lazy("Computer")}


def urls(model_admin):
    guard = model_admin.admin_site.admin_view

    @require_http_methods(["GET", "POST"])
    def stored(request, pk):
        article = get_object_or_404(permissions.visible_to(request.user), pk=pk)
        if request.method == "POST":
            return _take(model_admin, request, article)
        return _frame(request, reverse("preview", args=[article.pk]), article)

    @require_http_methods(["GET", "POST"])
    def unsaved(request):
        if not request.user.has_perm("articles.add_article"):
            raise PermissionDenied
        if request.method == "POST":
            return _take(model_admin, request, None)
        return _frame(request, reverse("preview-unsaved"), None)

    return [
        path("add/preview/", guard(unsaved), name="articles_article_preview_unsaved"),
        path("<int:pk>/preview/", guard(stored), name="articles_article_preview"),
    ]


def _take(model_admin, request, article):
    """Keep what the form says as a proof, and show that."""
    if article and not permissions.can_change(request.user, article):
        raise PermissionDenied
    document, refused = _typed(model_admin, request, article)
    tab = request.POST.get("form_tab", "") or secrets.token_urlsafe(8)
    proofs.keep(request.user, tab, document, article)
    query = {"ban": tab[: proofs.LONGEST_KEY], **({"loi": ",".join(sorted(refused))} if refused else {})}
    return HttpResponseRedirect(f"{request.path}?{urlencode(query)}")


def _typed(model_admin, request, article):
    """(document, names of the fields that are not valid): of these the page shows what was saved last."""
    change = article is not None
    # The form writes into the instance it is given, so it gets one of its own.
    instance = model_admin.get_object(request, str(article.pk)) if change else Article()
    form = model_admin.get_form(request, instance if change else None, change=change)(
        request.POST, request.FILES, instance=instance
    )
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=change)
    form.is_valid()
    before = revisions.current(article) if change else documents.of(Article())
    document = {**before, **{name: value for name, value in _fields(form).items() if name not in form.errors}}
    for formset in formsets:
        if formset.prefix in documents.ROWS:
            names = documents.ROWS[formset.prefix][1]
            formset.is_valid()
            rows = [row for row in formset.forms if row.has_changed() and row.is_valid()]
            document[formset.prefix] = [row.row(names) for row in rows if not row.cleaned_data.get("DELETE")]
    return document, set(form.errors) & set(documents.FIELDS)


def _fields(form):
    names = [name for name in documents.FIELDS if name in form.fields]
    typed = {name: documents.plain(documents.field_value(form.instance, name)) for name in names}
    if "topics" in form.cleaned_data:
        typed["topics"] = sorted(topic.pk for topic in form.cleaned_data["topics"])
    return typed


def _frame(request, address, article):
    """The page in a frame of the chosen width; the widths are links, so this works without JavaScript too."""
    shown = {name: request.GET[name] for name in ("ban", "phien-ban") if name in request.GET}
    chosen = request.GET.get("rong", "390")
    labels = [
        Article._meta.get_field(name).verbose_name
        for name in request.GET.get("loi", "").split(",")
        if name in documents.FIELDS
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Preview"),
        "article": article,
        "address": f"{address}?{urlencode(shown)}" if shown else address,
        "width": chosen if chosen in WIDTHS else "390",
        "widths": [(width, label, urlencode({**request.GET.dict(), "rong": width})) for width, label in WIDTHS.items()],
        "refused": labels,
        "is_popup": True,
    }
    response = render(request, "admin/articles/article/writing/preview.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
