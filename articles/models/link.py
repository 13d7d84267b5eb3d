"""Related links: the editor's own, and those an old page printed.

A link leads to an article of ours, or to an address, or waits: a title from an old page whose article has not
arrived. `resolve_waiting` ties it when it does; readers never see a link that leads nowhere.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.compiled import Compiled
from articles.fields import AddressField, LineField, LinesField

from . import newest
from .article import LEDE_LENGTH, TITLE_LENGTH, Article, article_url, in_section

LAST = 32767  # behind every order that an editor can give
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
        namesake = namesake.exclude(Exists(linked)).order_by("pk").values("pk")[:1]
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
    teaser = LinesField(_("teaser"), blank=True, max_length=LEDE_LENGTH)
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


@Compiled.prepared
def _beside(at, pk, column, key, moment, mentioned):
    """The neighbours of an article that was published at a moment in a section (in_section()); those mentioned."""
    public = Article.objects.published(at).exclude(pk=pk)
    lists = {"mentioned": public.filter(pk__in=mentioned).order_by()} if mentioned else {}
    if column:
        same = public.newest_in(column, key)
        lists |= {"newer": same.newer_than(pk, moment).reverse()[:1], "older": same.older_than(pk, moment)[:1]}
    columns = ("place", "pk", "title", "slug", "category__slug")
    parts = [newest.part(found.annotate(place=Value(name)).values_list(*columns)) for name, found in lists.items()]
    return newest.Union(public, parts) if parts else public.none().values_list("pk")


def companions(article, mentioned=(), at=None):
    """The Companions of an article in its section, in one query; nothing that readers may not see."""
    column, key = _place(article) if article.published_at else (None, None)
    given = {"at": at or timezone.now(), "pk": article.pk, "mentioned": list(mentioned)}
    found = {"older": None, "newer": None, "mentioned": {}}
    for name, pk, title, slug, path in _beside(**given, column=column, key=key, moment=article.published_at):
        teaser = Teaser(title, "", article_url(path, slug, title, pk))
        if name == "mentioned":
            found[name][pk] = teaser
        else:
            found[name] = teaser
    return Companions(**found)


def _place(article):
    """The column and the key of its section, for newest_in()."""
    return in_section(article.category) if article.category else (None, None)


@Compiled.prepared
def _linked_and_newest(at, pk, column, key):
    public = Article.objects.published(at).exclude(pk=pk)
    of = ("title", "lede", "slug", "category__slug")
    is_seen = Exists(public.filter(pk=OuterRef("target")).order_by())
    chosen = RelatedLink.objects.filter(is_seen | Q(target__isnull=True) & ~Q(url=""), article=pk).order_by()
    columns = ("order", "pk", "target_id", "title", "teaser", "url", *(f"target__{name}" for name in of))
    parts = [newest.part(chosen.values_list(*columns))]
    if column:
        last = {"rank": Value(LAST), "own": Value("")}
        fill = public.newest_in(column, key).annotate(**last)[: 2 * OTHER_NEWS]
        parts.append(newest.part(fill.values_list("rank", "rank", "pk", "own", "own", "own", *of)))
    return newest.Union(public, parts)


def other_news(article, at=None, limit=OTHER_NEWS):
    """The editor's links in order, then the newest of the article's section, as Teasers, in one query.

    Never the article itself, never one twice, never one that readers may not see.
    """
    column, key = _place(article)
    rows = _linked_and_newest(at=at or timezone.now(), pk=article.pk, column=column, key=key)
    # Stable: the newest stay in their order.
    return _distinct(sorted(rows, key=lambda row: row[:2]), limit)


def _distinct(rows, limit):
    found, seen = [], set()
    for _order, _link, pk, own_title, teaser, href, title, lede, slug, section in rows:
        if (pk or href) in seen or len(found) == limit:
            continue
        seen.add(pk or href)
        url = article_url(section, slug, title, pk) if pk else href
        found.append(Teaser(own_title or title, teaser or lede or "", url))
    return found
