"""The static files of production: names that change with their content, and no part of CKEditor that is risky."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from articles.checks import REMOVED
from newsroom.static import HashedStaticFilesStorage

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Names of the files that collectstatic would take, and where they come from."""
    command = Command()
    options = {"interactive": False, "verbosity": 0, "link": False, "clear": False, "dry_run": True}
    command.set_options(**options, ignore_patterns=[], use_default_ignore_patterns=True, post_process=False)
    return {name.replace("\\", "/") for name in command.collect()["modified"]}


def test_the_newspapers_own_files_are_there(collected):
    own = {str(file.relative_to(ROOT / "static")) for file in (ROOT / "static").rglob("*") if file.is_file()}
    assert own - {name for name in own if name.endswith(".md")} <= collected


def test_the_editor_is_there(collected):
    assert "ckeditor/ckeditor/ckeditor.js" in collected


@pytest.mark.parametrize("part", [*sorted(REMOVED), "samples", "codesnippet", "embed", "ajax", "adobeair"])
def test_risky_parts_of_the_editor_are_left_out(collected, part):
    assert not [name for name in collected if f"/plugins/{part}/" in name or f"/{part}/" in name and "ckeditor" in name]


def test_the_rule_is_the_one_that_collectstatic_uses():
    assert apps.get_app_config("staticfiles").ignore_patterns


def test_a_missing_file_has_a_plain_address_and_breaks_no_page(settings, tmp_path):
    settings.DEBUG = False
    storage = HashedStaticFilesStorage(location=tmp_path, base_url="/static/")
    assert storage.url("css/khong-co.css") == "/static/css/khong-co.css"


def test_production_gives_every_file_a_name_that_changes_with_its_content(settings, tmp_path):
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", [ROOT / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.static.HashedStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = [file.name for file in (tmp_path / "static" / "css").glob("base.*.css")]
    assert len(names) == 1
    assert len(names[0].split(".")[1]) == 12
