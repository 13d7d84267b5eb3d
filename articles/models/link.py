"""Related links: the editor's own, and those an old page printed.

A link leads to an article of ours, or to an address, or waits: a title from an old page whose article has not
arrived. `resolve_waiting` ties it when it does; readers never see a link that leads nowhere.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.compiled import Compiled
from articles.fields import AddressField, LineField, LinesField

from .article import TITLE_LENGTH, Article, article_url

OTHER_NEWS = 6  # "Các tin khác" of the page it all started from


class RelatedLinkQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(target__isnull=True, url="").exclude(title_key="")

    def resolve_waiting(self):
        """Tie waiting links to the published article of their title, the oldest where two share it. Never to their own.

        Not to drafts: a title alone must not tell what lies on another desk.
        """
        namesake = Article.objects.released().filter(title_key=OuterRef("title_key")).exclude(pk=OuterRef("article"))
        # An article that already links to its namesake keeps that one link.
        linked = RelatedLink.objects.filter(article=OuterRef(OuterRef("article")), target=OuterRef("pk"))
        namesake = namesake.exclude(models.Exists(linked)).order_by("pk").values("pk")[:1]
        found = self.waiting().annotate(found=Subquery(namesake)).filter(found__isnull=False)
        tied = 0
        for link in found:  # one by one: two waiting links of one article may bear the same title
            if not RelatedLink.objects.filter(article=link.article_id, target=link.found).exists():
                tied += RelatedLink.objects.filter(pk=link.pk).update(target=link.found)
        return tied


class RelatedLink(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="links")
    target = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="linked_from", verbose_name=_("article")
    )
    title = LineField(_("title"), max_length=TITLE_LENGTH, blank=True)
    url = AddressField(_("address"), max_length=500, blank=True)
    teaser = LinesField(_("teaser"), blank=True)
    title_key = models.CharField(max_length=TITLE_LENGTH, blank=True, editable=False, db_index=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RelatedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("related link")
        verbose_name_plural = _("related links")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("article")),
                name="link_not_to_itself",
                violation_error_message=_("An article cannot be related to itself."),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(title=""),
                name="link_has_target_or_title",
                violation_error_message=_("Choose an article, or write a title and an address."),
            ),
            models.UniqueConstraint(
                fields=["article", "target"],
                name="link_once_per_article",
                violation_error_message=_("This article is already in the list."),
            ),
        ]

    def __str__(self):
        return self.title or (str(self.target) if self.target_id else "")

    def save(self, **kwargs):
        self.title_key = vietnamese.key(self.title)[:TITLE_LENGTH]
        super().save(**kwargs)

    @property
    def is_waiting(self):
        return not self.target_id and not self.url


@dataclass(frozen=True)
class Teaser:
    """One line of "Các tin khác"."""

    title: str
    lede: str
    url: str


@dataclass(frozen=True)
class Companions:
    """Teasers: the next older and newer article of the section, and those that the text names, by their ids."""

    older: Teaser | None
    newer: Teaser | None
    mentioned: dict


@Compiled
def _beside(at, pk, family, mentioned):
    public = Article.objects.published(at).exclude(pk=pk)
    section = public.filter(category__in=family)
    parts = [
        section.newer_than(pk, at).order_by("published_at", "pk").values("pk")[:1],
        section.older_than(pk, at).newest().values("pk")[:1],
        public.filter(pk__in=mentioned).values("pk"),
    ]
    # Each part one level down, for SQLite; a union, so that each finds its place in its own index.
    ids = [Article.objects.filter(pk__in=part).order_by().values("pk") for part in parts]
    columns = ("pk", "published_at", "title", "slug", "category__slug", "category_id")
    return Article.objects.filter(pk__in=ids[0].union(*ids[1:])).newest().values_list(*columns)


def companions(article, family, mentioned=(), at=None):
    """The Companions of an article in the section (`family`: ids), in one query; nothing that readers may not see."""
    rows = _beside(at=at or timezone.now(), pk=article.pk, family=list(family), mentioned=list(mentioned))
    found = {"older": None, "newer": None}
    teasers = {}
    for pk, moment, title, slug, category, category_id in rows:  # the newest first
        teasers[pk] = Teaser(title, "", article_url(category, slug, title, pk))
        if category_id in family and article.published_at:
            if (moment, pk) > (article.published_at, article.pk):
                found["newer"] = teasers[pk]
            else:
                found["older"] = found["older"] or teasers[pk]
    return Companions(**found, mentioned={pk: teasers[pk] for pk in mentioned if pk in teasers})


@Compiled
def _linked_and_newest(at, pk, family):
    public = Article.objects.published(at).exclude(pk=pk)
    columns = ("rank", "at", "shown_title", "shown_lede", "href", "to_id", "to_slug", "to_section")
    chosen = (
        RelatedLink.objects.filter(article=pk)
        .filter(Q(target__in=public) | Q(target__isnull=True) & ~Q(url=""))
        .annotate(
            rank=F("order"),
            at=F("target__published_at"),
            shown_title=Coalesce(NullIf("title", Value("")), "target__title", output_field=models.TextField()),
            shown_lede=Coalesce(
                NullIf("teaser", Value("")), "target__lede", Value(""), output_field=models.TextField()
            ),
            href=F("url"),
            to_id=F("target_id"),
            to_slug=F("target__slug"),
            to_section=F("target__category__slug"),
        )
        .order_by()
        .values_list(*columns)
    )
    # SQLite takes no LIMIT in a part of a UNION, but takes it one level down.
    sliced = public.filter(category__in=family).newest().values("pk")[: OTHER_NEWS * 2]
    newest = (
        Article.objects.filter(pk__in=sliced)
        .order_by()
        .annotate(
            rank=Value(32767, output_field=models.PositiveSmallIntegerField()),
            at=F("published_at"),
            shown_title=F("title"),
            shown_lede=F("lede"),
            href=Value(""),
            to_id=F("pk"),
            to_slug=F("slug"),
            to_section=F("category__slug"),
        )
        .values_list(*columns)
    )
    return chosen.union(newest, all=True).order_by("rank", "-at")


def other_news(article, family, at=None, limit=OTHER_NEWS):
    """The editor's links in order, then the newest of the section (`family`: ids), as Teasers, in one query.

    Never the article itself, never one twice, never one that readers may not see.
    """
    return _distinct(_linked_and_newest(at=at or timezone.now(), pk=article.pk, family=list(family)), limit)


def _distinct(rows, limit):
    found, seen = [], set()
    for _rank, _at, title, lede, href, pk, slug, section in rows:
        if (pk or href) in seen or len(found) == limit:
            continue
        seen.add(pk or href)
        url = article_url(section, slug, title, pk) if pk else href
        found.append(Teaser(title, lede, url))
    return found
