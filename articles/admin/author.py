from django.contrib import admin

from articles.models import Author

from .search import SlugSearchMixin


@admin.register(Author)
class AuthorAdmin(SlugSearchMixin, admin.ModelAdmin):
    list_display = ["name", "user", "slug"]
    list_select_related = ["user"]
    fields = ["name", "about", "user", "slug"]
    raw_id_fields = ["user"]

    def view_on_site(self, obj):
        return obj.get_absolute_url()
