"""What is said of a section, a picture, an article: the shapes of the answers, and how they are made of rows."""

from datetime import date, datetime
from urllib.parse import urlencode

from ninja import Schema
from pydantic import Field

from articles import days, jsonld, players, richtext
from articles.models import AIUse, Byline, Genre


class Named(Schema):
    slug: str
    name: str
    url: str


class Section(Named):
    parent: str | None = Field(description="The slug of the section that it stands under.")
    description: str


class About(Named):
    about: str


class Credit(Schema):
    name: str
    role: Byline.Role
    author: Named | None = Field(description="Whose page the name leads to.")


class Image(Schema):
    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    is_illustration: bool
    made_by_ai: bool


class Card(Schema):
    id: int
    url: str
    title: str
    kicker: str
    lede: str
    genre: Genre
    section: Named
    published: datetime
    modified: datetime
    image: Image | None


class Link(Schema):
    title: str
    url: str


class File(Link):
    bytes: int


class Update(Schema):
    posted: datetime
    title: str
    html: str
    is_key: bool


class CorrectionNote(Schema):
    issued: datetime
    wrong: str
    right: str
    apology: str


class Whole(Card):
    dateline: str
    html: str
    text: str = Field(description="The same without marks.")
    bylines: list[Credit]
    topics: list[Named]
    gallery: list[Image]
    player: str = Field(description="The address of its video or sound, or nothing.")
    updates: list[Update] = Field(description="Of a live report, the newest first.")
    corrections: list[CorrectionNote]
    attachments: list[File]
    related: list[Link]
    english: str | None = Field(description="The address of its English version.")
    ai_use: AIUse


class Listed(Schema):
    items: list[Card]
    next: str | None = Field(description="The address of the next page.")


class Hit(Card):
    is_phrase: bool = Field(description="The words stand side by side.")
    snippet: str = Field(description="Where the words stand, as HTML, each hit in <mark>.")


class Hits(Schema):
    items: list[Hit]
    next: str | None
    total: int = Field(description="Counted to a thousand.")
    has_more: bool = Field(description="There are more than `total`.")


class Sections(Schema):
    items: list[Section]


class DayCount(Schema):
    day: date
    count: int


class Days(Schema):
    month: str
    section: str | None
    items: list[DayCount]


def moment(when):
    return when.astimezone(days.VIETNAM).replace(microsecond=0)


def following(request, **changes):
    """The address of the page that follows: that of the request with other parameters."""
    return f"{jsonld.absolute(request.path)}?{urlencode({**request.GET.dict(), **changes})}"


def named(one):
    return {"slug": one.slug, "name": one.name, "url": jsonld.absolute(one.get_absolute_url())}


def section(one, sections):
    parent = sections.by_id[one.parent_id].slug if one.parent_id else None
    return {**named(one), "parent": parent, "description": one.description}


def image(photo):
    if not photo or not photo.master:
        return None
    return {
        "url": jsonld.absolute(photo.url),
        "alt": photo.alt or photo.caption,
        **{name: getattr(photo, name) for name in ("width", "height", "caption", "credit")},
        **{name: getattr(photo, name) for name in ("is_illustration", "made_by_ai")},
    }


def card(article, updates=()):
    return {
        "id": article.pk,
        "url": jsonld.absolute(article.get_absolute_url()),
        **{name: getattr(article, name) for name in ("title", "kicker", "lede", "genre")},
        "section": named(article.category),
        "published": moment(article.published_at),
        "modified": moment(jsonld.modified(article, updates)),
        "image": image(article.photo),
    }


def whole(article, parts, related):
    html = richtext.clean(article.body)
    player = players.parse(article.player) if article.player else None
    return card(article, parts.live_updates) | {
        "dateline": article.dateline,
        "html": jsonld.absolute_html(html),
        "text": richtext.to_text(html),
        "bylines": [_credit(byline) for byline in parts.bylines],
        "topics": [named(topic) for topic in parts.topics],
        "gallery": [image(place.photo) for place in parts.gallery],
        "player": player.address if player else "",
        "updates": [_update(update) for update in parts.live_updates],
        "corrections": [_correction(correction) for correction in parts.corrections],
        "attachments": [_file(attachment) for attachment in parts.attachments],
        "related": [{"title": link.title, "url": jsonld.absolute(link.url)} for link in related],
        "english": jsonld.absolute(parts.english.get_absolute_url()) if parts.english else None,
        "ai_use": article.ai_use,
    }


def _credit(byline):
    return {"name": byline.name, "role": byline.role, "author": named(byline.author) if byline.author else None}


def _update(update):
    html = jsonld.absolute_html(richtext.clean(update.body))
    return {"posted": moment(update.posted_at), "title": update.title, "html": html, "is_key": update.is_key}


def _correction(one):
    return {"issued": moment(one.issued_at), "wrong": one.wrong, "right": one.right, "apology": one.apology}


def _file(attachment):
    return {"title": attachment.title, "url": jsonld.absolute(attachment.file.url), "bytes": attachment.size}
