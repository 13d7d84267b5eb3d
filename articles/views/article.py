from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from articles import days
from articles.editorial import permissions
from articles.models import Article, State
from articles.models.link import other_news

from . import page

WHOLE = Article.objects.select_related("category", "photo").defer("search_text", "photo__search_text")


@require_safe
def article(request, section, slug, pk):
    """The id decides: a wrong slug or section leads to the right one, a withdrawn article says that it is gone."""
    found = WHOLE.filter(pk=pk).first()
    if found and found.state == State.WITHDRAWN and found.was_public():
        return page.render(request, "articles/withdrawn.html", {}, section=found.category, status=410)
    if not found or not found.is_public():
        raise Http404(pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return _show(request, found)


@require_safe
def preview(request, pk):
    """How an article will look, for those at the desk who may see it. Never kept by any cache."""
    found = get_object_or_404(WHOLE, pk=pk)
    if not request.user.is_authenticated or not permissions.can_see(request.user, found):
        raise Http404(pk)
    response = _show(request, found, preview=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _show(request, found, **context):
    family = page.sections(request).family(found.category) if found.category else []
    context |= {
        "article": found,
        "archive_day": found.published_at and days.of(found.published_at),
        "bylines": list(found.bylines.select_related("author")),
        "other_news": other_news(found, family),
    }
    return page.render(request, "articles/article.html", context, section=found.category)
