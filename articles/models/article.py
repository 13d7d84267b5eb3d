"""The article.

Design notes
- `published(at)` is the only rule of what readers may see. A published article with a time ahead is scheduled, and
  becomes visible when the clock passes it, with no job to miss it.
- `title_key` is derived on every save; `QuerySet.update` of a title must go through save.
- The slug is settled at the first publication: until then an address that nobody has seen may follow the title.
"""

from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import days, vietnamese
from articles.fields import LineField, LinesField, MomentField, PlayerField
from articles.richtext import BODY_LIMIT, RichTextField

from .cards import COLUMNS, CardIterable
from .category import Category
from .kinds import IN_WORK, AIUse, Genre, State
from .newest import Among, nearer
from .photo import Photo
from .topic import Topic

TITLE_LENGTH, LEDE_LENGTH = 250, 1000
OUTSIDE = _("The time of publication lies outside the years that the day archive holds.")
ROUTE = {"state", "state_since", "is_returned", "handler", "version", "working"}  # changed in the row itself


_UNPUBLISHED = ~Q(state="published")
_IN_WORK = _UNPUBLISHED & ~Q(state="withdrawn")


class ArticleQuerySet(models.QuerySet):
    def in_work(self):
        """What no reader has seen and the desk still works on.

        Not as a list of states: SQLite knows a partial index again by comparisons, and not by a list.
        """
        return self.filter(_IN_WORK)

    def unpublished(self):
        """What the desk works on or has withdrawn: in the words of the partial index, as `in_work`."""
        return self.filter(_UNPUBLISHED)

    def trashed(self):
        """What was deleted and can still be had back; in the words of the partial index, as `in_work`."""
        return self.filter(_UNPUBLISHED, state=State.TRASHED)

    def published(self, at=None):
        """What readers may see at a moment (now when left out). No other file knows what "public" means."""
        return self.filter(state=State.PUBLISHED, published_at__lte=at or timezone.now())

    def released(self):
        """Published or scheduled: the desk has let go of it."""
        return self.filter(state=State.PUBLISHED)

    def once_public(self, at=None):
        """What readers may see, or could see before it was withdrawn."""
        return self.published(at) | self.filter(state=State.WITHDRAWN, published_at__isnull=False)

    def scheduled(self, at=None):
        return self.filter(state=State.PUBLISHED, published_at__gt=at or timezone.now())

    def within(self, section):
        """Of a section: of one of the first level with its sub-sections. Each of the two has its own index."""
        return self.filter(category=section) if section.parent_id else self.filter(top=section)

    def newest(self):
        return self.order_by("-published_at", "-pk")

    def newest_of(self, section):
        """`within(section).newest()` for a list that is cut off, by an index alone; of all sections (None)."""
        return self.newest_in(*in_section(section)) if section else self.newest()

    def newest_in(self, column, key):
        """The same by the column and the key of `in_section`."""
        return self.filter(Among(F(column), key)).order_by(column, "-published_at", "-pk")

    def on(self, first, last=None):
        """Published on a day in Vietnam, or on the days from `first` to `last`."""
        begin, end = days.bounds(first, last)
        return nearer(self, published_at__gte=begin, published_at__lt=end)

    def older_than(self, pk, moment=None):
        """Those behind article `pk` in `newest()`, which is or was public: the cursor of a keyset page. `moment` is
        when it was published, where that is known.

        Behind an article that does not exist there is nothing. Written so that the index finds the place: PostgreSQL
        takes an OR of the two comparisons as a filter only.
        """
        moment = moment_of(pk) if moment is None else moment  # not `or`: that would ask a subquery
        return nearer(self, published_at__lte=moment).exclude(published_at=moment, pk__gte=pk)

    def newer_than(self, pk, moment=None):
        """Those before article `pk` in `newest()`: the other side of `older_than`."""
        moment = moment_of(pk) if moment is None else moment  # not `or`: that would ask a subquery
        return self.filter(published_at__gte=moment).exclude(published_at=moment, pk__lte=pk)

    def for_cards(self):
        """With what a list shows of each article, and without the long texts it does not show."""
        found = self._values(*COLUMNS, *self.query.annotation_select)
        found._iterable_class = CardIterable
        return found

    def cards(self, number):
        return self.for_cards()[:number]

    def with_texts(self):
        """The same and the body, for the few of which a piece is shown."""
        return self.select_related("category", "photo").defer("photo__search_text")


class Article(models.Model):
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    title = LineField(_("title"), max_length=TITLE_LENGTH, blank=True)
    genre = models.CharField(_("genre"), max_length=20, choices=Genre, default=Genre.NEWS)
    slug = models.SlugField(
        _("slug"), max_length=100, blank=True,
        help_text=_("Left empty, it is made from the title at publication. It stays when the title changes."),
    )  # fmt: skip
    kicker = LineField(_("kicker"), max_length=60, blank=True)
    dateline = LineField(_("dateline"), max_length=40, blank=True)
    lede = LinesField(_("lede"), blank=True, max_length=LEDE_LENGTH)
    body = RichTextField(_("body"), blank=True, max_length=BODY_LIMIT)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("section"),
        db_index=False,
    )  # fmt: skip
    # The section of the first level that `category` is or belongs to; derived on every save, and by Category.save.
    top = models.ForeignKey(Category, models.PROTECT, null=True, editable=False, related_name="+", db_index=False)
    photo = models.ForeignKey(
        Photo, models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name=_("lead photo")
    )
    player = PlayerField(
        _("video or audio"), blank=True, help_text=_("The address on YouTube, Vimeo, SoundCloud or Spotify.")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles", verbose_name=_("topics"))
    ai_use = models.CharField(
        _("use of AI"), max_length=20, choices=AIUse, default=AIUse.UNDECLARED, blank=True,
        help_text=_("The law asks for a clear label where AI made or changed what is published."),
    )  # fmt: skip
    comments_closed = models.BooleanField(_("comments closed"), default=False)
    published_at = MomentField(_("published at"), null=True, blank=True)
    revised_at = models.DateTimeField(_("revised at"), null=True, blank=True, editable=False)
    embargo_until = MomentField(
        _("embargo until"), null=True, blank=True, help_text=_("Not to be published before this time.")
    )
    interview_shown_at = MomentField(
        _("shown to the interviewee at"), null=True, blank=True,
        help_text=_("The law lets an interviewee see the answers before they are published."),
    )  # fmt: skip
    # Where it stands on its route; written by editorial/transitions.py only
    state_since = models.DateTimeField(_("in this state since"), null=True, editable=False)
    is_returned = models.BooleanField(_("returned"), default=False, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("in the hands of"), db_index=False,
    )  # fmt: skip
    # Which text it is; written by editorial/revisions.py only. `working` is what was saved since the text went live.
    version = models.PositiveIntegerField(default=0, editable=False)
    working = models.ForeignKey(
        "Revision", models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("working version"),
    )  # fmt: skip
    editor_note = LineField(
        _("internal note"), max_length=300, blank=True, help_text=_("For the desk only; readers never see it.")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("created by"), db_index=False,
    )  # fmt: skip
    title_key = models.CharField(max_length=TITLE_LENGTH, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("edit_article", "Can take, edit, return and pass on articles of others"),
            ("approve_article", "Can approve articles"),
            ("publish_article", "Can publish and withdraw articles"),
            ("jump_article", "Can publish articles from any state"),
            ("illustrate_article", "Can see what is in work and keep the photo library"),
            ("view_daybook", "Can see the day book and export lists"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(title="") & ~Q(lede="") & Q(category__isnull=False) & Q(published_at__isnull=False)),
                name="published_article_is_complete",
                violation_error_message=_("A published article has a title, a lede, a section and a time."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="article_state_is_known"),
        ]
        indexes = [
            # The front page, the day archive and the feeds; a section's page and its archive.
            models.Index(
                F("published_at").desc(), F("id").desc(), name="article_public", condition=Q(state="published")
            ),
            models.Index(
                F("category"),
                F("published_at").desc(),
                F("id").desc(),
                name="article_public_section",
                condition=Q(state="published"),
            ),  # fmt: skip
            models.Index(
                F("top"),
                F("published_at").desc(),
                F("id").desc(),
                name="article_public_top",
                condition=Q(state="published"),
            ),
            # The strips of photo stories and videos, and the search by genre.
            models.Index(
                F("genre"),
                F("published_at").desc(),
                F("id").desc(),
                name="article_public_genre",
                condition=Q(state="published"),
            ),
            # The desk's list, by each of its three clocks.
            models.Index(fields=["-updated_at", "-id"], name="article_desk"),
            models.Index(fields=["-created_at", "-id"], name="article_desk_created"),
            models.Index(fields=["-published_at", "-id"], name="article_desk_published"),
            # The same list of one section (which is of the first level or below), one genre, one writer, what is in one
            # hand. They serve the foreign keys too, which have no index of their own.
            *(
                models.Index(F(column), F("updated_at").desc(), F("id").desc(), name=name)
                for column, name in (
                    ("category", "article_desk_section"),
                    ("top", "article_desk_top"),
                    ("genre", "article_desk_genre"),
                    ("created_by", "article_desk_writer"),
                )
            ),
            models.Index(
                F("handler"),
                F("updated_at").desc(),
                F("id").desc(),
                name="article_desk_hand",
                condition=Q(handler__isnull=False),
            ),
            # The few rows that readers do not see: in work, for the board and the list, or withdrawn; and those that
            # readers see an older version of.
            models.Index(
                F("state"), F("updated_at").desc(), F("id").desc(), name="article_unpublished", condition=_UNPUBLISHED
            ),
            models.Index(F("updated_at").desc(), name="article_not_live", condition=Q(working__isnull=False)),
            models.Index(fields=["title_key"], name="article_title_key"),
        ]

    def __str__(self):
        return self.title or str(_("(no title yet)"))

    def save(self, **kwargs):
        """Of a stored article everything but where it stands, which editorial/transitions.py and revisions.py change in
        the row itself: a form that was opened before must not undo what happened since."""
        every = {field.name for field in self._meta.concrete_fields if not field.primary_key}
        fields = set(every - ROUTE if kwargs.get("update_fields") is None else kwargs["update_fields"])
        if self.state == State.PUBLISHED and not self.slug:
            self.slug = vietnamese.slug(self.title)
            fields.add("slug")
        if "title" in fields:
            self.title_key = vietnamese.key(self.title)[:TITLE_LENGTH]
            fields.add("title_key")
        if fields & {"category", "category_id"}:
            self.top_id = self.category and (self.category.parent_id or self.category.pk)
            fields.add("top")
        if not self._state.adding:
            kwargs["update_fields"] = fields | {"updated_at"}
        super().save(**kwargs)

    def clean(self):
        if self.published_at and not days.holds(self.published_at):
            raise ValidationError({"published_at": OUTSIDE})
        if self.published_at and self.is_scheduled and Article.objects.published().filter(pk=self.pk).exists():
            raise ValidationError({"published_at": _("Readers see this article already: withdraw it first.")})

    def is_public(self, at=None):
        """The row rule beside `published(at)`; one test holds the two together."""
        is_published = self.state == State.PUBLISHED and self.published_at is not None
        return is_published and self.published_at <= (at or timezone.now())

    @property
    def in_work(self):
        return self.state in IN_WORK

    @property
    def is_scheduled(self):
        return self.state == State.PUBLISHED and not self.is_public()

    def was_public(self, at=None):
        """The row rule beside `once_public(at)`."""
        return self.is_public(at) or (self.state == State.WITHDRAWN and self.published_at is not None)

    def missing(self):
        """The names of the fields that must be filled before this article can be published."""
        return [name for name in ("title", "lede", "category") if not getattr(self, name)]

    def get_absolute_url(self):
        return article_url(self.category.slug, self.slug, self.title, self.pk)


def moment_of(pk, at=None):
    """When an article was published that is or was public, as a subquery: the place of a cursor in a list."""
    return Article.objects.once_public(at).filter(pk=pk).order_by().values("published_at")[:1]


def in_section(section):
    """The column by which a section's articles are found, with its sub-sections, and what stands in it."""
    return "category_id" if section.parent_id else "top_id", section.pk


@cache
def _address():
    return reverse("article", args=["0", "1", 2]).replace("0/1-2", "{}/{}-{}")


def article_url(section, slug, title, pk):
    """As `reverse` would write it, which a list of sixty stories has no time to ask."""
    return _address().format(section, article_path(slug, title), pk)


def article_path(slug, title):
    """The words of an article's address. The id behind them decides; they are never empty."""
    return slug or vietnamese.slug(title) or "bai-viet"
