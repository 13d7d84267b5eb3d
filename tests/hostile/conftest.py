import pytest
from django.db import connection, transaction
from django.test import override_settings

from articles.models import Article
from newsroom.request import Request
from tests import choosing, factories
from tests.rights.conftest import World

from . import routes, words
from .asking import Asker


@pytest.fixture
def asker(monkeypatch):
    monkeypatch.setattr("django.test.client.WSGIRequest", Request)  # as the server has it (newsroom/wsgi.py)
    return Asker()


@pytest.fixture
def some(request):
    """some(found, of): every so many of what is asked, others on the other database. With the corpus all, a third where
    this is PostgreSQL's share."""

    def choose(found, of):
        found, is_postgresql = list(found), connection.vendor == "postgresql"
        if words.CORPUS:
            return found[:: choosing.FEW if choosing.is_share(request.config) else 1]
        return found[is_postgresql::of]

    return choose


class Site:
    """The newsroom of tests/rights with a public part, and what stands in the addresses of each route."""

    def __init__(self, world):
        self.world = world
        self.stranger, self.desk = world.clients["nobody"], world.clients["ada"]
        self.routes = list(routes.walk())
        article = world.articles["published"]
        factories.signed(article, "Hà Thu")
        type(world.a).objects.update(has_comments=True)
        article.topics.add(world.objects["topic"])
        self.public = {
            **routes.KNOWN,
            "pk": article.pk,
            "section": world.a.slug,
            "author": "ha-thu",
            "topic": "chu-de",
            "slug": article.slug,
        }
        self.article = Article.objects.get(pk=article.pk)

    def values(self, route):
        if not route.is_of_desk:
            slugs = {"author": "ha-thu", "topic": "chu-de", "static-page": "toa-soan"}
            noun = route.name.removeprefix("api-").removesuffix("-articles")
            return {**self.public, "slug": slugs.get(noun, self.public["slug"])}
        screen = route.text.split("/")[3] if route.text.count("/") > 3 else ""
        obj = self.world.objects.get(screen, self.world.objects["article"])
        known = {**routes.KNOWN, "pk": obj.pk, "object_id": obj.pk, "note": self.world.note.pk}
        if route.name == "articles_readcount_article":
            known["pk"] = self.article.pk
        return {**known, "link": self.world.link.pk, "id": self.world.objects["user"].pk}

    def address(self, route, **other):
        return route.address(self.values(route), **other)

    def client(self, route):
        return self.desk if route.is_of_desk or route.text.startswith("/xem-truoc/") else self.stranger


@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker):
    """Made once, and taken back at the end; what a request does is taken back behind it (asking.py)."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            made = Site(World())
        yield made
        transaction.set_rollback(True)
