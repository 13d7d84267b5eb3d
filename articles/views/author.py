from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article, Author
from articles.pagecache import tags

from . import page, paging


@require_safe
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    found = paging.keyset(request, Article.objects.published().filter(pk__in=author.bylines.values("article")))
    named = {own := tags.author(author.pk), tags.news_of(own), *tags.cards(found.articles)}
    return page.render(request, "articles/author.html", {"author": author, "page": found}, tags=named)
