"""The entries of a live report: what happened, minute by minute, the newest first."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, MomentField
from articles.richtext import RichTextField


class LiveUpdateQuerySet(models.QuerySet):
    def posted(self, at=None):
        """Those whose time has come; one ahead of it waits, as a story does."""
        return self.filter(posted_at__lte=at or timezone.now())


class LiveUpdate(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="live_updates")
    posted_at = MomentField(_("time"), default=timezone.now)
    title = LineField(_("title"), max_length=200, blank=True)
    body = RichTextField(_("text"), max_length=20_000)
    is_key = models.BooleanField(_("key moment"), default=False)

    objects = LiveUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("live update")
        verbose_name_plural = _("live updates")
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(fields=["article", "-posted_at"], name="live_update_newest"),
            models.Index(fields=["posted_at"], name="live_update_ahead"),  # which wait for their time
        ]

    def __str__(self):
        return self.title or f"#{self.pk}"
