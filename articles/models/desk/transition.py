"""A step of an article on its route: who, when, from, to, why, who was told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, LinesField

from ..article import State


class Transition(models.Model):
    class Verb(models.TextChoices):
        SUBMIT = "submit", _("Submitted")
        RECALL = "recall", _("Recalled")
        TAKE = "take", _("Taken for editing")
        RETURN = "return", _("Returned")
        PASS = "pass", _("Sent for approval")
        APPROVE = "approve", _("Approved")
        PUBLISH = "publish", _("Published")
        SCHEDULE = "schedule", _("Scheduled")
        UPDATE = "update", _("What readers see was updated")
        SILENT = "silent", _("What readers see was fixed silently")
        CORRECT = "correct", _("What readers see was corrected")
        WITHDRAW = "withdraw", _("Withdrawn")
        TRASH = "trash", _("Moved to the trash")
        RECOVER = "recover", _("Taken out of the trash")

    article = models.ForeignKey("Article", models.CASCADE, related_name="transitions", verbose_name=_("article"))
    verb = models.CharField(_("step"), max_length=20, choices=Verb)
    from_state = models.CharField(_("from"), max_length=20, choices=State)
    to_state = models.CharField(_("to"), max_length=20, choices=State)
    note = LinesField(_("note"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    overrides = models.JSONField(default=list, blank=True)  # [{"check": code, "reason": text}] of warnings passed over
    notified = models.JSONField(default=list, blank=True)  # names of those who were told
    moved_at = models.DateTimeField(_("at"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    moved_by_name = LineField(max_length=150, blank=True)  # stays when the account goes

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["article", "-moved_at"], name="transition_of_article")]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.article_id}"
