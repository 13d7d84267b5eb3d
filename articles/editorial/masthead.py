"""The masthead: what the newspaper says of itself on every page, kept with its history, and its logo.

Source: Press Law 2025, Articles 18(3) and 40: changes of these facts are reported, so the desk must know their dates.
"""

import io
import secrets
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from articles import decoding
from articles.models import SiteSettings, SiteSettingsVersion
from articles.renditions import PictureRefused

LOGO_LIMIT = 2 * 1024 * 1024  # bytes
# The box is twice the largest size on the page.
LOGO_RULES = decoding.Rules(("PNG", "JPEG", "WEBP"), box=(600, 120), most=16_000_000, keeps_transparency=True)


@dataclass(frozen=True)
class Logo:
    width: int
    height: int
    files: dict  # {ending: bytes}


def save(site, user=None, logo=None):
    """Store the settings, with a version of them when something changed. The first save keeps what it found, too."""
    if logo:
        keep_logo(site, logo)
    with transaction.atomic():
        stored = SiteSettings.objects.select_for_update().filter(pk=1).first()
        before, after = stored and values_of(stored), values_of(site)
        site.save()
        if before == after:
            return
        if before and not SiteSettingsVersion.objects.exists():
            SiteSettingsVersion.objects.create(values=before)
        SiteSettingsVersion.objects.create(values=after, saved_by=user)


def values_of(site):
    """{field name: value} of every field but the key."""
    return {field.name: getattr(site, field.name) for field in _fields()}


def _fields():
    return [field for field in SiteSettings._meta.concrete_fields if not field.primary_key]


def history(versions=None):
    """[(version, [(label, from, to)])], newest first; the oldest version has nothing to be compared with."""
    found = list(SiteSettingsVersion.objects.select_related("saved_by") if versions is None else versions)
    return [(new, _changes(old.values, new.values)) for new, old in zip(found, found[1:], strict=False)]


def _changes(before, after):
    """What readers see differently; the size of a logo changes with the logo."""
    shown = [field for field in _fields() if field.name not in {"logo_width", "logo_height"}]
    pairs = [(field.verbose_name, before.get(field.name, ""), after.get(field.name, "")) for field in shown]
    return [(label, old, new) for label, old, new in pairs if old != new]


# The logo


def prepare_logo(data):
    """The logo's files of an upload's bytes, or PictureRefused; nothing is stored yet."""
    if len(data) > LOGO_LIMIT:
        raise PictureRefused(_("The file is larger than %(limit)s MB.") % {"limit": LOGO_LIMIT // 2**20})
    if b"<svg" in data[:2000].lower():
        raise PictureRefused(_("An SVG file can carry scripts: use PNG, JPEG or WebP."))
    image = _decode(data)
    return Logo(*image.size, {"png": _encode(image, "PNG"), "webp": _encode(image, "WEBP")})


def keep_logo(site, logo):
    """Store the files under a name that was never used; those of earlier versions stay where they are."""
    name = f"{timezone.localdate():%Y/%m}/{secrets.token_hex(12)}/logo"
    for ending, content in logo.files.items():
        default_storage.save(f"{name}.{ending}", ContentFile(content))
    site.logo, site.logo_width, site.logo_height = f"{name}.png", logo.width, logo.height


def remove_logo(site):
    site.logo, site.logo_width, site.logo_height = "", 0, 0


def _decode(data):
    """The picture upright with its transparency, in the size of the box, or PictureRefused."""
    try:
        return decoding.decode(data, LOGO_RULES)
    except decoding.Refused as error:
        if error.why in {decoding.LARGE, decoding.SMALL}:
            size = {"width": error.size[0], "height": error.size[1]}
            reason = _("A logo of %(width)s × %(height)s pixels is too large or too small.") % size
        else:
            reason = _("The file is not a picture, or it is damaged (use PNG, JPEG or WebP).")
        raise PictureRefused(reason) from error


def _encode(image, kind):
    out = io.BytesIO()
    clean = Image.new("RGBA", image.size)  # a fresh picture: no metadata of the upload can ride along
    clean.paste(image)
    clean.save(out, kind, **({"lossless": True} if kind == "WEBP" else {"optimize": True}))
    return out.getvalue()
