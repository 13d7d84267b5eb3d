"""Corrections: what was wrong, what is right, the apology; at least seven days on the front page.

Source: Press Law 2016, Article 42: the title is “Thông tin cải chính, xin lỗi”, in a section of its own that the front
page leads to. A correction outlives its article: it stays when the article is withdrawn.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import days
from articles.fields import LinesField, MomentField

ON_FRONT = timedelta(days=7)  # the least that the law asks for


class CorrectionQuerySet(models.QuerySet):
    def issued(self, at=None):
        return self.filter(issued_at__lte=at or timezone.now())

    def current(self, at=None):
        """Those that the front page shows."""
        at = at or timezone.now()
        return self.issued(at).filter(issued_at__gt=at - ON_FRONT)

    def newest(self):
        return self.order_by("-issued_at", "-pk")

    def older_than(self, pk):
        """Those behind correction `pk` in `newest()`: the cursor of a keyset page."""
        cursor = Correction.objects.issued().filter(pk=pk).order_by().values("issued_at")[:1]
        return self.filter(issued_at__lte=cursor).exclude(issued_at=cursor, pk__gte=pk)

    def for_cards(self):
        """With what the page of corrections says of each article."""
        return self.select_related("article__category").defer("article__body")

    def cards(self, number):
        return self.for_cards()[:number]


class Correction(models.Model):
    article = models.ForeignKey("Article", models.PROTECT, related_name="corrections", verbose_name=_("article"))
    wrong = LinesField(_("what was wrong"), max_length=2000, help_text=_("The false statement, as it was published."))
    right = LinesField(_("what is right"), max_length=2000)
    apology = LinesField(_("apology"), max_length=1000, blank=True)
    issued_at = MomentField(_("issued at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("created by"),
    )  # fmt: skip

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="correction_newest")]

    def __str__(self):
        return str(self.article)

    @property
    def leaves_front_at(self):
        return self.issued_at + ON_FRONT

    def clean(self):
        if self.article_id and not self.article.was_public():
            raise ValidationError({"article": _("Only what readers could see is corrected in public.")})
        if self.issued_at and not days.holds(self.issued_at):
            raise ValidationError({"issued_at": _("The time lies outside the years that the day archive holds.")})
