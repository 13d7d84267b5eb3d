"""A link that shows one version of an article to an outsider, for a while, until it is taken back.

The link's secret is shown once and stored as its hash: who reads the database opens nothing.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, MomentField


class SharedVersion(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="shared_versions", verbose_name=_("article"))
    revision = models.ForeignKey("Revision", models.CASCADE, related_name="+", verbose_name=_("version"))
    token_hash = models.CharField(max_length=64, unique=True)
    recipient = LineField(_("for whom"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = MomentField(_("until"))
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    opened_at = models.DateTimeField(_("last opened at"), null=True, blank=True)

    class Meta:
        verbose_name = _("shared version")
        verbose_name_plural = _("shared versions")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.article_id} → {self.recipient}"

    def is_open(self, at=None):
        return self.revoked_at is None and self.expires_at > (at or timezone.now())
