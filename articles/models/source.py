"""The bytes an article was imported from, kept for good: an importer improves, a lost page does not come back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import AddressField


class ImportedSource(models.Model):
    article = models.OneToOneField("Article", models.CASCADE, related_name="source", verbose_name=_("article"))
    name = models.CharField(_("file"), max_length=300)
    url = AddressField(_("address"), max_length=500, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField(_("original bytes"))
    fingerprint = models.CharField(max_length=64, help_text="Of what the import wrote; differs once the desk edits it.")
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")

    def __str__(self):
        return self.name
