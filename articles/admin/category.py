from django import forms
from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.trail import TrailMixin
from articles.editorial import permissions, roles
from articles.models import Article, Category

from .deletion import HeldMixin
from .editable import EditableListMixin
from .search import Choices, SlugSearchMixin


class EditorsField(Choices):
    """By the person's name, family name first as in Vietnam."""

    def label_from_instance(self, user):
        name = f"{roles.name_of(user)} ({user.get_username()})"
        return name if user.is_active else _("%(name)s, switched off") % {"name": name}


@admin.register(Category)
class CategoryAdmin(TrailMixin, HeldMixin, SlugSearchMixin, EditableListMixin, admin.ModelAdmin):
    list_display = ["indented", "slug", "order"]
    list_display_links = ["indented"]
    list_editable = ["order"]
    list_select_related = ["parent"]
    list_per_page = 200  # all of them: an order is arranged on one page
    fields = [
        *("name", "english_name", "parent", "slug", "description", "order", "has_comments"),
        *("four_eyes", "editors"),
    ]
    actions = None
    change_form_template = "admin/articles/category/change_form.html"
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

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name != "editors":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        field = db_field.formfield(form_class=EditorsField, widget=forms.CheckboxSelectMultiple)
        field.queryset = permissions.possible_editors()
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Accounts are made on their own screen, not beside a section."""
        form = super().get_form(request, obj, change, **kwargs)
        if editors := form.base_fields.get("editors"):
            editors.widget.can_add_related = False
        return form

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.slug else None  # a form that came back may have emptied it

    def held_by(self, objs):
        """Its articles. `top` alone holds nothing: of a section with sub-sections these hold it."""
        return Article.objects.filter(category__in=objs).only("title")

    @admin.display(description=_("name"))
    def indented(self, category):
        return format_html('<span class="level-{}">{}</span>', 2 if category.parent_id else 1, category.name)
