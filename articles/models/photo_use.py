"""Which texts show which photos. Derived from the texts whenever one is saved (receivers.py), never edited.

Design notes
- A text names its pictures by address only. To find a photo in a million texts would read them all; these rows are the
  index, so that "where is it used" and "used nowhere" are one look-up each.
- A photo whose file is replaced has another address. Every text that shows it is told at once, and what comes later
  with the old one (an earlier version, a window that was open) when it is saved: a FormerPicture leads to the photo.
"""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import renditions

from .article import Article
from .desk import Revision

# The folder of a photo's files, of that photo alone, as it stands in each address in a text.
_FOLDER = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9a-f]{4,64})/[a-z0-9-]{1,60}\.(?:jpg|webp|avif)")
MOST = 200  # pictures of one text
_BATCH = 200


def masters_in(text):
    """The masters of the photos that an HTML text shows."""
    folders = dict.fromkeys(match[1] for match in _FOLDER.finditer(text or ""))
    return [f"{folder}/{renditions.MASTER}" for folder in folders][:MOST]


def renamed(text, masters):
    """The text with other pictures: {master: master} says which. Whichever file of a folder it names, it names the
    master then, which every folder has."""
    if not text or not masters:
        return text
    folders = {old.rpartition("/")[0]: new for old, new in masters.items()}
    return _FOLDER.sub(lambda match: folders.get(match[1], match[0]), text)


class FormerPicture(models.Model):
    """The master that a photo had before its file was replaced."""

    master = models.CharField(max_length=200, unique=True, editable=False)
    photo = models.ForeignKey("Photo", models.CASCADE, related_name="former_pictures")

    class Meta:
        verbose_name = _("former picture")
        verbose_name_plural = _("former pictures")
        default_permissions = []

    def __str__(self):
        return self.master


class PhotoUse(models.Model):
    class Text(models.TextChoices):
        ARTICLE = "article", _("In the text")
        LIVE = "live", _("In a live update")
        ENGLISH = "english", _("In the English version")
        PAGE = "page", _("On a page about the newspaper")

    photo = models.ForeignKey("Photo", models.CASCADE, related_name="text_uses")
    text = models.CharField(max_length=10, choices=Text)
    key = models.PositiveBigIntegerField()  # of the row that has the text
    article = models.ForeignKey("Article", models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("use of a photo in a text")
        verbose_name_plural = _("uses of photos in texts")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["text", "key", "photo"], name="photo_use_once")]

    def __str__(self):
        return f"{self.photo_id} · {self.text} {self.key}"


def working_photos():
    """{number of an article: (numbers, masters) of the photos in its working version}; one query, and few rows: what
    was saved and is not live yet. Not indexed: `working` is moved in the row itself, without a signal."""
    newest = Article.objects.filter(working__isnull=False).values("working")
    found = Revision.objects.filter(pk__in=newest).order_by().values_list("article", "document")
    return {article: shown_in(document) for article, document in found.iterator(_BATCH)}


def shown_in(document):
    """(numbers, masters) of the photos that a version shows."""
    rows = document.get("gallery") or []
    numbers = {document.get("photo"), *(row.get("photo") for row in rows)} - {None}
    texts = [document.get("body"), *(row.get("body") for row in document.get("live_updates") or [])]
    return numbers, {master for text in texts for master in masters_in(text)}


def in_working_versions(photo):
    """The numbers of the articles whose working version shows the photo."""
    found = working_photos().items()
    return [pk for pk, (numbers, masters) in found if photo.pk in numbers or photo.master in masters]
