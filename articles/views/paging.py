"""Pages of a long list.

By keyset where the order is that of time: "those behind article N", as fast on the last page as on the first. By
number where it is that of relevance, and then only so many pages as anybody turns.
"""

from dataclasses import dataclass

from django.http import Http404

SIZE = 20
LAST_NUMBER = 50  # as many as the search counts hits for


@dataclass(frozen=True)
class Page:
    articles: list
    older: str  # the query of the next page, or ''
    is_first: bool


@dataclass(frozen=True)
class NumberedPage(Page):
    newer: str  # the query of the page before, '' when that is the first
    number: int
    total: int  # at most SIZE * LAST_NUMBER, with has_more when there are more
    has_more: bool


def keyset(request, articles, size=SIZE):
    """The page that `?truoc=<id>` asks for of what is in its order; one query. 404 for a cursor that is none."""
    cursor = request.GET.get("truoc", "")
    if cursor:
        if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
            raise Http404("truoc")
        articles = articles.older_than(int(cursor))
    found = list(articles.cards(size + 1))
    if cursor and not found:
        raise Http404("truoc")
    return cut(found, size, is_first=not cursor)


def cut(found, size, is_first=True):
    """The page of what was found, which is one more than its size where a further page follows."""
    return Page(found[:size], f"truoc={found[size - 1].pk}" if len(found) > size else "", is_first)


def numbered(request, find, size=SIZE):
    """The page that `?trang=<n>` asks for, of what `find(begin, size)` finds: an object with `hits`, `total` and
    `has_more`. 404 for a page that is none."""
    text = request.GET.get("trang", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
    if not 1 <= number <= LAST_NUMBER:
        raise Http404("trang")
    found = find((number - 1) * size, size)
    last = min(-(-found.total // size), LAST_NUMBER)
    if number > max(last, 1):
        raise Http404("trang")
    return NumberedPage(
        articles=found.hits,
        older=f"trang={number + 1}" if number < last else "",
        is_first=number == 1,
        newer=f"trang={number - 1}" if number > 2 else "",
        number=number,
        total=found.total,
        has_more=found.has_more,
    )
