"""Files that readers may take away: a decision as PDF, a table, a sound file."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.fields import LineField


def stored_name(attachment, name):
    """A folder nobody can guess, and a name that every system can store."""
    stem, _dot, ending = name.rpartition(".")
    return f"{secrets.token_hex(12)}/{vietnamese.slug(stem)[:60] or 'tep'}.{ending.lower()}"


class Attachment(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="attachments")
    title = LineField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    size = models.PositiveIntegerField(default=0, editable=False)  # bytes
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        if self.file and not self.file._committed:
            self.size = self.file.size
        super().save(**kwargs)

    @property
    def kind(self):
        """'PDF', 'DOCX' …"""
        return self.file.name.rpartition(".")[2].upper()
