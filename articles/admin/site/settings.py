from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """One row: its list leads straight to the form."""

    fieldsets = [
        (_("The newspaper"), {"fields": ["name", "tagline", "dateline"]}),
        (
            _("Masthead"),
            {
                "fields": ["governing_body", "licence", "editor_in_chief"],
                "description": _(
                    "The law asks for these on every page. Enter them exactly as your licence has them; what is empty "
                    "is shown to readers as “not entered yet”, never guessed."
                ),
            },
        ),
        (_("Contact"), {"fields": ["address", "phone", "email"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        site, _created = SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:articles_sitesettings_change", args=[site.pk]))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
