"""How the form's scripts are answered: always in JSON, so that no redirect to a login page passes for a success."""

import re
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.admin.search import is_pk
from articles.editorial import autosave, permissions, roles

TAB = re.compile(r"[0-9a-zA-Z-]{8,40}")
HIGHEST_VERSION = 2**31 - 1  # of a PositiveIntegerField


def at_desk(model_admin):
    """Decorates a view: 401 where another than the one whose page asks is signed in, or nobody; 403 where refused.

    A 401 carries a fresh token, with which the re-login dialog can be sent.
    """

    def decorate(view):
        @never_cache
        @wraps(view)
        def answered(request):
            sent = request.POST.get("user") or request.GET.get("user") or ""
            if not model_admin.admin_site.has_permission(request) or sent != str(request.user.pk):
                return JsonResponse({"login": True, "csrf": get_token(request)}, status=401)
            try:
                return view(request)
            except PermissionDenied as error:
                return refused(str(error) or _("You are not permitted to do this."), 403)

        return answered

    return decorate


def refused(reason, status=400):
    return JsonResponse({"refused": reason}, status=status)


def tab_of(request, field="form"):
    """The name of the open form, "" where it is none."""
    name = request.POST.get(field, "")
    return name if TAB.fullmatch(name) else ""


def number(text):
    """A version's number; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= HIGHEST_VERSION else 0


def article_of(request, *only):
    """The article that is asked about, None for a new one. 404 where the person may not see it."""
    pk = request.POST.get("article") or request.GET.get("article") or ""
    if not pk:
        return None
    found = permissions.visible_to(request.user)
    found = found.only(*only) if only else found.select_related("category")
    return get_object_or_404(found, pk=pk if is_pk(pk) else 0)


def newer(article, base, user):
    """What to tell of the version that was saved since; None where there is none."""
    if article is None or (found := autosave.saved_since(article, base)) is None:
        return None
    name = found.created_by_name or (roles.name_of(found.created_by) if found.created_by else "")
    return {
        "name": name,
        "at": found.created_at.isoformat(),
        "number": found.number,
        "same_user": found.created_by_id == user.pk,
    }
