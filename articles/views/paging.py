"""Pages of a long list.

By keyset where the order is that of time: "those behind article N", as fast on the last page as on the first. By
number where it is that of relevance, and then only so many pages as anybody turns.
"""

from dataclasses import dataclass

from django.http import Http404

SIZE = 20
LAST_NUMBER = 25


@dataclass(frozen=True)
class Page:
    articles: list
    older: str  # the query of the next page, or ''
    is_first: bool


def keyset(request, articles, size=SIZE):
    """The page that `?truoc=<id>` asks for; one query. 404 for a cursor that is none."""
    cursor = request.GET.get("truoc", "")
    if cursor:
        if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
            raise Http404("truoc")
        articles = articles.older_than(int(cursor))
    found = list(articles.newest().for_cards()[: size + 1])
    if cursor and not found:
        raise Http404("truoc")
    return Page(found[:size], f"truoc={found[size - 1].pk}" if len(found) > size else "", not cursor)


def numbered(request, articles, size=SIZE):
    """The page that `?trang=<n>` asks for, in the order of `articles`; one query. 404 for a page that is none."""
    text = request.GET.get("trang", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
    if not 1 <= number <= LAST_NUMBER:
        raise Http404("trang")
    first = (number - 1) * size
    found = list(articles.for_cards()[first : first + size + 1])
    if number > 1 and not found:
        raise Http404("trang")
    has_more = len(found) > size and number < LAST_NUMBER
    return Page(found[:size], f"trang={number + 1}" if has_more else "", number == 1)
