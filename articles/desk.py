"""The desk: Django's admin under the newspaper's name, with the board as its home and the notices of each person.

Beside articles/admin and not in it: importing that package registers the screens, for which the site must exist.
"""

from functools import cache, partial, wraps

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth import login
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
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
from articles.identity import factors, pages, sessions
from articles.identity.login import CodeForm, LoginForm
from articles.models import Notice, SiteSettings, State

# The menu in the order in which a day's work needs it; what is not named comes after, by name.
MENU = [
    *("Article", "Photo", "Assignment", "Placement", "Comment", "Correction", "EnglishVersion", "Topic", "Category"),
    *("Author", "StoryTemplate", "Anniversary", "StaticPage", "SiteSettings", "CheckLevel", "Redirect", "ReadCount"),
    *("ImportedSource", "TrailEntry", "User", "Group"),
]
NOTICES = 30  # of a page
LONGEST_KEY = 18  # digits that every database takes as a key


# The pages of signing in (articles/identity/pages.py), by the names of their addresses.
DOOR = {
    "verify": pages.verify, "enrol": pages.enrol, "codes": pages.codes, "confirm": pages.confirm,
    "passkey_begin": pages.passkey_begin, "passkey_finish": pages.passkey_finish, "sign_ins": pages.sign_ins,
    "sign_ins_end": pages.sign_ins_end, "factor_remove": pages.factor_remove,
}  # fmt: skip


def _names_its_field(view):
    """Django refuses an address with a field that it may not name (400). Where the name is empty it looks for a field
    that is called so, and breaks."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except FieldDoesNotExist as error:
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
                raise DisallowedModelAdminToField("The field has no name.") from error
            raise

    return checked


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
            *(path(f"{name.replace('_', '-')}/", self.admin_view(view), name=name) for name, view in DOOR.items()),
        ]
        return own + [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def admin_view(self, view, cacheable=False):
        return super().admin_view(_names_its_field(view), cacheable)

    def login(self, request, extra_context=None):
        """429 for who has tried too often, and has to wait."""
        response = super().login(request, extra_context)
        form = getattr(response, "context_data", {}).get("form")
        if form is not None and form.is_bound and form.is_locked():
            response.status_code = 429
        return response

    def password_change(self, request, extra_context=None):
        """A new password ends every other session of the person; this one goes on under a new key."""
        old = request.session.session_key
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            sessions.moved(old, request.session.session_key)
            sessions.end_all(request.user, keep=request.session.session_key)
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

        Answers in JSON: the token with which the form can be sent, or what was wrong; `code` where the second factor
        has to come along. A passkey cannot be shown here: a recovery code can, or another tab can sign in.
        """
        form = self.login_form(request, data=request.POST)
        if not form.is_valid():
            return _wrong(form, status=429 if form.is_locked() else 403)
        if str(form.get_user().pk) != request.POST.get("user", ""):
            said = _("This form belongs to another person: have them sign in.")
            return JsonResponse({"errors": [str(said)]}, status=403)
        request.user = form.get_user()
        code = CodeForm(request.POST, request=request) if factors.has(request.user) else None
        if code is not None and not code.is_valid():
            return _wrong(code, status=429 if code.is_locked else 401, code=True)  # the password was right: no refusal
        login(request, form.get_user())
        if code is not None:
            factors.note_use(request.user, code.kind)
            sessions.admit(request)
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
        """One notice, or all where none is named. Another person's number marks nothing. `about` is the address of an
        open page, which says so by its script (static/js/seen.js)."""
        if about := request.POST.get("about", ""):
            notices.mark_read(request.user, url=about)
            return HttpResponse(status=204)
        one = request.POST.get("notice", "")
        notices.mark_all_read(request.user, [_number(one)] if one else None)
        before = _number(request.POST.get("truoc", ""))
        return HttpResponseRedirect(reverse("admin:notices") + (f"?truoc={before}" if before else ""))


def _wrong(form, status=403, **more):
    errors = [text for texts in form.errors.values() for text in texts]
    return JsonResponse({"errors": errors, **more}, status=status)


def _number(text):
    """A key from an address; 0 for everything else that can stand there."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
