"""Sitemaps: an index over the months that have news, the other pages, and the news of two days.

Source: sitemaps.org and Google's extensions for news, images and languages.

Design note: the months come from one query, a scan of what is published and nothing else. On a million articles that
takes a second or so, crawlers ask for the index a few times a day, and no count has to be kept right at each
publication. A month of a provincial paper has about a thousand articles; the cut at LIMIT only keeps the format's law.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import Coalesce, Greatest, TruncMonth
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles import days, jsonld
from articles.models import Article, Author, Byline, EnglishVersion, StaticPage, Topic
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
CHANGED = Greatest(F("published_at"), Coalesce(F("revised_at"), F("published_at")))


@dataclass
class Entry:
    path: str
    changed: datetime | None = None
    photo: object = None
    languages: dict = field(default_factory=dict)  # {language: path}, of a page that exists in several
    news: dict = field(default_factory=dict)  # {element of the news extension: text}


@require_safe
def index(request):
    month = TruncMonth("published_at", tzinfo=days.VIETNAM)
    months = Article.objects.published().order_by().values(month=month).annotate(changed=Max(CHANGED))
    entries = [
        Entry(reverse("sitemap-month", args=[f"{row['month']:%Y}", f"{row['month']:%m}"]), row["changed"])
        for row in months.order_by("-month")
    ]
    entries = [Entry(reverse("sitemap-news")), Entry(reverse("sitemap-pages")), *entries]
    return _respond(request, "sitemapindex", "sitemap", entries, [tags.SITEMAP])


@require_safe
def month(request, year, month):
    """The articles of a month and their English versions."""
    try:
        begin, end = days.month_bounds(days.make(year, month))
    except ValueError as error:
        raise Http404(str(error)) from error
    found = Article.objects.published().filter(published_at__gte=begin, published_at__lt=end).newest().for_cards()
    articles = list(found[:LIMIT])
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
    published = Article.objects.published()
    written = Byline.objects.filter(author=OuterRef("pk"), article__in=published)
    told = Topic.articles.through.objects.filter(topic=OuterRef("pk"), article__in=published)
    nouns = [*sections.all, *Topic.objects.filter(Exists(told)), *Author.objects.filter(Exists(written))]
    entries = [Entry(reverse("front")), *(Entry(noun.get_absolute_url()) for noun in nouns)]
    static = StaticPage.objects.public().defer("body")
    entries += [Entry(found.get_absolute_url(), found.updated_at) for found in static]
    entries.append(Entry(reverse("corrections")))
    if EnglishVersion.objects.published().exists():
        entries.append(Entry(reverse("english-front")))
    return _respond(request, "urlset", "url", entries[:LIMIT], [tags.SITEMAP_PAGES])


@require_safe
def news(request):
    """What Google News asks for: nothing older than two days, nothing at all on a quiet one."""
    site, _sections = page.chrome(request)
    fresh = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE).newest().for_cards()
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
