"""How often an article was read, counted by the hour, without cookies and without knowing who read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article


class ReadCount(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="reads", verbose_name=_("article"))
    hour = models.DateTimeField(_("hour"))
    reads = models.PositiveIntegerField(_("reads"), default=0)

    class Meta:
        verbose_name = _("read count")
        verbose_name_plural = _("most read")
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="read_count_once_an_hour")]
        indexes = [models.Index(fields=["hour", "article"], name="read_count_hour")]

    def __str__(self):
        return f"{self.article_id} {self.hour:%Y-%m-%d %H} {self.reads}"
