"""Old addresses: where a path that this site no longer has leads to. Asked only when nothing else answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField

from .article import Article


class Redirect(models.Model):
    """`path` in lower case, with its leading slash and without a query; to an article, or to a path of this site."""

    path = LineField(_("old address"), max_length=300, unique=True)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="old_addresses", verbose_name=_("article")
    )
    target = LineField(_("new address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) | ~Q(target=""),
                name="redirect_leads_somewhere",
                violation_error_message=_("Choose an article, or write the new address."),
            ),
        ]

    def __str__(self):
        return self.path
