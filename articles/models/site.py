"""What the masthead says on every page.

Design note: the masthead and the sections are on every page, so both come in one query (`load_chrome`), and nothing
of them is cached in a process where a change at the desk would not reach it.
"""

from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField

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
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="site_settings_one_row")]

    def __str__(self):
        return self.name

    @classmethod
    def load(cls):
        return cls.objects.filter(pk=1).first() or cls(pk=1)


def load_chrome():
    """(SiteSettings, Sections) in one query, or two on a site that has no section yet."""
    fields = [field.name for field in SiteSettings._meta.concrete_fields]
    settings = SiteSettings.objects.values(json=JSONObject(**{name: F(name) for name in fields}))[:1]
    categories = list(Category.objects.annotate(site=Subquery(settings)).order_by())
    if not categories:
        return SiteSettings.load(), Sections([])
    return SiteSettings(**(categories[0].site or {"id": 1})), Sections(categories)
