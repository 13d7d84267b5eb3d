"""The form is kept while it is written: where its scripts send it, ask for it, and throw it away.

`AutosaveMixin` is all that the form's screen needs. A form that is sent by script (`X-Desk-Form`) is told of a
redirect instead of being redirected: fetch would follow, and the page it fetches would use up the messages.
"""

import json

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.editorial import autosave, locks

from . import presence
from .answers import article_of, at_desk, newer, number, refused, tab_of

MADE, MOST_MADE = "articles_made", 20  # in the session: {name of the form: the article that it made}


class AutosaveMixin:
    def get_urls(self):
        return [*urls(self), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj:
            context["others"] = locks.others(obj, request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A new article whose answer was lost on the way is sent once more: then it is the one that was made."""
        made = request.session.get(MADE, {}) if request.method == "POST" and object_id is None else {}
        again = made.get(tab_of(request, "form_tab"))
        response = super().changeform_view(request, again or object_id, form_url, extra_context)
        if object_id is None and (saved := getattr(request, "saved", None)) and tab_of(request, "form_tab"):
            newest = [*made.items(), (tab_of(request, "form_tab"), str(saved.article.pk))][-MOST_MADE:]
            request.session[MADE] = dict(newest)
        if request.headers.get("X-Desk-Form") and response.status_code in {301, 302, 303}:
            return JsonResponse({"location": response["Location"]})
        return response

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Django's redirect to the dashboard would pass for "saved"."""
        if request.headers.get("X-Desk-Form"):
            return refused(_("This article is not there any more."), 404)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)


def urls(model_admin):
    """The addresses of this module and of presence.py, below those of the article's screen."""
    screen = at_desk(model_admin)
    return [
        path("autosave/", screen(autosave_view), name="articles_article_autosave"),
        path("autosave/discard/", screen(discard_view), name="articles_article_autosave_discard"),
        path("alive/", screen(alive_view), name="articles_article_alive"),
        path("presence/", screen(presence.presence_view), name="articles_article_presence"),
        path("presence/take/", screen(presence.take_view), name="articles_article_take"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def autosave_view(request):
    return _keep(request) if request.method == "POST" else _waiting(request)


def _keep(request):
    form, sent = tab_of(request), request.POST.get("data", "")
    if len(sent) > autosave.LIMIT or len(sent.encode("utf-8", "replace")) > autosave.LIMIT:
        return refused(_("This text is too long to be kept on the server."), 413)
    article, base = article_of(request), number(request.POST.get("base", ""))
    if not autosave.may_keep(request.user, article):
        raise PermissionDenied(_("You may not change this article any more."))
    try:
        stored = autosave.keep(request.user, form, json.loads(sent), article=article, base=base) if form else None
    except (ValueError, RecursionError):
        stored = None
    if stored is None:
        return refused(_("This is no form."))
    answer = {"saved_at": stored.saved_at.isoformat(), "version": article.version if article else 0}
    return JsonResponse({**answer, "newer": newer(article, base, request.user)})


def _waiting(request):
    """The person's own forms of this article, or of new ones, the newest first."""
    article = article_of(request)
    if not autosave.may_keep(request.user, article):
        raise PermissionDenied
    found = autosave.waiting(request.user, article)[:10]
    kept = [
        {"form": each.form, "base": each.base, "at": each.saved_at.isoformat(), "data": autosave.given_back(each)}
        for each in found
    ]
    return JsonResponse({"autosaves": kept})


@require_POST
def discard_view(request):
    return JsonResponse({"discarded": autosave.discard(request.user, tab_of(request))})


@require_safe
def alive_view(request):
    """Whether the form could be saved now: signed in, server up, right held; and a token that is fresh."""
    article = article_of(request)
    may = autosave.may_keep(request.user, article)
    return JsonResponse({"csrf": get_token(request), "may": may, "now": timezone.now().isoformat()})
