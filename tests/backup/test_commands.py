"""What `backup`, `verify_backup` and `restore` promise, on the database in use."""

import fcntl
import gzip
import hashlib
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from articles import backup
from articles.backup import making, media, record
from articles.backup.bundle import DIGEST, MANIFEST, Bundle, finished
from articles.models import Article, Attachment, TrailEntry
from tests import factories

pytestmark = pytest.mark.django_db


def run(name, *words, capsys, **options):
    call_command(name, *words, **options)
    return capsys.readouterr().out


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_restored_into_an_empty_place_is_the_newspaper_that_was_backed_up(newspaper, place, capsys):
    there = files_of(newspaper.place.folder / "media"), files_of(newspaper.place.folder / "originals")
    with place() as empty:
        told = run("restore", newspaper.bundle.path, capsys=capsys)
        assert "5 articles opened" in told or "5 bài" in told
        assert (files_of(empty.folder / "media"), files_of(empty.folder / "originals")) == there
        assert all(there)
        assert Article.objects.get(title="Huyện Đà Bắc đổi mới").photo_id == newspaper.photo.pk
        assert Client().get(newspaper.draft.get_absolute_url()).status_code == 404
        assert Path(default_storage.path(Attachment.objects.get().file.name)).read_bytes().startswith(b"%PDF")
        assert not Session.objects.exists()
        assert TrailEntry.objects.get(action="recover").label == str(newspaper.bundle)
        assert factories.published().pk > newspaper.draft.pk  # numbers go on where they were
        with pytest.raises(CommandError, match="--replace"):
            call_command("restore", newspaper.bundle.path)
        Article.objects.filter(pk=newspaper.draft.pk).update(title="Viết sau đó")
        visitor = empty.connected()
        visitor.cursor().execute("SELECT count(*) FROM articles_article")
        with pytest.raises(CommandError):  # somebody works in it
            call_command("restore", newspaper.bundle.path, replace=True)
        assert Article.objects.filter(title="Viết sau đó").exists()
        visitor.close()
        call_command("restore", newspaper.bundle.path, replace=True, keep_sessions=True)
        assert not Article.objects.filter(title="Viết sau đó").exists()
        assert Session.objects.count() == 1
        assert _put_aside(empty) == "Viết sau đó"


def _put_aside(place):
    """The draft's title in the database that was there before."""
    if place.vendor == "sqlite":
        place.database += ".replaced"
    with place.connected() as found:
        cursor = found.cursor()
        schema = "" if place.vendor == "sqlite" else "newsroom_replaced."
        cursor.execute(f"SELECT title FROM {schema}articles_article WHERE title = 'Viết sau đó'")  # noqa: S608
        (title,) = cursor.fetchone()
    found.close()
    return title


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_one_changed_byte_is_found_and_its_file_named_and_nothing_of_it_is_restored(newspaper, copy, place):
    assert backup.verify(newspaper.bundle) == []
    picture = next(media.listed(newspaper.bundle))
    database = next(name for name in newspaper.bundle.manifest["files"] if name.startswith("database"))
    cases = [(name, name) for name in (database, "settings.env", media.LISTING, MANIFEST)]
    cases.append((f"files/{picture.sha256[:2]}/{picture.sha256}", f"{picture.kind}/{picture.name}"))
    for name, named in cases:
        damaged = copy()
        flip(damaged.path / name)
        with pytest.raises(CommandError) as refused:
            call_command("verify_backup", damaged.path)
        assert named in str(refused.value)
    with place() as empty:
        with pytest.raises(CommandError, match=picture.name):
            call_command("restore", damaged.path)
        assert not connection.introspection.table_names()
        assert files_of(empty.folder / "media") == {}


def test_what_is_missing_or_strange_in_a_bundle_is_named(copy):
    (lacking := copy()).file("settings.env").unlink()
    (more := copy()).path.joinpath("note.txt").write_text("x")
    linked = copy()
    linked.file("settings.env").rename(linked.path.parent / "elsewhere")
    linked.file("settings.env").symlink_to(linked.path.parent / "elsewhere")
    for bundle, name in [(lacking, "settings.env"), (more, "note.txt"), (linked, "settings.env")]:
        assert name in " ".join(backup.verify(bundle))
    (beside := copy()).path.joinpath("files", "ab").mkdir(exist_ok=True)
    beside.path.joinpath("files", "ab", "link").symlink_to("/etc")
    assert "files/ab/link" in " ".join(backup.verify(beside))
    (piped := copy()).file("settings.env").unlink()
    os.mkfifo(piped.path / "settings.env")
    assert "settings.env" in " ".join(backup.verify(piped))  # and does not wait for somebody who writes into it


def seal(bundle, **changes):
    """A manifest that holds again, as somebody makes it who may write bundles."""
    manifest = json.loads((bundle.path / MANIFEST).read_text()) | changes
    for name, facts in manifest["files"].items():
        content = (bundle.path / name).read_bytes()
        facts |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    bundle.write(manifest)
    return Bundle(bundle.path)


def test_a_listing_that_leaves_a_picture_out_is_named(newspaper, copy):
    shortened = copy()
    with gzip.open(shortened.path / media.LISTING, "rt") as listing:
        lines = listing.readlines()
    with gzip.open(shortened.path / media.LISTING, "wt") as listing:
        listing.writelines(lines[:-1])
    seal(shortened)
    assert media.LISTING in " ".join(backup.verify(shortened))


def test_no_name_in_a_bundle_leads_out_of_the_folders_of_media(newspaper, copy, place):
    entry = next(media.listed(newspaper.bundle))
    names = ["../out.jpg", "/tmp/out.jpg", "a/../../out.jpg", "a\\..\\out.jpg", "", "a//b", "linked/out.jpg", "a\0b"]  # noqa: S108
    hostile = copy()
    with place() as empty:
        (outside := empty.folder / "outside").mkdir()
        (empty.folder / "media" / "linked").symlink_to(outside)
        for name in names:
            with gzip.open(hostile.path / media.LISTING, "wt") as listing:
                listing.write(json.dumps(entry._replace(name=name)) + "\n")
            seal(hostile, media=newspaper.bundle.manifest["media"] | {"files": 1})
            with pytest.raises(CommandError):
                call_command("restore", hostile.path, replace=True)
        assert list(outside.iterdir()) == []
        assert not (empty.folder / "out.jpg").exists()
        assert not Path("/tmp/out.jpg").exists()  # noqa: S108


def test_the_second_bundle_links_what_the_first_has_and_stands_without_it(newspaper, tmp_path, capsys):
    with newspaper.place:
        first = backup.make(tmp_path).bundle
        told = run("backup", to=str(tmp_path), capsys=capsys)
        second = finished(tmp_path)[0]
        assert second.path.name in told
        entry = next(media.listed(first))
        assert os.path.samefile(first.stored(entry.sha256), second.stored(entry.sha256))
        live = default_storage.path(entry.name)
        assert not os.path.samefile(live, first.stored(entry.sha256))
        before = Path(live).read_bytes()
        Path(live).write_bytes(b"scribbled over")
        third = backup.make(tmp_path)
        Path(live).write_bytes(before)
        assert (third.media.new, third.media.new_bytes) == (1, 14)
        shutil.rmtree(first.path)
        assert backup.verify(second) == backup.verify(third.bundle) == []
        modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()}
        folders = {path.stat().st_mode & 0o777 for path in second.path.rglob("*") if path.is_dir()}
        assert (modes, folders) == ({0o600}, {0o700})


def test_a_backup_that_was_interrupted_is_no_bundle_and_the_next_one_clears_it_away(newspaper, tmp_path, monkeypatch):
    def stopped(bundle, before):
        raise KeyboardInterrupt

    (left := tmp_path / ".unfinished-1").mkdir()  # of one that was killed
    (left / DIGEST).write_text("x")
    with newspaper.place:
        monkeypatch.setattr(media, "take", stopped)
        with pytest.raises(KeyboardInterrupt):
            backup.make(tmp_path)
        with override_settings(BACKUP_ROOT=tmp_path), pytest.raises(CommandError):
            call_command("verify_backup")
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_what_stands_in_the_way_is_said_before_anything_is_written(newspaper, copy, place, tmp_path, monkeypatch):
    def refused(name, *words, **options):
        with pytest.raises(CommandError) as found:
            call_command(name, *words, **options)
        return str(found.value)

    with newspaper.place:
        assert "MEDIA_ROOT" in refused("backup", to=str(newspaper.place.folder / "media" / "backups"))
        (tmp_path / "to").mkdir()
        with (tmp_path / "to" / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert refused("backup", to=str(tmp_path / "to"))
        monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**12, 10**12, 10**6))
        assert "MB" in refused("backup", to=str(tmp_path / "to"))
        monkeypatch.undo()
        monkeypatch.setattr(media, "walk", lambda: iter(()))  # the disk of the media is not there
        assert "MEDIA_ROOT" in refused("backup", to=str(newspaper.root))
        monkeypatch.undo()
        assert [path.name for path in (tmp_path / "to").iterdir()] == [".lock"]
    engine = newspaper.bundle.manifest["database"] | {"engine": "oracle"}
    newer = [*newspaper.bundle.manifest["migrations"], "articles.9999_not_yet"]
    with place():
        assert "oracle" in refused("restore", seal(copy(), database=engine).path)
        assert newspaper.bundle.manifest["release"] in refused("restore", seal(copy(), migrations=newer).path)
        wrong = newspaper.bundle.manifest["tables"] | {"articles_article": [6, "0"]}
        assert "articles_article" in refused("restore", seal(copy(), tables=wrong).path)
        assert not connection.introspection.table_names()
        if connection.vendor == "postgresql":
            monkeypatch.setenv("PATH", str(tmp_path))
            assert "postgresql-client" in refused("restore", newspaper.bundle.path, replace=True)


def test_secrets_enter_a_bundle_only_when_asked_and_its_name_says_so(newspaper, tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://baomau.vn")
    monkeypatch.setenv("EMAIL_URL", 'smtp://toa-soan:mật "khẩu"@thu.vn')
    with newspaper.place, override_settings(SECRET_KEY="k" * 50):
        plain = backup.make(tmp_path / "a").bundle
        secret = backup.make(tmp_path / "b", secrets=True).bundle
    without, having = ((bundle.path / "settings.env").read_text() for bundle in (plain, secret))
    assert "SITE_URL=https://baomau.vn" in without
    assert "# EMAIL_URL=" in without
    assert "khẩu" not in without
    assert "k" * 50 not in without
    assert r'EMAIL_URL="smtp://toa-soan:mật \"khẩu\"@thu.vn"' in having
    assert f"SECRET_KEY={'k' * 50}" in having
    assert (plain.path.name.endswith("-secrets"), secret.path.name.endswith("-secrets")) == (False, True)
    assert not plain.manifest["secrets"]


def test_whoever_watches_reads_how_old_the_last_backup_is(newspaper, tmp_path):
    with newspaper.place:
        made = backup.make(tmp_path)
        last = backup.last_backup()
        assert last["bundle"] == str(made.bundle.path)
        assert last["seconds"] == round(made.seconds, 1)
        assert "verified_at" not in last
        with override_settings(BACKUP_ROOT=tmp_path):
            call_command("verify_backup")
        assert backup.last_backup()["verified_at"] > last["snapshot_at"]
        assert record.age(last["snapshot_at"] + timedelta(hours=3)) == timedelta(hours=3)
        call_command("verify_backup", max_age=1)
        with pytest.raises(CommandError):
            call_command("verify_backup", max_age=0)
        (newspaper.place.folder / record.FILE).write_text("{")
        assert backup.last_backup() is None
        with pytest.raises(CommandError):
            call_command("verify_backup", max_age=1)


def test_an_object_storage_is_named_and_not_copied(newspaper, tmp_path):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with newspaper.place:
        kept = {**storages.backends, "default": memory, "originals": memory}
        with override_settings(STORAGES=kept):
            made = backup.make(tmp_path)
    assert made.media.files == 0
    assert made.bundle.manifest["media"]["in"] == "elsewhere"


def test_a_backup_does_not_wait_for_a_writer_nor_see_what_is_not_committed(newspaper, tmp_path):
    with newspaper.place:
        writer = newspaper.place.connected()
        cursor = writer.cursor()
        if connection.vendor == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("DELETE FROM django_session")
        made = backup.make(tmp_path)
        writer.rollback()
        writer.close()
    assert made.bundle.manifest["tables"]["django_session"][0] == 1
    assert made.bundle.manifest["tables"] == newspaper.bundle.manifest["tables"]
    assert timezone.now() > making.bundles.finished(tmp_path)[0].moment
