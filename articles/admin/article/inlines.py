"""What hangs on an article, as rows that are put in order by hand: bylines and related links."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import permissions
from articles.models import Article, Byline, RelatedLink

from .rows import RowForm, RowsFormSet, RowsMixin, without_links


class BylineForm(RowForm):
    needed = ("author", "as_printed")

    class Meta:
        widgets = {
            "order": forms.HiddenInput,
            "role": forms.Select(attrs={"aria-label": gettext_lazy("role")}),
            "as_printed": forms.TextInput(
                attrs={"placeholder": gettext_lazy("Or the line as printed"), "aria-label": gettext_lazy("as printed")}
            ),
        }


class RelatedLinkForm(RowForm):
    needed = ("target", "title", "url")

    class Meta:
        widgets = {
            "order": forms.HiddenInput,
            "teaser": forms.HiddenInput,
            "title": forms.TextInput(
                attrs={"placeholder": gettext_lazy("Title, if another"), "aria-label": gettext_lazy("title")}
            ),
            "url": forms.URLInput(attrs={"placeholder": "https://…", "aria-label": gettext_lazy("address")}),
        }

    def clean(self):
        """Django leaves out a constraint that speaks of the inline's own parent."""
        target = self.cleaned_data.get("target")
        if target and target.pk == self.instance.article_id:
            self.add_error("target", _("An article cannot be related to itself."))
        return super().clean()


class LinksFormSet(RowsFormSet):
    def clean(self):
        """Once each: the database asks it of the article, so the list is asked here."""
        super().clean()
        targets = [form.instance.target_id for form in self.forms if form.has_changed() and form.instance.target_id]
        if len(targets) != len(set(targets)):
            raise ValidationError(_("This article is already in the list."))


class BylineInline(RowsMixin, admin.TabularInline):
    model = Byline
    form = BylineForm
    fields = ["author", "role", "as_printed", "order"]
    autocomplete_fields = ["author"]
    classes = ["sortable", "side"]

    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        return without_links(formset, "author", "change")


class RelatedLinkInline(RowsMixin, admin.TabularInline):
    model = RelatedLink
    form = RelatedLinkForm
    formset = LinksFormSet
    fk_name = "article"
    extra = 0
    fields = ["target", "title", "url", "status", "teaser", "order"]
    readonly_fields = ["status"]
    autocomplete_fields = ["target"]
    classes = ["sortable"]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if field := formset.form.base_fields.get("target"):
            field.queryset = _linkable(request.user, obj)
        return without_links(formset, "target", "add", "change")

    @admin.display(description="")
    def status(self, link):
        """A title from an old page whose article has not arrived: readers do not see it yet."""
        if not link.title or not link.is_waiting:
            return ""
        hint = _("Readers see this link once an article of this title arrives.")
        return format_html('<span class="state state-waiting" title="{}">{}</span>', hint, _("waiting"))


def _linkable(user, article):
    """What the person may see, and what the article links to already: a colleague may have put that there."""
    kept = list(RelatedLink.objects.filter(article=article).values_list("target", flat=True)) if article else []
    if article and article.working_id:
        kept += [row["target"] for row in article.working.document.get("links", []) if row["target"]]
    return Article.objects.filter(
        Q(pk__in=permissions.visible_to(user).values("pk")) | Q(pk__in=[pk for pk in kept if pk])
    )
