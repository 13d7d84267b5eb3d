"""An article as one document: the fields that are written, and the rows that hang on it, as plain JSON.

    {"title": "…", "body": "<p>…</p>", "category": 3, "topics": [1, 7], …, "bylines": [{"author": 2, "role": "text",
     "as_printed": ""}], "links": […], "gallery": […], "live_updates": […], "attachments": […]}

Design notes
- A form, a revision, a merge and the rows in the database are four shapes of the same thing; this module is where they
  meet. `of` reads it from the rows, `write` puts it there; nothing else knows both sides.
- Rows have no identity but their contents and their order. `write` keeps the row of the database that says the same
  already, changes the others in place, and so leaves keys alone where nothing changed.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.db import models

from articles.models import Article, Attachment, Byline, GalleryPhoto, LiveUpdate, RelatedLink

FIELDS = [
    *("kicker", "title", "lede", "body", "category", "genre", "photo", "player", "published_at", "dateline"),
    *("editor_note", "slug", "ai_use", "comments_closed", "embargo_until", "interview_shown_at"),
]
MANY = ["topics"]
ROWS = {
    "bylines": (Byline, ["author", "role", "as_printed"]),
    "links": (RelatedLink, ["target", "title", "url", "teaser"]),
    "live_updates": (LiveUpdate, ["posted_at", "title", "body", "is_key"]),
    "gallery": (GalleryPhoto, ["photo"]),
    "attachments": (Attachment, ["title", "file", "size"]),
}


def of(article):
    """The document of an article as its rows in the database have it."""
    document = {name: plain(field_value(article, name)) for name in FIELDS}
    document["topics"] = sorted(article.topics.order_by().values_list("pk", flat=True)) if article.pk else []
    for kind, (model, names) in ROWS.items():
        found = model.objects.filter(article=article) if article.pk else []
        document[kind] = [row_of(row, names) for row in found]
    return document


def row_of(row, names):
    return {name: plain(field_value(row, name)) for name in names}


def field_value(instance, name):
    return getattr(instance, instance._meta.get_field(name).attname)


def plain(value):
    """A value as JSON keeps it: a moment as ISO in UTC, a row by its key, a file by its name."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    return value


def lay_on(article, document):
    """Give an article in memory the fields of a document; nothing is saved. Returns it."""
    for name in FIELDS:
        if name in document:
            _set(article, name, document[name])
    return article


def lay_out(article, document):
    """The same without what was deleted since, such as a photo: an article that can be shown."""
    return lay_on(article, _without_lost_fields(document))


def instances(article, document, kind):
    """The rows of a kind as unsaved instances, in their order; rows that lead to what was deleted are left out."""
    model, _names = ROWS[kind]
    rows = _without_lost(model, document.get(kind, []))
    return [_fill(model(article=article), row) for row in rows]


def write(article, document):
    """Put a document into the rows of a stored article. The caller holds the article's row and a transaction."""
    lay_on(article, _without_lost_fields(document))
    article.save(update_fields=[name for name in FIELDS if name in document])
    if "topics" in document:
        article.topics.set(article.topics.model.objects.filter(pk__in=document["topics"]))
    for kind in ROWS:
        if kind in document:
            _write_rows(article, kind, document[kind])


def changed(before, after):
    """The names of what two documents say differently."""
    return {name for name in [*FIELDS, *MANY, *ROWS] if before.get(name) != after.get(name)}


def digest(document):
    """Its SHA-256, in whatever order a database keeps the names: what two places may say of the same version."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def label(name):
    """The name of a part of a document, in the reader's language."""
    if name in ROWS:
        return ROWS[name][0]._meta.verbose_name_plural
    return Article._meta.get_field(name).verbose_name


def _write_rows(article, kind, wanted):
    model, names = ROWS[kind]
    stored = list(model.objects.filter(article=article))
    free = [(row, row_of(row, names)) for row in stored]
    pairs = []
    for place, row in enumerate(_without_lost(model, wanted)):
        same = next((found for found in free if found[1] == row), None)
        if same:
            free.remove(same)
        pairs.append((place, row, same[0] if same else None))
    kept = {same.pk for _place, _row, same in pairs if same}
    spare = [row for row in stored if row.pk not in kept]
    missing = sum(1 for pair in pairs if pair[2] is None)
    # First what goes: an article may link to another once, and a file belongs to one row.
    for row in spare[missing:]:
        row.delete()
    spare = spare[:missing] if not _has_unique(model) else _delete_all(spare)
    for place, row, same in pairs:
        instance = same or (spare.pop(0) if spare else model(article=article))
        _save_row(instance, row, place, is_new=same is None)


def _has_unique(model):
    return any(isinstance(one, models.UniqueConstraint) for one in model._meta.constraints)


def _delete_all(rows):
    for row in rows:
        row.delete()
    return []


def _save_row(instance, row, place, *, is_new):
    ordered = hasattr(instance, "order")
    if not is_new and (not ordered or instance.order == place):
        return
    _fill(instance, row)
    if ordered:
        instance.order = place
    instance.save()


def _fill(instance, row):
    for name, value in row.items():
        _set(instance, name, value)
    return instance


def _set(instance, name, value):
    field = instance._meta.get_field(name)
    if isinstance(field, models.DateTimeField) and value:
        value = datetime.fromisoformat(value)
    setattr(instance, field.attname, value)


def _without_lost_fields(document):
    """Without what a document refers to and what was deleted since, such as a photo."""
    lost = [name for name in FIELDS if document.get(name) and _is_lost(Article, name, [document[name]])]
    return {**document, **dict.fromkeys(lost)}


def _without_lost(model, rows):
    for name in [field.name for field in model._meta.concrete_fields if field.is_relation and field.name != "article"]:
        asked = [row[name] for row in rows if row.get(name)]
        lost = _is_lost(model, name, asked) if asked else set()
        rows = [row for row in rows if row.get(name) not in lost or not lost]
    return rows


def _is_lost(model, name, keys):
    """Those of the keys that lead nowhere any more."""
    field = model._meta.get_field(name)
    if not field.is_relation:
        return set()
    return set(keys) - set(field.related_model.objects.filter(pk__in=keys).values_list("pk", flat=True))
