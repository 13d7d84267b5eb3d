from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import search as searching
from articles import snippets, vietnamese
from articles.models import Article, Genre
from articles.pagecache import tags

from .. import page, paging
from . import query

SUGGESTED = 5  # words that are offered alone when together they found nothing
LABELS = {
    "tu": _("From"), "den": _("To"), "muc": _("Section"), "tac-gia": _("Author"), "the-loai": _("Genre"),
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    article: Article
    title: str  # HTML with the hits marked
    snippet: str
    begins_words: bool  # the first one in which the words do not stand side by side


@require_safe
def search(request):
    asked = query.read(request)
    context = {
        "query": asked.text,
        "asked": asked,
        # Names with a hyphen, which a template cannot look up.
        "typed_author": asked.typed.get("tac-gia", ""),
        "author_error": asked.errors.get("tac-gia"),
        "genre_error": asked.errors.get("the-loai"),
        "genres": Genre.choices,
        "filters": [(LABELS[name], words, _address(asked, **{name: None})) for name, words in asked.filters],
        "orders": _orders(asked) if asked.has_words else [],
        "pager_query": asked.address(),
        "is_asked": bool(request.GET),  # results are for people; the form is a page that search engines may know
    }
    named = {tags.SEARCH}
    if asked.has_words or asked.filters:
        found, hits = _found(request, asked)
        named |= tags.cards(found.articles)
        context |= {"page": found, "hits": hits}
        if not hits:
            context["words"] = _words(asked)
    return page.render(request, "articles/search.html", context, tags=named)


def _address(asked, **changes):
    return f"{reverse('search')}?{asked.address(**changes)}"


def _orders(asked):
    """[(label, address, whether it is the one shown)]"""
    newest = asked.is_newest_first
    return [
        (_("Best match"), _address(asked, xep=None), not newest),
        (_("Newest first"), _address(asked, xep=query.NEWEST), newest),
    ]


def _words(asked):
    """[(word, address of a search for it alone)] of a search of several words that found nothing."""
    words = [word for word in asked.text.split() if vietnamese.key(word)][:SUGGESTED]
    return [(word, _address(asked, q=word)) for word in words] if len(words) > 1 else []


def _found(request, asked):
    """(the page, its Hits)"""
    sections = page.sections(request)
    found = paging.numbered(request, lambda begin, size: asked.find(sections, begin, size))
    articles = Article.objects.published().for_cards().in_bulk([hit.article for hit in found.articles])
    words, was_phrase, hits = searching.wanted(asked.text), not found.is_first, []
    for hit in found.articles:
        if hit.article in articles:
            hits.append(_hit(articles[hit.article], hit, words, was_phrase and not hit.is_phrase))
            was_phrase = hit.is_phrase
    return replace(found, articles=[hit.article for hit in hits]), hits


def _hit(article, hit, words, begins_words):
    return Hit(article, snippets.marked(article.title, words), hit.texts.snippet(words), begins_words)
