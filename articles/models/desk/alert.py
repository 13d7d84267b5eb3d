"""What an operator must know of: raised once, told, told again while it lasts, over when it is over."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AlertQuerySet(models.QuerySet):
    def open(self):
        return self.filter(over_at__isnull=True)


class Alert(models.Model):
    class Kind(models.TextChoices):
        DENIED = "denied", _("Much is refused")
        LATE = "late", _("Effects of publications are late")
        FAILING = "failing", _("Pages fail")
        DISK = "disk", _("The disk is nearly full")
        BACKUP = "backup", _("The backup is too old")
        STUCK = "stuck", _("Effects fail again and again")
        CLOCK = "clock", _("The clock is wrong")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    facts = models.JSONField(default=dict)  # the numbers that its words need (articles/alerts/finding.py)
    raised_at = models.DateTimeField(_("since"), default=timezone.now)
    told_at = models.DateTimeField(null=True)  # in the log and by mail
    over_at = models.DateTimeField(_("over since"), null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-raised_at", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["kind"], name="alert_open_once", condition=models.Q(over_at__isnull=True)),
        ]

    def __str__(self):
        return self.get_kind_display()
