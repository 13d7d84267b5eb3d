from django.contrib import admin
from django.utils.translation import gettext as _

from articles.admin.trail import TrailMixin
from articles.models import Topic

from .editable import EditableListMixin
from .search import ChosenMixin, CleanLookupsMixin, holding_words


@admin.register(Topic)
class TopicAdmin(TrailMixin, CleanLookupsMixin, ChosenMixin, EditableListMixin, admin.ModelAdmin):
    """The topics; which of them the front page names, and in what order, is set in the list itself."""

    list_display = ["name", "is_featured", "order", "slug"]
    list_editable = ["is_featured", "order"]
    list_filter = []
    list_per_page = 100
    ordering = ["-is_featured", "order", "key"]
    search_fields = ["key"]
    fields = ["name", "description", "photo", "is_featured", "order", "slug"]
    autocomplete_fields = ["photo"]
    actions = None

    def get_search_results(self, request, queryset, term):
        return holding_words(queryset, "key", term), False

    def get_deleted_objects(self, objs, request):
        """Of a topic only its ties to articles go with it; they are not read, because there may be thousands."""
        return [*map(str, objs), _("Its articles stay as they are; they only lose this topic.")], {}, set(), []

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.slug else None  # a form that came back may have emptied it
