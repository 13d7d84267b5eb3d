from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Author
from articles.pagecache import tags

from . import page, paging


@require_safe
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    found = paging.keyset(request, author.bylines.public())
    named = {own := tags.author(author.pk), tags.news_of(own), *tags.cards(found.articles)}
    return page.render(request, "articles/author.html", {"author": author, "page": found}, tags=named)
