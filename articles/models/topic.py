"""Topics: running stories that cut across the sections ("Theo dòng sự kiện")."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.fields import LineField, LinesField

from .photo import Photo


class TopicQuerySet(models.QuerySet):
    def featured(self):
        """Those of the strip on the front page, in the desk's order."""
        return self.filter(is_featured=True).order_by("order", "name")


class Topic(models.Model):
    """`key` is the folded name: "Đà Bắc" and "đà bắc" are one topic, not two."""

    name = LineField(_("name"), max_length=100)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("Left empty, it is made from the name.")
    )
    key = models.CharField(max_length=100, unique=True, editable=False)
    description = LinesField(_("description"), blank=True, max_length=1000)
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo"))
    is_featured = models.BooleanField(_("on the front page"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="topic_has_slug")]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.key = vietnamese.key(self.name)[:100]
        self.slug = self.slug or vietnamese.slug(self.name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(**kwargs)

    def clean(self):
        self.slug = self.slug or vietnamese.slug(self.name)
        if self.name and not self.slug:  # without a name that is what is said
            raise ValidationError({"slug": _("This name gives no slug: write one.")})
        if Topic.objects.filter(key=vietnamese.key(self.name)[:100]).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is a topic of this name already.")})

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])
