"""The demo's articles: the sample page, the archive, one story of every kind, and what lies on the desk."""

import re
from datetime import timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils.html import format_html

from articles import importers
from articles.editorial import documents, photos, revisions, transitions
from articles.models import Article, Attachment, Author, Byline, GalleryPhoto, LiveUpdate, Photo

from . import studio

SAMPLE_PAGE = Path(__file__).parent / "sample-page" / "page.txt"
_PLACEHOLDER = re.compile(r"<p>\{(article|figure):([\w-]+)\}</p>\n?")

_FIGURE = '<figure class="image"><img src="{}" alt="{}" width="{}" height="{}"><figcaption>{}</figcaption></figure>\n'


def ago(at, hours):
    return at - timedelta(hours=hours)


def pictures(item):
    """The tables of an article's pictures, in the order in which they are drawn and taken: lead, gallery, figures."""
    return [*([item["photo"]] if "photo" in item else []), *item.get("gallery", []), *item.get("figure", [])]


def sample_page(plan, sections, prepared):
    sample, data = plan["sample"], SAMPLE_PAGE.read_bytes()
    incoming = importers.parse(data, SAMPLE_PAGE.name)
    for place, link in zip(plan["teaser"], incoming.related, strict=True):
        teaser = Article.objects.create(
            title=link.title, lede=link.lede, dateline=link.dateline, category=sections[place["section"]]
        )
        transitions.publish(teaser, at=place["published"])
    outcome = importers.save(
        incoming, data, SAMPLE_PAGE.name,
        section=sample["section"], title=sample["title"], published=sample["published"],
    )  # fmt: skip
    article = outcome.article
    article.kicker, article.editor_note = sample["kicker"], sample["note"]
    if prepared:
        photo = article.photo or Photo(caption=incoming.photo.caption)
        photo.credit, photo.alt = plan["credit"], sample["alt"]
        article.photo = photos.keep(photo, prepared)
    article.save()


def publish(item, plan, sections, drawn, at):
    """`drawn` gives the prepared pictures in the order of `pictures`, or nothing where none were drawn."""
    kept = [_keep(words, next(drawn, None), plan["credit"]) for words in pictures(item)]
    lead = kept.pop(0) if "photo" in item else None
    gallery, figures = kept[: len(item.get("gallery", []))], kept[len(item.get("gallery", [])) :]
    kicker = item.get("kicker", "")
    article = Article.objects.create(
        title=item["title"], kicker=kicker, lede=item["lede"], body=_filled(item["body"], figures),
        genre=item.get("genre") or plan["genres"].get(kicker, "news"), player=item.get("player", ""),
        ai_use=item.get("ai_use", "none"), dateline=plan["site"]["dateline"], category=sections[item["section"]],
        photo=lead,
    )  # fmt: skip
    for order, name in enumerate(item["byline"]):
        Byline.objects.create(article=article, author=Author.objects.get(name=name), order=order)
    for order, photo in enumerate(filter(None, gallery)):
        GalleryPhoto.objects.create(article=article, photo=photo, order=order)
    for order, file in enumerate(item.get("attachment", [])):
        content = ContentFile(studio.print_file(file["name"], file["lines"]), file["name"])
        Attachment.objects.create(article=article, title=file["title"], file=content, order=order)
    transitions.publish(article, at=item["published"])
    _report(article, item.get("live", []), at)


def _keep(words, prepared, credit):
    if prepared is None:
        return None
    illustration = words.get("illustration", False)
    photo = Photo(caption=words["caption"], alt=words["alt"], credit=credit, is_illustration=illustration)
    same = Photo.objects.filter(master__endswith=f"/{prepared.made.master}").first()
    if not same:
        return photos.keep(photo, prepared)
    # A drawing that came round again: other words, the same files.
    for name in ("master", "original", "width", "height", "focus_x", "focus_y", "edition"):
        setattr(photo, name, getattr(same, name))
    photo.save()
    return photo


def _filled(body, figures):
    """The body with links to articles of ours, and with the figures that were drawn, where it names them."""

    def fill(match):
        kind, name = match.groups()
        if kind == "article":
            target = Article.objects.get(slug=name)
            return format_html('<p><a href="{}">{}</a></p>\n', target.get_absolute_url(), target.title)
        photo = figures[int(name) - 1]
        return photo and format_html(
            _FIGURE, photo.url, photo.alt, str(photo.width), str(photo.height), photo.caption
        )  # fmt: skip

    return _PLACEHOLDER.sub(lambda match: fill(match) or "", body)


def _report(article, entries, at):
    for entry in entries:
        LiveUpdate.objects.create(
            article=article, posted_at=ago(at, entry["hours_ago"]), title=entry.get("title", ""), body=entry["text"],
            is_key=entry.get("key", False),
        )  # fmt: skip
    if entries:
        transitions.revise(article, {"live_updates"}, at=ago(at, min(entry["hours_ago"] for entry in entries)))


def lay_on_desk(item, sections, at):
    writer = _person(item.get("by", "rita"))
    article = Article(
        title=item["title"], lede=item["lede"], body=item["body"], editor_note=item.get("note", ""), dateline="BAL",
        category=sections[item["section"]],
    )  # fmt: skip
    bylines = [documents.row_of(Byline(author=Author.objects.get(user=writer)), documents.ROWS["bylines"][1])]
    revisions.create(article, {**documents.of(article), "bylines": bylines}, writer)
    _move(article, item, writer, at)


def _move(article, item, writer, at):
    """Along the route to the state where it lies, each step by whose step it is."""
    editor, state = _person(item.get("editor", "ed")), item["state"]
    if state == "withdrawn":
        transitions.publish(article, at=item["published"])
        transitions.withdraw(article)
    if state in {"draft", "withdrawn"}:
        return
    transitions.submit(article, writer)
    if state == "submitted":
        return
    transitions.take(article, editor)
    if state == "returned":
        transitions.send_back(article, editor, item["reason"])
    if state in {"review", "approved", "scheduled"}:
        transitions.pass_on(article, editor)
    if state in {"approved", "scheduled"}:
        transitions.approve(article, _person("sam"))
    if state == "scheduled":
        transitions.publish(article, at=ago(at, -item["hours"]))


def save_over(item):
    """Save a story that readers see, without making it live."""
    article = Article.objects.get(slug=item["article"])
    document = {**revisions.current(article), "kicker": item["kicker"]}
    revisions.save(article, document, _person(item["by"]), base=article.version)


def _person(name):
    return get_user_model().objects.get(username=name)
