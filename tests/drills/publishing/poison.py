"""Loaded by the drill's server: what looks after the publication of some stories raises, each time."""

import os

from django.db.models.signals import pre_init

from articles.models import Receipt

POISONED = set(map(int, filter(None, os.environ["DRILL_POISON"].split(","))))


def refuse(sender, kwargs=None, **_signal):
    article = (kwargs or {}).get("article")
    if article is not None and article.pk in POISONED:
        raise RuntimeError("poisoned by the drill")


pre_init.connect(refuse, sender=Receipt)
