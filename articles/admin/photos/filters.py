"""Filters of the photo library: they combine, and work without JavaScript."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.readers.filters import SentFilter
from articles.editorial import photos


class OwnFilter(admin.SimpleListFilter):
    title = _("added by")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("My photos"))]

    def queryset(self, request, queryset):
        return queryset.filter(created_by=request.user) if self.value() else queryset


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("none", _("Not used"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        keys, masters = photos.used_in_working()  # a handful: what was saved and is not live yet
        return queryset.unused().exclude(pk__in=keys).exclude(master__in=masters)


class CreditFilter(admin.SimpleListFilter):
    title = _("photo credit")
    parameter_name = "credit"

    def lookups(self, request, model_admin):
        return [("none", _("Without a credit"))]

    def queryset(self, request, queryset):
        return queryset.filter(credit="") if self.value() else queryset


class RightsFilter(admin.SimpleListFilter):
    title = _("rights")
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [("expired", _("Rights expired")), ("expiring", _("Rights end within 30 days"))]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "expired":
                return queryset.expired()
            case "expiring":
                return queryset.expiring()
            case _unknown:
                return queryset.none()


class AddedFilter(SentFilter):
    """Added to the library from one day to another: `created_at`, as of the comments."""

    title = _("day added")
