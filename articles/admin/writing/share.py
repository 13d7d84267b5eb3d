"""The links by which outsiders see one version: make one, see which there are, take one back."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from articles.editorial import permissions, sharing, trail
from articles.models import Article, Revision, SharedVersion

VERSIONS = 50  # the newest ones, to choose from


class ShareForm(forms.ModelForm):
    number = forms.TypedChoiceField(label=gettext_lazy("version"), coerce=int)
    lifetime = forms.ChoiceField(
        label=gettext_lazy("Works for"),
        initial="day",
        choices=[
            ("hour", gettext_lazy("1 hour")),
            ("day", gettext_lazy("1 day")),
            ("3-days", gettext_lazy("3 days")),
            ("week", gettext_lazy("7 days")),
        ],
    )
    field_order = ["recipient", "number", "lifetime"]

    class Meta:
        model = SharedVersion
        fields = ["recipient"]

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recipient"].required = True  # a link that nobody knows the purpose of is never taken back
        found = article.revisions.exclude(kind=Revision.Kind.CONFLICT).defer("document")[:VERSIONS]
        self.fields["number"].choices = [(0, _("The newest"))]
        self.fields["number"].choices += [(one.number, _version(one)) for one in found]


def urls(model_admin):
    guard = model_admin.admin_site.admin_view
    return [
        path("<int:pk>/share/", guard(shares), name="articles_article_share"),
        path("<int:pk>/share/<int:link>/revoke/", guard(revoke), name="articles_article_share_revoke"),
    ]


@require_http_methods(["GET", "POST"])
def shares(request, pk):
    article = _article(request, pk)
    form = ShareForm(request.POST or None, article=article)
    secret = ""
    if request.method == "POST" and form.is_valid():
        shared, secret = _create(request, article, form.cleaned_data)
        trail.record(request.user, "share", article, {"recipient": ["", shared.recipient]})
        form = ShareForm(article=article)
    context = {
        **admin.site.each_context(request),
        "title": _("Links for outsiders"),
        "opts": Article._meta,
        "article": article,
        "form": form,
        # Told this once: it is not kept, so it cannot be shown again.
        "address": secret and f"{settings.SITE_URL}{reverse('shared-version', args=[secret])}",
        "links": article.shared_versions.select_related("revision", "created_by").defer("revision__document"),
    }
    response = render(request, "admin/articles/article/writing/share.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def revoke(request, pk, link):
    article = _article(request, pk)
    shared = get_object_or_404(SharedVersion, article=article, pk=link)
    sharing.revoke(shared, request.user)
    trail.record(request.user, "unshare", article, {"recipient": [shared.recipient, ""]})
    messages.success(request, _("The link no longer opens anything."))
    return HttpResponseRedirect(reverse("admin:articles_article_share", args=[article.pk]))


def _create(request, article, chosen):
    return sharing.create(
        article, request.user,
        lifetime=chosen["lifetime"], recipient=chosen["recipient"], number=chosen["number"],
    )  # fmt: skip


def _article(request, pk):
    article = get_object_or_404(permissions.visible_to(request.user).select_related("category"), pk=pk)
    if not permissions.can_share(request.user, article):
        raise PermissionDenied
    return article


def _version(revision):
    moment = date_format(timezone.localtime(revision.created_at), "SHORT_DATETIME_FORMAT")
    return " · ".join(filter(None, [str(revision), moment, revision.created_by_name]))
