from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.admin.lists.paging import CappedPaginator
from articles.admin.search import ChosenMixin, CleanLookupsMixin
from articles.admin.trail import TrailMixin
from articles.editorial import permissions
from articles.models import Correction


@admin.register(Correction)
class CorrectionAdmin(TrailMixin, CleanLookupsMixin, ChosenMixin, admin.ModelAdmin):
    """What the newspaper takes back in public. Nobody deletes it: the law asks that it stays."""

    list_display = ["headline", "issued_at", "created_by"]
    list_select_related = ["article", "created_by"]
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    search_fields = ["article__title_key"]
    autocomplete_fields = ["article"]
    fieldsets = [
        (
            None,
            {
                "fields": ["article", "wrong", "right", "apology", "issued_at"],
                "description": _(
                    "It is shown at once: on its own page, above the article, and for seven days on the front page. "
                    "Correct the article itself as well."
                ),
            },
        )
    ]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body")

    def get_readonly_fields(self, request, obj=None):
        return ["article"] if obj else []

    def get_search_results(self, request, queryset, term):
        for word in vietnamese.key(term).split()[:20]:
            queryset = queryset.filter(article__title_key__contains=word)
        return queryset, False

    def get_changeform_initial_data(self, request):
        """The article from the address; a moment from there is text, on which its two boxes break."""
        return {"article": request.GET["article"]} if "article" in request.GET else {}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request):
        """It is in public at once: who may not publish writes it into the working version of the article."""
        return super().has_add_permission(request) and permissions.can_publish(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and permissions.can_publish(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("article"), ordering="article__title")
    def headline(self, correction):
        return correction.article
