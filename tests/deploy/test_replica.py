"""Readers are answered by a replica, the desk by the primary; a publication is seen at once though the replica lags.

On a PostgreSQL of its own, with a replica whose replay can be stopped, a Redis and a web machine.
"""

import time

import pytest
import redis

from deploy.rig import machine, parts, postgres, servers
from deploy.rig.http import call, sign_in
from newsroom import environment

from .conftest import need

PASSWORD = "a long pass phrase for tests"
PEOPLE = f"""
from django.contrib.auth import get_user_model
from articles.models import Category
get_user_model().objects.create_superuser("ada", password="{PASSWORD}")
Category.objects.create(name="Kinh tế", slug="kinh-te")
"""
WRITE = """
from articles.editorial import transitions
from articles.models import Article, Category
article = Article.objects.create(
    title={title!r}, lede="Sa-pô.", body="<p>Nội dung.</p>", category=Category.objects.get(slug="kinh-te"))
transitions.publish(article)
said = article.get_absolute_url()
"""


@pytest.fixture(scope="module")
def rig():
    """primary, replica, redis and a web machine that runs; kept for all tests here, which leave them as they were."""
    need("initdb", "redis-server")
    with parts.folder() as folder:
        yield from rigged(folder)


def rigged(folder):
    started = []

    def start(starter, *words):
        started.append(starter(*words))
        return started[-1]

    try:
        primary = start(postgres.primary, folder / "primary", parts.free_port())
        replica = start(postgres.replica, primary, folder / "replica", parts.free_port())
        shared = start(servers.redis, folder, parts.free_port())
        web = machine.Machine(
            folder / "web", parts.free_port(), DATABASE_URL=primary.url, DATABASE_REPLICA_URL=replica.url,
            REDIS_URL=f"redis://127.0.0.1:{shared.port}/0",
        )  # fmt: skip
        web.manage("migrate", "-v", "0")
        web.tell(PEOPLE)
        start(web.serve)
        yield Rig(primary, replica, shared, web)
    finally:
        for each in reversed(started):
            each.stop()


class Rig:
    def __init__(self, primary, replica, shared, web):
        self.primary, self.replica, self.redis, self.web = primary, replica, shared, web

    def read(self, path="/", **headers):
        return call(self.web.port, path, **headers).text

    def publish(self, title):
        return self.web.tell(WRITE.format(title=title))

    def caught_up(self):
        place = self.primary.ask("SELECT pg_current_wal_insert_lsn()")
        self.replica_says("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", place)

    def replica_says(self, question, *values, within=20):
        """Wait until the replica answers a question with yes."""
        deadline = time.monotonic() + within
        while not self.replica.ask(question, *values):
            assert time.monotonic() < deadline, question
            time.sleep(0.02)

    def asked(self):
        """How many questions of Django's the replica has answered; sent by each session when it is idle."""
        time.sleep(1.2)
        return self.replica.ask("SELECT xact_commit FROM pg_stat_database WHERE datname = 'newsroom'")


@pytest.fixture
def lagging(rig):
    """The replica stands still until the end of the test."""
    rig.caught_up()
    rig.replica.ask("SELECT pg_wal_replay_pause()")
    rig.replica_says("SELECT pg_get_wal_replay_pause_state() = 'paused'")
    yield rig
    rig.replica.ask("SELECT pg_wal_replay_resume()")
    rig.caught_up()


def silently(rig, title):
    """A change that no hook of Django's sees: only who reads from the primary sees it while the replica stands."""
    rig.primary.ask("UPDATE articles_article SET title = %s", title)


def test_a_reader_is_answered_by_the_replica_and_who_is_signed_in_by_the_primary(lagging):
    lagging.replica.ask("SELECT pg_wal_replay_resume()")
    path = lagging.publish("Cam Cao Phong")
    lagging.caught_up()
    lagging.replica.ask("SELECT pg_wal_replay_pause()")
    silently(lagging, "Bưởi Tân Lạc")
    assert "Cam Cao Phong" in lagging.read(path)
    assert "Bưởi Tân Lạc" in lagging.read(path, Cookie=sign_in(lagging.web.port, "ada", PASSWORD))


def test_a_publication_is_seen_at_once_though_the_replica_stands_still(lagging):
    path = lagging.publish("Khánh thành cầu Hòa Bình 3")
    assert "Khánh thành cầu Hòa Bình 3" in lagging.read(path)
    assert "Khánh thành cầu Hòa Bình 3" in lagging.read("/")


def test_the_replica_serves_again_when_it_has_caught_up(rig):
    path = rig.publish("Mưa lớn ở Mai Châu")
    rig.caught_up()
    before = rig.asked()
    assert "Mưa lớn ở Mai Châu" in rig.read(path)
    assert rig.asked() > before


def test_reads_that_are_counted_and_sessions_send_nobody_to_the_primary(lagging):
    mark = marked(lagging)
    assert lagging.web.tell(UNSEEN) == 1
    assert marked(lagging) == mark
    lagging.publish("Một tin khác")
    assert marked(lagging) > mark


UNSEEN = """
from django.contrib.sessions.backends.db import SessionStore
from articles.readers import buffer
from articles.models import Article
store = SessionStore(); store["a"] = 1; store.save()
from django.utils import timezone
said = buffer.write({(Article.objects.first().pk, timezone.now().replace(minute=0, second=0, microsecond=0)): 1})
"""


def marked(rig):
    return redis.Redis(port=rig.redis.port, socket_timeout=10).zscore("newsroom:replica-mark", "default")


def test_of_two_commits_the_later_place_stays_whoever_tells_it_last(rig):
    said = rig.web.tell("""
from newsroom import replica
high = replica.set_mark()
replica._shared().zadd(replica.MARK, {"default": high + 1000})
replica.set_mark()
said = replica._shared().zscore(replica.MARK, "default") - high
replica._shared().delete(replica.MARK)
""")
    assert said == 1000


def test_a_forgotten_mark_is_asked_for_anew(lagging):
    path = lagging.publish("Sau khi Redis khởi động lại")
    redis.Redis(port=lagging.redis.port, socket_timeout=10).flushall()
    assert "Sau khi Redis khởi động lại" in lagging.read(path)


def test_without_redis_the_primary_answers(lagging):
    """Nobody knows how far the replica must be. Asked past the page cache, which may hold the page: the site asks for
    what it publishes."""
    path = lagging.publish("Trước khi Redis dừng")
    assert "Redis does not tell" not in lagging.web.part.log.read_text()
    lagging.redis.stop()
    try:
        assert "Trước khi Redis dừng" in lagging.read(f"{path}?anew=1")
        assert "Redis does not tell" in lagging.web.part.log.read_text()
    finally:
        lagging.redis.__dict__.update(servers.redis(lagging.web.folder, lagging.redis.port).__dict__)


def test_without_the_replica_the_primary_answers_at_once(rig):
    path = rig.publish("Máy dự phòng dừng")
    rig.caught_up()
    assert "Máy dự phòng dừng" in rig.read(path)
    rig.replica.stop()
    try:
        begin = time.monotonic()
        assert ["Máy dự phòng dừng" in rig.read(path) for _again in range(3)] == [True] * 3
        assert time.monotonic() - begin < 3
    finally:
        rig.replica.start()
        time.sleep(5.1)  # PAUSE
    rig.caught_up()
    before = rig.asked()
    rig.read(path)
    assert rig.asked() > before


def test_a_view_whose_question_the_replica_breaks_off_begins_again_on_the_primary(rig):
    """As when the primary's changes need rows that the question reads ("conflict with recovery")."""
    said = rig.web.tell("""
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
from django.db import OperationalError
from articles.views import about
from django.urls import path
from django.http import HttpResponse
import newsroom.urls, newsroom.replica
from articles.models import Article
asked = []
def view(request):
    asked.append(Article.objects.all().db)
    if asked[-1] == "replica":
        raise OperationalError("canceling statement due to conflict with recovery")
    return HttpResponse("done")
newsroom.urls.urlpatterns.insert(0, path("thu/", view))
answer = Client().get("/thu/")
said = [asked, answer.content.decode(), newsroom.replica._alone_until > 0]
newsroom.replica._alone_until = 0
""")
    assert said == [["replica", "default"], "done", True]


def test_inside_a_transaction_and_after_a_write_the_primary_is_asked(rig):
    rig.publish("Lúa xuân ở Yên Thủy")
    rig.caught_up()
    said = rig.web.tell("""
from django.db import transaction
from newsroom import replica
from articles.models import Article, Category
from articles.models import Placement
said = [Article.objects.all().db]
with replica.reading():
    said.append(Article.objects.all().db)
    with transaction.atomic():
        said.append(Article.objects.all().db)
        Article.objects.select_for_update().first()
    said.append(Article.objects.all().db)
with replica.reading():
    said.append(Article.objects.select_for_update().db)
    said.append(Article.objects.all().db)
with replica.reading():
    article = Article.objects.select_related("category").first()
    said.append(article._state.db)
    article.save()
    said.append(Article.objects.get(pk=article.pk)._state.db)
""")
    assert said == ["default", "replica", "default", "default", "default", "default", "replica", "default"]


# Settings

GOOD = {"DATABASE_URL": "postgres://db/bao", "DATABASE_REPLICA_URL": "postgres://b/bao", "REDIS_URL": "redis://c/0"}


@pytest.fixture
def databases(monkeypatch):
    def read(**variables):
        for name in GOOD:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return environment.databases("x.sqlite3")

    return read


def test_without_a_replica_there_is_one_database(databases):
    assert list(databases()) == ["default"]


def test_a_replica_stands_beside_the_primary_and_mirrors_it_in_tests(databases):
    found = databases(**GOOD)["replica"]
    assert (found["HOST"], found["TEST"]) == ("b", {"MIRROR": "default"})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DATABASE_REPLICA_URL": "sqlite:///x"}, "DATABASE_REPLICA_URL"),
        ({"DATABASE_REPLICA_URL": "postgres://b"}, "DATABASE_REPLICA_URL.*name is missing"),
        ({"DATABASE_URL": "sqlite:///x.sqlite3"}, "DATABASE_REPLICA_URL and DATABASE_URL"),
        ({"REDIS_URL": ""}, "DATABASE_REPLICA_URL needs REDIS_URL"),
    ],
)
def test_a_replica_that_cannot_work_stops_the_start(databases, wrong, said):
    with pytest.raises(environment.ImproperlyConfigured, match=said):
        databases(**{**GOOD, **wrong})
