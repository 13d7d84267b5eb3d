"""The English version of an article. It is a translation, not an article: the Vietnamese one stands behind it.

Design note: a table of its own, so that no list, feed or search of the Vietnamese site has to leave anything out.
Readers see it when the desk released it and they may see the Vietnamese article.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import days, vietnamese
from articles.fields import LineField, LinesField, MomentField
from articles.richtext import BODY_LIMIT, RichTextField

from .article import LEDE_LENGTH, TITLE_LENGTH, Article
from .newest import nearer


class EnglishVersionQuerySet(models.QuerySet):
    def published(self, at=None):
        at = at or timezone.now()
        # Asked of each version, newest first: a list of all that is public would be made before the first is read.
        return self.filter(Exists(Article.objects.published(at).filter(pk=OuterRef("article"))), released_at__lte=at)

    def within(self, section):
        return self.filter(article__category=section) if section.parent_id else self.filter(article__top=section)

    def newest(self):
        return self.order_by("-released_at", "-pk")

    def older_than(self, pk):
        """Those behind version `pk` in `newest()`: the cursor of a keyset page."""
        released = EnglishVersion.objects.filter(released_at__lte=timezone.now())
        cursor = released.filter(pk=pk).order_by().values("released_at")[:1]
        return nearer(self, released_at__lte=cursor).exclude(released_at=cursor, pk__gte=pk)

    def for_cards(self):
        """With what a list shows of each version, and without the long texts it does not show."""
        unseen = ["body", "article__body", "article__photo__search_text"]
        return self.select_related("article__category", "article__photo").defer(*unseen)

    def cards(self, number):
        return self.for_cards()[:number]

    def whole(self):
        """With what its own page shows."""
        unseen = ["article__body", "article__photo__search_text"]
        return self.select_related("article__category", "article__photo").defer(*unseen)


class EnglishVersion(models.Model):
    article = models.OneToOneField(Article, models.CASCADE, related_name="english", verbose_name=_("article"))
    title = LineField(_("title"), max_length=TITLE_LENGTH)
    lede = LinesField(_("lede"), max_length=LEDE_LENGTH)
    body = RichTextField(_("body"), blank=True, max_length=BODY_LIMIT)
    photo_caption = LineField(_("photo caption"), max_length=500, blank=True)
    translator = LineField(_("translator"), max_length=100, blank=True)
    released_at = MomentField(_("released at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = EnglishVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("English version")
        verbose_name_plural = _("English versions")
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(lede=""), name="english_version_is_complete")]
        indexes = [models.Index(F("released_at").desc(), F("id").desc(), name="english_newest")]

    def __str__(self):
        return self.title

    def clean(self):
        if self.released_at and not days.holds(self.released_at):
            raise ValidationError({"released_at": _("The time lies outside the years that the day archive holds.")})

    def is_released(self, at=None):
        """Whether the desk let go of it; readers see it when they may see the Vietnamese article too."""
        return self.released_at is not None and self.released_at <= (at or timezone.now())

    def is_public(self, at=None):
        """The row rule beside `published(at)`."""
        return self.is_released(at) and self.article.is_public(at)

    def get_absolute_url(self):
        slug = vietnamese.slug(self.title) or "article"
        return reverse("english-article", args=[self.article.category.slug, slug, self.article_id])
