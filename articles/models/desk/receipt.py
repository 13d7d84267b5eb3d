"""Since when readers see what was published, place by place, as the site itself saw it with a reader's eyes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..article import Article
from .transition import Transition


class Receipt(models.Model):
    class Place(models.TextChoices):
        ARTICLE = "article", _("its page")
        SECTION = "section", _("its section")
        TOP = "top", _("the section above")
        FRONT = "front", _("front page")
        DAY = "day", _("the day archive")
        FEED = "feed", _("the feed")
        SITEMAP = "sitemap", _("the sitemap")
        SEARCH = "search", _("the search")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("not as it should be yet")
        SEEN = "seen", _("as it should be")
        ABSENT = "absent", _("not expected there")
        FAILED = "failed", _("not as it should be: people were told")
        OVERTAKEN = "overtaken", _("overtaken by a later step")

    OPEN = [Outcome.WAITING, Outcome.FAILED]
    UNSEEN = [*OPEN, Outcome.OVERTAKEN]

    article = models.ForeignKey(Article, models.CASCADE, related_name="receipts")
    step = models.ForeignKey(Transition, models.CASCADE, related_name="receipts")
    place = models.CharField(_("place"), max_length=20, choices=Place)
    address = models.CharField(_("address"), max_length=500)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.WAITING)
    since = models.DateTimeField(default=timezone.now)  # when it was asked for first
    asked_at = models.DateTimeField(null=True)  # the last time
    seen_at = models.DateTimeField(_("seen at"), null=True)  # the first time that it was as it should be
    rounds = models.PositiveSmallIntegerField(default=0)  # of asking that ended without
    alarmed_at = models.DateTimeField(null=True)  # stays when it comes right later
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("publish receipt")
        verbose_name_plural = _("publish receipts")
        constraints = [models.UniqueConstraint(fields=["step", "place"], name="receipt_once")]
        indexes = [models.Index(fields=["article"], name="receipt_failed", condition=Q(outcome="failed"))]

    def __str__(self):
        return f"{self.get_place_display()}: {self.seen_at or self.problem}"
