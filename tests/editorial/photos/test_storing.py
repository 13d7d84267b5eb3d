import posixpath

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.management import CommandError, call_command

from articles.editorial import photos
from articles.models import Photo
from articles.renditions import PictureRefused
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_stored_photo_has_its_files_where_its_addresses_lead():
    photo = factories.photo()
    for address, _width in photo.sources:
        assert default_storage.exists(address.removeprefix("/media/"))
    assert default_storage.exists(photo.master)


def test_the_original_is_kept_byte_for_byte_and_not_under_media():
    data = factories.picture_bytes(color="red")
    photo = photos.store(Photo(), data)
    with storages["originals"].open(photo.original) as file:
        assert file.read() == data
    assert not default_storage.exists(photo.original)


def test_a_refused_picture_stores_nothing():
    with pytest.raises(PictureRefused):
        photos.store(Photo(caption="Chú thích"), b"<html>")
    assert not Photo.objects.exists()
    assert not default_storage.exists(".") or default_storage.listdir(".") == ([], [])


def files_of(storage, folder=""):
    if not storage.exists(folder or "."):
        return []
    folders, files = storage.listdir(folder)
    return [*files, *(file for one in folders for file in files_of(storage, posixpath.join(folder, one)))]


def test_a_disk_that_fills_up_half_way_leaves_no_half_of_a_picture(monkeypatch):
    kept = FileSystemStorage._save
    left = [4]

    def save(storage, name, content):
        left[0] -= 1
        if left[0] < 0:
            content.seek(0, 2)  # as where the disk is full: the file is begun, and then there is no room
            kept(storage, name, ContentFile(b"half"))
            raise OSError(28, "No space left on device")
        return kept(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", save)
    with pytest.raises(OSError, match="No space"):
        factories.photo()
    assert files_of(default_storage) == []
    assert files_of(storages["originals"]) == []
    assert not Photo.objects.exists()


def test_the_same_picture_twice_is_two_photos_with_two_originals():
    first, second = factories.photo(), factories.photo()
    assert first.master != second.master
    assert first.original != second.original


def test_a_photo_that_waits_for_its_picture_has_no_address():
    photo = Photo.objects.create(caption="Chú thích")
    assert (photo.url, photo.thumbnail) == ("", "")


# Files of an earlier edition, and another focal point


def files(photo):
    return set(default_storage.listdir(posixpath.dirname(photo.master))[1])


def aged(photo):
    """The photo as the first release left it."""
    for name in files(photo):
        if name.endswith(".avif") or "-" in name:
            default_storage.delete(f"{posixpath.dirname(photo.master)}/{name}")
    Photo.objects.filter(pk=photo.pk).update(edition=1)
    photo.refresh_from_db()
    return photo


def test_a_photo_of_the_first_edition_gets_what_it_lacks_and_keeps_its_address():
    photo = factories.photo()
    master, all_files = photo.master, files(photo)
    assert files(aged(photo)) < all_files
    assert [problem for _photo, problem in photos.renew([photo])] == [None]
    photo.refresh_from_db()
    assert (photo.master, photo.edition, files(photo)) == (master, 2, all_files)


def test_what_is_there_is_not_made_again(monkeypatch):
    photo = factories.photo()
    monkeypatch.setattr("articles.renditions._encode", lambda *args: pytest.fail("encoded"))
    assert [problem for _photo, problem in photos.renew([photo])] == [None]


def test_a_photo_whose_original_is_gone_is_reported_and_the_others_are_renewed():
    lost, broken, good = (aged(factories.photo()) for _ in range(3))
    storages["originals"].delete(lost.original)
    storages["originals"].delete(broken.original)
    storages["originals"].save(broken.original, ContentFile(b"no picture"))
    outcome = {photo.pk: bool(problem) for photo, problem in photos.renew([lost, broken, good])}
    assert outcome == {lost.pk: True, broken.pk: True, good.pk: False}
    assert list(Photo.objects.filter(edition=2)) == [good]


def test_another_focal_point_makes_crops_beside_the_old_ones():
    photo = factories.photo()
    before, master = files(photo), photo.master
    photos.keep(photo, photos.prepare_again(photo, (10, 90)))
    assert photo.master == master
    assert before < files(photo)
    assert all("-10-90" in name for name in files(photo) - before)
    assert photo.focus == (10, 90)


def test_not_even_the_credit_stands_in_a_public_file():
    """It may be the name that a source's camera wrote into the upload; the page and its structured data tell it."""
    photo = factories.photo(credit="Hà Thu")
    for name in (photo.master, photo.social[0].removeprefix("/media/")):
        with default_storage.open(name) as file:
            content = file.read()
        assert "Hà Thu".encode() not in content
        assert b"http://ns.adobe.com" not in content


def test_the_command_renews_once_and_names_what_it_could_not(capsys):
    aged(factories.photo())
    lost = aged(factories.photo())
    storages["originals"].delete(lost.original)
    with pytest.raises(CommandError):
        call_command("make_renditions")
    assert str(lost.pk) in capsys.readouterr().err
    Photo.objects.filter(pk=lost.pk).delete()
    call_command("make_renditions")
    assert capsys.readouterr().out.count("0") == 2
