"""The trash: what is deleted is nowhere, comes back as it was, and is gone after thirty days."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from articles.editorial import documents, permissions, revisions, sharing, transitions, trash
from articles.importers import saving
from articles.models import (
    Article,
    Assignment,
    Byline,
    DayCount,
    ImportedSource,
    Redirect,
    Revision,
    State,
    TrailEntry,
)
from tests import base, factories
from tests.admin.forms import change_url, send

pytestmark = pytest.mark.django_db
LIST, TRASH = "/admin/articles/article/", "/admin/articles/article/thung-rac/"
CANARY = "bimat5517"


def delete_url(article):
    return f"{LIST}{article.pk}/delete/"


def recover_url(article):
    return f"{TRASH}{article.pk}/khoi-phuc/"


def rich():
    """A draft with everything that can hang on one, the canary in its words."""
    article = factories.complete(
        title=f"Đập {CANARY}", slug="dap-thuy-dien", lede=f"Sa-pô {CANARY}.", body=f"<p>{CANARY}</p>",
        created_by=base.person("rita"), published_at=factories.at("2023-03-22 09:00"), editor_note=CANARY,
    )  # fmt: skip
    factories.topic("Thủy điện", article)
    factories.link(article, factories.published(title="Bài liên quan"))
    factories.live_update(article)
    factories.gallery(article, 2)
    factories.attachment(article)
    factories.english(article, None, title=f"Dam {CANARY}")
    Redirect.objects.create(path="/cu/1.htm", article=article)
    for title in (f"Đập {CANARY} hai", f"Đập {CANARY} ba"):
        article = Article.objects.get(pk=article.pk)
        document = {**revisions.current(article), "title": title}
        revisions.save(article, document, base.person("rita"), base=article.version)
    return Article.objects.get(pk=article.pk)


def standing(article):
    """All that an article is: its document, versions, English edition, old addresses, and what stands in its row."""
    article = Article.objects.get(pk=article.pk)
    row = {name: getattr(article, name) for name in ("slug", "published_at", "version", "is_returned", "created_by_id")}
    versions = list(Revision.objects.filter(article=article).values_list("number", "document"))
    return documents.of(article), row, versions, article.english.title, list(article.old_addresses.values_list("path"))


def test_what_is_deleted_comes_back_with_address_pictures_versions_and_ties(desk):
    article, client = rich(), desk("ed")
    before = standing(article)
    counted = sorted(DayCount.objects.values_list("day", "section", "number"))
    said = client.post(delete_url(article), {"post": "yes"}, follow=True).content.decode()
    assert "thùng rác" in said
    assert Article.objects.get(pk=article.pk).state == State.TRASHED
    assert not Byline.objects.filter(article=article, public_at__isnull=False).exists()
    response = client.post(recover_url(article), follow=True)
    assert response.redirect_chain[-1][0] == change_url(article)
    assert standing(article) == before
    assert Article.objects.get(pk=article.pk).state == State.DRAFT
    assert sorted(DayCount.objects.values_list("day", "section", "number")) == counted
    verbs = list(TrailEntry.objects.filter(kind="article", key=str(article.pk)).values_list("action", flat=True))
    assert verbs[:2] == ["recover", "trash"]


def test_in_the_trash_it_is_on_no_screen_but_the_trash(desk, indexed, stranger):
    article = rich()
    _link, secret = sharing.create(article, base.person("rita"), lifetime="day")
    assignment = Assignment.objects.create(title="Đề tài", deadline=timezone.now(), article=article)
    client, picker = desk("chris"), "/admin/autocomplete/?app_label=articles&model_name=relatedlink&field_name=target"
    screens = [
        *("/admin/", LIST, f"{LIST}?q={CANARY}", f"{LIST}?state=draft", f"{LIST}?q={article.pk}", f"{picker}&term=dap"),
        *(f"{LIST}so-tin/", f"{LIST}xuat/csv/", "/admin/articles/englishversion/", "/admin/articles/assignment/"),
        *(f"/admin/articles/assignment/{assignment.pk}/change/", f"/admin/articles/photo/{article.photo_id}/change/"),
        *("/admin/articles/assignment/lich/", f"{LIST}alike/?title=Đập+{CANARY}", f"{LIST}titled/?title={CANARY}"),
        *(f"{LIST}{article.pk}/{page}" for page in ("change/", "history/", "compare/", "notes/", "share/", "preview/")),
        *(f"{LIST}{article.pk}/step/publish/", f"{LIST}{article.pk}/delete/", f"/xem-truoc/{article.pk}/"),
        *(f"/xem-ban/{secret}/", article.get_absolute_url(), "/cu/1.htm"),
    ]

    def shown():
        return {url for url in screens if CANARY in text_of(client.get(url, follow=True)).replace(f"q={CANARY}", "")}

    seen_before = shown()
    assert {"/admin/", LIST, f"{LIST}{article.pk}/change/", f"/xem-ban/{secret}/"} <= seen_before
    client.post(delete_url(article), {"post": "yes"})
    client.get("/admin/")  # the message of the deletion names it, once
    assert shown() == set()
    assert CANARY in client.get(TRASH).content.decode()
    for page in ("copy/", "step/publish/", "step/submit/", "versions/1/restore/", "discard/"):
        client.post(f"{LIST}{article.pk}/{page}", {"note": "x", "name": "x"})
    client.post(change_url(article), {"title": "Đổi", "_publish": "1"})
    assert Article.objects.get(pk=article.pk).state == State.TRASHED
    assert Article.objects.exclude(pk=article.pk).filter(title_key__contains=CANARY).count() == 0
    assert stranger.get(f"/xem-ban/{secret}/").status_code == 404


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    html = content.decode()
    # What a search box or a filter repeats of the question is no find
    return html.replace(f'value="{CANARY}"', "").replace(f"“{CANARY}”", "").replace(f"title={CANARY}", "")


def test_who_may_have_it_back_by_the_row_and_by_the_list_and_by_direct_post(desk):
    section, other = factories.section("Kinh tế"), factories.section("Văn hóa")
    section.editors.add(base.person("ed"))
    other.editors.add(base.person("bea"))
    articles = [
        factories.draft(category=section, created_by=base.person("rita")),
        factories.draft(category=other, created_by=base.person("ed")),
        factories.draft(category=None),
    ]
    for article in articles:
        transitions.trash(article, base.person("chris"))
    expected = {"rita": "", "ron": "", "ed": "012", "bea": "12", "phong": "", "sam": "012", "chris": "012", "kim": ""}
    for name, places in expected.items():
        user, client = base.person(name), desk(name)
        mine = {articles[int(place)].pk for place in places}
        assert {article.pk for article in articles if permissions.can_recover(user, article)} == mine, name
        assert set(permissions.recoverable_by(user).values_list("pk", flat=True)) == mine, name
        assert not any(permissions.can_see(user, one) or permissions.can_change(user, one) for one in articles), name
        if mine:
            assert client.get(TRASH).content.decode().count("/khoi-phuc/") == len(mine), name
        else:
            assert {client.get(TRASH).status_code, client.post(recover_url(articles[0])).status_code} == {403}, name
    assert desk("bea").post(recover_url(articles[0])).status_code == 404
    assert Article.objects.trashed().count() == 3


def test_what_is_in_the_trash_is_published_by_nobody_and_recovered_once():
    article, chris = factories.complete(), base.person("chris")
    transitions.trash(article, chris)
    with pytest.raises(ValidationError):
        transitions.publish(article)
    with pytest.raises(PermissionDenied):
        transitions.publish(article, chris)
    stale = Article.objects.get(pk=article.pk)
    transitions.recover(article, chris)
    with pytest.raises(ValidationError):
        transitions.recover(stale, chris)
    public = factories.published()
    with pytest.raises(PermissionDenied):
        transitions.trash(public, chris)


def test_an_old_page_whose_article_is_in_the_trash_is_not_imported_again():
    article = factories.draft()
    ImportedSource.objects.create(article=article, name="a.txt", sha256="0" * 64, url="http://cu.vn/a", content=b"x")
    transitions.trash(article, base.person("chris"))
    page = SimpleNamespace(source_url="http://cu.vn/a", title=None, lede="", published_at=None)
    assert saving._decide(page, "0" * 64, None).kind == saving.SKIPPED
    ImportedSource.objects.update(title=article.title)
    page.title = article.title
    assert saving._decide(page, "1" * 64, None).kind == saving.SKIPPED


def test_after_thirty_days_it_is_gone_with_its_files_and_the_trail_says_so(
    clock, django_capture_on_commit_callbacks, desk, capsys
):
    now, storage = timezone.now(), storages["default"]
    old, young, draft = rich(), factories.draft(), factories.draft()
    file = old.attachments.get().file.name
    ImportedSource.objects.create(article=old, name="a.txt", sha256="0" * 64, content=b"x")
    clock(now - timedelta(days=30, minutes=1))
    transitions.trash(old, base.person("chris"))
    clock(now - timedelta(days=29, hours=23))
    transitions.trash(young, base.person("chris"))
    clock(now)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("empty_trash")
    assert " 1 " in capsys.readouterr().out
    assert set(Article.objects.filter(pk__in=[old.pk, young.pk, draft.pk])) == {young, draft}
    assert not storage.exists(file)
    assert ImportedSource.objects.get().article is None
    entry = TrailEntry.objects.get(action="delete", kind="article")
    assert (entry.key, entry.person, entry.label) == (str(old.pk), "", old.title)
    assert desk("chris").post(recover_url(old)).status_code == 404
    assert trash.empty() == 0


@pytest.mark.parametrize("kind", ["category", "author", "photo"])
def test_what_an_article_in_the_trash_needs_stays_until_it_is_gone(desk, kind):
    article = factories.complete()
    needed = {"category": article.category, "author": article.bylines.get().author, "photo": article.photo}[kind]
    transitions.trash(article, base.person("chris"))
    response = desk("chris").post(f"/admin/articles/{kind}/{needed.pk}/delete/", {"post": "yes"})
    assert type(needed).objects.filter(pk=needed.pk).exists()
    if kind != "photo":
        assert article.title in response.content.decode()


def test_the_story_of_an_assignment_is_not_begun_twice_while_the_first_is_in_the_trash(desk):
    article = factories.draft()
    assignment = Assignment.objects.create(title="Đề tài", deadline=timezone.now(), article=article)
    transitions.trash(article, base.person("chris"))
    said = desk("chris").post(f"/admin/articles/assignment/{assignment.pk}/viet-bai/", follow=True).content.decode()
    assert "thùng rác" in said
    assert Article.objects.count() == 1
    send(desk("chris"), f"/admin/articles/assignment/{assignment.pk}/change/", title="Đề tài mới")
    assert Assignment.objects.get().article == article
