"""The file of a photo is replaced: whatever showed the old picture shows the new one, and nobody is handed the old."""

import pytest
from django.core.files.storage import default_storage

from articles.editorial import photos, revisions
from articles.models import Article, StaticPage
from articles.readers.files import is_public
from tests import base, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo():
    return factories.photo()


def figure(photo, file="master.jpg"):
    return f'<figure><img src="/media/{photo.master.removesuffix("master.jpg")}{file}" alt="Cầu"></figure>'


def replaced(photo):
    """The old master; the photo has another one after it."""
    before = photo.master
    photos.store(photo, factories.picture_bytes(size=(640, 427)))
    assert photo.master != before
    return before


def test_every_text_that_shows_it_shows_the_new_picture(photo, client):
    article = factories.published(title="Cầu mới", body=f"<p>Trước.</p>{figure(photo, '480.webp')}<p>Sau.</p>")
    english, update = factories.english(article, body=figure(photo)), factories.live_update(article, body=figure(photo))
    about = StaticPage.objects.create(title="Giới thiệu", slug="gioi-thieu", body=figure(photo))
    other = factories.published(title="Ảnh khác", body=figure(factories.photo()))
    before, kept = replaced(photo), other.body
    for text in (article, english, update, about):
        text.refresh_from_db()
        assert photo.address in text.body
        assert before not in text.body
    assert "Trước." in article.body
    other.refresh_from_db()
    assert other.body == kept
    page = client.get(article.get_absolute_url()).content.decode()
    assert photo.master in page
    assert before.rpartition("/")[0] not in page


def test_readers_are_handed_the_new_files_and_the_old_ones_no_more(photo):
    factories.published(body=figure(photo))
    before = replaced(photo)
    assert default_storage.exists(before)
    assert is_public(photo.master)
    assert not is_public(before)


def test_the_version_that_waits_shows_it_too(photo):
    article = factories.published(title="Đã đăng")
    document = {**revisions.current(article), "body": figure(photo)}
    revisions.save(article, document, base.person("chris"), base=article.version)
    replaced(photo)
    article.refresh_from_db()
    assert photo.address in revisions.current(article)["body"]


def test_an_earlier_version_that_is_restored_shows_the_picture_of_today_however_often_it_changed(photo):
    old = figure(photo)
    replaced(photo)
    replaced(photo)
    article = factories.draft(body=old)
    assert photo.address in Article.objects.get(pk=article.pk).body
    assert photos.places(base.person("chris"), photo)[0]


def test_a_picture_that_another_photo_has_too_stays_in_the_texts(photo):
    factories.photo_without_files(master=photo.master)
    article = factories.published(body=figure(photo))
    before = replaced(photo)
    article.refresh_from_db()
    assert before in article.body
    assert is_public(before)


def test_a_save_that_does_not_speak_of_the_text_leaves_it(photo):
    article = factories.draft(title="Tin")
    Article.objects.filter(pk=article.pk).update(body=figure(photo))
    stored = Article.objects.get(pk=article.pk)
    before = replaced(photo)
    stored.title = "Tin khác"
    stored.save(update_fields=["title"])
    assert before in Article.objects.get(pk=article.pk).body
