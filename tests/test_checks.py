"""articles.E001: a configuration that would open the editor's known holes does not start."""

import copy

import pytest
from django.conf import settings as real
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import include, path

from articles import checks
from newsroom.urls import urlpatterns as own

urlpatterns = [*own]


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


@pytest.mark.parametrize("prefix", ["ckeditor/", "tai-len/"])
def test_the_upload_view_of_the_editor_may_not_be_mounted(settings, prefix):
    settings.ROOT_URLCONF, settings.CKEDITOR_UPLOAD_PATH = __name__, "tai-len/"
    urlpatterns.append(path(prefix, include("ckeditor_uploader.urls")))
    try:
        assert any("ckeditor_uploader" in error.msg for error in checks.editor_is_hardened(None))
    finally:
        urlpatterns.pop()


def test_a_start_with_a_loosened_editor_is_refused(settings):
    settings.CKEDITOR_CONFIGS = {"default": {"allowedContent": True}}
    with pytest.raises((SystemCheckError, ImproperlyConfigured), match="E001"):
        call_command("check")


def test_what_is_silenced_is_the_one_warning_that_is_answered_in_writing():
    assert real.SILENCED_SYSTEM_CHECKS == ["ckeditor.W001"]
    assert "ckeditor_uploader" not in real.INSTALLED_APPS
