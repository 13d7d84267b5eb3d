"""R17. Pictures that rotted or went away, and JSON that is broken: the page stays, and an operator is told which."""

import json
import random
from pathlib import Path

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.conf import settings
from django.db import connection, connections

from articles.models import Article, Photo, Revision
from tests import factories
from tests.drills.asking import Person, ask
from tests.drills.ledger import Outcome

STORIES = 12


def drill(is_long, seed=1):
    found, dice = Outcome(), random.Random(seed)  # noqa: S311 (which bit)
    root = Path(settings.MEDIA_ROOT)
    stories = [factories.published(title=f"Tin ảnh {n}", photo=factories.photo()) for n in range(STORIES)]
    flipped, missing, broken = stories[:4], stories[4:8], stories[8:10]
    for story in flipped[:2]:
        file = Path(settings.ORIGINALS_ROOT) / story.photo.original
        data = bytearray(file.read_bytes())
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        file.write_bytes(data)
    for story in flipped[2:]:
        file = root / story.photo.master
        file.write_bytes(file.read_bytes()[: dice.randrange(10, 400)])
    for story in missing:
        for file in (root / story.photo.master).parent.iterdir():
            file.unlink()
    lost = Path(settings.ORIGINALS_ROOT) / stories[10].photo.original
    lost.unlink()
    _break_json(broken)
    connections.close_all()
    with newsroom.server(1, RECEIPTS=0) as server:
        paths = [
            "/",
            "/kinh-te/",
            "/rss/",
            "/feed.json",
            "/sitemap.xml",
            *(story.get_absolute_url() for story in stories),
        ]
        statuses = {path: ask(server.home, path).status for path in paths}
        picture = ask(server.home, f"/media/{missing[0].photo.master}").status
        desk = Person(server.home, "bien")
        statuses |= {path: desk.get(path).status for path in _desk(stories)}
    bad = {path: status for path, status in statuses.items() if status != 200}
    process = newsroom.manage("check_media")
    said = process.communicate(timeout=60)[0]
    named = [story for story in [*flipped, *missing, stories[10]] if f"{story.photo.pk}:" in said]
    found.figure(f"{len(statuses) - len(bad)} of {len(statuses)} pages stay, a missing picture answers {picture}")
    found.figure(f"check_media names {len(named)} of {len(flipped) + len(missing) + 1}")
    found.expect(not bad, f"pages that broke: {dict(list(bad.items())[:5])}")
    found.expect(picture == 404, f"a missing picture: {picture}")
    found.expect(len(named) == 9, f"check_media: {said[-500:]}")
    found.expect(process.returncode == 1, "check_media found damage and ended well")
    found.expect(Article.objects.published().count() == STORIES and Photo.objects.count() == STORIES, "rows are gone")
    return found


def _desk(stories):
    change = [f"/admin/articles/article/{story.pk}/change/" for story in stories]
    return ["/admin/", "/admin/articles/article/", "/admin/articles/photo/", *change]


def _break_json(stories):
    """What a version keeps is JSON: one that lost its fields, and one that is of another kind."""
    for story, value in zip(stories, ({"title": None, "links": "x"}, []), strict=True):
        revision = Revision.objects.filter(article=story).first()
        if revision:
            with connection.cursor() as cursor:
                told = [json.dumps(value), revision.pk]
                cursor.execute("UPDATE articles_revision SET document = %s WHERE id = %s", told)
