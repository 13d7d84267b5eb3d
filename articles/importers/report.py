"""What the import says about one file: a JSON object for programs, a line for people."""

import json

from django.utils.translation import gettext as _

from articles import days, richtext

from . import pictures


def as_object(incoming, name, folder=None, outcome="", reason="", section=None):
    """The page as JSON-ready data; texts in the order and under the names of the demo's expected.json."""
    photo, form = incoming.photo, incoming.archive_form
    local = incoming.published_at and incoming.published_at.astimezone(days.VIETNAM)
    return {
        "source": name,
        "title": incoming.title,
        "published_at": local.isoformat() if local else None,
        "dateline": incoming.dateline,
        "lede": incoming.lede,
        "photo": _photo(photo) if photo and photo.caption else None,
        "body": _paragraphs(incoming.body),
        "byline": incoming.byline,
        "byline_as_printed": incoming.byline_as_printed,
        "related_heading": incoming.related_heading,
        "related": [{"title": link.title, "dateline": link.dateline, "lede": link.lede} for link in incoming.related],
        "archive_form": form and {"label": form.label, "scope_label": form.scope_label, "scopes": list(form.scopes)},
        "section": section or next(iter(incoming.sections), None),
        "sections": list(incoming.sections),
        "source_url": incoming.source_url or None,
        "captions": incoming.captions,
        "pictures": [picture.src for picture in incoming.pictures if picture.src],
        "missing": missing(incoming, folder, section),
        "outcome": outcome,
        "reason": reason,
    }


def missing(incoming, folder=None, section=None):
    """What the desk must still give: fields the page did not have, and the picture of a caption."""
    known = {"title": incoming.title, "published_at": incoming.published_at, "section": section or incoming.sections}
    names = [name for name, value in known.items() if not value]
    photo = incoming.photo
    if photo and photo.caption and pictures.find(photo.src, folder) is None:
        names.append("photo")
    return names


def _photo(photo):
    return {
        "caption": photo.caption,
        "caption_as_printed": photo.caption_as_printed,
        "printed_times": photo.printed_times,
    }


def _paragraphs(body):
    """Paragraphs and list items; headings and tables stand in the body only."""
    return richtext.paragraphs(body.replace("<li>", "<p>").replace("</li>", "</p>"))


def failure(name, reason):
    return {"source": name, "outcome": "failed", "reason": reason}


def line(said):
    return json.dumps(said, ensure_ascii=False)


def sentence(said):
    """'trang.htm: created, missing title' for people."""
    words = [outcome_name(said["outcome"])]
    if said.get("missing"):
        labels = {
            "title": _("title"),
            "published_at": _("published at"),
            "section": _("section"),
            "photo": _("picture"),
        }
        words.append(_("missing: %(fields)s") % {"fields": ", ".join(labels[name] for name in said["missing"])})
    if said["reason"]:
        words.append(said["reason"])
    return f"{said['source']}: {' · '.join(words)}"


def outcome_name(kind):
    names = {"created": _("created"), "updated": _("updated"), "skipped": _("skipped"), "failed": _("failed")}
    return names[kind]


def summary(counts):
    message = _("%(created)s created, %(updated)s updated, %(skipped)s skipped, %(failed)s failed.")
    return message % {kind: counts[kind] for kind in ("created", "updated", "skipped", "failed")}
