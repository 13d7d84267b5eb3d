"""Internal notes beside the text: a remark on a passage, an answer, "resolved"."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, LinesField


class Note(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="notes", verbose_name=_("article"))
    text = LinesField(_("note"), max_length=2000)
    quote = LineField(_("passage"), max_length=300, blank=True)  # the words of the text it is about
    answers = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answered_by")
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_by_name = LineField(max_length=150, blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["article", "created_at"], name="note_of_article")]

    def __str__(self):
        return self.text[:80]
