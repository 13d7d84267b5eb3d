"""What every public page has: the masthead, the sections, the form of the day archive."""

from django.http import Http404
from django.shortcuts import render as django_render

from articles import days
from articles.models import load_chrome


def chrome(request):
    """(SiteSettings, Sections), loaded once per request."""
    if not hasattr(request, "_chrome"):
        request._chrome = load_chrome()
    return request._chrome


def sections(request):
    return chrome(request)[1]


def get_section(request, slug):
    """The section of a slug, or 404."""
    try:
        return sections(request).by_slug[slug]
    except KeyError:
        raise Http404(slug) from None


def render(request, template, context, *, section=None, status=200):
    """A page for readers. `section` is the one the page belongs to: the scope "this section" of the archive form."""
    site, all_sections = chrome(request)
    context = {
        "site": site,
        "sections": all_sections,
        "section": section,
        "top_section": section and all_sections.top(section),
        "today": days.today(),
        **context,
    }
    response = django_render(request, template, context, status=status)
    # Kept by browsers, used only after asking: with its ETag a page that did not change costs no bytes.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
