"""Where a photo stands: above articles, in galleries and texts, with topics, in versions that wait to be live."""

from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from articles.editorial import permissions
from articles.models import (
    Article,
    EnglishVersion,
    FormerPicture,
    GalleryPhoto,
    LiveUpdate,
    Photo,
    PhotoUse,
    Revision,
    StaticPage,
    Topic,
)
from articles.models.photo_use import in_working_versions, masters_in, renamed, working_photos

MOST = 50  # places of one kind that are named; the others are counted
TEXTS = {Article: "article", LiveUpdate: "live", EnglishVersion: "english", StaticPage: "page"}


class Place(NamedTuple):
    """`where` in words; `target` is the article, topic or page, None where the person may not see it."""

    where: str
    target: object


# The index of what stands in texts


def refresh(instance):
    """Bring the uses of one text (a row of TEXTS) up to what it says now."""
    text = TEXTS[type(instance)]
    masters = masters_in(instance.body)
    wanted = set(Photo.objects.filter(master__in=masters).values_list("pk", flat=True)) if masters else set()
    stored = PhotoUse.objects.filter(text=text, key=instance.pk)
    known = set(stored.values_list("photo", flat=True))
    if known - wanted:
        stored.filter(photo__in=known - wanted).delete()
    if wanted - known:
        article = instance.pk if text == "article" else getattr(instance, "article_id", None)
        rows = [PhotoUse(text=text, key=instance.pk, article_id=article, photo_id=pk) for pk in wanted - known]
        PhotoUse.objects.bulk_create(rows, ignore_conflicts=True)


def follow(instance):
    """Before a text is saved: what it shows of photos whose file was replaced since becomes their present picture."""
    if masters := masters_in(instance.body):
        former = FormerPicture.objects.filter(master__in=masters).values_list("master", "photo__master")
        instance.body = renamed(instance.body, dict(former))


def replace(photo, before):
    """The file of a photo was replaced: every text that shows it, and every version that waits, shows the new one. Not
    where another photo has the same files, as in the demo: a text does not say whose it shows."""
    if Photo.objects.filter(master=before).exists():
        return
    FormerPicture.objects.create(master=before, photo=photo)
    for model, text in TEXTS.items():
        keys = PhotoUse.objects.filter(photo=photo, text=text).values_list("key", flat=True)
        for row in model.objects.filter(pk__in=list(keys)):
            row.save(update_fields=["body"])  # which follows
    waiting = [article for article, (_numbers, masters) in working_photos().items() if before in masters]
    working = Article.objects.filter(pk__in=waiting).values("working")
    for revision in Revision.objects.filter(pk__in=working):
        for part in (revision.document, *(revision.document.get("live_updates") or [])):
            part["body"] = renamed(part["body"], {before: photo.master})
        revision.save(update_fields=["document"])


def forget(instance):
    """A text is gone."""
    PhotoUse.objects.filter(text=TEXTS[type(instance)], key=instance.pk).delete()


def used_in_working():
    """(numbers, masters) of every photo that some working version shows."""
    shown = working_photos().values()
    return set(chain(*(numbers for numbers, _masters in shown))), set(chain(*(masters for _numbers, masters in shown)))


# For one photo


def places(user, photo):
    """(the Places that the person may see, how many others there are)."""
    kinds = [
        (_("Lead photo"), Article.objects.filter(photo=photo).values("pk")),
        (_("Gallery"), GalleryPhoto.objects.filter(photo=photo).values("article")),
        (PhotoUse.Text.ARTICLE.label, _texts(photo, "article")),
        (PhotoUse.Text.LIVE.label, _texts(photo, "live")),
        (PhotoUse.Text.ENGLISH.label, _texts(photo, "english")),
        (_("In a version that readers do not see yet"), in_working_versions(photo)),
    ]
    found, hidden = [], 0
    for where, keys in kinds:
        articles = Article.objects.filter(pk__in=keys)
        seen = permissions.visible_to(user).filter(pk__in=keys).order_by("-pk")
        shown = list(seen.defer("body")[:MOST])
        found += [Place(where, article) for article in shown]
        hidden += articles.count() - len(shown)
    for where, right, others in _others(photo):
        shown = list(others) if user.has_perm(right) else []
        found += [Place(where, other) for other in shown]
        hidden += 0 if shown else others.count()
    return found, hidden


def _texts(photo, text):
    return PhotoUse.objects.filter(photo=photo, text=text).values("article")


def _others(photo):
    """What is no article: (where, the right to see it, the rows)."""
    pages = StaticPage.objects.filter(pk__in=PhotoUse.objects.filter(photo=photo, text="page").values("key"))
    yield _("Topic"), "articles.view_topic", Topic.objects.filter(photo=photo)
    yield PhotoUse.Text.PAGE.label, "articles.view_staticpage", pages
