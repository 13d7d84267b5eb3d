from datetime import timedelta

from django.http import Http404
from django.views.decorators.http import require_safe

from articles.models import Article

from . import page, paging

FRESH = timedelta(days=3)
LEAD, STREAM, BLOCK = 5, 8, 4  # stories on top with pictures, in the stream beside them, in each section's block


@require_safe
def front(request):
    tops = [(top, page.sections(request).family(top)) for top in page.sections(request).tops]
    latest, blocks = _compose(tops)
    latest = [*_picture_first(latest[:LEAD]), *latest[LEAD:]]
    context = {"lead": latest[:1], "secondary": latest[1:LEAD], "stream": latest[LEAD:], "blocks": blocks}
    return page.render(request, "articles/front.html", context)


def _compose(tops):
    """The newest articles, and [(section, its newest)], no story twice; one query however many sections.

    Each block asks for so many more as the top of the page may take from it.
    """
    on_top = LEAD + STREAM
    newest = Article.objects.published().newest().values("pk")
    slices = [newest[:on_top], *(newest.filter(category__in=family)[: BLOCK + on_top] for _top, family in tops)]
    # SQLite takes no LIMIT in a part of a UNION, but takes it one level down; each slice reads its own index.
    parts = [Article.objects.filter(pk__in=part).order_by().values("pk") for part in slices]
    cards = list(Article.objects.filter(pk__in=parts[0].union(*parts[1:])).newest().for_cards())
    latest, rest = cards[:on_top], cards[on_top:]
    blocks = [(top, [card for card in rest if card.category_id in family][:BLOCK]) for top, family in tops]
    return latest, [(top, _picture_first(found)) for top, found in blocks if found]


def _picture_first(articles):
    """A story with a picture leads its group, if it is about as new as the newest; the others keep their order."""
    fresh = [article for article in articles if articles[0].published_at - article.published_at <= FRESH]
    pictured = next((article for article in fresh if article.photo and article.photo.master), None)
    return articles if pictured is None else [pictured, *(other for other in articles if other is not pictured)]


@require_safe
def section(request, section):
    section = page.get_section(request, section)
    family = page.sections(request).family(section)
    found = paging.keyset(request, Article.objects.published().filter(category__in=family))
    context = {"page": found, "subsections": page.sections(request).children(section)}
    return page.render(request, "articles/section.html", context, section=section)


def preview(request):
    raise Http404
