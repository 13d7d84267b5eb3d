"""A configuration that would open the editor's known holes, or hand out private files, does not start; what the one
silenced warning is answered with is there."""

import copy
import re

import pytest
from ckeditor.fields import RichTextField as CKEditorField
from django.apps import apps
from django.conf import settings as real
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import include, path

from articles import checks, richtext
from articles.admin.body import BodyWidget
from newsroom import headers
from newsroom.urls import urlpatterns as own

urlpatterns = [*own]
SAFE = re.compile(r"mark_safe\(|SafeString\(|\|safe\b|autoescape off")


LOOSE = ["script", "p; style", "iframe[src]", "*[data-x]", "a[onclick]", "a[href,*]", "p{*}", "object"]


def faults(settings, **changes):
    """The messages of E001 for the real configuration with changes; None takes a key out."""
    config = copy.deepcopy(real.CKEDITOR_CONFIGS["default"]) | changes
    settings.CKEDITOR_CONFIGS = {"default": {key: value for key, value in config.items() if value is not None}}
    return [error.msg for error in checks.editor_is_hardened(None) if error.id == "articles.E001"]


def test_the_configuration_of_the_desk_passes_every_check():
    assert [message.id for message in run_checks()] == real.SILENCED_SYSTEM_CHECKS


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"allowedContent": True}, "CVE-2024-24815"),
        ({"allowedContent": "p; a[*]"}, "CVE-2024-24815"),
        ({"fullPage": True}, "CVE-2024-24815"),
        ({"versionCheck": True}, "CVE-2024-43411"),
        ({"versionCheck": None}, "CVE-2024-43411"),
        ({"extraPlugins": "autogrow,codesnippet"}, "codesnippet"),
        ({"extraPlugins": "autogrow, embed"}, "embed"),
        ({"extraPlugins": ["autogrow", "embed"]}, "embed"),
        ({"extra_plugins": ["autoembed"]}, "autoembed"),
        ({"extraPlugins": "iframe"}, "iframe"),
        *(({"extraAllowedContent": rule}, "extraAllowedContent") for rule in LOOSE),
        ({"protectedSource": ["/x/g"]}, "protectedSource"),
        ({"removePlugins": None}, "flash"),
        ({"removePlugins": ""}, "iframe"),
    ],
)
def test_each_loosening_is_an_error_that_names_it(settings, change, named):
    assert any(named in message for message in faults(settings, **change))


@pytest.mark.parametrize("plugin", sorted(checks.REMOVED))
def test_each_risky_plugin_must_be_removed(settings, plugin):
    left = [name for name in real.CKEDITOR_CONFIGS["default"]["removePlugins"].split(",") if name != plugin]
    assert plugin in faults(settings, removePlugins=",".join(left))[0]


def test_spaces_in_the_list_of_removed_plugins_do_no_harm(settings):
    names = real.CKEDITOR_CONFIGS["default"]["removePlugins"].replace(",", ", ")
    assert faults(settings, removePlugins=names) == []


def test_a_second_configuration_is_checked_too(settings):
    settings.CKEDITOR_CONFIGS = {**real.CKEDITOR_CONFIGS, "khac": {"allowedContent": True}}
    assert any("'khac'" in error.msg for error in checks.editor_is_hardened(None))


def test_no_configuration_at_all_is_ckeditors_default_and_an_error(settings):
    del settings.CKEDITOR_CONFIGS
    assert checks.editor_is_hardened(None)


def test_what_the_sanitiser_keeps_may_be_allowed_in_the_editor_too(settings):
    assert faults(settings, extraAllowedContent=BodyWidget().config["extraAllowedContent"]) == []


@pytest.mark.parametrize("is_deep", [False, True])
@pytest.mark.parametrize("prefix", ["ckeditor/", "tai-len/"])
def test_the_upload_view_of_the_editor_may_not_be_mounted(settings, prefix, is_deep):
    settings.ROOT_URLCONF, settings.CKEDITOR_UPLOAD_PATH = __name__, "tai-len/"
    mounted = path(prefix, include("ckeditor_uploader.urls"))
    urlpatterns.append(path("xa/", include([mounted])) if is_deep else mounted)
    try:
        assert any("ckeditor_uploader" in error.msg for error in checks.editor_is_hardened(None))
    finally:
        urlpatterns.pop()


def test_a_start_with_a_loosened_editor_is_refused(settings):
    settings.CKEDITOR_CONFIGS = {"default": {"allowedContent": True}}
    with pytest.raises((SystemCheckError, ImproperlyConfigured), match="E001"):
        call_command("check")


def test_a_start_with_the_uploader_installed_is_refused(settings):
    settings.INSTALLED_APPS = [*real.INSTALLED_APPS, "ckeditor_uploader"]
    assert checks.editor_is_hardened(None)


@pytest.mark.parametrize(
    ("name", "named"),
    [("ORIGINALS_ROOT", "ORIGINALS_ROOT"), ("PAGES_ROOT", "PAGES_ROOT"), ("VAR_DIR", "VAR_DIR"), ("", "DATABASES")],
)
def test_what_is_private_may_not_lie_where_files_are_handed_out_from(settings, monkeypatch, tmp_path, name, named):
    settings.MEDIA_ROOT = tmp_path / "media"
    if name:
        setattr(settings, name, tmp_path / "media" / "x")
    else:
        monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
        monkeypatch.setitem(settings.DATABASES["default"], "NAME", tmp_path / "media" / "bao.sqlite3")
    found = checks.private_files_are_apart(None)
    assert [error.id for error in found] == ["articles.E002"]
    assert named in found[0].msg


# ckeditor.W001: CKEditor 4 is end of life. It is silenced, and this is what stands behind that.


def test_what_is_silenced_is_the_one_warning_that_is_answered_in_writing():
    assert real.SILENCED_SYSTEM_CHECKS == ["ckeditor.W001"]
    assert "ckeditor_uploader" not in real.INSTALLED_APPS


def test_every_text_of_the_editor_is_cleaned_on_every_way_into_the_database():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    edited = [field for field in fields if isinstance(field, CKEditorField)]
    assert len(edited) >= 5
    for field in edited:
        assert isinstance(field, richtext.RichTextField)
        assert field.get_prep_value("<p>a</p><script>b</script>") == "<p>a</p>"


def test_the_editor_is_handed_clean_html_whatever_lies_in_the_database():
    assert BodyWidget().format_value("<style></style ><img src=x onerror=alert(1)></style>") == ""
    assert "allowedContent" not in BodyWidget().config


def test_html_is_marked_as_safe_in_the_one_module_that_cleans_it():
    marked = {
        str(file.relative_to(real.BASE_DIR))
        for pattern in ("articles/**/*.py", "newsroom/**/*.py", "templates/**/*")
        for file in real.BASE_DIR.glob(pattern)
        if file.is_file() and SAFE.search(file.read_text(encoding="utf-8"))
    }
    assert marked == {"articles/templatetags/news.py", "templates/machines/llms.txt"}  # the second is plain text


def test_neither_the_version_check_nor_an_inline_script_gets_past_the_policy():
    assert "script-src 'self';" in headers.EDITOR_POLICY
    assert "connect-src" not in headers.EDITOR_POLICY  # so it is default-src
    assert headers.EDITOR_POLICY.startswith("default-src 'self';")
    assert "unsafe-eval" not in headers.EDITOR_POLICY
