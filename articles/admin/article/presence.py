"""Who else has the article open: one call every few seconds from each open form.

Design note: what a person may is asked of the database once a minute. In between the form shows a signed pass, so that
a hundred open forms cost the server five or six short queries a call.
"""

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from articles.admin.search import is_pk
from articles.editorial import locks, notices, permissions
from articles.models import Article

from .answers import article_of, newer, number, refused, tab_of

PASS = 60  # seconds
SALT = "articles.presence"
NEEDED = ("pk", "version", "state", "category", "created_by", "published_at")  # what the rights ask


@require_POST
def presence_view(request):
    """The form is open (`left`: was closed); `typed` in it since the last call. Answers who else is there."""
    article, may_change, ticket = _admitted(request)
    form = tab_of(request)
    if request.POST.get("left"):
        locks.leave(article, request.user, form)
        return JsonResponse({})
    try:
        here = locks.beat(article, request.user, form, typed=may_change and bool(request.POST.get("typed")))
    except locks.Foreign:
        return refused("tab")
    return _told(request, article, here, ticket)


@require_POST
def take_view(request):
    """Take the pen."""
    article = article_of(request)
    if article is None or not tab_of(request):
        raise Http404
    if not permissions.can_change(request.user, article):
        raise PermissionDenied
    try:
        here = locks.take(article, request.user, tab_of(request))
    except locks.Foreign:
        return refused("tab")
    return _told(request, article, here, _ticket(request.user, article, may_change=True))


def _admitted(request):
    """(article, whether the person may change it, pass). 404 where the person may not see it."""
    if not tab_of(request):
        raise Http404
    ticket, pk = request.POST.get("pass", ""), request.POST.get("article", "")
    try:
        user, article, may_change = signing.loads(ticket, salt=SALT, max_age=PASS)
    except (signing.BadSignature, ValueError):
        user = None
    if user == request.user.pk and is_pk(pk) and int(pk) == article:
        found = Article.objects.only("pk", "version").filter(pk=article).first()
        if found:
            return found, may_change, ticket
    found = article_of(request, *NEEDED)
    if found is None:
        raise Http404
    may_change = permissions.can_change(request.user, found)
    notices.mark_read(request.user, found)
    return found, may_change, _ticket(request.user, found, may_change=may_change)


def _ticket(user, article, *, may_change):
    return signing.dumps([user.pk, article.pk, may_change], salt=SALT)


def _told(request, article, here, ticket):
    others = [
        {
            "name": other.name,
            "since": other.since.isoformat(),
            "holds": other.holds,
            "typing": other.typing,
            "same_user": other.same_user,
            "may_take": other.may_take,
        }
        for other in here.others
    ]
    found = newer(article, number(request.POST.get("base", "")), request.user)
    return JsonResponse({"holds": here.holds, "others": others, "newer": found, "pass": ticket})
