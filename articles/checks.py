"""System checks: a configuration that opens the editor's known holes, or hands out private files, does not start."""

import re
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register
from django.urls import get_resolver

REMOVED = {"exportpdf", "scayt", "wsc", "flash", "iframe", "preview"}
BANNED = REMOVED | {"embed", "autoembed", "codesnippet", "ajax"}
NEVER_CONTENT = re.compile(r"(?:^|[\s;])(?:script|style|iframe|object|embed|\*)(?![\w-])|\[[^\]]*(?:\bon|\*)|\{[^}]*\*")
UPLOADER = "ckeditor_uploader"
# What is nobody's business, by the names of the settings.
PRIVATE_FOLDERS = ("ORIGINALS_ROOT", "PAGES_ROOT", "VAR_DIR", "BASE_DIR")


@register()
def editor_is_hardened(app_configs, **kwargs):
    """articles.E001: see security notes in newsroom/settings.py."""
    errors = [
        Error(f"CKEDITOR_CONFIGS[{name!r}]: {fault}.", id="articles.E001")
        for name, config in getattr(settings, "CKEDITOR_CONFIGS", {"default": {}}).items()
        for fault in _faults(config)
    ]
    if UPLOADER in settings.INSTALLED_APPS or any(map(_is_uploader, get_resolver().url_patterns)):
        errors.append(Error(f"{UPLOADER} is installed or mounted: its upload view takes any file.", id="articles.E001"))
    return errors


@register()
def private_files_are_apart(app_configs, **kwargs):
    """articles.E002: no database, original, kept page or key lies where readers are handed files from."""
    served = [Path(settings.MEDIA_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve()]
    private = {name: Path(value).resolve() for name in PRIVATE_FOLDERS if (value := getattr(settings, name, None))}
    private |= {f"DATABASES[{name!r}]": Path(one["NAME"]).resolve() for name, one in _files_of_databases()}
    return [
        Error(f"{name} ({place}) lies in {folder}, which is handed out to readers.", id="articles.E002")
        for name, place in private.items()
        for folder in served
        if place.is_relative_to(folder)
    ]


def _files_of_databases():
    for name, one in settings.DATABASES.items():
        if one["ENGINE"].endswith("sqlite3") and ":memory:" not in str(one["NAME"]):
            yield name, one


def _is_uploader(route):
    """A view of the uploader, however deep and by whatever address."""
    if hasattr(route, "url_patterns"):
        return any(map(_is_uploader, route.url_patterns))
    return getattr(route.callback, "__module__", "").startswith(UPLOADER) or UPLOADER in str(
        getattr(route.callback, "view_class", "")
    )


def _faults(config):
    removed = _names(config.get("removePlugins", ""))
    extra = _names(config.get("extraPlugins", "")) | _names(config.get("extra_plugins", []))
    if config.get("allowedContent"):
        yield "allowedContent switches the content filter off (CVE-2024-24815)"
    if NEVER_CONTENT.search(str(config.get("extraAllowedContent", ""))):
        yield "extraAllowedContent lets in what acts, styles or is not named (CVE-2024-24815)"
    if config.get("protectedSource"):
        yield "protectedSource takes text out of the content filter"
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
