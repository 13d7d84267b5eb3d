"""The whole index made anew while the site runs.

Readers search the old index until the new one is whole; what the desk writes meanwhile goes into the old one and, once
the new one is in use, into that too. Articles come in the order of time, so that the lists of the index grow at their
ends. Making tokens is the larger half of the work and is done by other processes, one a core; this one waits for the
database.
"""

import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from heapq import merge
from multiprocessing import get_context

import django
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models import Article, SearchDocument

from . import documents
from .index import Entry, engine, index

READ = 500  # articles that are read at once
AHEAD = 4  # such batches that wait for each process
WORTH_PROCESSES = 5_000  # articles


def rebuild(progress=None):
    """Index every article anew; how many. `progress(done)` is called now and then.

    It needs the tables as `migrate` leaves them, and the articles with all that hangs on them committed; it may run
    beside everything else, but not twice at once. Nothing of it is in use before all of it is.
    """
    began = timezone.now()
    building = engine().Building()
    building.begin()
    done = 0
    for entries in _entries(began, building.batch):
        building.add(entries)
        done += len(entries)
        if progress:
            progress(done)
    building.finish()
    late = building.swap(began)
    index(late)
    there = Article.objects.filter(pk=OuterRef("article")).order_by()
    lost = SearchDocument.objects.filter(~Exists(there))
    engine().remove(lost)
    building.check()
    return done


def _entries(at, size):
    """Lists of Entries in the order of time, their places in that order too."""
    place, entries = 0, []
    for second, article, packed, tokens in _made(_sources()):
        place = max(place + 1, second)
        entries.append(Entry(place, article, packed, tokens, at))
        if len(entries) == size:
            yield entries
            entries = []
    if entries:
        yield entries


def _sources():
    """Batches of Sources in the order of time."""
    timed = _rows("published_at", Article.objects.filter(published_at__isnull=False))
    untimed = _rows("created_at", Article.objects.filter(published_at__isnull=True))
    batch = []
    for row in merge(timed, untimed, key=lambda row: (row[1] or row[2], row[0])):
        batch.append(row)
        if len(batch) == READ:
            yield list(documents.gather(batch))
            batch = []
    yield list(documents.gather(batch))


def _rows(clock, found):
    """Rows of documents.COLUMNS by a clock, a batch at a time: each is a look at the index, and none stays open."""
    place, last = documents.COLUMNS.index(clock), None
    while True:
        rest = found
        if last:
            rest = found.filter(**{f"{clock}__gte": last[place]}).exclude(**{clock: last[place], "pk__lte": last[0]})
        rows = list(rest.order_by(clock, "pk").values_list(*documents.COLUMNS)[:READ])
        yield from rows
        if len(rows) < READ:
            return
        last = rows[-1]


def _made(batches):
    """[(second, article, packed texts, tokens)] of batches of Sources, in their order."""
    if connection.in_atomic_block or Article.objects.order_by()[:WORTH_PROCESSES].count() < WORTH_PROCESSES:
        for batch in batches:
            yield from _make(batch)
        return
    workers = os.cpu_count() or 1
    # An executor, because it raises where a process was killed; spawn, because a fork beside threads may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        waiting = deque()
        for batch in batches:
            waiting.append(pool.submit(_make, batch))
            if len(waiting) >= AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _make(sources):
    made = []
    for source in sources:
        texts = source.texts()
        made.append((documents.second(source.moment), source.pk, texts.pack(), " ".join(texts.tokens())))
    return made
