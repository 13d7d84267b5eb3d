"""Making the archive: words, newsroom, articles, batch by batch, so that its size costs time and no memory."""

import random
from itertools import islice

from django.db import connection

from articles.models import Article, Author, Category, Photo, Topic

from . import loading, newsroom, writing
from .vocabulary import Vocabulary

BATCH = 5_000  # articles; what hangs on them waits in memory


class NotEmpty(Exception):
    """There are news, sections or people already: a synthetic archive would mingle with them for good."""


def seed(number, seed_number=1, draw=True, progress=lambda done, total: None):
    """Write `number` articles and the newsroom around them into an empty database, or raise NotEmpty. The index of the
    search is left to search.rebuild."""
    if any(model.objects.exists() for model in (Article, Category, Author, Topic, Photo)):
        raise NotEmpty
    if draw:
        newsroom.draw()
    rng = random.Random(seed_number)  # noqa: S311 (a text needs no cryptographic randomness)
    words = Vocabulary(rng)
    room = newsroom.Newsroom(words)
    desk = writing.Desk(rng, words, room, number)
    loader = loading.loader(connection, [*room.rows, Article, *writing.BESIDE])
    with loader.bulk():
        for model, rows in room.rows.items():
            loader.write(model, _filled(model, rows))
        articles = _filled(Article, desk.articles())
        for done in range(0, number, BATCH):
            loader.write(Article, _told(islice(articles, BATCH), done, number, progress))
            for model, rows in desk.take().items():
                loader.write(model, _filled(model, rows))


def _filled(model, rows):
    """Rows with the defaults of the columns that they do not name."""
    usual = loading.defaults(model)
    return ({**usual, **row} for row in rows)


def _told(rows, done, number, progress):
    for place, row in enumerate(rows, done + 1):
        if place % 500 == 0:
            progress(place, number)
        yield row
