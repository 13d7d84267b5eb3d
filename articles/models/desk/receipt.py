"""Since when readers see what was published, place by place, as the site itself saw it with a reader's eyes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..article import Article
from .transition import Transition


class Receipt(models.Model):
    class Place(models.TextChoices):
        ARTICLE = "article", _("its page")
        SECTION = "section", _("its section")
        FRONT = "front", _("front page")
        DAY = "day", _("the day archive")
        FEED = "feed", _("the feed")
        SITEMAP = "sitemap", _("the sitemap")
        SEARCH = "search", _("the search")

    article = models.ForeignKey(Article, models.CASCADE, related_name="receipts")
    step = models.ForeignKey(Transition, models.CASCADE, related_name="receipts")
    place = models.CharField(_("place"), max_length=20, choices=Place)
    address = models.CharField(_("address"), max_length=500)
    asked_at = models.DateTimeField(null=True)  # the last time
    seen_at = models.DateTimeField(_("seen at"), null=True)  # the first time that it was as it should be
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("publish receipt")
        verbose_name_plural = _("publish receipts")
        constraints = [models.UniqueConstraint(fields=["step", "place"], name="receipt_once")]

    def __str__(self):
        return f"{self.get_place_display()}: {self.seen_at or self.problem}"
