"""A picture with its words. The files are made by articles/renditions.py, through editorial/photos.py."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from articles import days, renditions, vietnamese
from articles.fields import LineField, MomentField

WARNING = 30  # days before the rights end
FOUND = 1_000  # photos that a search looks at; the library shows 48 of them at a time
# By vendor: the newest photos with some words, and how the words are asked for. An index of words on both (migration
# 0017): a million captions take a second to read through.
_HOLDING = {
    "sqlite": (
        "SELECT rowid FROM articles_photo_words WHERE articles_photo_words MATCH %s ORDER BY rowid DESC LIMIT %s",
        lambda words: " ".join(f'"{word}"' for word in words) + "*",
    ),
    "postgresql": (
        "SELECT id FROM articles_photo WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s) "
        "ORDER BY id DESC LIMIT %s",
        lambda words: " & ".join(f"'{word}'" for word in words) + ":*",
    ),
}


@dataclass(frozen=True)
class Shape:
    """What a page shows of a photo: the JPEG with its size, and [(address, width)] of the smaller files beside it."""

    url: str
    width: int
    height: int
    avif: list
    webp: list


class PhotoQuerySet(models.QuerySet):
    def search(self, text):
        """Those whose words are all the words of `text`, with and without diacritics, the last one perhaps only begun:
        of a common word the newest FOUND photos, whatever else is asked of them."""
        words = vietnamese.key(text).split()[:20]
        if not words:
            return self
        sql, asked = _HOLDING[connections[self.db].vendor]
        return self.filter(pk__in=RawSQL(sql, [asked(words), FOUND]))  # noqa: S611 (constants)

    def expired(self, day=None):
        """Those whose rights are over on a day (today)."""
        return self.filter(rights_until__lt=day or days.today())

    def expiring(self, day=None):
        """Those whose rights end within WARNING days, and are not over yet."""
        day = day or days.today()
        return self.filter(rights_until__gte=day, rights_until__lt=day + timedelta(days=WARNING))

    def unused(self):
        """Those that no article, gallery, topic or text shows. What working versions show, editorial/photos knows."""
        used = [("Article", "photo"), ("GalleryPhoto", "photo"), ("Topic", "photo"), ("PhotoUse", "photo")]
        found = self
        for noun, name in used:
            model = self.model._meta.apps.get_model("articles", noun)
            found = found.exclude(Exists(model.objects.filter(**{name: OuterRef("pk")}).order_by()))
        return found

    def older_than(self, moment, pk):
        """What stands behind a photo in the library, for keyset pages."""
        return self.filter(created_at__lte=moment).exclude(created_at=moment, pk__gte=pk)

    def behind(self, every=False):
        """Those with a picture whose files an earlier release made, or every one with a picture."""
        pictured = self.exclude(master="").order_by("pk")
        return (pictured if every else pictured.filter(edition__lt=renditions.EDITION)).iterator(200)


class Photo(models.Model):
    """`master` is empty while a caption from an old page still waits for its picture."""

    caption = LineField(_("caption"), max_length=500, blank=True)
    credit = LineField(_("photo credit"), max_length=150, blank=True)
    alt = LineField(
        _("alternative text"), max_length=300, blank=True,
        help_text=_("What is seen, for readers who cannot see it. Left empty, the caption serves."),
    )  # fmt: skip
    taken_at = MomentField(_("taken at"), null=True, blank=True)
    rights = LineField(
        _("rights"), max_length=300, blank=True, help_text=_("From whom, and what the newspaper may do with it.")
    )
    rights_until = models.DateField(
        _("rights until"), null=True, blank=True, help_text=_("After this day it may not be published any more.")
    )
    is_illustration = models.BooleanField(
        _("illustration"), default=False, help_text=_("It does not show the event itself; the page says so.")
    )
    made_by_ai = models.BooleanField(_("made by AI"), default=False)
    # What must stay in view when the picture is cut to another shape, in percent from the left and from the top.
    focus_x = models.PositiveSmallIntegerField(_("focal point, from the left"), default=50)
    focus_y = models.PositiveSmallIntegerField(_("focal point, from the top"), default=50)
    # A part that was cut out by hand for lists and cards, in percent of the picture; no width means none was.
    crop_x = models.FloatField(default=0, editable=False)
    crop_y = models.FloatField(default=0, editable=False)
    crop_width = models.FloatField(default=0, editable=False)
    crop_height = models.FloatField(default=0, editable=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)  # of renditions.py when its files were made
    # Indexed: a body names its pictures by their masters.
    master = models.CharField(_("picture"), max_length=200, blank=True, editable=False, db_index=True)
    original = models.CharField(max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("added by"),
    )  # fmt: skip
    search_text = models.TextField(blank=True, editable=False)  # derived on every save, as an article's is

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="photo_newest"),
            models.Index(fields=["rights_until"], name="photo_rights", condition=Q(rights_until__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(focus_x__lte=100, focus_y__lte=100), name="photo_focus_is_inside")
        ]

    def __str__(self):
        return self.caption or self.alt or f"#{self.pk}"

    def save(self, **kwargs):
        self.search_text = vietnamese.key(f"{self.caption} {self.credit} {self.alt}")
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(**kwargs)

    @property
    def url(self):
        return default_storage.url(self.master) if self.master else ""

    @property
    def address(self):
        """By which texts name it. Not `url`, which follows the files wherever the settings put them."""
        return f"{settings.MEDIA_URL}{self.master}"

    @property
    def size(self):
        return self.width, self.height

    @property
    def has_expired(self):
        return self.rights_until is not None and self.rights_until < days.today()

    @property
    def expires_soon(self):
        """The row rule beside `expiring`."""
        return self.rights_until is not None and 0 <= (self.rights_until - days.today()).days < WARNING

    @property
    def focus(self):
        return self.focus_x, self.focus_y

    @property
    def cut(self):
        """The part for lists that was chosen by hand, or None."""
        return renditions.Cut(self.crop_x, self.crop_y, self.crop_width) if self.crop_width else None

    @property
    def has_crops(self):
        """Not so the files of the first release, until `make_renditions` renews them."""
        return self.edition >= renditions.EDITION

    @property
    def thumbnail(self):
        if not self.master:
            return ""
        return self.card.webp[:2][-1][0]

    @property
    def sources(self):
        """[(address, width)] of the whole picture in WebP, which every edition has."""
        return renditions.sources(self.url, self.width)

    @property
    def whole(self):
        avif = renditions.sources(self.url, self.width, "avif") if self.has_crops else []
        return Shape(self.url, self.width, self.height, avif, self.sources)

    @property
    def card(self):
        """3:2, as cut by hand or about the focal point; without crops the whole picture, which the stylesheet cuts in
        the middle."""
        if not self.has_crops:
            return self.whole
        place = self.url, self.size, self.focus
        avif, webp = (renditions.card_sources(*place, ending, self.cut) for ending in ("avif", "webp"))
        return Shape(*renditions.card_fallback(*place, self.cut), avif, webp)

    @property
    def social(self):
        """(address, width, height) of what goes with a shared link, or None while there is no picture."""
        if not self.master:
            return None
        if not self.has_crops:
            return self.url, self.width, self.height
        return renditions.social(self.url, self.size, self.focus)

    @property
    def shapes(self):
        """[(address, width, height)] for search engines; the picture as it is while no others were cut."""
        if not self.has_crops:
            return [(self.url, self.width, self.height)] if self.master else []
        return renditions.shapes(self.url, self.size, self.focus)


class GalleryPhoto(models.Model):
    """A photo of an article's gallery, in the editor's order."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="gallery")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+", verbose_name=_("photo"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("gallery photo")
        verbose_name_plural = _("gallery")
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.photo)
