"""What the masthead says on every page.

Design note: the masthead and the sections are on every page, so both come in one query (`load_chrome`), and nothing
of them is cached in a process where a change at the desk would not reach it.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from articles.fields import AddressField, LineField

from .category import Category, Sections


class SiteSettings(models.Model):
    """One row. Facts that nobody entered stay empty, and the page says so: a masthead is never invented."""

    name = LineField(_("name of the newspaper"), max_length=100, default="Báo Mẫu")
    tagline = LineField(_("tagline"), max_length=200, blank=True)
    dateline = LineField(
        _("dateline"), max_length=40, blank=True, help_text=_("The tag before the lede of new articles, such as HBĐT.")
    )
    governing_body = LineField(_("governing body"), max_length=200, blank=True)
    licence = LineField(_("press licence"), max_length=200, blank=True)
    editor_in_chief = LineField(_("editor-in-chief"), max_length=100, blank=True)
    address = LineField(_("newsroom address"), max_length=200, blank=True)
    phone = LineField(_("phone"), max_length=60, blank=True)
    fax = LineField(_("fax"), max_length=60, blank=True)
    hotline = LineField(_("hotline"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    advertising = LineField(_("advertising contact"), max_length=200, blank=True)
    facebook = AddressField("Facebook", blank=True)
    zalo = AddressField("Zalo", blank=True)
    youtube = AddressField("YouTube", blank=True)
    tiktok = AddressField("TikTok", blank=True)
    english_name = LineField(_("English name"), max_length=100, blank=True)
    english_tagline = LineField(_("English tagline"), max_length=200, blank=True)
    # The logo, as renditions.py made it: the name of a file in the media, and its size in pixels.
    logo = models.CharField(max_length=200, blank=True, editable=False)
    logo_width = models.PositiveIntegerField(default=0, editable=False)
    logo_height = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="site_settings_one_row")]

    def __str__(self):
        return self.name

    @classmethod
    def load(cls):
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class SiteSettingsVersion(models.Model):
    """What the masthead said from a moment on: a licence or an editor-in-chief changes, old pages named another."""

    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    values = models.JSONField()  # {field name: value} of every field

    class Meta:
        ordering = ["-saved_at", "-pk"]

    def __str__(self):
        return f"{self.saved_at:%Y-%m-%d %H:%M}"


def load_chrome():
    """(SiteSettings, Sections) in one query, or two on a site that has no section yet."""
    fields = [field.name for field in SiteSettings._meta.concrete_fields]
    stored = SiteSettings.objects.values(json=JSONObject(**{name: F(name) for name in fields}))[:1]
    categories = list(Category.objects.annotate(site=Subquery(stored)).order_by())
    if not categories:
        return SiteSettings.load(), Sections([])
    return SiteSettings(**(categories[0].site or {"id": 1})), Sections(categories)
