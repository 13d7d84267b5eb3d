"""The button that copies an article."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.editorial import copying, permissions


def urls(model_admin):
    guard = model_admin.admin_site.admin_view
    return [path("<int:pk>/copy/", guard(copy), name="articles_article_copy")]


@require_POST
def copy(request, pk):
    made = copying.copy(get_object_or_404(permissions.visible_to(request.user), pk=pk), request.user)
    messages.success(request, _("This is the copy: a new draft of your own."))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[made.pk]))
