"""Loads the demo newspaper into an empty site, once: where anything is there already, nothing is touched.

Its archive has fixed dates; the news with `hours_ago` is as old as that when the demo is loaded, so that there is
always a "today". Everything else is the same each time.
"""

import tomllib
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from articles.editorial.logins import USERNAMES
from articles.models import Article, Author, Category

from . import front, newsroom, planning, readers, stories, studio

HERE = Path(__file__).parent


def load(draw=True, at=None):
    """True when the demo was loaded, False when a newsroom is there. `draw=False` leaves the pictures out."""
    if _is_taken():
        return False
    at = at or timezone.now()
    plan, news = _read("newsroom.toml"), _news(at)
    wanted = [plan["sample"], *(words for item in news for words in stories.pictures(item))]
    drawn = studio.draw_all(wanted if draw else [])
    with transaction.atomic():
        sections = newsroom.found(plan)
        stories.sample_page(plan, sections, next(drawn, None))
        for item in news:
            stories.publish(item, plan, sections, drawn, at)
        for item in plan["desk"]:
            stories.lay_on_desk(item, sections, at)
        for item in plan["working"]:
            stories.save_over(item)
        planning.write(plan, sections, at)
        front.arrange(plan, at)
        front.translate(_read("english.toml")["version"])
        readers.write(_read("readers.toml")["comment"], at)
        readers.read(at)
    return True


def _is_taken():
    users = get_user_model().objects.filter(username__in=USERNAMES)
    return Article.objects.exists() or Category.objects.exists() or Author.objects.exists() or users.exists()


def _read(name):
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _news(at):
    """The archive, then the fresh news, each from the oldest on: what is linked to is there before the link."""
    items = [item for file in sorted((HERE / "news").glob("*.toml")) for item in _read(file)["article"]]
    for item in items:
        item["is_fresh"] = "published" not in item
        item["published"] = item.get("published") or stories.ago(at, item["hours_ago"])
    return sorted(items, key=lambda item: (item["is_fresh"], item["published"]))
