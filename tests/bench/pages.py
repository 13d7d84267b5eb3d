"""The pages that are measured, and the floor under each: a bare Django view that answers as many bytes."""

import time

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from articles.models import Article
from newsroom.urls import urlpatterns as real


class Floors:
    """/san/<page>/ answers the bytes that the page had; through the same middleware, without database or template."""

    def __init__(self):
        self.bodies = {}

    def prepare(self, name, size):
        self.bodies[name] = "x" * size

    def address(self, name):
        return f"/san/{name.replace(' ', '-')}/"

    def view(self, request, name):
        return HttpResponse(self.bodies[name.replace("-", " ")])


_floors = Floors()
urlpatterns = [path("san/<str:name>/", _floors.view), *real]


def floors():
    return _floors


def addresses():
    """{page: address} in an archive that archive.grow_to made."""
    middle = Article.objects.order_by("published_at")[Article.objects.count() // 2]
    day = f"{middle.published_at:%Y/%m/%d}"
    deep = Article.objects.filter(category=middle.category).order_by("published_at")[30]
    return {
        "front": "/",
        "section": middle.category.get_absolute_url(),
        "section last page": f"{middle.category.get_absolute_url()}?truoc={deep.pk}",
        "article": middle.get_absolute_url(),
        "day": f"/ngay/{day}/",
        "day of section": f"{middle.category.get_absolute_url()}ngay/{day}/",
        "month": f"/ngay/{day[:7]}/",
        "year": f"/ngay/{day[:4]}/",
        "author": "/tac-gia/tac-gia-1/",
        "search common": "/tim-kiem/?q=tin+loat",
        "search rare": "/tim-kiem/?q=khong+co+tu+nay",
        "feed": "/rss/",
    }


# Static files have their plain names: nobody has collected any for this run.
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# In force for the whole run: each change of it empties Django's caches of addresses.
settings_of_the_run = override_settings(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], STORAGES={**settings.STORAGES, **STATIC}
)


def ask(address):
    """(seconds, bytes) of one answer."""
    client = Client()
    begin = time.perf_counter()
    response = client.get(address)
    seconds = time.perf_counter() - begin
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return seconds, len(response.content)
