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
    return Page(found[:size], f"truoc={found[size - 1].pk}" if len(found) > size else "", not cursor)


def numbered(request, articles, size=SIZE):
    """The page that `?trang=<n>` asks for, in the order of `articles`, with their bodies; two queries.

    The keys of all that can be turned to are read at once: what orders by relevance has to look at every hit anyway,
    and their number is the number of results, as far as anybody counts. 404 for a page that is none.
    """
    text = request.GET.get("trang", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
    if not 1 <= number <= LAST_NUMBER:
        raise Http404("trang")
    keys = list(articles.values_list("pk", flat=True)[: LAST_NUMBER * size + 1])
    shown = keys[: LAST_NUMBER * size][(number - 1) * size : number * size]
    if number > 1 and not shown:
        raise Http404("trang")
    by_key = articles.filter(pk__in=shown).order_by().with_texts().in_bulk() if shown else {}
    total, last = min(len(keys), LAST_NUMBER * size), -(-min(len(keys), LAST_NUMBER * size) // size)
    return NumberedPage(
        articles=[by_key[key] for key in shown if key in by_key],
        older=f"trang={number + 1}" if number < last else "",
        is_first=number == 1,
        newer=f"trang={number - 1}" if number > 2 else "",
        number=number,
        total=total,
        has_more=len(keys) > total,
    )
