"""What `manage.py check_media` finds."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command

from tests import factories

pytestmark = pytest.mark.django_db


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
