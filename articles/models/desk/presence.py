"""Who has an article open, in which tab, and who holds the pen (a soft lock: it warns, the merge protects)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tab = models.CharField(max_length=40)
    opened_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)
    holds = models.BooleanField(default=False)  # the pen
    rank = models.PositiveSmallIntegerField(default=0)  # the person's, as it was when the tab opened

    class Meta:
        verbose_name = _("open article")
        verbose_name_plural = _("open articles")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "tab"], name="presence_once_per_tab"),
            models.UniqueConstraint(fields=["article"], condition=models.Q(holds=True), name="presence_one_pen"),
        ]

    def __str__(self):
        return f"{self.user} · {self.article_id}"
