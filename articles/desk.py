"""The desk: Django's admin under the newspaper's name.

Beside articles/admin and not in it: importing that package registers the screens, for which the site must exist.
"""

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.editorial import moderation, trail, worklists
from articles.editorial.logins import is_open_door
from articles.models import SiteSettings

# The menu in the order in which a day's work needs it; what is not named comes after, by name.
MENU = [
    *("Article", "Photo", "Placement", "Comment", "Correction", "EnglishVersion", "Topic", "Category", "Author"),
    *("StoryTemplate", "StaticPage", "SiteSettings", "CheckLevel", "Redirect", "ReadCount", "ImportedSource", "TrailEntry"),
    *("User", "Group"),
]


class LoginForm(AdminAuthenticationForm):
    def confirm_login_allowed(self, user):
        """Who gave the right password and is refused all the same stands in the trail: Django tells nobody of it."""
        try:
            super().confirm_login_allowed(user)
            if is_open_door(user, self.cleaned_data.get("password")):
                raise ValidationError(_("This demo password is not valid here: have an administrator set another."))
        except ValidationError:
            trail.record(user, "sign_in", outcome=trail.REFUSED)
            raise


class DeskSite(admin.AdminSite):
    login_form = LoginForm
    site_title = _("Newsroom")
    index_title = _("Dashboard")
    enable_nav_sidebar = False  # the menu is in the header: a text needs the width

    def get_urls(self):
        """Without Django's shortcut /r/<type>/<id>/: it tells any account the address, and so the title, of a draft."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            trail.record(request.user, "password", request.user)
        return response

    def each_context(self, request):
        return {**super().each_context(request), "site_header": SiteSettings.load().name}

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: MENU.index(name) if (name := model["object_name"]) in MENU else 99)
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    def index(self, request, extra_context=None):
        lists = [
            (_("My drafts"), worklists.own_drafts(request.user)),
            (_("Colleagues' drafts"), worklists.others_drafts(request.user)),
            (_("Scheduled"), worklists.scheduled(request.user)),
            (_("Recently published"), worklists.recently_published(request.user)),
        ]
        context = {
            "worklists": lists,
            "may_write": request.user.has_perm("articles.add_article"),
            "comments_waiting": moderation.number_waiting(request.user),
        }
        return super().index(request, {**(extra_context or {}), **context})
