"""What hangs on an article, as rows that are put in order by hand: bylines and related links."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.search import ChosenMixin
from articles.editorial import permissions
from articles.models import Article, Byline, RelatedLink


class RowForm(forms.ModelForm):
    """A new row counts when one of `needed` is filled in; its place or its role alone say nothing."""

    needed = ()

    def has_changed(self):
        if self.instance.pk:
            return super().has_changed()
        return any((self.data.get(self.add_prefix(name)) or "").strip() for name in self.needed)


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


class BylineInline(ChosenMixin, admin.TabularInline):
    model = Byline
    form = BylineForm
    fields = ["author", "role", "as_printed", "order"]
    autocomplete_fields = ["author"]
    classes = ["sortable", "side"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        return without_links(formset, "author", "change")


class RelatedLinkInline(ChosenMixin, admin.TabularInline):
    model = RelatedLink
    form = RelatedLinkForm
    fk_name = "article"
    extra = 0
    fields = ["target", "title", "url", "status", "order"]
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
        if not link.pk or not link.is_waiting:
            return ""
        hint = _("Readers see this link once an article of this title arrives.")
        return format_html('<span class="state state-waiting" title="{}">{}</span>', hint, _("waiting"))


def without_links(formset, name, *verbs):
    """`formset` without the little links beside a choice that lead away from writing."""
    if field := formset.form.base_fields.get(name):
        for verb in verbs:
            setattr(field.widget, f"can_{verb}_related", False)
    return formset


def _linkable(user, article):
    """What the person may see, and what the article links to already: a colleague may have put that there."""
    kept = RelatedLink.objects.filter(article=article).values("target")
    return Article.objects.filter(Q(pk__in=permissions.visible_to(user).values("pk")) | Q(pk__in=kept))
