"""Who wrote it: pen names, and the line as the newspaper printed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.fields import LineField, LinesField

from .listing import ListingQuerySet


class Author(models.Model):
    """A pen name. It belongs to one person, who may have several and needs no account."""

    name = LineField(_("pen name"), max_length=100)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("Left empty, it is made from the name.")
    )
    about = LinesField(_("about the author"), blank=True, max_length=1000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="pen_names",
        verbose_name=_("account"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.slug = self.slug or self.free_slug()
        super().save(**kwargs)

    def free_slug(self):
        """Two Nguyễn Văn An are two people: the second gets nguyen-van-an-2."""
        base = vietnamese.slug(self.name)[:90] or "tac-gia"  # room for the number
        taken = set(Author.objects.filter(slug__startswith=base).exclude(pk=self.pk).values_list("slug", flat=True))
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return base if base not in taken else next(slug for slug in numbered if slug not in taken)

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])


class Byline(models.Model):
    """One credit under an article: an author in a role, or words such as "PV" that name no person."""

    class Role(models.TextChoices):
        TEXT = "text", _("text")
        PHOTO = "photo", _("photos")
        TEXT_PHOTO = "text_photo", _("text and photos")
        COMPILED = "compiled", _("compiled")
        TRANSLATED = "translated", _("translated")
        SOURCE = "source", _("source")

    article = models.ForeignKey("Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, models.PROTECT, null=True, blank=True, related_name="bylines", verbose_name=_("author")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.TEXT)
    as_printed = LineField(
        _("as printed"), max_length=200, blank=True, help_text=_("The line as the newspaper printed it, kept verbatim.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # When its article was or will be published, while the desk has let go of it; kept by triggers (migration 0010).
    public_at = models.DateTimeField(null=True, editable=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False) | ~Q(as_printed=""),
                name="byline_names_somebody",
                violation_error_message=_("Choose an author or write the line as printed."),
            ),
        ]
        indexes = [  # the author's page, by keyset
            models.Index(
                F("author"), F("public_at").desc(), F("article").desc(), name="byline_public",
                condition=Q(public_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.author.name if self.author else self.as_printed.rstrip(" .")
