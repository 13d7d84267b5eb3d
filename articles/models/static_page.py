"""Pages that the newsroom writes about itself: about, contact, terms, trust."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.fields import LineField
from articles.richtext import RichTextField


class StaticPageQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)


class StaticPage(models.Model):
    title = LineField(_("title"), max_length=150)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("Left empty, it is made from the title.")
    )
    body = RichTextField(_("text"), blank=True, max_length=100_000)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_public = models.BooleanField(_("readers see it"), default=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = StaticPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "title"]
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="static_page_has_slug")]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.slug = self.slug or vietnamese.slug(self.title)
        super().save(**kwargs)

    def clean(self):
        self.slug = self.slug or vietnamese.slug(self.title)
        if self.title and not self.slug:  # without a title that is what is said
            raise ValidationError({"slug": _("This title gives no slug: write one.")})

    def get_absolute_url(self):
        return reverse("static-page", args=[self.slug])
