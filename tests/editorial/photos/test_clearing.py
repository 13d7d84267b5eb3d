"""What `manage.py clear_media` deletes: pictures that no photo names any more, and nothing else."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command

from articles.editorial import documents, photos, revisions
from articles.editorial.photos import clearing
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


def files(storage):
    root = Path(storage.path(""))
    return {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}


def age(storage, by):
    for name in files(storage):
        moment = time.time() - by.total_seconds()
        os.utime(storage.path(name), (moment, moment))


@pytest.fixture
def stored():
    both = default_storage, storages["originals"]

    def found():
        return tuple(files(storage) for storage in both)

    def older(by=clearing.AGE * 2):
        [age(storage, by) for storage in both]

    found.older = older
    return found


def clear():
    out = StringIO()
    call_command("clear_media", stdout=out)
    return out.getvalue()


def test_the_files_of_a_deleted_photo_go_and_those_of_others_stay(stored):
    kept = factories.photo()
    before = stored()
    gone = factories.photo()
    folder = gone.master.rpartition("/")[0]
    stored.older()
    gone.delete()
    said = clear()
    assert stored() == before
    assert folder in said
    assert not Path(default_storage.path(folder)).exists()
    kept.refresh_from_db()
    assert default_storage.exists(kept.master)


@pytest.mark.parametrize("named_by", ["text", "version"])
def test_a_picture_that_a_text_or_a_version_still_names_stays_after_its_photo_has_another_file(stored, named_by):
    photo = factories.photo()
    before = photo.master
    article = factories.published(body=f'<figure><img src="/media/{before}" alt="Cầu"></figure>')
    if named_by == "version":
        revisions.create(article, documents.of(article))
        Article.objects.filter(pk=article.pk).update(body="<p>Không ảnh.</p>", working=None)
    photos.store(photo, factories.picture_bytes(size=(640, 427)))
    assert photo.master != before
    if named_by == "text":  # which its photo did not know of, so it was not told of the new file
        Article.objects.filter(pk=article.pk).update(body=article.body)
    stored.older()
    clear()
    assert default_storage.exists(before)


def test_an_upload_that_is_under_way_is_left_alone(stored):
    factories.photo().delete()
    stored.older(timedelta(hours=20))
    before = stored()
    clear()
    assert stored() == before


def test_what_else_lies_in_the_folders_is_nobodys_to_delete(stored):
    logo = f"2026/11/{'b' * 24}/logo-320.png"
    for name in (logo, "2026/11/logo.png", "2026/11/anh-cu/master.jpg", "khac/tep.pdf", f"{'a' * 24}/bang.pdf"):
        default_storage.save(name, ContentFile(b"x"))
    storages["originals"].save("2026/11/ghi-chu.txt", ContentFile(b"x"))
    stored.older()
    before = stored()
    clear()
    assert stored() == before
