from django.urls import include, path, re_path

from . import feeds
from .views import archive, article, author, front, health, media, search, section

# /ngay/… and /<section>/ngay/… : the news of a day, the calendar of a month
days = [
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$", archive.day, name="archive-day"),
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="archive-month"),
]
section_days = [
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$", archive.day, name="section-archive-day"),
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="section-archive-month"),
]

urlpatterns = [
    path("", front.front, name="front"),
    path("ngay/", archive.choose, name="archive"),
    path("ngay/", include(days)),
    path("tim-kiem/", search.search, name="search"),
    path("tac-gia/<slug:slug>/", author.author, name="author"),
    path("rss/", feeds.rss, name="feed-rss"),
    path("xem-truoc/<int:pk>/", article.preview, name="preview"),
    path("media/<path:name>", media.media, name="media"),
    # For machines that watch the server
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    # /<section>/… : last, because a section may bear any name that is not reserved
    path("<slug:section>/", section.section, name="section"),
    path("<slug:section>/rss/", feeds.rss, name="section-feed-rss"),
    path("<slug:section>/ngay/", include(section_days)),
    re_path(r"^(?P<section>[-\w]+)/(?P<slug>[-\w]*?)-(?P<pk>[0-9]{1,18})/$", article.article, name="article"),
]
