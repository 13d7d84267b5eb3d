"""S24: whose pictures and attachments are handed out to whom, and when no longer."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from articles.editorial import sharing, transitions
from articles.models import GalleryPhoto, SharedVersion, SiteSettings, StaticPage
from articles.readers import files
from tests import base, factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    files.last.clear()


def a_photo(number=1):
    photo = factories.photo_without_files(master=f"2023/03/{number:04x}/master.jpg")
    for name in (photo.master, photo.master.replace("master.jpg", "480.avif")):
        default_storage.save(name, ContentFile(b"the picture"))
    return photo


def figure(photo):
    return f'<figure class="image"><img src="{photo.address}" alt="Cầu"></figure>'


def fetched(client, name, method="get"):
    """The answer, its file closed as a server does; `close` would take the database connection of the test with it."""
    response = getattr(client, method)(f"/media/{name}")
    for close in response._resource_closers:
        close()
    return response


def status(client, name):
    return fetched(client, name).status_code


def is_shown(client, photo):
    names = [photo.master, photo.master.replace("master.jpg", "480.avif")]
    found = {fetched(client, name, method).status_code for name in names for method in ("get", "head")}
    asked = {client.get(f"/media/duoc-xem/{name}").status_code for name in names}
    assert (found, asked) in [({200}, {204}), ({404}, {403})]
    return found == {200}


def lead(photo, article):
    type(article).objects.filter(pk=article.pk).update(photo=photo)


def in_gallery(photo, article):
    GalleryPhoto.objects.create(article=article, photo=photo)


def in_text(photo, article):
    article.body = figure(photo)
    article.save()


def in_live_update(photo, article):
    factories.live_update(article, body=figure(photo))


def in_english(photo, article):
    factories.english(article, body=figure(photo))


def with_topic(photo, article):
    factories.topic("Đường mới", article, photo=photo)


PLACES = [lead, in_gallery, in_text, in_live_update, in_english, with_topic]


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_is_there_as_long_as_something_public_shows_it(stranger, place):
    photo, article = a_photo(), factories.draft()
    place(photo, article)
    article.refresh_from_db()
    shown = [is_shown(stranger, photo)]
    for step in (transitions.publish, transitions.withdraw):
        step(article)
        shown.append(is_shown(stranger, photo))
    assert shown == [False, True, False]


def test_the_clock_alone_shows_the_picture_of_a_scheduled_article(stranger, clock):
    photo, article = a_photo(), factories.draft()
    later = timezone.now() + timedelta(hours=1)
    for place in PLACES[:3]:
        place(photo, article)
    article.refresh_from_db()
    transitions.publish(article, at=later)
    before = is_shown(stranger, photo)
    clock(later)
    assert (before, is_shown(stranger, photo)) == (False, True)


def test_what_waits_at_a_public_article_waits_with_its_picture(stranger, clock):
    later, article = timezone.now() + timedelta(hours=1), factories.published()
    live, english, hidden = a_photo(1), a_photo(2), a_photo(3)
    factories.live_update(article, when=later, body=figure(live))
    factories.english(article, released=later, body=figure(english))
    page = StaticPage.objects.create(title="Trang", body=figure(hidden), is_public=False)
    assert not any(is_shown(stranger, photo) for photo in (live, english, hidden))
    clock(later)
    StaticPage.objects.filter(pk=page.pk).update(is_public=True)
    assert all(is_shown(stranger, photo) for photo in (live, english, hidden))


def test_a_picture_that_two_articles_show_stays_when_one_is_withdrawn(stranger):
    photo = a_photo()
    factories.published(photo=photo)
    transitions.withdraw(factories.published(photo=photo))
    assert is_shown(stranger, photo)


def test_what_belongs_to_nothing_and_what_was_deleted_is_not_handed_out(stranger):
    photo = a_photo()
    assert not is_shown(stranger, photo)
    photo.delete()
    assert not is_shown(stranger, photo)
    default_storage.save("secret/480.avif", ContentFile(b"x"))
    assert status(stranger, "secret/480.avif") == 404


def test_the_logo_is_everybodys(stranger):
    SiteSettings.objects.update_or_create(pk=1, defaults={"logo": "2025/01/x/logo.png"})
    for name in ("2025/01/x/logo.png", "2025/01/x/logo.webp"):
        default_storage.save(name, ContentFile(b"x"))
        assert status(stranger, name) == 200
    assert status(stranger, "2025/01/x/other.png") == 404


def test_an_attachment_goes_with_its_article(stranger, desk):
    article = factories.draft(created_by=base.person("rita"))
    attachment = factories.attachment(article)
    seen = {name: status(desk(name), attachment.file.name) for name in ("rita", "ron", "ed", "kim")}
    assert seen == {"rita": 200, "ron": 404, "ed": 200, "kim": 404}
    shown = [status(stranger, attachment.file.name)]
    for step in (transitions.publish, transitions.withdraw):
        step(article)
        shown.append(status(stranger, attachment.file.name))
    assert shown == [404, 200, 404]


def test_the_desk_sees_the_library_and_nobody_keeps_what_it_was_sent(desk, stranger):
    photo = a_photo()
    for name, expected in {"rita": 200, "phong": 200, "chris": 200, "kim": 404}.items():
        assert status(desk(name), photo.master) == expected, name
    response = fetched(desk("rita"), photo.master)
    assert (response["Cache-Control"], response["Vary"]) == ("private, max-age=3600", "Cookie")
    gone = desk("phong")
    type(base.person("phong")).objects.filter(username="phong").update(is_active=False)
    assert status(gone, photo.master) == 404
    assert status(stranger, photo.master) == 404


def test_what_is_not_handed_out_answers_as_what_does_not_exist(stranger):
    hidden = stranger.get(a_photo().address)
    none = stranger.get("/media/2023/03/ffff/master.jpg")
    for answer in (hidden, none):
        del answer["X-Request-ID"]  # of each request its own
    assert (hidden.status_code, hidden.content, hidden.headers) == (none.status_code, none.content, none.headers)


def test_who_was_given_a_link_sees_the_pictures_of_that_version_until_it_is_taken_back(stranger, client):
    chris, shown, other = base.person("chris"), a_photo(1), a_photo(2)
    article = factories.draft(photo=shown, body=figure(a_photo(3)))
    factories.draft(photo=other)
    link, secret = sharing.create(article, chris, lifetime="day")
    client.get(f"/xem-ban/{secret}/")
    assert [status(client, f"2023/03/{number:04x}/master.jpg") for number in (1, 2, 3)] == [200, 404, 200]
    assert not any(is_shown(stranger, photo) for photo in (shown, other))
    stranger.cookies[f"xem-ban-{link.pk}"] = ":made-up"
    assert not is_shown(stranger, shown)
    [cookie] = client.cookies.values()
    assert secret not in str(cookie)
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == ("/media/", True, "Strict")
    sharing.revoke(SharedVersion.objects.get(pk=link.pk), chris)
    assert status(client, shown.master) == 404


@contextmanager
def database_gone():
    def fail(*args):
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(fail):
        yield


def test_while_the_database_is_gone_pictures_are_shown_as_they_were(stranger):
    shown, hidden, unknown = a_photo(1), a_photo(2), a_photo(3)
    factories.published(photo=shown)
    is_shown(stranger, shown), is_shown(stranger, hidden)
    stranger.raise_request_exception = False
    with database_gone():
        assert [status(stranger, photo.master) for photo in (shown, unknown)] == [200, 503]
        assert stranger.get(hidden.address).status_code in {404, 503}  # its page asks the database too


def test_a_public_picture_costs_one_question(stranger, django_assert_num_queries):
    photo = a_photo()
    factories.published(photo=photo)
    with django_assert_num_queries(1):
        assert status(stranger, photo.master) == 200
