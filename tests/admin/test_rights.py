"""Who may see, change, publish and delete what at the desk."""

import pytest
from django.contrib.auth.models import Permission

from articles.editorial import permissions
from articles.models import Article, EnglishVersion, RelatedLink, State
from tests import base, factories

from .forms import ADD_URL, LIST_URL, change_url, read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita():
    return base.person("rita")


def test_a_reporter_finds_own_drafts_and_published_news_but_not_a_colleagues_draft(desk, rita):
    factories.draft(title="Bài của Rita", created_by=rita)
    factories.draft(title="Bài của người khác", created_by=base.person("ed"))
    factories.published(title="Tin đã đăng")
    html = desk("rita").get(LIST_URL).content.decode()
    assert "Bài của Rita" in html
    assert "Tin đã đăng" in html
    assert "Bài của người khác" not in html


def test_a_colleagues_draft_cannot_be_opened_by_its_address(desk):
    other = factories.draft(title="Bài của người khác", created_by=base.person("ed"))
    response = desk("rita").get(change_url(other), follow=True)
    assert "Bài của người khác" not in response.content.decode()


def test_the_set_rule_and_the_row_rule_of_seeing_agree(rita):
    ed = base.person("ed")
    for user in (rita, ed):
        factories.draft(created_by=user)
        factories.published(created_by=user)
        factories.withdrawn(created_by=user)
    for user in (rita, ed, base.person("chris")):
        seen = set(permissions.visible_to(user))
        assert seen == {article for article in Article.objects.all() if permissions.can_see(user, article)}


def test_a_reporter_is_offered_no_publish_button(desk, rita):
    draft = factories.draft(created_by=rita)
    assert read(desk("rita").get(change_url(draft))).buttons == ["_continue", "_submit"]
    assert "_publish" in read(desk("chris").get(change_url(draft))).buttons


def test_a_reporter_who_sends_publish_all_the_same_is_told_no_and_the_text_is_saved(desk, rita):
    draft = factories.draft(created_by=rita)
    response = send(desk("rita"), change_url(draft), press="_publish", title="Tiêu đề mới")
    draft.refresh_from_db()
    assert response.status_code == 200
    assert draft.state == State.DRAFT
    assert draft.title == "Tiêu đề mới"
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_fields_that_a_reporter_may_not_set_are_ignored(desk, rita):
    draft = factories.draft(created_by=rita)
    send(
        desk("rita"), change_url(draft),
        state="published", slug="cua-toi", published_at="2020-01-01 08:00", published_at_0="01/01/2020",
        published_at_1="08:00", created_by="1", title_key="x",
    )  # fmt: skip
    draft.refresh_from_db()
    assert (draft.state, draft.slug, draft.published_at, draft.created_by) == (State.DRAFT, "", None, rita)
    assert draft.title_key != "x"


def test_a_reporter_cannot_change_a_published_article_even_an_own_one(desk, rita):
    own = factories.published(title="Đã đăng", created_by=rita)
    client = desk("rita")
    assert read(client.get(change_url(own))).buttons == []
    assert client.post(change_url(own), {"title": "Đổi trộm", "_continue": "1"}).status_code == 403
    own.refresh_from_db()
    assert own.title == "Đã đăng"


def test_a_reporter_cannot_withdraw(desk, rita):
    own = factories.published(created_by=rita)
    desk("rita").post(change_url(own), {"_withdraw": "1"})
    own.refresh_from_db()
    assert own.state == State.PUBLISHED


def test_who_may_only_read_reads_the_body_and_not_its_html(desk):
    article = factories.published(body="<p>Một <strong>đoạn</strong>.</p>")
    html = desk("rita").get(change_url(article)).content.decode()
    assert "<p>Một <strong>đoạn</strong>.</p>" in html
    assert "&lt;p&gt;" not in html


@pytest.mark.parametrize("make", [factories.published, factories.withdrawn])
@pytest.mark.parametrize("name", ["rita", "ed", "chris"])
def test_nothing_that_was_public_is_deleted(desk, name, make):
    article = make()
    url = f"/admin/articles/article/{article.pk}/delete/"
    assert desk(name).post(url, {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_an_editor_deletes_a_draft_and_a_reporter_does_not(desk, rita):
    draft = factories.draft(created_by=rita)
    url = f"/admin/articles/article/{draft.pk}/delete/"
    assert desk("rita").post(url, {"post": "yes"}).status_code == 403
    desk("ed").post(url, {"post": "yes"})
    assert Article.objects.get(pk=draft.pk).state == State.TRASHED


def test_a_link_to_a_colleagues_draft_cannot_be_made_by_guessing_its_number(desk, rita):
    draft, secret = factories.draft(created_by=rita), factories.draft(title="Điều tra kín")
    row = {"links-TOTAL_FORMS": "1", "links-0-target": secret.pk, "links-0-order": "0", "links-0-article": draft.pk}
    response = send(desk("rita"), change_url(draft), **row)
    assert not RelatedLink.objects.exists()
    assert "Điều tra kín" not in response.content.decode()


def test_a_link_that_an_editor_put_in_does_not_block_the_reporter(desk, rita):
    draft, secret = factories.draft(created_by=rita), factories.draft()
    RelatedLink.objects.create(article=draft, target=secret)
    send(desk("rita"), change_url(draft), title="Đổi tiêu đề")
    draft.refresh_from_db()
    assert draft.title == "Đổi tiêu đề"
    assert draft.links.get().target == secret


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("article/add/", ["rita", "ed", "chris"]),
        ("photo/add/", ["rita", "ed", "chris"]),
        ("category/", ["rita", "ed", "chris"]),
        ("category/add/", ["chris"]),
        ("author/add/", ["ed", "chris"]),
        ("sitesettings/", ["chris"]),
        ("importedsource/", ["chris"]),
    ],
)
def test_each_screen_opens_for_those_whose_work_it_is(desk, path, allowed):
    opened = [name for name in ("rita", "ed", "chris") if desk(name).get(f"/admin/articles/{path}").status_code != 403]
    assert opened == allowed


def test_a_stranger_is_sent_to_the_login(stranger):
    for path in (LIST_URL, ADD_URL, "/admin/articles/photo/pick/", "/admin/articles/photo/1/thumbnail/"):
        assert stranger.get(path).headers["Location"].startswith("/admin/login/")


TRANSLATOR = ["add_englishversion", "change_englishversion", "view_englishversion", "view_readcount", "add_correction"]


@pytest.fixture
def translator(desk, rita):
    """A reporter with a few rights more, as an administrator may give them: still no reader of others' drafts."""
    rita.user_permissions.set(Permission.objects.filter(codename__in=TRANSLATOR))
    return desk("rita")


TOLD = ["englishversion/add/?article={}", "readcount/article/{}/"]


@pytest.mark.parametrize("path", TOLD)
def test_no_other_screen_tells_the_title_of_a_colleagues_draft(translator, path):
    secret, public = factories.draft(title="Mật"), factories.published(title="Công khai")
    assert "Công khai" in translator.get(f"/admin/articles/{path.format(public.pk)}").content.decode()
    assert "Mật" not in translator.get(f"/admin/articles/{path.format(secret.pk)}").content.decode()


def test_who_may_not_publish_corrects_nothing_in_public_whatever_else_was_given(translator):
    assert translator.get(f"/admin/articles/correction/add/?article={factories.published().pk}").status_code == 403


def test_a_colleagues_draft_cannot_be_translated_by_guessing_its_number(translator):
    secret = factories.draft()
    send(translator, "/admin/articles/englishversion/add/", article=str(secret.pk), title="Title", lede="Lede")
    assert not EnglishVersion.objects.exists()


@pytest.mark.parametrize("path", ["placement/", "correction/", "comment/", "sitesettings/1/change/", "redirect/add/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reporter_reaches_nothing_of_the_newspaper_itself(desk, path, method):
    factories.comment(factories.published())
    sent = {"moderate": "shown:1", "version": "x", "pins-TOTAL_FORMS": "0", "pins-INITIAL_FORMS": "0"}
    response = getattr(desk("rita"), method)(f"/admin/articles/{path}", sent if method == "post" else None)
    assert response.status_code == 403


def test_rows_that_a_role_may_only_see_stay_as_they_are(desk, rita):
    """An administrator took the right to change related links from reporters."""
    group = rita.groups.get()
    for verb in ("add", "change", "delete"):
        group.permissions.remove(Permission.objects.get(codename=f"{verb}_relatedlink"))
    draft = factories.draft(created_by=rita)
    factories.link(draft, title="Đứng yên", url="https://vi.du/")
    forged = {
        "links-TOTAL_FORMS": "1",
        "links-INITIAL_FORMS": "0",
        "links-0-title": "Chen vào",
        "links-0-url": "https://a.vn/",
    }
    send(desk("rita"), change_url(draft), title="Đã sửa", **forged)
    draft.refresh_from_db()
    assert draft.title == "Đã sửa"
    assert [link.title for link in draft.links.all()] == ["Đứng yên"]
