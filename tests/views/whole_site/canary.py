"""One word in every text that belongs to an article, by the models themselves: a new column gets its canary unasked.

A word says where it was put: `bimat7391` + state + model + column.
"""

import re
from datetime import timedelta
from urllib.parse import unquote

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from articles.editorial import documents, revisions, transitions
from articles.models import (
    Article,
    Author,
    Byline,
    Comment,
    Correction,
    EnglishVersion,
    GalleryPhoto,
    LiveUpdate,
    Note,
    Photo,
    PhotoUse,
    Placement,
    ReadCount,
    Receipt,
    RelatedLink,
    Revision,
    SearchDocument,
    SharedVersion,
    StaticPage,
    Topic,
    Transition,
)
from articles.richtext import RichTextField
from tests import base, factories

WORD = "bimat7391"
FOUND = re.compile(rf"{WORD}[a-z0-9]*")
DERIVED = {"title_key", "search_text", "key"}  # of other columns, on every save
MADE_APART = {GalleryPhoto, PhotoUse, Placement, ReadCount, SearchDocument, Correction}
PEOPLE = ("username", "first_name", "last_name", "email")


def word(state, model, column):
    return f"{WORD}{state}{model._meta.model_name}{column.replace('_', '')}"


def found_in(*texts):
    """The canaries in some texts, whatever an address or a slug made of them."""
    return {one for text in texts for one in FOUND.findall(unquote(text).lower())}


def columns(model):
    """The columns of a model that hold words of people."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField, models.FileField, models.JSONField))
        if is_text and not field.choices and field.name not in DERIVED and not field.primary_key:
            yield field


def put(field, said):
    """`said` in the shape that a column takes."""
    if isinstance(field, RichTextField):
        return f"<p>Thủy điện {said}</p>"
    if isinstance(field, models.JSONField):
        return {"title": said, "body": said}
    special = {
        "url": f"https://baomau.vn/{said}", "player": f"https://www.youtube.com/watch?v={WORD}aa",
        "master": f"{said}/master.jpg", "original": f"{said}/{'0' * 64}", "path": f"/cu/{said}.htm", "target": "",
        "file": f"{said}/{said}.pdf", "token_hash": said, "form": said[:40], "tab": said[:40], "logo": "",
    }  # fmt: skip
    return special.get(field.name, said)[: field.max_length or None]


def filled(model, mark, known=(), /, **given):
    """An unsaved row of a model: its texts are canaries, its foreign keys what is `known`: {model: row}."""
    row, known, texts = model(**given), dict(known), set(columns(model))
    for field in model._meta.concrete_fields:
        if field.name in given or field.primary_key:
            continue
        if field in texts:
            setattr(row, field.name, put(field, word(mark, model, field.name)))
        elif field.is_relation and field.related_model in known:
            setattr(row, field.name, known[field.related_model])
        elif isinstance(field, models.BinaryField):
            setattr(row, field.name, word(mark, model, field.name).encode())
        elif isinstance(field, models.DateField) and not field.null and not field.has_default():
            setattr(row, field.name, factories.at("2023-03-22 08:00"))
    return row


def writer(state):
    """A reporter whose every name is a canary: no page tells who sits at the desk."""
    User = get_user_model()
    said = {name: word(state, User, name) for name in PEOPLE}
    return User.objects.create(**{**said, "email": f"{said['email']}@baomau.vn"})


def parts():
    """The models whose rows belong to an article and hold words."""
    backwards = [one for one in Article._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    related = {one.related_model for one in backwards} - MADE_APART - {Article}
    told = [model for model in related if model._meta.managed and any(columns(model))]
    return sorted(told, key=lambda model: (PARTS_FIRST.get(model, 9), model.__name__))


def hidden(state, category, **given):
    """A draft with canaries in every column of its own and of all that belongs to it."""
    user = writer(state)
    photo, gallery = (filled(Photo, name, created_by=user, width=640, height=427) for name in (state, f"{state}g"))
    topic, author = filled(Topic, state), filled(Author, state, user=user)
    for row in (photo, gallery, topic, author):
        row.save()
    fields = {"category": category, "top": None, "handler": None, "working": None, "photo": photo, "created_by": user}
    article = filled(Article, state, version=1, **{**fields, **given})
    article.body += f'<figure class="image"><img src="{gallery.address}" alt="{word(state, Photo, "alt")}"></figure>'
    article.save()
    article.topics.add(topic)
    known = {Article: article, get_user_model(): user, Author: author, Photo: photo}
    for model in parts():
        row = filled(model, state, known, **PARTICULAR.get(model, {}))
        row.save()
        known[model] = row
    Byline.objects.create(
        article=article, as_printed=word(state, Byline, "as_printed")
    )  # shown where no author is named
    GalleryPhoto.objects.create(article=article, photo=gallery)
    for slot in factories.Slot:
        factories.placement(article, slot)
    factories.reads(article, 50)
    return article


PARTS_FIRST = {Revision: 0, Transition: 1}  # others lead to them
PARTICULAR = {
    Revision: {"number": 1}, Comment: {"state": Comment.State.SHOWN}, RelatedLink: {"target": None, "title_key": ""},
    EnglishVersion: {"released_at": factories.at("2023-03-22 09:00")}, Receipt: {"place": "front"},
    Transition: {"verb": Transition.Verb.SUBMIT, "from_state": "draft", "to_state": "submitted"},
    SharedVersion: {"expires_at": factories.at("2090-01-01 08:00")}, Note: {"answers": None},
}  # fmt: skip


# Where it stands: each of them is nothing for readers


def _moved(state, **fields):
    """The row itself: which steps lead there is asked elsewhere."""
    return lambda article: Article.objects.filter(pk=article.pk).update(state=state, **fields)


def _scheduled(article):
    transitions.publish(article, at=timezone.now() + timedelta(minutes=5))


def _withdrawn(article):
    transitions.publish(article, at=factories.at("2023-03-22 08:00"))
    transitions.withdraw(article)


def _withdrawn_ahead(article):
    _scheduled(article)
    transitions.withdraw(article)


STATES = {
    "draft": _moved("draft"), "returned": _moved("draft", is_returned=True), "submitted": _moved("submitted"),
    "editing": _moved("editing"), "review": _moved("review"), "approved": _moved("approved"),
    "embargo": _moved("approved", embargo_until=factories.at("2090-01-01 08:00")), "planned": _moved(
        "approved", published_at=factories.at("2020-03-22 08:00")), "scheduled": _scheduled,
    "withdrawn": _withdrawn, "ahead": _withdrawn_ahead, "loose": _moved("draft", category=None, top=None),
    "closed": _moved("review"), "trashed": _moved("trashed"),
}  # fmt: skip


class Site:
    """An open article among hidden ones, one in each state, all in one section, one topic and one hand."""

    def __init__(self):
        self.section = factories.subsection("Nông nghiệp", "Kinh tế")
        closed = factories.section("Nội chính")
        closed.editors.add(base.person("ed"))
        self.closed = closed
        self.open = factories.published("2023-03-22 10:00", title="Hồ thủy điện tích nước", category=self.section)
        factories.signed(self.open, "Hà Thu")
        factories.english(self.open, title="Reservoir")
        factories.topic("Thủy điện", self.open, is_featured=True)
        factories.correction(self.open)
        self.later = factories.published("2023-03-22 09:00", category=self.section)
        factories.published("2023-03-22 07:00", category=closed)
        self.hidden = {}

    def hide(self):
        for state, move in STATES.items():
            article = hidden(state, self.closed if state == "closed" else self.section)
            factories.topic("Thủy điện").articles.add(article)
            factories.signed(article, "Hà Thu")
            move(article)
            factories.link(self.open, article)
            self.hidden[state] = Article.objects.select_related("category", "photo").get(pk=article.pk)
        self._open_with_more_to_come()
        return self

    def _open_with_more_to_come(self):
        """What waits at an article that readers see: its working version, and what has a later hour."""
        user, later = writer("working"), timezone.now() + timedelta(days=1)
        photo = filled(Photo, "working", width=640, height=427)
        photo.save()
        text = word("working", Article, "body")
        document = documents.of(self.open) | {
            name: put(Article._meta.get_field(name), word("working", Article, name))
            for name in ("title", "kicker", "lede", "body", "dateline", "editor_note", "player", "slug")
        }
        document |= {"photo": photo.pk, "gallery": [{"photo": photo.pk}], "attachments": [
            {"title": text, "file": f"{text}/{text}.pdf", "size": 1}], "bylines": [
            {"author": None, "role": "text", "as_printed": text}], "links": [
            {"target": None, "title": text, "url": "https://baomau.vn/", "teaser": text}]}  # fmt: skip
        revisions.save(self.open, document, user, base=0)
        filled(LiveUpdate, "later", {Article: self.open}, posted_at=later).save()
        filled(Correction, "later", {Article: self.open}, issued_at=later).save()
        filled(Comment, "waiting", {Article: self.open}).save()
        filled(RelatedLink, "waiting", {Article: self.open}, target=None, url="").save()
        filled(StaticPage, "hidden", is_public=False).save()
        filled(EnglishVersion, "later", {Article: self.later}, released_at=later).save()


# Whatever anybody may ask for


def files_of(article):
    names = [article.photo.master, article.photo.original] if article.photo else []
    names += [place.photo.master for place in article.gallery.select_related("photo")]
    names += [attachment.file.name for attachment in article.attachments.all()]
    beside = [name.replace("master.jpg", other) for name in names for other in ("480.avif", "social-50-50.jpg")]
    return [*names, *beside]


def words_of_search(state):
    """Words that stand in a text of the article, as somebody who knows them would look for it: in the states that are
    next to being public of every column, else of two."""
    if state not in {"scheduled", "soon"}:
        return [word(state, Article, "title"), word(state, Article, "body")]
    models_ = (Article, *parts(), Photo, Topic, Author)
    return [WORD, *(word(state, model, field.name) for model in models_ for field in columns(model))]


def arguments(site):
    """{name in an address: [what stands there]} of every route that names something."""
    articles = [site.open, site.later, *site.hidden.values()]
    sections = ["kinh-te", site.section.slug, site.closed.slug]
    slugs = {
        f"{noun._meta.model_name} slug": list(noun.objects.values_list("slug", flat=True)) for noun in (Author, Topic)
    }
    for noun in ("author", "topic"):
        slugs |= dict.fromkeys((f"api-{noun} slug", f"api-{noun}-articles slug"), slugs[f"{noun} slug"])
    slugs["static-page slug"] = list(StaticPage.objects.values_list("slug", flat=True))
    moments = {article.published_at for article in articles if article.published_at} | {timezone.now()}
    moments |= {moment + timedelta(days=1) for moment in moments}
    return {
        "section": sections, "pk": [article.pk for article in articles], **slugs,
        "author": list(Author.objects.values_list("slug", flat=True)),
        "topic": list(Topic.objects.values_list("slug", flat=True)),
        "day": sorted({timezone.localtime(moment).date() for moment in moments}),
        "name": [name for article in articles for name in files_of(article)], "secret": ["x" * 43],
    }  # fmt: skip
