import pytest

from articles.editorial import notes
from articles.models import Article, State
from tests import base, factories
from tests.admin.forms import change_url, send

pytestmark = pytest.mark.django_db


def copy(client, article):
    return client.post(f"/admin/articles/article/{article.pk}/copy/", follow=True)


def test_a_copy_is_a_draft_of_ones_own_with_all_that_the_article_says(desk):
    photo = factories.photo_without_files()
    article = factories.published(
        title="Giá nông sản", kicker="Thị trường", photo=photo, editor_note="Kín", created_by=base.person("ed"),
        embargo_until=factories.at("2023-03-01 08:00"),
    )  # fmt: skip
    factories.signed(article, "Hà Thu")
    factories.topic("Nông thôn mới", article)
    factories.gallery(article, 2)
    factories.attachment(article)
    notes.add(article, base.person("ed"), "Ghi chú")
    response = copy(desk("rita"), article)
    made = Article.objects.exclude(pk=article.pk).get()
    assert response.redirect_chain == [(change_url(made), 302)]
    assert (made.title, made.state, made.created_by) == ("Bản sao: Giá nông sản", State.DRAFT, base.person("rita"))
    assert (made.kicker, made.photo, made.body, made.category) == ("Thị trường", photo, article.body, article.category)
    assert [byline.name for byline in made.bylines.all()] == ["Hà Thu"]
    assert (made.topics.count(), made.gallery.count(), made.version) == (1, 2, 1)
    assert (made.published_at, made.slug, made.embargo_until, made.editor_note) == (None, "", None, "")
    assert (made.notes.count(), made.attachments.count()) == (0, 0)


def test_a_copy_says_what_the_newest_version_says_not_what_readers_see(desk):
    article = factories.published(title="Cũ")
    send(desk("chris"), change_url(article), title="Mới")
    copy(desk("chris"), article)
    assert Article.objects.filter(title="Bản sao: Mới").exists()


def test_a_title_of_full_length_is_cut_not_refused(desk):
    article = factories.published(title="dài " * 62)
    copy(desk("chris"), article)
    assert len(Article.objects.exclude(pk=article.pk).get().title) <= 250


def test_who_does_not_see_an_article_or_writes_none_copies_nothing(desk, stranger):
    hidden, public = factories.draft(created_by=base.person("ed")), factories.published()
    assert copy(desk("rita"), hidden).status_code == 404
    assert copy(desk("kim"), public).status_code == 403
    assert copy(desk("phong"), public).status_code == 403
    stranger.post(f"/admin/articles/article/{public.pk}/copy/")
    assert desk("rita").get(f"/admin/articles/article/{public.pk}/copy/").status_code == 405
    assert Article.objects.count() == 2
