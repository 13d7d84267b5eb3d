"""Which story stands where: on the front page (no section), or on a section's front, from a moment until another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.fields import MomentField

from .article import Article
from .category import Category


class Slot(models.TextChoices):
    BREAKING = "breaking", _("Breaking")
    LEAD = "lead", _("Lead story")
    SECONDARY = "secondary", _("Secondary stories")


PLACES = {Slot.BREAKING: 1, Slot.LEAD: 1, Slot.SECONDARY: 4}  # how many stories a slot holds


def place_name(slot, position):
    """'Lead story', 'Secondary story 2'."""
    if PLACES[slot] == 1:
        return str(Slot(slot).label)
    return gettext("Secondary story %(number)s") % {"number": position + 1}


class PlacementQuerySet(models.QuerySet):
    def active(self, at=None):
        at = at or timezone.now()
        return self.filter(starts_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))

    def of(self, section):
        """Of the front page (None) or of a section's front."""
        return self.filter(section=section)

    def current(self, at=None):
        """Those that are not over: they hold, or are planned."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at or timezone.now()))


class Placement(models.Model):
    section = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="placements", verbose_name=_("section")
    )
    slot = models.CharField(_("slot"), max_length=20, choices=Slot)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    article = models.ForeignKey(Article, models.CASCADE, related_name="placements", verbose_name=_("article"))
    starts_at = MomentField(_("from"), default=timezone.now)
    ends_at = MomentField(_("until"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("created by"),
    )  # fmt: skip

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("front page")
        ordering = ["section", "slot", "position", "-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("“Until” must be later than “from”."),
            ),
        ]

    def __str__(self):
        return f"{self.place_name}: {self.article}"

    def is_active(self, at=None):
        """The row rule beside `active(at)`."""
        at = at or timezone.now()
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    @property
    def place(self):
        """'secondary-0', as the board names it."""
        return f"{self.slot}-{self.position}"

    @property
    def place_name(self):
        return place_name(self.slot, self.position)
