"""Files that machines ask for under names of theirs: crawlers, browsers, those who report a hole, language models."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import day_paths, days, jsonld
from articles.views import page

PLAIN = "text/plain; charset=utf-8"
SHORT = 16  # characters that OpenSearch gives a name
LAUNCHER = 12  # characters under an icon on a phone
VALID = timedelta(days=180)  # of security.txt: RFC 9116 wants less than a year
PAPER = "#fdfcfa"  # as in base.html
DAY = 24 * 3600


def _file(request, text, content_type=PLAIN):
    return page.keep(HttpResponse(text, content_type=content_type), request, tags=())


@require_safe
def robots(request):
    """Everybody may read everything but what is no page: the desk, previews, results of searches."""
    closed = ["/admin/", "/xem-truoc/", "/xem-ban/", f"{reverse('search')}?"]
    maps = ["sitemap", "sitemap-news"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines += [f"Sitemap: {jsonld.absolute(reverse(name))}" for name in maps]
    return _file(request, "\n".join(lines) + "\n")


@require_safe
def security(request):
    """RFC 9116. The day on which it expires moves with the calendar; the file changes once a day and no more."""
    site, _sections = page.chrome(request)
    email = site.email or f"security@{urlsplit(settings.SITE_URL).hostname}"
    contact = settings.SECURITY_CONTACT or f"mailto:{email}"
    expires = days.start(days.today() + VALID)
    lines = [
        f"Contact: {contact}",
        f"Expires: {jsonld.moment(expires)}",
        "Preferred-Languages: vi, en",
        f"Canonical: {jsonld.absolute(request.path)}",
    ]
    return _file(request, "\n".join(lines) + "\n")


@require_safe
def manifest(request):
    site, _sections = page.chrome(request)
    icons = [("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("maskable-512.png", 512, "maskable")]
    said = {
        "id": "/",
        "name": site.name,
        "short_name": _cut(site.name, LAUNCHER),
        "description": site.tagline,
        "lang": "vi",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["news"],
        "icons": [
            {"src": static(f"icons/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json; charset=utf-8"
    return page.keep(response, request, tags=())


def _cut(name, length):
    """The first words of a name that fit."""
    if len(name) <= length:
        return name
    return name[: length + 1].rpartition(" ")[0] or name[:length]


@require_safe
def opensearch(request):
    """By which a browser offers our search in its address line."""
    site, _sections = page.chrome(request)
    context = {
        "site": site,
        "short_name": _cut(site.name, SHORT),
        "template": jsonld.absolute(reverse("search")) + "?q={searchTerms}",
        "icon": jsonld.absolute(static("icon.svg")),
        "address": jsonld.absolute(request.path),
    }
    text_type = "application/opensearchdescription+xml; charset=utf-8"
    return page.keep(render(request, "machines/opensearch.xml", context, content_type=text_type), request, tags=())


@require_safe
def llms(request):
    """llmstxt.org: what the site is and where its news is, for programs that read instead of people."""
    site, sections = page.chrome(request)
    today = days.today()
    context = {
        "site": site,
        "sections": sections.all,
        "pages": site.pages,
        "day": day_paths.of_day(today),
        "year": day_paths.of_year(today),
    }
    return page.keep(render(request, "machines/llms.txt", context, content_type=PLAIN), request, tags=())


@require_safe
def favicon(request):
    """The file itself: some ask for this name only and follow no redirect."""
    data = Path(finders.find("icons/favicon.ico")).read_bytes()
    return HttpResponse(data, content_type="image/x-icon", headers={"Cache-Control": f"public, max-age={DAY}"})
