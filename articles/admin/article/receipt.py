"""Since when readers see an article: the panel of its form, which asks for itself while the site is still asked."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles import receipts
from articles.admin.search import is_pk
from articles.editorial import permissions


def urls(model_admin):
    guard = model_admin.admin_site.admin_view
    return [path("<int:pk>/receipt/", guard(panel), name="articles_article_receipt")]


@never_cache
@require_GET
def panel(request, pk):
    if not is_pk(str(pk)):
        raise Http404(pk)
    article = get_object_or_404(permissions.visible_to(request.user), pk=pk)
    return render(request, "admin/articles/article/parts/receipt.html", {"told": receipts.panel(article)})
