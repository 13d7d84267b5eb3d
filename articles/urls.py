from django.urls import include, path, re_path

from . import api, feeds, sitemaps
from .views import about, archive, article, author, english, front, preview, search, topic
from .views.machines import files, health, media, offline
from .views.readers import comments, reads

YEAR, MONTH, DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{2})", r"(?P<day>[0-9]{2})"
ARTICLE = r"(?P<section>[-\w]+)/(?P<slug>[-\w]*?)-(?P<pk>[0-9]{1,18})/$"

# …/rss/, …/atom/, …/feed.json : the same news for machines. Their names: feed-rss, section-feed-rss, author-feed-rss …


def feed_paths(name=""):
    return [
        path("rss/", feeds.rss, name=f"{name}feed-rss"),
        path("atom/", feeds.atom, name=f"{name}feed-atom"),
        path("feed.json", feeds.json, name=f"{name}feed-json"),
    ]


# /ngay/… and /<section>/ngay/… : the news of a day, the calendar of a month, the months of a year
def day_paths(name=""):
    return [
        re_path(rf"^{YEAR}/{MONTH}/{DAY}/$", archive.day, name=f"{name}archive-day"),
        re_path(rf"^{YEAR}/{MONTH}/{DAY}/", include(feed_paths(f"{name}archive-"))),
        re_path(rf"^{YEAR}/{MONTH}/$", archive.month, name=f"{name}archive-month"),
        re_path(rf"^{YEAR}/$", archive.year, name=f"{name}archive-year"),
    ]


urlpatterns = [
    path("", front.front, name="front"),
    path("", include(feed_paths())),
    path("ngay/", archive.choose, name="archive"),
    path("ngay/", include(day_paths())),
    path("tim-kiem/", search.search, name="search"),
    path("tac-gia/<slug:slug>/", author.author, name="author"),
    path("tac-gia/<slug:author>/", include(feed_paths("author-"))),
    path("chu-de/<slug:slug>/", topic.topic, name="topic"),
    path("chu-de/<slug:topic>/", include(feed_paths("topic-"))),
    path("trang/<slug:slug>/", about.static_page, name="static-page"),
    path("cai-chinh/", about.corrections, name="corrections"),
    path("ngoai-tuyen/", offline.offline, name="offline"),
    # What readers send
    path("dem/<int:pk>/", reads.count, name="count-read"),
    path("y-kien/<int:pk>/", comments.comments, name="comments"),
    # For the desk, before readers see it
    path("xem-truoc/<int:pk>/", preview.preview, name="preview"),
    path("xem-truoc/moi/", preview.unsaved, name="preview-unsaved"),
    path("xem-truoc/trang-nhat/", front.preview, name="preview-front"),
    path("xem-ban/<secret>/", preview.shared, name="shared-version"),
    # /en/… : the English edition
    path("en/", english.front, name="english-front"),
    path("en/<slug:section>/", english.section, name="english-section"),
    re_path(rf"^en/{ARTICLE}", english.article, name="english-article"),
    # For machines
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(rf"^sitemap-{YEAR}-{MONTH}\.xml$", sitemaps.month, name="sitemap-month"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("robots.txt", files.robots, name="robots"),
    path("llms.txt", files.llms, name="llms"),
    path("opensearch.xml", files.opensearch, name="opensearch"),
    path("manifest.webmanifest", files.manifest, name="manifest"),
    path("favicon.ico", files.favicon, name="favicon"),
    path(".well-known/security.txt", files.security, name="security"),
    path("api/v1/openapi.json", api.describe, name="openapi"),
    path("api/v1/", api.api.urls),
    path("sw.js", offline.worker, name="service-worker"),
    path("media/duoc-xem/<path:name>", media.allowed, name="media-allowed"),
    path("media/<path:name>", media.media, name="media"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # /<section>/… : last, because a section may bear any name that is not reserved
    path("<slug:section>/", front.section, name="section"),
    path("<slug:section>/", include(feed_paths("section-"))),
    path("<slug:section>/ngay/", include(day_paths("section-"))),
    re_path(rf"^{ARTICLE}", article.article, name="article"),
]
