"""The desk: Django's admin under the newspaper's name.

Beside articles/admin and not in it: importing that package registers the screens, for which the site must exist.
"""

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from articles.editorial import moderation, worklists
from articles.editorial.logins import is_open_door
from articles.models import SiteSettings

# The menu in the order in which a day's work needs it; what is not named comes after, by name.
MENU = [
    *("Article", "Photo", "Placement", "Comment", "Correction", "EnglishVersion", "Topic", "Category", "Author"),
    *("StaticPage", "SiteSettings", "Redirect", "ReadCount", "ImportedSource"),
]


class LoginForm(AdminAuthenticationForm):
    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if is_open_door(user, self.cleaned_data.get("password")):
            raise ValidationError(_("This demo password is not valid here: have an administrator set another."))


class DeskSite(admin.AdminSite):
    login_form = LoginForm
    site_title = _("Newsroom")
    index_title = _("Dashboard")
    enable_nav_sidebar = False  # the menu is in the header: a text needs the width

    def get_urls(self):
        """Without Django's shortcut /r/<type>/<id>/: it tells any account the address, and so the title, of a draft."""
        found = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [path("relogin/", self.relogin, name="desk_relogin"), *found]

    def each_context(self, request):
        return {**super().each_context(request), "site_header": SiteSettings.load().name}

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: MENU.index(name) if (name := model["object_name"]) in MENU else 99)
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    @method_decorator([never_cache, require_POST, sensitive_post_parameters("password")])
    def relogin(self, request):
        """Sign the same person in again from a form that is open, without leaving it: by the login form's own rules.

        Answers in JSON: the token with which the form can be sent, or what was wrong.
        """
        form = self.login_form(request, data=request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": [text for texts in form.errors.values() for text in texts]}, status=403)
        if str(form.get_user().pk) != request.POST.get("user", ""):
            said = _("This form belongs to another person: have them sign in.")
            return JsonResponse({"errors": [str(said)]}, status=403)
        login(request, form.get_user())
        return JsonResponse({"csrf": get_token(request)})

    def logout(self, request, extra_context=None):
        """Whoever uses this computer next finds nothing of what was written on it (static/js/wipe.js does the same)."""
        response = super().logout(request, extra_context)
        response["Clear-Site-Data"] = '"storage"'
        return response

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
