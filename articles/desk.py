"""The desk: Django's admin under the newspaper's name, with the board as its home and the notices of each person.

Beside articles/admin and not in it: importing that package registers the screens, for which the site must exist.
"""

from functools import cache, partial

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from articles import alerts
from articles.editorial import notices, trail, worklists
from articles.editorial.logins import is_open_door
from articles.models import Notice, SiteSettings, State

# The menu in the order in which a day's work needs it; what is not named comes after, by name.
MENU = [
    *("Article", "Photo", "Assignment", "Placement", "Comment", "Correction", "EnglishVersion", "Topic", "Category"),
    *("Author", "StoryTemplate", "Anniversary", "StaticPage", "SiteSettings", "CheckLevel", "Redirect", "ReadCount"),
    *("ImportedSource", "TrailEntry", "User", "Group"),
]
NOTICES = 30  # of a page
LONGEST_KEY = 18  # digits that every database takes as a key


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
        own = [
            path("notices/", self.admin_view(require_GET(self.notices_view)), name="notices"),
            path("notices/read/", self.admin_view(require_POST(self.notices_read_view)), name="notices-read"),
            path("relogin/", self.relogin, name="desk_relogin"),
        ]
        return own + [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            trail.record(request.user, "password", request.user)
        return response

    def each_context(self, request):
        context = {**super().each_context(request), "site_header": SiteSettings.load().name}
        if context["has_permission"]:
            # Asked when the page is written, once: opening an article reads its notices.
            context["unread"] = cache(partial(notices.number_unread, request.user))
        return context

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
        board = worklists.Board(request.user)
        states = [(state.value, state.label) for state in map(State, worklists.ON_THE_WAY)]
        told = alerts.shown() if request.user.has_perm("auth.change_user") else []
        return super().index(request, {**(extra_context or {}), "board": board, "states": states, "alerts": told})

    # A person's notices

    def notices_view(self, request):
        before = _number(request.GET.get("truoc", ""))
        own = Notice.objects.filter(recipient=request.user)
        if before:
            own = own.filter(pk__lt=before)
        # By number and not by time: they are never written out of turn, and the index of the key serves both.
        rows = list(own.select_related("article").order_by("-pk")[: NOTICES + 1])
        context = {
            **self.each_context(request),
            "title": _now("Notices"),
            "rows": rows[:NOTICES],
            "before": before,
            "older": rows[NOTICES - 1].pk if len(rows) > NOTICES else None,
        }
        return TemplateResponse(request, "admin/notices.html", context)

    def notices_read_view(self, request):
        """One notice, or all where none is named. Another person's number marks nothing."""
        one = request.POST.get("notice", "")
        notices.mark_all_read(request.user, [_number(one)] if one else None)
        before = _number(request.POST.get("truoc", ""))
        return HttpResponseRedirect(reverse("admin:notices") + (f"?truoc={before}" if before else ""))


def _number(text):
    """A key from an address; 0 for everything else that can stand there."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
