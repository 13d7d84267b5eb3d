"""Pages of a long list by keyset: "those behind article N", as fast on the last page as on the first."""

from dataclasses import dataclass

from django.http import Http404

SIZE = 20


@dataclass(frozen=True)
class Page:
    articles: list
    older: int | None  # the cursor of the next page
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
    return Page(found[:size], found[size - 1].pk if len(found) > size else None, not cursor)
