"""The pages about the newspaper, the old addresses, and the English edition at the desk."""

import pytest

from articles.models import EnglishVersion, Redirect, StaticPage
from tests import factories
from tests.admin.forms import read, send

pytestmark = pytest.mark.django_db

PAGES, OLD, ENGLISH = (f"/admin/articles/{name}/" for name in ("staticpage", "redirect", "englishversion"))


# Pages


def test_the_chief_writes_a_page_and_readers_read_it(desk, stranger):
    send(desk("chris"), f"{PAGES}add/", title="Giới thiệu", body="<p>Từ 1962.</p>", is_public="on")
    assert "<p>Từ 1962.</p>" in stranger.get("/trang/gioi-thieu/").content.decode()


def test_a_page_is_cleaned_when_it_is_stored(desk):
    send(desk("chris"), f"{PAGES}add/", title="Giới thiệu", body="<p>Chữ</p><script>x</script>")
    assert StaticPage.objects.get().body == "<p>Chữ</p>"


@pytest.mark.parametrize("title", ["Liên hệ", "LIÊN HỆ", "“”", ""])
def test_a_page_without_an_address_of_its_own_is_refused_and_keeps_its_words(desk, title):
    StaticPage.objects.create(title="Liên hệ")
    response = send(desk("chris"), f"{PAGES}add/", title=title, body="<p>Một đoạn dài.</p>")
    assert response.context["errors"]
    assert "Một đoạn dài." in read(response).values["body"]


@pytest.mark.parametrize("name", ["staticpage", "englishversion"])
def test_the_pages_with_the_editor_allow_what_it_needs(desk, name):
    policy = desk("chris").get(f"/admin/articles/{name}/add/")["Content-Security-Policy"]
    assert "script-src 'self'; script-src-attr 'unsafe-inline';" in policy
    assert "unsafe" not in desk("chris").get(f"/admin/articles/{name}/")["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["staticpage/", "redirect/", "sitesettings/"])
def test_only_the_chief_arranges_the_newspapers_own_pages(desk, path):
    opened = [name for name in ("rita", "ed", "chris") if desk(name).get(f"/admin/articles/{path}").status_code != 403]
    assert opened == ["chris"]


# Old addresses


@pytest.mark.parametrize(
    "typed",
    ["/11/158663/Doi-Moi.htm", "11/158663/doi-moi.htm", "/11/158663/doi-moi.htm?x=1#y", "SITE/11/158663/Doi-moi.htm"],
)
def test_an_old_address_is_kept_as_it_will_be_asked_for(desk, settings, typed):
    article = factories.published()
    send(desk("chris"), f"{OLD}add/", path=typed.replace("SITE", settings.SITE_URL), article=article.pk)
    assert Redirect.objects.leading("/11/158663/doi-moi.htm")[0].article == article


@pytest.mark.parametrize("target", ["https://noi-khac.vn/", "//noi-khac.vn/", "/\\noi-khac.vn", "javascript://x"])
def test_an_old_address_never_leads_to_another_site(desk, target):
    response = send(desk("chris"), f"{OLD}add/", path="/cu/", target=target)
    assert response.context["errors"]
    assert read(response).values["target"] == target
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    "changes", [{}, {"target": "/cu/"}, {"path": "/", "target": "/a/"}, {"path": "", "target": "/a/"}]
)
def test_an_old_address_leads_from_somewhere_to_somewhere_else(desk, changes):
    assert send(desk("chris"), f"{OLD}add/", **{"path": "/Cu/", **changes}).context["errors"]


def test_an_old_address_leads_to_one_place(desk):
    Redirect.objects.create(path="/cu/", target="/a/")
    assert send(desk("chris"), f"{OLD}add/", path="/CU/", target="/b/").context["errors"]
    article = factories.published()
    assert send(desk("chris"), f"{OLD}add/", path="/moi/", target="/b/", article=article.pk).context["errors"]


# The English edition

WORDS = {"title": "Rice in bloom", "lede": "The fields are green.", "body": "<p>Text.</p>"}


def test_an_editor_translates_and_a_secretary_releases(desk, stranger):
    article = factories.published()
    written = send(desk("ed"), f"{ENGLISH}add/?article={article.pk}", press="_release", **WORDS)
    assert "_release" not in written.content.decode()
    version = EnglishVersion.objects.get()
    assert version.released_at is None
    response = send(desk("sam"), f"{ENGLISH}{version.pk}/change/", press="_release")
    version.refresh_from_db()
    assert [message.level_tag for message in response.context["messages"]] == ["success"]
    assert stranger.get(version.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("released", ["2023-03-22 09:00", "2099-03-22 09:00"])
def test_who_may_not_publish_changes_nothing_that_readers_see_or_soon_will(desk, released):
    version = factories.english(factories.published(), released=released)
    path = f"{ENGLISH}{version.pk}/change/"
    assert "&lt;p&gt;" not in desk("ed").get(path).content.decode()
    assert desk("ed").post(path, {**WORDS, "_save": "1"}).status_code == 403
    assert desk("ed").post(f"{ENGLISH}{version.pk}/delete/", {"post": "yes"}).status_code == 403
    version.refresh_from_db()
    assert version.title != WORDS["title"]


def test_who_may_publish_translates_and_releases_in_one_go(desk, stranger):
    article = factories.published()
    response = send(desk("sam"), f"{ENGLISH}add/?article={article.pk}", press="_release", **WORDS)
    version = EnglishVersion.objects.get()
    assert [message.level_tag for message in response.context["messages"]] == ["success"]
    assert version.article == article
    assert stranger.get(version.get_absolute_url()).status_code == 200


def test_a_version_that_is_only_saved_stays_on_the_desk(desk, stranger):
    article = factories.published()
    send(desk("ed"), f"{ENGLISH}add/?article={article.pk}", **WORDS)
    assert stranger.get(EnglishVersion.objects.get().get_absolute_url()).status_code == 404


def test_releasing_again_keeps_the_time_of_the_first_release(desk):
    version = factories.english(factories.published(), released="2023-03-22 09:00")
    send(desk("sam"), f"{ENGLISH}{version.pk}/change/", press="_release", title="New title")
    version.refresh_from_db()
    assert (version.title, version.released_at) == ("New title", factories.at("2023-03-22 09:00"))


@pytest.mark.parametrize(("released", "status"), [("2023-03-22 09:00", 403), (None, 302)])
def test_only_what_readers_never_saw_is_deleted(desk, released, status):
    version = factories.english(factories.published(), released=released)
    assert desk("ed").post(f"{ENGLISH}{version.pk}/delete/", {"post": "yes"}).status_code == status
    assert EnglishVersion.objects.exists() == (status == 403)


def test_an_article_has_one_english_version(desk):
    article = factories.published()
    factories.english(article)
    response = send(desk("ed"), f"{ENGLISH}add/?article={article.pk}", **WORDS)
    assert response.context["errors"]
    assert read(response).values["title"] == "Rice in bloom"


@pytest.mark.parametrize("query", ["article=abc", "article=%00", f"article={'9' * 30}", "released_at=x", "title=%00"])
@pytest.mark.parametrize("name", ["englishversion", "correction", "redirect", "topic", "staticpage"])
def test_a_form_opens_whatever_its_address_says(desk, name, query):
    assert desk("chris").get(f"/admin/articles/{name}/add/?{query}").status_code in {200, 400}


def test_a_reporter_does_not_translate(desk):
    assert desk("rita").get(f"{ENGLISH}add/").status_code == 403


def test_the_articles_form_leads_to_its_version(desk):
    article = factories.published()
    client = desk("ed")
    url = f"/admin/articles/article/{article.pk}/change/"
    assert f'href="{ENGLISH}add/?article={article.pk}"' in client.get(url).content.decode()
    version = factories.english(article)
    assert f'href="{ENGLISH}{version.pk}/change/"' in client.get(url).content.decode()


@pytest.mark.parametrize("path", ["staticpage", "redirect", "englishversion", "correction", "topic"])
@pytest.mark.parametrize("query", [{"q": "\0"}, {"q": "(" * 300}, {"id__exact": "9" * 40}, {"p": "x"}, {"o": "9.-8"}])
def test_no_list_breaks_on_a_hostile_address(desk, path, query):
    assert desk("chris").get(f"/admin/articles/{path}/", query).status_code in {200, 302, 400}


def test_a_version_is_found_by_either_title(desk):
    article = factories.published(title="Lúa trổ bông")
    factories.english(article, title="Rice in bloom")
    factories.english(factories.published(), title="Something else")
    for typed in ("lua tro", "RICE", "bloom rice"):
        listed = desk("ed").get(ENGLISH, {"q": typed}).context["cl"].result_list
        assert [version.title for version in listed] == ["Rice in bloom"]
