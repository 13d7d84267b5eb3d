"""What every public page has: the masthead, the sections, the form of the day archive, and when it last changed.

Design notes on conditional requests
- `ETag` is the answer's own checksum (ConditionalGetMiddleware): it is always right, and a request that sends one is
  judged by it alone. `Last-Modified` serves the crawlers and feed readers that know nothing better.
- It must never be too early: whoever keeps a page that changed since would be told "304, nothing new". So it is the
  latest of what the view says (`modified`), the last change of any article or of the masthead (`site.changed_at`; a
  withdrawn story leaves lists that nothing newer entered), the last midnight in Vietnam (the masthead bears the date),
  and the last `collectstatic` (templates come with the styles): one moment for all workers, as their starts are not.
- What has no time of its own, the name of a section or a caption, is seen by such a client at the latest after
  midnight; a view that shows what else changes (placements, most read, comments, corrections) says so with `modified`.
- It is never later than now, because caches do not believe that.

Design note on pages that are kept: `render_once` takes what the database said (`made_of`) and a function that makes the
page of it. A page that was made of the very same is not made again. Whatever changes, by whatever door, is another key,
so what is kept can be forgotten, never wrong; the database is asked each time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import get_language

from articles import days
from articles.models import load_chrome
from articles.pagecache import tags as cache_tags


def _deployed():
    """When this release was put here; the start of the process where no static files were collected."""
    try:
        return datetime.fromtimestamp((Path(settings.STATIC_ROOT) / "staticfiles.json").stat().st_mtime, UTC)
    except OSError:
        return datetime.now(UTC)


DEPLOYED = _deployed()
GOOD = 200
MOST_KEPT = 200  # pages, 30 to 100 KB each


class NotYet(Http404):
    """Nothing for readers until something public belongs to it: the page of the 404 goes by these tags."""

    def __init__(self, tags):
        super().__init__()
        self.tags = tags


@dataclass(frozen=True)
class Written:
    """A page, when that changed which it shows besides articles and masthead, and the tags of what can change it."""

    html: str
    modified: datetime | None
    tags: frozenset | None


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


def render(request, template, context, *, section=None, status=GOOD, modified=None, tags=None):
    """A page for readers. `section` is the one the page belongs to: the scope "this section" of the archive form.

    `tags` name what can change it (articles/pagecache/tags.py); without them no cache of ours keeps it.

    `modified` is when that changed which articles and masthead do not tell: placements, comments, counts.
    """
    return answer(request, write(request, template, context, section=section, modified=modified, tags=tags), status)


def render_once(request, made_of, make):
    """The page that `make` writes; the one that it wrote before where the rows that it is `made_of` are the same.

    Of the request it may depend on the path, and on what of the query is among `made_of`.
    """
    kept = sections(request).pages
    said = (settings.SITE_URL, settings.MEDIA_URL, settings.STATIC_URL)
    key = (request.path, get_language(), *said, days.today(), made_of)
    found = kept.get(key)
    if found is None:
        found = make()
        if MOST_KEPT and not settings.DEBUG:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[key] = found
    return answer(request, found)


def answer(request, written, status=GOOD):
    return keep(HttpResponse(written.html, status=status), request, modified=written.modified, tags=written.tags)


def write(request, template, context, *, section=None, modified=None, tags=None):
    """The same as `render`, Written: for `render_once`."""
    site, all_sections = chrome(request)
    section = section and all_sections.by_id.get(section.pk, section)  # one for all parts
    today = days.today()
    context = {
        "site": site,
        "sections": all_sections,
        "section": section,
        "top_section": section and all_sections.top(section),
        "today": today,
        "is_front": request.path == "/",
        **context,
    }
    return Written(render_to_string(template, context, request), modified, None if tags is None else frozenset(tags))


def keep(response, request, *, modified=None, tags=None):
    """The headers by which browsers and caches keep a page, a feed or a sitemap, and ask whether it is still good.

    Kept by browsers, used only after asking: with its ETag a page that did not change costs no bytes.
    """
    response.headers.setdefault("Cache-Control", "no-cache")
    if response.status_code == GOOD:
        response.headers.setdefault("Last-Modified", http_date(last_change(request, modified).timestamp()))
    return tag(response, tags)


def tag(response, tags):
    """Name what can change an answer, a redirect too. Every one shows, or leads by, the site's sections."""
    if tags is not None:
        response.headers["Cache-Tag"] = " ".join(sorted({cache_tags.SITE, *tags}))
    return response


def latest(*moments):
    """The last of some moments, of which each may be None."""
    return max(filter(None, moments), default=None)


def last_change(request, modified=None):
    site, _sections = chrome(request)
    now = timezone.now()
    return min(now, latest(modified, getattr(site, "changed_at", None), days.start(days.of(now)), DEPLOYED))
