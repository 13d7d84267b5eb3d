"""The rows of one imported article: written, filled up, and the fingerprint of what they say."""

import hashlib
import json

from django.db import IntegrityError, transaction
from django.db.models import Q

from articles import vietnamese
from articles.editorial import photos
from articles.models import Article, Author, Byline, Photo, RelatedLink
from articles.renditions import PictureRefused

from . import figures, pictures
from .incoming import fit


def write(article, incoming, category, folder, user):
    """Store all that the page says; what it does not say stays as it was. Returns notes on what was left out."""
    _set_facts(article, incoming, category, overwrite=True)
    article.dateline = fit(incoming.dateline or "", Article, "dateline")
    article.lede, article.body = incoming.lede, incoming.body
    article.photo, notes = _photo(article.photo, incoming.photo, folder, user)
    article.body = figures.placed(article.body, incoming.pictures[1:], folder, user)
    article.save()
    article.bylines.all().delete()
    _write_bylines(article, incoming)
    article.links.all().delete()
    for order, link in enumerate(incoming.related):
        title = fit(link.title, RelatedLink, "title")
        RelatedLink.objects.create(
            article=article, title=title, teaser=fit(link.lede, RelatedLink, "teaser"), order=order
        )
    return notes


def fill(article, incoming, category):
    """Store title, section and time where they are known now and the article lacks them."""
    _set_facts(article, incoming, category, overwrite=False)
    article.save()
    return ""


def _set_facts(article, incoming, category, overwrite):
    known = {"title": incoming.title, "category": category, "published_at": incoming.published_at}
    for name, value in known.items():
        if value and (overwrite or not getattr(article, name)):
            setattr(article, name, value)


def _photo(photo, incoming, folder, user):
    """(Photo or None, note). A caption whose picture is not at hand waits for it."""
    if incoming is None:
        return photo, ""
    path = pictures.find(incoming.src, folder)
    if not incoming.caption and path is None:
        return photo, ""
    photo = figures.with_words(photo or Photo(created_by=user), incoming.caption)
    if path is not None and not photo.master:
        try:
            return photos.store(photo, pictures.read(path)), ""
        except (PictureRefused, OSError) as error:
            if not photo.caption:
                return None, f"{path.name}: {error}"
            photo.save()
            return photo, f"{path.name}: {error}"
    photo.save()
    return photo, ""


def _write_bylines(article, incoming):
    """The first row keeps the whole line as printed, unless it names nobody: then its own words show."""
    for order, credit in enumerate(incoming.credits):
        author = author_named(credit.name) if credit.name else None
        line = incoming.byline_as_printed if order == 0 and (author or len(incoming.credits) == 1) else ""
        line = line or ("" if author else credit.as_printed)
        Byline.objects.create(
            article=article, author=author, role=credit.role, as_printed=fit(line, Byline, "as_printed"), order=order
        )


def author_named(name):
    """The Author of that name, whatever its case and the place of its tone marks; a new one when there is none.

    Folding alone would make one person of Đinh Thắng and Đinh Thăng.
    """
    name = fit(name, Author, "name")
    try:
        return _known_author(name)
    except IntegrityError:  # another import has just taken the slug, most likely for the same name
        return _known_author(name)


@transaction.atomic
def _known_author(name):
    """The slug is chosen before anybody looks: a namesake that arrives in between is found, or holds that slug and
    the INSERT fails. The other way round it would quietly become "…-2"."""
    new = Author(name=_from_capitals(name))
    new.slug = new.free_slug()
    same = Q(slug__startswith=vietnamese.slug(name)) | Q(name=name)
    for author in Author.objects.filter(same).order_by("pk"):
        if _spelling(author.name) == _spelling(name):
            return author
    new.save(force_insert=True)
    return new


def _spelling(name):
    letters, tones = vietnamese.sort_key(name)
    return vietnamese.key(name), letters, sorted(tones)


def _from_capitals(name):
    """'SỸ ĐÔNG' was set in capitals for looks; initials stay."""
    return name.title() if name.isupper() and "." not in name and " " in name else name


def fingerprint(article):
    """sha256 of what readers would see of the stored article; any edit at the desk changes it."""
    photo = article.photo and [getattr(article.photo, name) for name in ("master", "caption", "credit", "alt")]
    bylines = list(article.bylines.order_by("order", "pk").values_list("author_id", "role", "as_printed"))
    links = list(article.links.order_by("order", "pk").values_list("title", "teaser", "url"))
    words = [article.title, article.kicker, article.dateline, article.lede, article.body, article.category_id]
    moment = article.published_at.timestamp() if article.published_at else None
    said = json.dumps([words, moment, photo, bylines, links], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
