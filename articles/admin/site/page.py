from django import forms
from django.contrib import admin

from articles.admin.body import BodyFormMixin
from articles.admin.editable import EditableListMixin
from articles.admin.search import SlugSearchMixin
from articles.admin.trail import TrailMixin
from articles.models import StaticPage


class StaticPageForm(BodyFormMixin, forms.ModelForm):
    class Meta:
        model = StaticPage
        fields = ["title", "body", "slug", "order", "is_public"]


@admin.register(StaticPage)
class StaticPageAdmin(TrailMixin, SlugSearchMixin, EditableListMixin, admin.ModelAdmin):
    """The pages that the foot of every page leads to, in their order."""

    form = StaticPageForm
    list_display = ["title", "order", "is_public", "updated_at"]
    list_editable = ["order", "is_public"]
    list_per_page = 100
    fields = ["title", "body", "slug", "order", "is_public"]
    actions = None

    class Media:
        js = ["js/editor.js"]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_public and obj.slug else None

    def get_view_on_site_url(self, obj=None):
        return self.view_on_site(obj) if obj else None
