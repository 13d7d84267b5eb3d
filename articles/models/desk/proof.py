"""A proof: what a person is writing, laid out as a page before it is saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Proof(models.Model):
    """One for each person and tab, overwritten by the next; in the database, because the page that shows it may be
    made by another process than the one that took the form."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    article = models.ForeignKey("Article", models.CASCADE, null=True, blank=True, related_name="+")
    document = models.JSONField()
    taken_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="proof_once_per_tab")]
        indexes = [models.Index(fields=["taken_at"], name="proof_taken_at")]

    def __str__(self):
        return f"{self.user} · {self.key}"
