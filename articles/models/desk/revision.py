"""Versions of an article: what was saved, by whom, and what still waits in a browser.

Design notes
- A revision holds the whole document (editorial/documents.py): the fields and the rows of bylines, links, gallery, live
  updates and attachments. One insert a save; nothing has to be put together from differences later.
- The newest revision of a public article may be ahead of what readers see: `Article.working` then points at it.
- An autosave is the form as it was typed, not a version: it may be refused, half-done, in conflict. One row for each
  person and article (`article` is empty while the article was never saved), overwritten as the person types on.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField


class Revision(models.Model):
    class Kind(models.TextChoices):
        FOUND = "found", _("As it was before the first saved version")
        SAVED = "saved", _("Saved")
        MERGED = "merged", _("Merged with a colleague's version")
        CONFLICT = "conflict", _("Set aside: it contradicted a colleague's version")
        RESTORED = "restored", _("An earlier version restored")
        PUBLISHED = "published", _("Published")
        SILENT = "silent", _("Silent fix of what readers see")
        UPDATED = "updated", _("Update of what readers see")
        CORRECTED = "corrected", _("Correction of what readers see")

    LIVE = [Kind.PUBLISHED, Kind.SILENT, Kind.UPDATED, Kind.CORRECTED]

    article = models.ForeignKey("Article", models.CASCADE, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SAVED)
    document = models.JSONField(_("document"))
    name = LineField(_("name"), max_length=100, blank=True)
    note = LineField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("saved by")
    )
    created_by_name = LineField(max_length=150, blank=True)  # stays when the account goes

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self):
        return self.name or f"#{self.number}"

    @property
    def is_live(self):
        """Whether readers saw this version."""
        return self.kind in self.LIVE


class Autosave(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, null=True, blank=True, related_name="autosaves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    form = models.CharField(max_length=40)  # of the browser tab; a new article has no other name yet
    base = models.PositiveIntegerField(default=0)  # the version that the form was opened with
    data = models.JSONField()  # [[name, value], …] of the form, in its order
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("autosaved form")
        verbose_name_plural = _("autosaved forms")
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="autosave_once_per_form")]
        indexes = [models.Index(fields=["article", "user"], name="autosave_of_article")]

    def __str__(self):
        return f"{self.user} · {self.article_id or self.form}"
