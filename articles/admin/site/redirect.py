from urllib.parse import unquote

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import vietnamese
from articles.admin.lists.paging import CappedPaginator
from articles.admin.search import ChosenMixin, CleanLookupsMixin
from articles.admin.trail import TrailMixin
from articles.models import Redirect
from articles.models.redirect import key


def own_path(text):
    """A path of this site, from a path or from its whole address here; ValidationError for anything else."""
    path = text.removeprefix(settings.SITE_URL)
    if "://" in path or "\\" in path or path.startswith("//"):
        raise forms.ValidationError(_("Write a path of this site, such as /trang/gioi-thieu/."))
    return f"/{path.lstrip('/')}"


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["path", "article", "target"]
        help_texts = {
            "path": gettext_lazy("As the old site had it, such as /11/158663/Doi-moi.htm; capitals do not count."),
            "target": gettext_lazy("Only where it leads to no article: a path of this site."),
        }

    def clean_path(self):
        """In the one form in which it is stored and asked for."""
        path = key(unquote(own_path(self.cleaned_data["path"]).partition("?")[0].partition("#")[0]))
        if not path:
            raise forms.ValidationError(_("Write a path of this site, such as /trang/gioi-thieu/."))
        return path

    def clean_target(self):
        target = self.cleaned_data["target"]
        return own_path(target) if target else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("article") and cleaned.get("target"):
            self.add_error("target", _("Choose an article or write an address, not both."))
        elif cleaned.get("target") and key(cleaned["target"]) == cleaned.get("path"):
            self.add_error("target", _("An address cannot lead to itself."))
        return cleaned


@admin.register(Redirect)
class RedirectAdmin(TrailMixin, CleanLookupsMixin, ChosenMixin, admin.ModelAdmin):
    form = RedirectForm
    list_display = ["path", "leads_to"]
    list_select_related = ["article"]
    list_per_page = 100
    show_full_result_count = False
    paginator = CappedPaginator
    search_fields = ["path"]
    autocomplete_fields = ["article"]
    fields = ["path", "article", "target"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body")

    def get_search_results(self, request, queryset, term):
        return queryset.filter(path__contains=vietnamese.clean_line(term).lower()), False

    @admin.display(description=gettext_lazy("leads to"))
    def leads_to(self, redirect):
        return redirect.article or redirect.target
