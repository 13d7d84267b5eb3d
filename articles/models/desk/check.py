"""How strictly a check before publication is meant, for all sections or for one. What is not set has its default."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckLevel(models.Model):
    class Level(models.TextChoices):
        OFF = "off", _("Off")
        WARN = "warn", _("Warn")
        BLOCK = "block", _("Block")

    category = models.ForeignKey(
        "Category", models.CASCADE, null=True, blank=True, related_name="check_levels", verbose_name=_("section")
    )
    check_name = models.CharField(_("check"), max_length=40)  # a name of editorial/checks
    level = models.CharField(_("level"), max_length=10, choices=Level)

    class Meta:
        verbose_name = _("check level")
        verbose_name_plural = _("checks before publication")
        ordering = ["category", "check_name"]
        constraints = [
            models.UniqueConstraint(fields=["category", "check_name"], name="check_level_once_a_section"),
            models.UniqueConstraint(
                fields=["check_name"], condition=models.Q(category__isnull=True), name="check_level_once_for_all"
            ),
        ]

    def __str__(self):
        return f"{self.check_name}: {self.get_level_display()}"
