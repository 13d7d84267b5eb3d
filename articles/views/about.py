"""What the newspaper says of itself: its own pages, and what it has corrected."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles import richtext
from articles.models import Correction, StaticPage
from articles.pagecache import tags

from . import page, paging


@require_safe
def static_page(request, slug):
    found = get_object_or_404(StaticPage.objects.public(), slug=slug)
    description = " ".join(richtext.paragraphs(found.body)[:2])
    context = {"static_page": found, "description": description}
    named = [tags.static_page(found.pk)]
    return page.render(request, "articles/static_page.html", context, modified=found.updated_at, tags=named)


@require_safe
def corrections(request):
    """The section of its own that the law asks for (Press Law 2016, Article 42)."""
    found = paging.keyset(request, Correction.objects.issued().newest())
    issued = page.latest(*(correction.issued_at for correction in found.articles))
    named = {tags.CORRECTIONS, *tags.cards(correction.article for correction in found.articles)}
    return page.render(request, "articles/corrections.html", {"page": found}, modified=issued, tags=named)
