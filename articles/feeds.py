"""RSS 2.0, of the site or of a section. Addresses come from SITE_URL, never from a request's Host."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from .models import Article
from .views import page

SIZE = 30


@require_safe
def rss(request, section=None):
    section = page.get_section(request, section) if section else None
    site, sections = page.chrome(request)
    articles = Article.objects.published()
    if section:
        articles = articles.filter(category__in=sections.family(section))
    feed = Rss201rev2Feed(
        title=f"{section} - {site}" if section else str(site),
        link=settings.SITE_URL + (section.get_absolute_url() if section else reverse("front")),
        description=site.tagline or str(site),
        language="vi",
        feed_url=settings.SITE_URL + request.path,
    )
    for article in articles.newest().for_cards()[:SIZE]:
        link = settings.SITE_URL + article.get_absolute_url()
        feed.add_item(
            article.title, link, article.lede,
            unique_id=f"{settings.SITE_URL}/#{article.pk}", unique_id_is_permalink=False,
            pubdate=article.published_at, categories=[article.category.name],
        )  # fmt: skip
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type, headers=headers)


atom = json = rss
