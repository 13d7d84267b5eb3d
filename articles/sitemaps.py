"""Sitemaps: an index over the months that have news, the other pages, and the news of two days.

Source: sitemaps.org and Google's extensions for news, images and languages.

Design note on `lastmod` in the index: of a month it is the end of the last day that has news, or the last revision
among the CHANGES newest ones of the whole archive, whichever is later. What all revisions of a million articles amount
to is never added up: a crawler that comes more than once in so many revisions has been told of each. It is never too
early for a new story, and at most hours too late for one.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles import days, jsonld
from articles.models import Article, Author, Byline, DayTotal, EnglishVersion, StaticPage, Topic, TopicListing
from articles.models.newest import nearer
from articles.pagecache import tags
from articles.views import page

LIMIT, NEWS_LIMIT = 50_000, 1_000  # entries of a file
NEWS_AGE = timedelta(hours=48)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SPACES = {
    "xmlns": SITEMAP,
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
SHOWN = ["title", "slug", "published_at", "revised_at", "category__slug", "photo__master", "photo__caption"]
CHANGES = 500  # revisions that the index looks at


@dataclass
class Entry:
    path: str
    changed: datetime | None = None
    photo: object = None
    languages: dict = field(default_factory=dict)  # {language: path}, of a page that exists in several
    news: dict = field(default_factory=dict)  # {element of the news extension: text}


@require_safe
def index(request):
    newest = Article.objects.published().newest().values_list("published_at", flat=True)[:1]
    changed = {}
    for last in newest:
        ends = {day.replace(day=1): min(last, days.bounds(day)[1]) for day in DayTotal.objects.months(days.of(last))}
        revised = _revised()
        changed = {first: max(end, revised.get(first, end)) for first, end in ends.items()}
    entries = [
        Entry(reverse("sitemap-month", args=[f"{first:%Y}", f"{first:%m}"]), moment)
        for first, moment in changed.items()
    ]
    entries = [Entry(reverse("sitemap-news")), Entry(reverse("sitemap-pages")), *entries]
    return _respond(request, "sitemapindex", "sitemap", entries, [tags.SITEMAP])


def _revised():
    """{first day of a month: the last revision of its stories} among the newest revisions."""
    newest = Article.objects.published().order_by("-updated_at", "-pk").values_list("published_at", "revised_at")
    found = {}
    for published, revised in newest[:CHANGES]:
        if revised:
            first = days.of(published).replace(day=1)
            found[first] = max(found.get(first, revised), revised)
    return found


@require_safe
def month(request, year, month):
    """The articles of a month and their English versions."""
    try:
        begin, end = days.month_bounds(days.make(year, month))
    except ValueError as error:
        raise Http404(str(error)) from error
    found = (
        nearer(Article.objects.published(), published_at__gte=begin, published_at__lt=end)
        .newest()
        .select_related("category", "photo")
    )
    articles = list(found.only(*SHOWN)[:LIMIT])
    if not articles:
        raise Http404("no news")
    versions = EnglishVersion.objects.published().defer("body")
    versions = versions.filter(article__published_at__gte=begin, article__published_at__lt=end)
    english = {version.article_id: version for version in versions}
    entries = [entry for article in articles for entry in _in_languages(article, english.get(article.pk))]
    return _respond(request, "urlset", "url", entries[:LIMIT], [tags.sitemap(begin.astimezone(days.VIETNAM))])


def _in_languages(article, english):
    entry = Entry(article.get_absolute_url(), jsonld.modified(article), article.photo)
    if english is None:
        return [entry]
    english.article = article
    entry.languages = {"vi": entry.path, "en": english.get_absolute_url(), "x-default": entry.path}
    changed = max(english.released_at, english.updated_at)
    return [entry, Entry(entry.languages["en"], changed, languages=entry.languages)]


@require_safe
def pages(request):
    _site, sections = page.chrome(request)
    told = _told(Topic, TopicListing.objects.filter(topic=OuterRef("pk")))
    nouns = [*sections.all, *told, *_told(Author, Byline.objects.filter(author=OuterRef("pk")))]
    entries = [Entry(reverse("front")), *(Entry(noun.get_absolute_url()) for noun in nouns)]
    static = StaticPage.objects.public().defer("body")
    entries += [Entry(found.get_absolute_url(), found.updated_at) for found in static]
    entries.append(Entry(reverse("corrections")))
    if EnglishVersion.objects.published().exists():
        entries.append(Entry(reverse("english-front")))
    return _respond(request, "urlset", "url", entries[:LIMIT], [tags.SITEMAP_PAGES])


def _told(model, listing):
    """Those that public articles name. By the newest of each: an EXISTS may be read from all articles of all."""
    last = listing.public().order_by("-public_at", "-article_id").values("public_at")[:1]
    return model.objects.alias(last=Subquery(last)).filter(last__isnull=False)


@require_safe
def news(request):
    """What Google News asks for: nothing older than two days, nothing at all on a quiet one."""
    site, _sections = page.chrome(request)
    fresh = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE).newest()
    fresh = fresh.select_related("category").only("title", "slug", "published_at", "category__slug")
    entries = [Entry(article.get_absolute_url(), news=_news(article, site)) for article in fresh[:NEWS_LIMIT]]
    return _respond(request, "urlset", "url", entries, [tags.SITEMAP_NEWS])


def _news(article, site):
    return {
        "publication": {"name": site.name, "language": "vi"},
        "publication_date": jsonld.moment(article.published_at),
        "title": article.title,
    }


# As XML


def _respond(request, root, kind, entries, named):
    out = io.StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": SITEMAP} if root == "sitemapindex" else SPACES)
    for entry in entries:
        xml.startElement(kind, {})
        _write(xml, entry)
        xml.endElement(kind)
    xml.endElement(root)
    response = HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")
    changed = max((entry.changed for entry in entries if entry.changed), default=None)
    return page.keep(response, request, modified=changed, tags=named)


def _write(xml, entry):
    xml.addQuickElement("loc", jsonld.absolute(entry.path))
    if entry.changed:
        xml.addQuickElement("lastmod", jsonld.moment(entry.changed))
    for language, path in entry.languages.items():
        facts = {"rel": "alternate", "hreflang": language, "href": jsonld.absolute(path)}
        xml.addQuickElement("xhtml:link", None, facts)
    if entry.news:
        _nested(xml, "news", entry.news)
    if entry.photo and entry.photo.master:
        words = {"caption": entry.photo.caption} if entry.photo.caption else {}
        _nested(xml, "image", {"loc": jsonld.absolute(entry.photo.url), **words}, prefix="image")


def _nested(xml, name, facts, prefix="news"):
    """An element of an extension with the elements in it."""
    xml.startElement(f"{prefix}:{name}", {})
    for key, value in facts.items():
        if isinstance(value, dict):
            _nested(xml, key, value, prefix)
        else:
            xml.addQuickElement(f"{prefix}:{key}", value)
    xml.endElement(f"{prefix}:{name}")
