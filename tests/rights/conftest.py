"""One newsroom for all cells of a module: every person of the table, and an article in every state.

It is made once and taken back at the end; what a cell does is taken back after the cell.
"""

import re
from contextlib import contextmanager
from functools import partial

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings

from articles.editorial import documents, revisions, transitions
from articles.models import (
    Anniversary,
    Article,
    Assignment,
    Category,
    ImportedSource,
    Note,
    Redirect,
    SavedFilter,
    SharedVersion,
    SiteSettings,
    StaticPage,
    StoryTemplate,
    TrailEntry,
)
from tests import base, factories

from .table import PEOPLE

# The log and the session, and that somebody who has the page open has read its notices (a POST of the page's script)
MAY_WRITE = re.compile(
    r"articles_trailentry|django_session|auth_user\W+SET \W?last_login|articles_notice\W+SET \W?read_at"
)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|DROP)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            made = World()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def plain_refusals(monkeypatch):
    """Thousands of refusals are asked for here; what their pages look like is asked elsewhere."""
    for status in (403, 404):
        monkeypatch.setattr(f"newsroom.urls.handler{status}", partial(_plain, status))


def _plain(status, request, exception=None):
    return HttpResponse(status=status)


class World:
    def __init__(self):
        self.users = {"nobody": AnonymousUser()}
        for name in PEOPLE[2:]:
            self.users[name] = base.person(name)
        self.users["gone"] = get_user_model().objects.create_user("gone", is_staff=True)
        self.users["gone"].groups.add(Group.objects.get(name="reporter"))
        self.clients = {name: self._client(name) for name in PEOPLE}
        get_user_model().objects.filter(username="gone").update(is_active=False)
        self.users["gone"].refresh_from_db()
        self._sections()
        self.articles = self._articles()
        self._photos()
        self.objects = self._others()
        self.pages = {}

    def _client(self, name):
        client = Client()
        if name != "nobody":
            client.force_login(self.users[name])
        return client

    def _sections(self):
        self.a = factories.section("Mục A")
        self.b = factories.section("Mục B")
        self.free = factories.section("Mục tự do")
        self.eyes = factories.section("Mục hai người duyệt", four_eyes=True)
        self.sub = factories.subsection("Mục con", "Mục A")
        self.a.editors.add(self.users["ed"])
        self.b.editors.add(self.users["bea"])

    def _articles(self):
        ed, sam, chris = (self.users[name] for name in ("ed", "sam", "chris"))
        made = {name: self._draft(self.a) for name in ("draft", "submitted", "editing", "review", "approved")}
        made |= {name: self._draft(self.a) for name in ("scheduled", "published", "withdrawn")}
        made |= {"loose": self._draft(None), "free": self._draft(self.free), "sub": self._draft(self.sub)}
        for name in ("submitted", "editing", "review", "approved"):
            transitions.submit(made[name], self.users["rita"])
        for name in ("editing", "review", "approved"):
            transitions.take(made[name], ed)
        for name in ("review", "approved"):
            transitions.pass_on(made[name], ed)
        transitions.approve(made["approved"], chris)
        transitions.publish(made["scheduled"], at=factories.at("2090-01-01 08:00"))
        for name in ("published", "withdrawn"):
            transitions.publish(made[name], at=factories.at("2023-03-22 08:00"))
        transitions.withdraw(made["withdrawn"])
        for name in ("scheduled", "published"):
            document = documents.of(made[name]) | {"title": "Bản đang sửa"}
            revisions.save(made[name], document, chris, base=made[name].version)
        for name in ("eyes_review", "eyes_approved"):
            made[name] = factories.draft(created_by=sam, category=self.eyes, photo=None)
            transitions.pass_on(made[name], sam)
        transitions.approve(made["eyes_approved"], chris)
        return {name: Article.objects.select_related("category").get(pk=one.pk) for name, one in made.items()}

    def _draft(self, section):
        rita = self.users["rita"]
        article = factories.draft(created_by=rita, category=section)
        return revisions.save(article, documents.of(article) | {"kicker": "Tin mới"}, rita, base=0).article

    def _photos(self):
        rita = self.users["rita"]
        self.photos = {
            "unused": factories.photo_without_files(created_by=rita, master="2023/03/a/a.jpg"),
            "used": factories.photo_without_files(created_by=rita),
            "other": factories.photo_without_files(),
        }
        Article.objects.filter(pk=self.articles["published"].pk).update(photo=self.photos["used"])

    def _others(self):
        """One object for each screen."""
        rita, chris = self.users["rita"], self.users["chris"]
        draft = self.articles["draft"]
        self.note = Note.objects.create(article=draft, created_by=rita, text="Hỏi lại nguồn")
        self.filter = SavedFilter.objects.create(user=rita, name="Của tôi", query="state=draft")
        self.link = SharedVersion.objects.create(
            article=draft, revision=draft.revisions.first(), token_hash="x" * 64, created_by=chris,
            expires_at=factories.at("2090-01-01 08:00"),
        )  # fmt: skip
        empty = Category.objects.create(name="Mục rỗng")
        empty.editors.add(self.users["ed"])
        self.articles["draft"].topics.add(factories.topic("Chủ đề của nháp"))
        published = self.articles["published"]
        return {
            "article": self.articles["draft"], "photo": self.photos["unused"], "user": self.users["ron"],
            "category": empty, "author": factories.author("Tác giả"),
            "topic": factories.topic("Chủ đề"), "comment": factories.comment(published, state="waiting"),
            "correction": factories.correction(published), "englishversion": factories.english(published, None),
            "staticpage": StaticPage.objects.create(title="Tòa soạn"),
            "redirect": Redirect.objects.create(path="/cu/1.htm", article=published),
            "assignment": Assignment.objects.create(title="Đề tài", deadline=factories.at("2090-01-01 08:00")),
            "anniversary": Anniversary.objects.create(name="Ngày thành lập tỉnh", day=1, month=10),
            "storytemplate": StoryTemplate.objects.create(name="Thời tiết"),
            "sitesettings": SiteSettings.objects.get_or_create(pk=1)[0],
            "importedsource": ImportedSource.objects.create(name="a.txt", sha256="0" * 64, content=b"x"),
            "trailentry": TrailEntry.objects.first(), "group": Group.objects.get(name="editor"),
        }  # fmt: skip

    def page(self, name, article):
        """The form of an article as a person gets it; '' where it does not open. Asked for once."""
        if (name, article) not in self.pages:
            response = self.clients[name].get(f"/admin/articles/article/{self.articles[article].pk}/change/")
            self.pages[name, article] = response.content.decode() if response.status_code == 200 else ""
        return self.pages[name, article]

    def form_of(self, name):
        """What the scripts of rita's draft send along with every request."""
        draft = self.articles["draft"].pk
        return {"user": self.users[name].pk or "", "article": draft, "form": "11111111-aaaa", "data": "[]", "base": "1"}

    @contextmanager
    def undone(self):
        """What happens inside is taken back; yields the SQL statements that wrote, but for the log and the sessions."""
        written = []

        def watch(execute, sql, params, many, context):
            if WRITES.match(sql) and not MAY_WRITE.search(sql):
                written.append(sql)
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(watch):
            yield written
            transaction.set_rollback(True)


def is_refused(response):
    """Turned away: to the login, to the dashboard (what one may not know of), with 401 (in JSON), 403, 404 or 405."""
    if response.status_code in {301, 302}:
        return response.headers["Location"].split("?")[0] in {"/admin/", "/admin/login/"}
    return response.status_code in {401, 403, 404, 405}
