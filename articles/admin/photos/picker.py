"""The library in a window: opened by CKEditor's picture dialog, or by a form that asks for a photo."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import renditions
from articles.models import Photo

from .paging import page_of

SIZE = 30
QUERY_LENGTH = 100


def pick(screen, request):
    if not screen.has_view_permission(request):
        raise PermissionDenied
    query, mine = request.GET.get("q", "")[:QUERY_LENGTH], request.GET.get("mine") == "1"
    found = Photo.objects.search(query).exclude(master="")
    if mine:
        found = found.filter(created_by=request.user)
    page = page_of(found, request.GET.get("p", ""), SIZE)
    callback = request.GET.get("CKEditorFuncNum", "")
    kept = request.GET.copy()
    kept.pop("p", None)
    context = {
        **screen.admin_site.each_context(request),
        "title": _("Photo library"),
        "page": page,
        "query": query,
        "mine": mine,
        "callback": callback if callback.isascii() and callback.isdecimal() else "",
        "kept": kept.urlencode(),
        "passed": {name: request.GET[name] for name in ("CKEditorFuncNum", "several") if name in request.GET},
        "may_upload": screen.has_add_permission(request),
        "limit": renditions.UPLOAD_LIMIT,
        "is_popup": True,
    }
    return TemplateResponse(request, "admin/articles/photo/pick.html", context)
