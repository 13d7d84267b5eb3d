"""Loaded by the drill's server: what looks after the publication of some stories raises, each time. And a lease ends
sooner, so that the drill need not wait two minutes for what a killed process had begun."""

import os
from dataclasses import replace

from django.db.models.signals import pre_init

from articles.models import Receipt
from articles.outbox import handlers

POISONED = set(map(int, filter(None, os.environ["DRILL_POISON"].split(","))))


def refuse(sender, kwargs=None, **_signal):
    article = (kwargs or {}).get("article")
    if article is not None and article.pk in POISONED:
        raise RuntimeError("poisoned by the drill")


handlers._HANDLERS["receipt"] = replace(handlers.handler("receipt"), lease=15)
pre_init.connect(refuse, sender=Receipt)
