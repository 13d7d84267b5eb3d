"""The desk: Django's admin under the newspaper's name.

Beside articles/admin and not in it: importing that package registers the screens, for which the site must exist.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    site_title = _("Newsroom")
    index_title = _("Dashboard")
    enable_nav_sidebar = True

    def each_context(self, request):
        return {**super().each_context(request), "site_header": _("Newsroom")}
