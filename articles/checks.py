"""System checks: a configuration that would open the editor's known holes does not start."""

from django.conf import settings
from django.core.checks import Error, register
from django.urls import get_resolver

REMOVED = {"exportpdf", "scayt", "wsc", "flash", "iframe", "preview"}
BANNED = REMOVED | {"embed", "autoembed", "codesnippet", "ajax"}


@register()
def editor_is_hardened(app_configs, **kwargs):
    """articles.E001: see security notes in newsroom/settings.py."""
    errors = [
        Error(f"CKEDITOR_CONFIGS[{name!r}]: {fault}.", id="articles.E001")
        for name, config in getattr(settings, "CKEDITOR_CONFIGS", {"default": {}}).items()
        for fault in _faults(config)
    ]
    if any("ckeditor_uploader" in str(route.pattern) or _is_uploader(route) for route in get_resolver().url_patterns):
        errors.append(Error("ckeditor_uploader.urls is mounted: its upload view takes any file.", id="articles.E001"))
    return errors


def _is_uploader(route):
    return getattr(getattr(route, "urlconf_module", None), "__name__", "") == "ckeditor_uploader.urls"


def _faults(config):
    removed = _names(config.get("removePlugins", ""))
    extra = _names(config.get("extraPlugins", "")) | _names(config.get("extra_plugins", []))
    if config.get("allowedContent"):
        yield "allowedContent switches the content filter off (CVE-2024-24815)"
    if config.get("fullPage"):
        yield "fullPage opens CVE-2024-24815"
    if config.get("versionCheck", True):
        yield "versionCheck calls a foreign host (CVE-2024-43411)"
    if loaded := sorted(BANNED & extra):
        yield f"plugins {', '.join(loaded)} are banned"
    if missing := sorted(REMOVED - removed):
        yield f"removePlugins lacks {', '.join(missing)}"


def _names(plugins):
    """CKEditor takes a list, or one string with commas, spaces ignored."""
    names = plugins.split(",") if isinstance(plugins, str) else plugins
    return {name.strip() for name in names}
