"""What a person of the desk is told: an article was sent to them, returned, published, a colleague asks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, LinesField


class Notice(models.Model):
    """`text` is in the site's language, written once: who reads it later reads what was said."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    article = models.ForeignKey("Article", models.CASCADE, null=True, blank=True, related_name="notices")
    text = LineField(_("notice"), max_length=400)
    note = LinesField(_("note"), max_length=1000, blank=True)
    url = models.CharField(max_length=300, blank=True)  # where it leads, when not to the article
    is_call = models.BooleanField(default=False)  # asks for a step; the next step of the article answers it for all
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_of_person"),
            # The number in the header of every page of the desk.
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self):
        return self.text
