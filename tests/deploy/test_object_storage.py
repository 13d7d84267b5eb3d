"""Pictures and attachments in an object storage: the whole way, from a form to a reader, on a real S3 server."""

import re
from datetime import timedelta
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from moto.server import ThreadedMotoServer

from articles.models import Attachment, Photo
from deploy.rig import parts, servers
from newsroom import environment
from tests import factories
from tests.newsroom.test_start import run

# Anybody reads the media, nobody the originals: as an operator is told to set it.
READERS = re.search(r"```json\n(.*?)```", (parts.ROOT / "docs" / "scaling.md").read_text(), re.S)[1]


@pytest.fixture(scope="module")
def server():
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    made.start()
    host, port = made.get_host_and_port()
    yield f"{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(server):
    """The client of the storage, with both buckets empty."""
    urlopen(f"http://{server}/moto-api/reset", b"").close()  # noqa: S310 (a local address)
    client = boto3.client("s3", endpoint_url=f"http://{server}", **servers.KEYS)
    for name in ("media", "media-originals"):
        client.create_bucket(Bucket=name)
    client.put_bucket_policy(Bucket="media", Policy=READERS)
    return client


@pytest.fixture
def stored(bucket, server, settings, monkeypatch):
    """stored(public=True): the settings that MEDIA_S3_URL makes, readers sent to the storage or not."""

    def set_up(public=True):
        monkeypatch.setenv("MEDIA_S3_URL", f"http://newsroom:newsroom-secret@{server}/media")
        monkeypatch.setenv("MEDIA_S3_PUBLIC_URL", f"http://{server}/media" if public else "")
        kept, settings.MEDIA_ORIGIN = environment.media("", "")
        settings.STORAGES = {**settings.STORAGES, **kept}
        return bucket

    return set_up


def keys(client, name="media"):
    return [item["Key"] for item in client.list_objects_v2(Bucket=name).get("Contents", [])]


def upload(desk):
    file = SimpleUploadedFile("cầu Hòa Bình.jpg", factories.picture_bytes(), "image/jpeg")
    answer = desk("phong").post("/admin/articles/photo/upload/", {"upload": file, "credit": "Bùi Minh"})
    assert answer.status_code == 200, answer.content
    return answer.json(), Photo.objects.latest("pk")


@pytest.mark.django_db
def test_a_photo_goes_from_the_desks_form_to_the_reader_by_way_of_the_bucket(desk, stranger, stored, server):
    client = stored()
    _answer, photo = upload(desk)
    assert {"master.jpg", "480.webp"} <= {key.rpartition("/")[2] for key in keys(client)}
    assert all(key.isascii() for key in keys(client))
    page = stranger.get(factories.published(photo=photo).get_absolute_url()).content.decode()
    assert f'src="http://{server}/media/{photo.master}"' in page
    assert f'property="og:image" content="http://{server}/media/' in page
    with urlopen(photo.url) as answer:  # noqa: S310 (a local address)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "max-age=31536000, s-maxage=30, immutable"


@pytest.mark.django_db
def test_an_original_is_kept_apart_and_has_no_address(desk, stored):
    client = stored()
    _answer, photo = upload(desk)
    assert photo.original not in keys(client)
    assert keys(client, "media-originals") == [photo.original]
    assert client.get_object(Bucket="media-originals", Key=photo.original)["Body"].read() == factories.picture_bytes()
    with pytest.raises(ValueError, match="no address"):
        storages["originals"].url(photo.original)
    with pytest.raises(client.exceptions.from_code("NoSuchBucketPolicy")):
        client.get_bucket_policy(Bucket="media-originals")


@pytest.mark.django_db
def test_a_text_names_its_picture_by_an_address_that_no_setting_changes(desk, stranger, stored, server):
    stored()
    answer, photo = upload(desk)
    assert answer["url"] == f"/media/{photo.master}"
    found = factories.published(body=f'<figure><img src="{answer["url"]}" alt="Cầu"></figure>')
    page = stranger.get(found.get_absolute_url()).content.decode()
    assert f'src="http://{server}/media/{photo.master}"' in page
    moved = stranger.get(answer["url"])
    assert (moved.status_code, moved["Location"]) == (301, photo.url)


@pytest.mark.django_db
def test_an_attachment_is_saved_by_who_takes_it_and_never_opened(stored):
    client = stored()
    found = Attachment.objects.create(
        article=factories.published(), title="Quyết định", file=ContentFile(b"%PDF-1.7", name="Quyết định số 1.pdf")
    )
    with urlopen(found.file.url) as answer:  # noqa: S310 (a local address)
        assert answer.read() == b"%PDF-1.7"
        assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
            "application/pdf",
            "attachment",
        )
    assert keys(client) == [found.file.name]
    assert found.file.name.endswith("/quyet-dinh-so-1.pdf")


@pytest.mark.django_db
def test_without_a_public_address_the_newsroom_hands_the_files_out_itself(desk, stranger, stored):
    stored(public=False)
    _answer, photo = upload(desk)
    assert photo.url == f"/media/{photo.master}"
    factories.published(photo=photo)
    answer = stranger.get(photo.url)
    assert answer.getvalue()[:3] == b"\xff\xd8\xff"
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/jpeg", "inline")
    again = stranger.get(photo.url, headers={"if-modified-since": answer["Last-Modified"]})
    assert again.status_code == 304
    assert stranger.get("/media/khong-co/master.jpg").status_code == 404
    again.close(), answer.close()


@pytest.mark.django_db
def test_a_player_jumps_in_a_sound_file_of_the_bucket(stranger, stored):
    stored(public=False)
    factories.public_files("a/nghe.mp3", content=bytes(range(100)))
    part = stranger.get("/media/a/nghe.mp3", headers={"range": "bytes=10-12"})
    assert (part.status_code, part.content) == (206, b"\x0a\x0b\x0c")


@pytest.mark.django_db
def test_photos_of_an_earlier_release_are_renewed_in_the_bucket(desk, stored, capsys):
    client = stored()
    _answer, photo = upload(desk)
    Photo.objects.update(edition=1)
    crops = [key for key in keys(client) if "card-" in key]
    for key in crops:
        client.delete_object(Bucket="media", Key=key)
    call_command("make_renditions")
    assert crops
    assert set(crops) <= set(keys(client))
    photo.refresh_from_db()
    assert photo.has_crops


@pytest.mark.django_db
def test_the_files_of_a_deleted_photo_leave_the_bucket(desk, stored, monkeypatch, capsys):
    monkeypatch.setattr("articles.editorial.photos.clearing.AGE", timedelta(seconds=-5))
    client = stored()
    _answer, kept = upload(desk)
    before = {name: keys(client, name) for name in ("media", "media-originals")}
    factories.photo().delete()
    assert keys(client) != before["media"]
    call_command("clear_media")
    assert {name: keys(client, name) for name in before} == before


@pytest.mark.django_db
def test_a_storage_that_is_down_is_told_in_words_and_not_as_a_missing_picture(desk, stranger, stored, settings):
    stored(public=False)
    for name in ("default", "originals"):
        settings.STORAGES[name]["OPTIONS"]["endpoint_url"] = "http://127.0.0.1:9"
    settings.STORAGES = {**settings.STORAGES}
    factories.published(photo=factories.photo_without_files(master="a/master.jpg"))
    file = SimpleUploadedFile("a.jpg", factories.picture_bytes(), "image/jpeg")
    assert desk("phong").post("/admin/articles/photo/upload/", {"upload": file}).status_code == 507
    assert stranger.get("/media/a/master.jpg").status_code == 503


# Settings

GOOD = {"MEDIA_S3_URL": "https://k:s%2F1@s3.vn:9000/media?region=hn", "MEDIA_S3_PUBLIC_URL": "https://media.baomau.vn"}


@pytest.fixture
def media(monkeypatch):
    def read(**variables):
        for name in ("MEDIA_S3_URL", "MEDIA_S3_PUBLIC_URL", "MEDIA_S3_ORIGINALS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return environment.media("/m", "/o")

    return read


def test_without_an_object_storage_files_lie_on_the_disk(media):
    kept, origin = media()
    assert kept["originals"]["OPTIONS"]["location"] == "/o"
    assert origin == ""


def test_an_object_storage_is_taken_apart(media):
    kept, origin = media(**GOOD)
    assert kept["default"]["OPTIONS"] == {
        "endpoint_url": "https://s3.vn:9000", "access_key": "k", "secret_key": "s/1", "region_name": "hn",
        "bucket_name": "media", "public_url": "https://media.baomau.vn",
    }  # fmt: skip
    assert kept["originals"]["OPTIONS"]["bucket_name"] == "media-originals"
    assert "public_url" not in kept["originals"]["OPTIONS"]
    assert origin == "https://media.baomau.vn"


@pytest.mark.parametrize(
    "wrong",
    [
        *({"MEDIA_S3_URL": value} for value in ("s3.vn/media", "https://s3.vn/media", "https://k:s@s3.vn/", "s3://a")),
        *({"MEDIA_S3_URL": value} for value in ("https://k@s3.vn/media", "https://k:s@s3.vn/a/b")),
        *({"MEDIA_S3_PUBLIC_URL": value} for value in ("media.baomau.vn", "https://x@y", "https://y/?a=b")),
        *({"MEDIA_S3_URL": ""}, {"MEDIA_S3_ORIGINALS": "media"}),
    ],
    ids=str,
)
def test_an_object_storage_that_cannot_work_stops_the_start_and_tells_no_secret(media, wrong):
    with pytest.raises(environment.ImproperlyConfigured, match="MEDIA_S3_") as error:
        media(**{**GOOD, **wrong})
    assert "k:s" not in str(error.value)


def test_pages_and_desk_may_show_pictures_of_the_storages_host_and_of_no_other(tmp_path):
    shown = (
        "import django; django.setup(); from newsroom import headers as m; print(m.policy_for('/'));"
        "print(m.policy_for('/admin/')); print(m.policy_for('/admin/articles/article/add/'))"
    )
    lines = run("-c", shown, tmp_path=tmp_path, DJANGO_SETTINGS_MODULE="newsroom.settings", **GOOD).stdout.splitlines()
    assert len(lines) == 3
    assert all("img-src 'self' data:" in line and " https://media.baomau.vn;" in line for line in lines)
    assert all("media-src 'self' https://media.baomau.vn;" in line for line in lines)
    assert "default-src 'self';" in lines[0]
