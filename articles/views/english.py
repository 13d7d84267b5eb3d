"""The English edition. Its pages are English from the masthead to the foot, whatever language the site speaks."""

from copy import copy
from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.decorators.http import require_safe

from articles.models import EnglishVersion, Sections, State
from articles.pagecache import tags as cache_tags

from . import page, paging


def in_english(view):
    @wraps(view)
    def spoken(request, **kwargs):
        with translation.override("en"):
            return view(request, **kwargs)

    return require_safe(spoken)


@in_english
def front(request):
    found = paging.keyset(request, EnglishVersion.objects.published().newest())
    _captioned(found.articles)
    return _render(
        request, "articles/english_front.html", {"page": found}, versions=found.articles, tags=[cache_tags.ENGLISH]
    )


@in_english
def section(request, section):
    section = page.get_section(request, section)
    found = paging.keyset(request, EnglishVersion.objects.published().within(section).newest())
    _captioned(found.articles)
    named = [cache_tags.english_section(section.pk)]
    context = {"page": found, "other_edition": section.get_absolute_url()}
    return _render(
        request, "articles/english_section.html", context, section=section, versions=found.articles, tags=named
    )


@in_english
def article(request, section, slug, pk):
    """The id of the Vietnamese article decides; it also decides whether the English one can still be read."""
    found = get_object_or_404(EnglishVersion.objects.whole(), article=pk)
    original, named = found.article, [cache_tags.english(pk), cache_tags.card(pk)]
    if not found.is_released():
        raise Http404(pk)
    if original.state == State.WITHDRAWN and original.was_public():
        gone = {"section": original.category, "status": 410, "tags": named}
        return _render(request, "articles/english_withdrawn.html", {}, **gone)
    if not original.is_public():
        raise Http404(pk)
    if request.path != found.get_absolute_url():
        return page.tag(redirect(found, permanent=True), named)
    _captioned([found])
    bylines = list(original.bylines.select_related("author"))
    named += [cache_tags.english_bylines(pk)]
    named += [cache_tags.author(byline.author_id) for byline in bylines if byline.author_id]
    context = {"version": found, "article": original, "bylines": bylines}
    context["vietnamese_url"] = original.get_absolute_url()  # which leads back here: search engines ask for both
    return _render(
        request, "articles/english_article.html", context, section=original.category, versions=[found], tags=named
    )


def _render(request, template, context, *, section=None, status=200, versions=(), tags=()):
    """The page with the newspaper and its sections under their English names, showing some versions."""
    site, sections = page.chrome(request)
    sections = Sections([_named(category) for category in sections.all])
    section = section and sections.by_id[section.pk]
    context |= {
        "site": _titled(site),
        "sections": sections,
        "section": section,
        "top_section": section and sections.top(section),
    }
    modified = page.latest(*(moment for one in versions for moment in (one.released_at, one.updated_at)))
    named = {*tags, *(tag(one.article_id) for one in versions for tag in (cache_tags.english, cache_tags.card))}
    return page.render(request, template, context, status=status, modified=modified, tags=named)


def _captioned(versions):
    """Pictures with their English words, or with none: a Vietnamese caption says nothing here."""
    for version in versions:
        if photo := version.article.photo:
            photo.caption = photo.alt = version.photo_caption
    return versions


def _named(category):
    named = copy(category)
    named.name = category.english_name or category.name
    named.description = ""  # there is none in English
    return named


def _titled(site):
    titled = copy(site)
    titled.name = site.english_name or site.name
    titled.tagline = site.english_tagline
    return titled
