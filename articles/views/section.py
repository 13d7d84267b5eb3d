from django.views.decorators.http import require_safe

from articles.models import Article

from . import page, paging


@require_safe
def section(request, section):
    section = page.get_section(request, section)
    family = page.sections(request).family(section)
    found = paging.keyset(request, Article.objects.published().filter(category__in=family))
    context = {"page": found, "subsections": page.sections(request).children(section)}
    return page.render(request, "articles/section.html", context, section=section)
