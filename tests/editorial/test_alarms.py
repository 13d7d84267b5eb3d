"""What `manage.py watch` tells an operator, and what `check_media` finds."""

from collections import namedtuple
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.editorial import alarms
from articles.models import Effect
from tests import factories

pytestmark = pytest.mark.django_db
Disk = namedtuple("Disk", "total used free")


def watch():
    out = StringIO()
    try:
        call_command("watch", stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_nothing_is_said_of_a_newsroom_that_is_well(monkeypatch):
    monkeypatch.setattr(alarms.shutil, "disk_usage", lambda _folder: Disk(100, 84, 16))
    assert watch()[0] == 0


def test_a_full_disk_late_work_a_stuck_effect_and_a_wrong_clock_are_said(monkeypatch, settings):
    monkeypatch.setattr(alarms.shutil, "disk_usage", lambda _folder: Disk(100, 85, 15))
    monkeypatch.setattr(alarms, "seconds_off", lambda: -90.0)
    long_ago = timezone.now() - timedelta(minutes=3)
    Effect.objects.create(kind="purge", key="1", due_at=long_ago)
    Effect.objects.create(kind="purge", key="2", attempts=9, last_error="máy chủ tắt", due_at=timezone.now())
    status, said = watch()
    assert status == 1
    for word in ("85 %", "purge 2", "máy chủ tắt", "-90", str(settings.MEDIA_ROOT)):
        assert word in said


def test_a_machine_whose_clock_is_off_is_not_ready(stranger, monkeypatch):
    assert stranger.get("/readyz").status_code == 200
    monkeypatch.setattr(alarms, "seconds_off", lambda: 31.0)
    assert stranger.get("/readyz").status_code == 503
    assert stranger.get("/healthz").status_code == 200


def test_a_changed_bit_of_an_original_and_a_cut_file_are_named():
    whole, rotten, cut = (factories.photo() for _ in range(3))
    original = Path(storages["originals"].path(rotten.original))
    original.write_bytes(original.read_bytes()[:-1] + b"?")
    master = Path(default_storage.path(cut.master))
    master.write_bytes(master.read_bytes()[:300])
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_media", stdout=out)
    named = [photo.pk for photo in (whole, rotten, cut) if f" {photo.pk}:" in out.getvalue()]
    assert named == [rotten.pk, cut.pk]
