from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.lists.paging import CappedPaginator
from articles.admin.trail import TrailMixin
from articles.models import ImportedSource

from .search import CleanLookupsMixin


@admin.register(ImportedSource)
class ImportedSourceAdmin(TrailMixin, CleanLookupsMixin, admin.ModelAdmin):
    """What was imported, to look at; nobody writes here."""

    list_display = ["name", "article", "imported_at"]
    list_select_related = ["article"]
    show_full_result_count = False
    paginator = CappedPaginator
    search_fields = ["name", "url"]
    actions = None
    fields = ["name", "article", "url", "sha256", "imported_at", "text"]
    readonly_fields = fields

    @admin.display(description=_("original text"))
    def text(self, source):
        return bytes(source.content).decode("utf-8", "replace")[:100_000]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.defer("content") if request.resolver_match.url_name.endswith("changelist") else queryset

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
