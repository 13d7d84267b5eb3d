"""The static files of production: names that change with their content, and no part of CKEditor that is risky."""

import re
from pathlib import Path
from wsgiref.headers import Headers

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from django.test import RequestFactory, override_settings

from articles.checks import REMOVED
from newsroom.static import HashedStaticFilesStorage, StaticFilesMiddleware

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


def test_no_page_no_text_for_developers_and_no_old_jquery_is_handed_out(collected):
    ending = (".html", ".htm", ".md", ".map", ".php", ".swf", ".py", ".sh")
    assert [name for name in collected if name.endswith(ending)] == []
    assert [name for name in collected if "/." in f"/{name}" or "/samples/" in name or "/tests/" in name] == []
    assert [name for name in collected if re.search(r"jquery-1|galleriffic", name)] == []


def test_the_rule_is_the_one_that_collectstatic_uses():
    assert apps.get_app_config("staticfiles").ignore_patterns


def test_a_missing_file_has_a_plain_address_and_breaks_no_page(settings, tmp_path):
    settings.DEBUG = False
    storage = HashedStaticFilesStorage(location=tmp_path, base_url="/static/")
    assert storage.url("css/khong-co.css") == "/static/css/khong-co.css"


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """The folder that collectstatic fills, with our own files."""
    folder = tmp_path_factory.mktemp("static")
    ours = {
        "STATIC_ROOT": folder,
        "STATICFILES_DIRS": [ROOT / "static"],
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STORAGES": {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.static.HashedStaticFilesStorage"}},
    }
    with override_settings(**ours):
        get_finder.cache_clear()
        call_command("collectstatic", interactive=False, verbosity=0)
    get_finder.cache_clear()
    return folder


def text(folder, pattern):
    (file,) = folder.glob(pattern)
    return file.read_text(encoding="utf-8")


def test_readers_get_one_stylesheet_with_every_part_in_its_order(production):
    css, parts = text(production, "css/reader.????????????.css"), (ROOT / "static/css/reader.css").read_text()
    assert "@import" not in css
    named = [line.split('"')[1] for line in parts.splitlines() if line.startswith("@import")]
    places = [css.find(without_comments(name)) for name in named if name != "./fonts.css"]
    assert len(places) > 10
    assert -1 not in places
    assert places == sorted(places)


def without_comments(name):
    css = (ROOT / "static/css" / name).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL).strip()


def test_the_parts_of_the_stylesheet_find_the_font(production):
    [address] = re.findall(r'url\("?(\.\./fonts/[^")]+)', text(production, "css/reader.????????????.css"))
    assert (production / "css" / address).resolve().exists()
    assert re.search(r"newsreader\.[0-9a-f]{12}\.woff2$", address)


def test_the_stylesheet_needs_no_encoding(production):
    assert text(production, "css/reader.????????????.css").isascii()  # its signs are written as "\\203A"


def test_readers_get_one_script_whose_parts_keep_their_names_to_themselves(production):
    js = text(production, "js/reader.????????????.js")
    assert "import " not in js
    assert js.count("\n{\n") + js.startswith("{\n") == (ROOT / "static/js/reader.js").read_text().count("import ")


def test_what_readers_get_is_compressed_at_collectstatic(production):
    (sheet,) = production.glob("css/reader.????????????.css")
    assert len(Path(f"{sheet}.gz").read_bytes()) < sheet.stat().st_size / 3


def test_compressed_and_plain_files_share_an_etag_that_says_so(production):
    (sheet,) = production.glob("css/reader.????????????.css")
    with override_settings(STATIC_ROOT=production, WHITENOISE_USE_FINDERS=False, WHITENOISE_AUTOREFRESH=True):
        serve = StaticFilesMiddleware(lambda request: None)
        request = RequestFactory().get(f"/static/css/{sheet.name}", headers={"accept-encoding": "gzip"})
        response = serve(request)
        etag = response["ETag"]
        again = serve(RequestFactory().get(request.path, headers={"accept-encoding": "gzip", "if-none-match": etag}))
    response._resource_closers[0]()  # not close(), which asks for the database
    assert response["Content-Encoding"] == "gzip"
    assert etag.startswith('W/"')
    assert again.status_code == 304


def test_no_file_is_marked_for_caches_that_keep_what_a_password_opens(production):
    (sheet,) = production.glob("css/reader.????????????.css")
    for immutable in (True, False):
        headers = Headers()
        ours = {"STATIC_ROOT": production, "WHITENOISE_USE_FINDERS": False, "WHITENOISE_AUTOREFRESH": True}
        with override_settings(**ours):
            serve = StaticFilesMiddleware(lambda request: None)
        serve.immutable_file_test = lambda path, url, said=immutable: said
        serve.add_cache_headers(headers, str(sheet), f"/static/css/{sheet.name}")
        assert "max-age" in headers["Cache-Control"]
        assert "public" not in headers["Cache-Control"]


def test_production_gives_every_file_a_name_that_changes_with_its_content(settings, tmp_path):
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", [ROOT / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.static.HashedStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = [file.name for file in (tmp_path / "static" / "css").glob("base.*.css")]
    assert len(names) == 1
    assert len(names[0].split(".")[1]) == 12
