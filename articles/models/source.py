"""The bytes an article was imported from, kept for good: an importer improves, a lost page does not come back.

An article has a source for every copy of its page; a draft deleted at the desk leaves its sources behind.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import AddressField, LineField, LinesField

from .article import LEDE_LENGTH, TITLE_LENGTH


class ImportedSource(models.Model):
    article = models.ForeignKey(
        "Article", models.SET_NULL, null=True, related_name="sources", verbose_name=_("article")
    )
    name = models.CharField(_("file"), max_length=300)
    url = AddressField(_("address"), max_length=500, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField(_("original bytes"))
    # As the page said them, whatever the desk makes of them: they tell two articles of one address apart.
    title = LineField(_("title"), max_length=TITLE_LENGTH, blank=True)
    lede = LinesField(_("lede"), max_length=LEDE_LENGTH, blank=True)
    fingerprint = models.CharField(
        max_length=64, help_text="Of the article as the last import left it, the same in all its sources."
    )
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")

    def __str__(self):
        return self.name
