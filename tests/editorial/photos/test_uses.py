"""Where a photo stands, as far as a person may see, and what the library calls unused."""

import pytest

from articles.editorial import photos, revisions
from articles.models import Article, EnglishVersion, LiveUpdate, Photo, PhotoUse, StaticPage
from articles.models.photo_use import masters_in
from tests import base, factories

pytestmark = pytest.mark.django_db
MASTERS = (f"2023/03/a1b{number}c/master.jpg" for number in range(1, 99))


@pytest.fixture
def photo():
    return factories.photo_without_files(master="2023/03/a1b2c3/master.jpg")


def figure(photo, file="master.jpg"):
    return f'<figure><img src="/media/{photo.master.removesuffix("master.jpg")}{file}" alt=""></figure>'


def where(user, photo):
    found, hidden = photos.places(user, photo)
    return sorted(f"{place.where}: {place.target}" for place in found), hidden


def test_the_photos_of_a_text_are_found_by_the_folder_of_any_of_their_files(photo):
    text = figure(photo) + figure(photo, "480.webp") + '<img src="https://example.com/2023/03/zz/x.jpg">'
    assert masters_in(text) == [photo.master]
    assert masters_in("") == masters_in(None) == []


def test_each_kind_of_place_is_named(photo):
    factories.draft(title="Đầu bài", photo=photo)
    factories.draft(title="Trong bài", body=figure(photo))
    factories.draft(title="Bộ ảnh").gallery.create(photo=photo)
    factories.live_update(factories.draft(title="Tường thuật"), body=figure(photo))
    factories.english(factories.draft(title="Bản Anh"), body=figure(photo))
    factories.topic("Nông thôn mới", photo=photo)
    StaticPage.objects.create(title="Giới thiệu", slug="gioi-thieu", body=figure(photo))
    found, hidden = where(base.person("chris"), photo)
    titles = {"Đầu bài", "Trong bài", "Bộ ảnh", "Tường thuật", "Bản Anh", "Nông thôn mới", "Giới thiệu"}
    assert {line.split(": ")[1] for line in found} == titles
    assert len({line.split(": ")[0] for line in found}) == len(found) == 7
    assert hidden == 0


def test_a_version_that_is_not_live_yet_counts(photo):
    other = factories.photo_without_files(master="2023/03/d4e5f6/master.jpg")
    article = factories.published(title="Đã đăng")
    document = {**revisions.current(article), "photo": other.pk, "body": figure(photo)}
    revisions.save(article, document, base.person("chris"), base=article.version)
    for one in (photo, other):
        found, _hidden = where(base.person("chris"), one)
        assert len(found) == 1
        assert found[0].endswith("Đã đăng")
    assert photos.used_in_working() == ({other.pk}, {photo.master})


def test_what_a_person_may_not_see_is_a_number(photo):
    factories.draft(title="Của Ed", photo=photo, created_by=base.person("ed"))
    factories.draft(title="Của Rita", photo=photo, created_by=base.person("rita"))
    found, hidden = where(base.person("rita"), photo)
    assert [line.split(": ")[1] for line in found] == ["Của Rita"]
    assert hidden == 1


def test_a_clerk_without_the_right_to_topics_learns_no_name(photo):
    factories.topic("Mật", photo=photo)
    assert where(base.person("kim"), photo) == ([], 1)


def test_the_index_follows_the_text(photo):
    article = factories.draft(body=figure(photo))
    assert PhotoUse.objects.get().article == article
    article.title = "Chỉ đổi tiêu đề"
    article.save(update_fields=["title"])
    assert PhotoUse.objects.count() == 1
    article.body = "<p>Không còn ảnh.</p>"
    article.save()
    assert not PhotoUse.objects.exists()


@pytest.mark.parametrize("text", [Article, LiveUpdate, EnglishVersion, StaticPage])
def test_a_text_that_goes_takes_its_uses_along(photo, text):
    match text.__name__:
        case "Article":
            row = factories.draft(body=figure(photo))
        case "LiveUpdate":
            row = factories.live_update(factories.draft(), body=figure(photo))
        case "EnglishVersion":
            row = factories.english(factories.draft(), body=figure(photo))
        case _page:
            row = StaticPage.objects.create(title="Trang", slug="trang", body=figure(photo))
    assert PhotoUse.objects.count() == 1
    photos.refresh(row)
    assert PhotoUse.objects.count() == 1  # twice is once
    row.delete()
    assert not PhotoUse.objects.exists()


def test_unused_is_what_stands_nowhere():
    names = ["đầu bài", "bộ ảnh", "chủ đề", "trong bài", "chưa dùng"]
    lead, gallery, topic, inside, free = (
        factories.photo_without_files(caption=name, master=next(MASTERS)) for name in names
    )
    factories.draft(photo=lead, body=figure(inside)).gallery.create(photo=gallery)
    factories.topic("Chủ đề", photo=topic)
    assert list(Photo.objects.unused()) == [free]
