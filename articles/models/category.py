"""Sections of the newspaper, on two levels."""

from functools import cache, cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.fields import LineField

# First words of the site's own addresses; a section of that name could never be reached.
RESERVED_SLUGS = [
    *("admin", "api", "atom", "cai-chinh", "chu-de", "dem", "en", "favicon", "feed", "healthz", "lich", "llms"),
    *("manifest", "media", "ngay", "ngoai-tuyen", "opensearch", "readyz", "robots", "rss", "sitemap", "sitemap-news"),
    *("sitemap-pages", "static", "sw", "tac-gia", "tim-kiem", "trang", "well-known", "xem-ban", "xem-truoc", "y-kien"),
]

AT_ONCE = 1_000  # articles in one statement

moved = Signal()  # a section (instance) stands under another one, or on the first level: its articles are to follow


class Category(models.Model):
    name = LineField(_("name"), max_length=100)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("Left empty, it is made from the name.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent section")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    description = LineField(_("description"), max_length=300, blank=True)
    english_name = LineField(_("English name"), max_length=100, blank=True)
    has_comments = models.BooleanField(_("readers may comment"), default=False)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="edited_sections", verbose_name=_("section editors"),
        help_text=_("Only these editors work on its articles. Empty: as in the parent section, else every editor."),
    )  # fmt: skip
    four_eyes = models.BooleanField(
        _("four eyes"), default=False, help_text=_("Nobody approves or publishes what they wrote themselves.")
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="category_not_its_own_parent",
                violation_error_message=_("A section cannot be its own parent."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS) & ~Q(slug=""),
                name="category_slug_not_reserved",
                violation_error_message=_("This slug is reserved for the site's own pages."),
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic(savepoint=False)
    def save(self, **kwargs):
        self.slug = self.slug or vietnamese.slug(self.name)
        stays = Category.objects.filter(pk=self.pk, parent=self.parent_id).exists() if self.pk else True
        super().save(**kwargs)
        if not stays:
            moved.send(sender=Category, instance=self)

    def take_along(self):
        """Moved under another section or to the first level: its articles go along, some at a time, so that nobody who
        writes one of a hundred thousand waits for all of them. Run twice, it changes nothing the second time."""
        top = self.parent_id or self.pk
        left = self.articles.exclude(top=top).order_by().values_list("pk", flat=True)
        while some := list(left[:AT_ONCE]):
            self.articles.filter(pk__in=some).update(top=top)

    def clean(self):
        self.slug = self.slug or vietnamese.slug(self.name)
        if self.name and not self.slug:  # without a name that is what is said
            raise ValidationError({"slug": _("This name gives no slug: write one.")})
        if self.parent_id and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": _("Sections have two levels: choose a section without a parent.")})

    def get_absolute_url(self):
        return _address().format(self.slug)


@cache
def _address():
    return reverse("section", args=["0"]).replace("0", "{}")


class Sections:
    """All sections in memory: a newspaper has at most a few hundred, and every page shows some."""

    def __init__(self, categories):
        self.all = sorted(categories, key=lambda category: (category.order, vietnamese.sort_key(category.name)))
        self.by_slug = {category.slug: category for category in self.all}
        self.by_id = {category.pk: category for category in self.all}
        self.kept = {}  # what the pages' templates made of these sections and their masthead
        self.pages = {}  # and whole pages, by what they are made of

    @cached_property
    def tops(self):
        return [category for category in self.all if category.parent_id is None]

    @cached_property
    def tree(self):
        """[(section, its sub-sections)], in their order."""
        return [(top, self.children(top)) for top in self.tops]

    @cached_property
    def _below(self):
        below = {}
        for child in self.all:
            below.setdefault(child.parent_id, []).append(child)
        return below

    def children(self, category):
        return self._below.get(category.pk, [])

    def top(self, category):
        """The section of the first level that `category` is or belongs to."""
        return self.by_id[category.parent_id] if category.parent_id else category

    def family(self, category):
        """The ids of a section and its sub-sections: what 'news in this section' means."""
        return [category.pk, *(child.pk for child in self.children(category))]
