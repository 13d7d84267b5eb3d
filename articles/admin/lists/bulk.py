"""Many at once: what was chosen in the list is looked over on a page of its own, then done, and each refusal is named.

With JavaScript the page sends the articles ten at a time and shows how far it is (static/js/bulk.js); without it one
request does all. Both ask the same verb, which asks the rights of each article.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import vietnamese
from articles.admin.search import is_pk
from articles.editorial import permissions
from articles.editorial.lists import bulk
from articles.models import Category, Sections, Topic

from .saved import back_to_list, known

AT_ONCE = 10  # articles in one request of the page's script


def page(screen, request):
    """First the question (`act`, `chosen`), then, with `do`, the act."""
    if not screen.has_view_permission(request):
        raise PermissionDenied
    back = known(request.POST.get("query", ""))
    keys = list(dict.fromkeys(int(pk) for pk in request.POST.getlist("chosen") if is_pk(pk)))
    name = request.POST.get("act", "")
    if name not in bulk.ACTS and name:
        raise PermissionDenied
    if refusal := _unusable(name, keys):
        screen.message_user(request, refusal, messages.WARNING)
        return back_to_list(back)
    if name not in bulk.offered(request.user):
        raise PermissionDenied
    return Question(screen, request, name, keys, back).answer()


def _unusable(name, keys):
    if not keys:
        return _("Choose the articles first.")
    if not name:
        return _("Choose what to do with them.")
    if len(keys) > bulk.MOST:
        return _("At most %(number)s articles at once.") % {"number": bulk.MOST}
    return ""


class Question:
    def __init__(self, screen, request, name, keys, back):
        self.screen, self.request, self.name, self.keys, self.back = screen, request, name, keys, back
        self.act = bulk.ACTS[name]
        self.sections = Sections(Category.objects.all())
        given = request.POST.get("category", "")
        category = self.sections.by_id.get(int(given)) if is_pk(given) else None
        self.topic_text = request.POST.get("topic", "").strip()[:100]
        self.order = bulk.Order(name, request.POST.get("note", ""), category, self._topic())

    def _topic(self):
        """The topic of exactly this name, with or without diacritics."""
        key = vietnamese.key(self.topic_text)[:100]
        return Topic.objects.filter(key=key).first() if key else None

    def answer(self):
        if "do" not in self.request.POST:
            return self._ask()
        try:
            bulk.check(self.order)
        except ValidationError as error:
            return self._refuse(" ".join(error.messages))
        outcomes = list(bulk.carry_out(self.request.user, self.order, self.keys))
        if _wants_json(self.request):
            return JsonResponse({"outcomes": list(map(_told, outcomes))})
        return self._show("admin/lists/bulk_done.html", {"outcomes": list(map(_told, outcomes)), **_sum(outcomes)})

    def _refuse(self, error):
        if _wants_json(self.request):
            return JsonResponse({"error": error}, status=400)
        return self._ask(error)

    def _ask(self, error=""):
        outcomes = list(bulk.preview(self.request.user, self.order, self.keys))
        user = self.request.user
        context = {
            "outcomes": list(map(_told, outcomes)),
            **_sum(outcomes),
            "error": error,
            "sections": [one for one in self.sections.all if permissions.works_in(user, one)],
            "topics": Topic.objects.order_by("name").values_list("name", flat=True)[:500] if self._ties else [],
            "at_once": AT_ONCE,
        }
        return self._show("admin/lists/bulk.html", context)

    @property
    def _ties(self):
        return self.act.needs == "topic"

    def _show(self, template, context):
        shared = {
            **self.screen.admin_site.each_context(self.request),
            "title": self.act.label,
            "opts": self.screen.opts,
            "question": self,
            "keys": self.keys,
            "list_url": back_to_list(self.back).url,
        }
        return TemplateResponse(self.request, template, {**shared, **context})


def _wants_json(request):
    return request.headers.get("Accept", "") == "application/json"


def _told(outcome):
    url = reverse("admin:articles_article_change", args=[outcome.pk])
    said = {"title": outcome.title, "reason": outcome.reason, "remark": outcome.remark}
    return {"pk": outcome.pk, "url": url, "done": outcome.is_done, **said}


def _sum(outcomes):
    done = sum(outcome.is_done for outcome in outcomes)
    refused = len(outcomes) - done
    return {
        "done": done,
        "refused": refused,
        "done_said": ngettext("%(number)s article done", "%(number)s articles done", done) % {"number": done},
        "refused_said": ngettext("%(number)s refused", "%(number)s refused", refused) % {"number": refused},
    }
