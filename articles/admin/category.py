from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Category

from .search import SlugSearchMixin


@admin.register(Category)
class CategoryAdmin(SlugSearchMixin, admin.ModelAdmin):
    list_display = ["indented", "slug", "order"]
    list_display_links = ["indented"]
    list_editable = ["order"]
    list_select_related = ["parent"]
    list_per_page = 200  # all of them: an order is arranged on one page
    fields = ["name", "english_name", "parent", "slug", "description", "order", "has_comments"]
    actions = None
    # Each section with its sub-sections below it.
    ordering = [
        Coalesce("parent__order", "order"),
        Coalesce("parent__name", "name"),
        F("parent").asc(nulls_first=True),
        "order",
        "name",
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    @admin.display(description=_("name"))
    def indented(self, category):
        return format_html('<span class="level-{}">{}</span>', 2 if category.parent_id else 1, category.name)
