"""The trash as a screen: what was deleted, by whom, until when it can be had back, and the button that does it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.editorial import permissions, transitions, trash
from articles.models import Transition

PAGE_SIZE = 50


def urls(model_admin):
    guard = model_admin.admin_site.admin_view
    screens = [
        ("thung-rac/", require_GET, page, "trash"),
        ("thung-rac/<int:pk>/khoi-phuc/", require_POST, recover, "recover"),
    ]
    return [
        path(url, guard(by(partial(view, model_admin))), name=f"articles_article_{name}")
        for url, by, view, name in screens
    ]


def page(model_admin, request):
    _demand(request)
    last = Transition.objects.filter(article=OuterRef("pk"), verb=Transition.Verb.TRASH).order_by("-moved_at", "-pk")
    found = permissions.recoverable_by(request.user).select_related("category", "created_by", "photo").defer("body")
    found = found.annotate(trashed_by=Subquery(last.values("moved_by_name")[:1])).order_by("-state_since", "-pk")
    rows = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang", "1"))
    for article in rows.object_list:
        article.emptied_on = trash.emptied_on(article)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Trash"),
        "opts": model_admin.opts,
        "rows": rows,
        "days": trash.KEPT.days,
    }
    return TemplateResponse(request, "admin/articles/article/trash.html", context)


def recover(model_admin, request, pk):
    _demand(request)
    article = get_object_or_404(permissions.recoverable_by(request.user), pk=pk)
    try:
        transitions.recover(article, request.user)
    except ValidationError as error:
        model_admin.message_user(request, error.messages[0], messages.ERROR)
        return HttpResponseRedirect(reverse("admin:articles_article_trash"))
    said = _("“%(title)s” is out of the trash: a draft, as it was.") % {"title": article}
    model_admin.log_change(request, article, said)
    model_admin.message_user(request, said, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def tell(model_admin, request, title):
    """After a deletion: where it is now, and for how long."""
    said = _("“%(title)s” is in the trash. It can be had back for %(days)s days.")
    said %= {"title": title, "days": trash.KEPT.days}
    link = reverse("admin:articles_article_trash")
    model_admin.message_user(request, format_html('{} <a href="{}">{}</a>', said, link, _("Trash")), messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def _demand(request):
    if not request.user.has_perm("articles.delete_article"):
        raise PermissionDenied
