"""What the import says about one file: a JSON object for programs, a line for people."""

import json
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from articles import days, richtext

from . import pictures


@dataclass(frozen=True)
class Answer:
    name: str  # the file, for people
    said: dict  # the JSON object
    moment: datetime | None = None  # when the article was published, as far as it is known


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
        "article": None,
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


def still_missing(article):
    """The same of a stored article, whatever its page had."""
    known = {
        "title": article.title, "lede": article.lede, "published_at": article.published_at,
        "section": article.category_id, "photo": article.photo is None or article.photo.master,
    }  # fmt: skip
    return [name for name, value in known.items() if not value]


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


def line(answer):
    return json.dumps(answer.said, ensure_ascii=False)


def sentence(answer, dry_run=False):
    """'trang.htm: created · article 12 · missing: title' for people."""
    said = answer.said
    words = [outcome_name(said["outcome"], dry_run)]
    if said.get("article"):
        words.append(_("article %(number)s") % {"number": said["article"]})
    if answer.moment:
        words.append(_("dated %(date)s") % {"date": _date(answer.moment)})
    if said.get("missing"):
        words.append(_("missing: %(fields)s") % {"fields": ", ".join(map(_label, said["missing"]))})
    if said["reason"]:
        words.append(said["reason"])
    return f"{answer.name}: {' · '.join(words)}"


def _label(field):
    labels = {
        "title": _("title"),
        "lede": _("lede"),
        "published_at": _("published at"),
        "section": _("section"),
        "photo": _("picture"),
    }
    return labels[field]


def _date(moment):
    """Midnight is the day of a page that names no time: nobody knows the hour, so none is shown."""
    local = moment.astimezone(days.VIETNAM)
    return f"{local:%d/%m/%Y}" if local.time() == time.min else f"{local:%d/%m/%Y %H:%M}"


def outcome_name(kind, dry_run=False):
    if dry_run:
        names = {
            "created": _("would be created"),
            "updated": _("would be updated"),
            "skipped": _("would be skipped"),
            "failed": _("would fail"),
        }
    else:
        names = {"created": _("created"), "updated": _("updated"), "skipped": _("skipped"), "failed": _("failed")}
    return names[kind]


def summary(counts, dry_run=False):
    message = _("%(created)s created, %(updated)s updated, %(skipped)s skipped, %(failed)s failed.")
    if dry_run:
        message = _(
            "Dry run, nothing was written: %(created)s would be created, %(updated)s updated, %(skipped)s skipped, "
            "%(failed)s would fail."
        )
    return message % {kind: counts[kind] for kind in ("created", "updated", "skipped", "failed")}
