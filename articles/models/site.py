"""What the masthead says on every page.

Design note: the masthead, the sections and the pages of the footer are on every page, so all come in one query
(`load_chrome`), as texts. A process keeps what it made of the last texts for as long as they come back the same, and
what templates made of that (`Sections.kept`) along with it: a section that was renamed a moment ago, by whatever door,
is other text.
"""

import json
from datetime import UTC, datetime

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Func, Q, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.compiled import Compiled
from articles.fields import AddressField, LineField

from .article import Article
from .category import Category, Sections
from .kinds import IN_WORK
from .static_page import StaticPage


class SiteSettings(models.Model):
    """One row. Facts that nobody entered stay empty, and the page says so: a masthead is never invented."""

    name = LineField(_("name of the newspaper"), max_length=100, default="Báo Mẫu")
    tagline = LineField(_("tagline"), max_length=200, blank=True)
    dateline = LineField(
        _("dateline"), max_length=40, blank=True, help_text=_("The tag before the lede of new articles, such as HBĐT.")
    )
    governing_body = LineField(_("governing body"), max_length=200, blank=True)
    licence = LineField(_("press licence"), max_length=200, blank=True)
    editor_in_chief = LineField(_("editor-in-chief"), max_length=100, blank=True)
    address = LineField(_("newsroom address"), max_length=200, blank=True)
    phone = LineField(_("phone"), max_length=60, blank=True)
    fax = LineField(_("fax"), max_length=60, blank=True)
    hotline = LineField(_("hotline"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    advertising = LineField(_("advertising contact"), max_length=200, blank=True)
    facebook = AddressField("Facebook", blank=True)
    zalo = AddressField("Zalo", blank=True)
    youtube = AddressField("YouTube", blank=True)
    tiktok = AddressField("TikTok", blank=True)
    english_name = LineField(_("English name"), max_length=100, blank=True)
    english_tagline = LineField(_("English tagline"), max_length=200, blank=True)
    # The logo, as renditions.py made it: the name of a file in the media, and its size in pixels.
    logo = models.CharField(max_length=200, blank=True, editable=False)
    logo_width = models.PositiveIntegerField(default=0, editable=False)
    logo_height = models.PositiveIntegerField(default=0, editable=False)

    pages = ()  # the public StaticPages, where load_chrome() read them
    changed_at = None  # and when an article or the masthead last changed for readers

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="site_settings_one_row")]

    def __str__(self):
        return self.name

    @classmethod
    def load(cls):
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def logo_url(self):
        """The PNG, for other machines; `logo_webp` lies beside it, for the page."""
        return default_storage.url(self.logo) if self.logo else ""

    @property
    def logo_webp(self):
        return self.logo_url.removesuffix(".png") + ".webp" if self.logo else ""

    @property
    def social_accounts(self):
        """[(name, address)] of those that were entered."""
        found = [(name, getattr(self, name)) for name in ("facebook", "zalo", "youtube", "tiktok")]
        return [(self._meta.get_field(name).verbose_name, address) for name, address in found if address]


class SiteSettingsVersionQuerySet(models.QuerySet):
    def at(self, moment):
        """The version that held at a moment. Before the first save there was what the first save found."""
        return self.filter(saved_at__lte=moment).first() or self.last()


class SiteSettingsVersion(models.Model):
    """What the masthead said from a moment on: a licence or an editor-in-chief changes, old pages named another."""

    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    values = models.JSONField()  # {field name: value} of every field

    objects = SiteSettingsVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]

    def __str__(self):
        return f"{self.saved_at:%Y-%m-%d %H:%M}"


class _Packed(Func):
    """Rows as JSON. Not by Django's JSONObject, which tries out every new connection first, with three queries."""

    output_field = models.JSONField()
    on_sqlite = ""

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function=self.on_sqlite, **context)


class _Row(_Packed):
    """The values alone: with their names PostgreSQL takes twice as long for two hundred sections."""

    function, on_sqlite = "JSON_BUILD_ARRAY", "JSON_ARRAY"


class _AllRows(_Packed):
    """One list of all rows. No Aggregate: that one would group the rows by their keys."""

    function, on_sqlite = "JSON_AGG", "JSON_GROUP_ARRAY"


def _as_list(kind, rows, names):
    packed = Cast(_AllRows(_Row(*names)), models.TextField())
    return rows.order_by().annotate(kind=Value(kind), rows=packed).values_list("kind", "rows")


def _columns(model):
    return [field.attname for field in model._meta.concrete_fields]


PAGE = ("id", "title", "slug", "order")  # of a static page, for the masthead


@Compiled.prepared
def _texts(at):
    return _as_list("sites", SiteSettings.objects.all(), _columns(SiteSettings)).union(
        _as_list("sections", Category.objects.all(), _columns(Category)),
        _as_list("pages", StaticPage.objects.public(), PAGE),
        *_changes(at),
        all=True,
    )


_last = {}  # of this process: (texts, SiteSettings, Sections), replaced as a whole


def load_chrome():
    """(SiteSettings with its pages, Sections) in one query: lists, each packed into one row. Read, never changed."""
    lists = dict(_texts(at=timezone.now()))
    texts = lists["sites"], lists["sections"], lists["pages"]
    last = _last.get("chrome")
    if last is None or last[0] != texts:
        last = _last["chrome"] = (texts, *_made_of(*texts))
    site = SiteSettings.__new__(SiteSettings)
    site.__dict__ = {**last[1].__dict__, "changed_at": _latest(lists)}
    return site, last[2]


def _rows(text):
    """The values of each row, in the order in which they were asked for."""
    return json.loads(text or "[]")


def _made_of(sites, sections, pages):
    site = (_stored(SiteSettings, _rows(sites)) or [SiteSettings(pk=1)])[0]
    listed = _stored(StaticPage, _rows(pages), PAGE)
    site.pages = sorted(listed, key=lambda page: (page.order, vietnamese.sort_key(page.title)))
    return site, Sections(_stored(Category, _rows(sections)))


def _changes(at):
    """The last change of an article that readers see or saw, the newest that they see, the last of the masthead."""
    changed = Article.objects.exclude(state__in=IN_WORK).order_by("-updated_at", "-pk")
    for name, rows in (
        ("updated_at", changed),
        ("published_at", Article.objects.published(at).newest()),
        ("saved_at", SiteSettingsVersion.objects.order_by("-saved_at", "-pk")),
    ):
        yield _as_list(name, rows.model.objects.filter(pk=Subquery(rows.values("pk")[:1])), [name])


def _latest(lists):
    """JSON has the moments as text, SQLite's without their zone, which is UTC."""
    texts = [text for name in ("updated_at", "published_at", "saved_at") for (text,) in _rows(lists[name])]
    moments = [datetime.fromisoformat(text) for text in texts]
    return max((moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in moments), default=None)


def _stored(model, rows, names=None):
    """Rows as instances; a column that was not read (`names`: those that were, in the model's order) is asked for when
    it is used, as with defer()."""
    return [model.from_db(None, names or _columns(model), row) for row in rows]
