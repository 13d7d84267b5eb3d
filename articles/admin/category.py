from django.contrib import admin

from articles.models import Category

from .search import SlugSearchMixin


@admin.register(Category)
class CategoryAdmin(SlugSearchMixin, admin.ModelAdmin):
    list_display = ["name", "parent", "slug", "order"]
    list_editable = ["order"]
    list_select_related = ["parent"]
    fields = ["name", "parent", "slug", "description", "order"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
