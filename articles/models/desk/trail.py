"""The trail: who did what to what, from where, with what outcome. Written once, never changed, never deleted.

Design note: a row names people and objects in words and numbers, not by foreign keys, so that it says the same when
both are gone. The database itself refuses UPDATE and DELETE (triggers in the migration `…_the_trail_is_append_only`).
On SQLite a later migration that alters this table builds it anew, without its triggers: it must make them again, and
a test says so.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

APPEND_ONLY = "The trail is append-only."


class TrailQuerySet(models.QuerySet):
    """Refuses in Python what the database refuses too, with words that name the reason."""

    def update(self, **kwargs):
        raise TypeError(APPEND_ONLY)

    def delete(self):
        raise TypeError(APPEND_ONLY)

    update.alters_data = delete.alters_data = True


class TrailEntry(models.Model):
    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    at = models.DateTimeField(_("at"), auto_now_add=True)
    person = models.CharField(_("person"), max_length=150, blank=True)  # the user name
    person_name = models.CharField(_("name"), max_length=200, blank=True)
    action = models.CharField(_("action"), max_length=40)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.DONE)
    kind = models.CharField(_("kind of object"), max_length=60, blank=True)  # the model's name, lower case
    key = models.CharField(_("object's number"), max_length=40, blank=True)
    label = models.CharField(_("object"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)  # {field: [before, after]}, long texts cut
    address = models.CharField(_("address"), max_length=60, blank=True)  # of the person's machine
    words = models.TextField(blank=True, editable=False)  # folded, for the search

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        indexes = [
            # The list, whole and by each of its filters, always the newest first: of a million entries what is rare
            # (an export, a refusal) is found as fast as what is common.
            models.Index(fields=["-at", "-id"], name="trail_newest"),
            models.Index(fields=["person", "-at", "-id"], name="trail_of_person"),
            models.Index(fields=["action", "-at", "-id"], name="trail_of_action"),
            models.Index(fields=["kind", "-at", "-id"], name="trail_of_kind"),
            models.Index(fields=["key", "kind", "-at", "-id"], name="trail_of_object"),
            models.Index(fields=["outcome", "-at", "-id"], name="trail_refusals", condition=~models.Q(outcome="done")),
        ]

    def __str__(self):
        return " · ".join(filter(None, [self.person, self.label]))

    def save(self, **kwargs):
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise TypeError(APPEND_ONLY)
