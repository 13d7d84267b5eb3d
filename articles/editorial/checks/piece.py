"""What the checks look at: one document, and what it leads to. Each is loaded once, and only if a check asks for it."""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from articles import days, insets, prose
from articles.models import Article, Category, Note, Photo, Redirect
from articles.models.redirect import key

from .addresses import Link

_PICTURE = re.compile(
    r'<img(?P<attributes>(?:\s[a-z-]+="[^"]*")*)\s?/?>(?:\s|</a>)*(?:<figcaption>(?P<caption>.*?)</figcaption>)?',
    re.DOTALL,
)
_LINK = re.compile(r'<a(?:\s[a-z-]+="[^"]*")*?\shref="(?P<address>[^"]*)"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Picture:
    """A photo where the document shows it. `photo` is None for a picture of the body that the library does not know."""

    photo: Photo | None
    caption: str
    alt: str
    where: str

    def __str__(self):
        return (self.caption or self.alt or (str(self.photo) if self.photo else "…")).rstrip(".")


class Piece:
    def __init__(self, article, document, at=None):
        self.article, self.document = article, document
        moment = at or _moment(document.get("published_at")) or timezone.now()
        # What is dated back is read from now on, all the same.
        self.moment = max(moment, timezone.now())

    @property
    def day(self):
        return days.of(self.moment)

    def text(self, name):
        return (self.document.get(name) or "").strip()

    def time(self, name):
        return _moment(self.document.get(name))

    def rows(self, kind):
        return self.document.get(kind) or []

    @cached_property
    def bodies(self):
        """[(where, HTML)] of the body and of what is posted to a live report."""
        updates = [("live_updates", row.get("body") or "") for row in self.rows("live_updates")]
        return [("body", self.document.get("body") or ""), *updates]

    @cached_property
    def prose(self):
        """[(where, plain text)] of everything that is written in sentences."""
        lines = [(name, self.text(name)) for name in ("title", "lede")]
        return lines + [(where, prose.of_body(body)) for where, body in self.bodies]

    # Pictures

    @cached_property
    def pictures(self):
        """The lead photo, the gallery and the pictures of the body, in this order."""
        keys = [("photo", self.document.get("photo"))] + [("gallery", row.get("photo")) for row in self.rows("gallery")]
        inline = [(where, match) for where, body in self.bodies for match in _PICTURE.finditer(body)]
        masters = [_master(match) for _where, match in inline]
        photos = _photos([pk for _where, pk in keys if pk], [master for master in masters if master])
        known = [(where, photos[pk]) for where, pk in keys if pk in photos]
        found = [Picture(photo, photo.caption, photo.alt, where) for where, photo in known]
        for (where, match), master in zip(inline, masters, strict=True):
            caption = html.unescape(_TAG.sub("", match["caption"] or "")).strip()
            alt = html.unescape(insets.attributes(match["attributes"]).get("alt", "")).strip()
            found.append(Picture(photos.get(master), caption, alt, where))
        return found

    # Links

    @cached_property
    def links(self):
        """The links of the texts and the related ones that have an address."""
        found = [
            Link(html.unescape(match["address"]), where)
            for where, body in self.bodies
            for match in _LINK.finditer(body)
        ]
        return found + [Link(row["url"], "links") for row in self.rows("links") if row.get("url")]

    @cached_property
    def targets(self):
        """{id: Article} of our own that the texts and the related links lead to; those that are there."""
        asked = {link.place.article for link in self.links if link.place and link.place.article}
        asked |= {row["target"] for row in self.rows("links") if row.get("target")}
        rows = Article.objects.filter(pk__in=asked) if asked else Article.objects.none()
        return {row.pk: row for row in rows.only("state", "published_at")}

    @cached_property
    def sections(self):
        """The slugs of the sections that the links name; those that are there."""
        asked = {link.place.section for link in self.links if link.place and link.place.section}
        return set(Category.objects.filter(slug__in=asked).values_list("slug", flat=True)) if asked else set()

    @cached_property
    def old_paths(self):
        """The keys of the links' paths that this site no longer has but leads on from."""
        asked = {key(link.place.path) for link in self.links if link.place and not link.place.is_there} - {""}
        return set(Redirect.objects.filter(path__in=asked).values_list("path", flat=True)) if asked else set()

    # The desk

    @cached_property
    def open_notes(self):
        """The texts of notes that nobody has resolved."""
        notes = Note.objects.filter(article=self.article, answers=None, resolved_at=None) if self.article.pk else []
        return [note.text for note in notes]


def _moment(text):
    return datetime.fromisoformat(text) if text else None


def _master(match):
    """The name under which the library knows the picture of an img."""
    address = insets.attributes(match["attributes"]).get("src", "")
    return address.removeprefix(settings.MEDIA_URL) if address.startswith(settings.MEDIA_URL) else ""


def _photos(keys, masters):
    """{id or master: Photo}, in one query."""
    if not keys and not masters:
        return {}
    found = {}
    for photo in Photo.objects.filter(Q(pk__in=keys) | Q(master__in=masters)).defer("search_text"):
        found |= {photo.pk: photo, photo.master: photo}
    return found
