from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model

from articles.admin.trail import TrailMixin
from articles.editorial import roles
from articles.models import Article, Author

from .deletion import HeldMixin
from .search import SlugSearchMixin


class AccountField(forms.ModelChoiceField):
    """Accounts by the person's name, family name first as in Vietnam: user names say little."""

    def label_from_instance(self, user):
        return f"{roles.name_of(user)} ({user.get_username()})"


@admin.register(Author)
class AuthorAdmin(TrailMixin, HeldMixin, SlugSearchMixin, admin.ModelAdmin):
    list_display = ["name", "user", "slug"]
    list_select_related = ["user"]
    list_per_page = 100
    ordering = ["slug"]  # folded: Đặng stands by D on both databases
    fields = ["name", "about", "user", "slug"]
    actions = None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["form_class"] = AccountField
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.slug else None  # a form that came back may have emptied it

    def held_by(self, objs):
        return Article.objects.filter(bylines__author__in=objs).only("title")
