"""Articles as items of a feed, the same for each of the three formats."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.utils.html import format_html

from articles import jsonld, players, richtext
from articles.models import Byline, Photo

from .scopes import SIZE


@dataclass(frozen=True)
class Item:
    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    authors: list  # [(name, address or '')], never empty
    categories: list
    photo: Photo | None

    @property
    def image(self):
        """The whole picture, as a JPEG. How many bytes it has is left out: thirty questions to the storage a feed."""
        return jsonld.absolute(self.photo.url) if self.photo else ""


def feed_articles(articles):
    """The newest, each with its bylines and topics: three queries, two where there is nothing."""
    named = Prefetch("bylines", Byline.objects.select_related("author"))
    found = articles.select_related("category", "photo").defer("photo__search_text")
    return list(found.prefetch_related(named, "topics")[:SIZE])


def feed_items(articles, site, kind):
    return [_item(article, site, kind) for article in articles]


def _item(article, site, kind):
    return Item(
        id=item_id(article, kind),
        url=jsonld.absolute(article.get_absolute_url()),
        title=article.title,
        summary=article.lede,
        html=whole_text(article),
        published=article.published_at,
        updated=jsonld.modified(article),
        authors=_authors(article, site),
        categories=[article.category.name, *(topic.name for topic in article.topics.all())],
        photo=article.photo if article.photo and article.photo.master else None,
    )


def item_id(article, kind):
    """A tag URI (RFC 4151): names the article for good, whatever becomes of its address.

    One for each format: newsboat takes the same id in two feeds for one item, and shows it in one of them only.
    """
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{article.created_at:%Y}:{kind}/{article.pk}"


def _authors(article, site):
    """The pen names; else the byline's own words; else the newspaper."""
    bylines = article.bylines.all()
    people = {b.name: jsonld.absolute(b.author.get_absolute_url()) if b.author else "" for b in bylines}
    people.pop("", None)
    return list(people.items()) or [(site.name, jsonld.absolute("/"))]


def whole_text(article):
    """Picture, lede and body for a reader far from our page: every address whole."""
    parts = []
    if article.photo and article.photo.master:
        parts.append(_figure(article.photo))
    parts.append(format_html("<p><strong>{}</strong></p>", article.lede))
    if player := players.parse(article.player or ""):
        parts.append(format_html('<p><a href="{}">{}</a></p>', player.address, player.provider))
    parts.append(jsonld.absolute_html(richtext.clean(article.body)))
    return "".join(parts)


def _figure(photo):
    words = " ".join(filter(None, (photo.caption, photo.credit)))
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}"><figcaption>{}</figcaption></figure>',
        jsonld.absolute(photo.url), photo.alt or photo.caption, str(photo.width), str(photo.height), words,
    )  # fmt: skip
