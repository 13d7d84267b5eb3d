from django.views.decorators.http import require_safe

from articles import vietnamese
from articles.models import Article

from . import page, paging

QUERY_LENGTH = 200


@require_safe
def search(request):
    query = vietnamese.clean_line(request.GET.get("q", "")[:QUERY_LENGTH])
    found = None
    if vietnamese.key(query):
        found = paging.numbered(request, Article.objects.published().search(query).by_relevance(query))
    return page.render(request, "articles/search.html", {"query": query, "page": found})
