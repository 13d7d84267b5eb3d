"""What is read: who counts as a reader, and what the counts say.

A read is one reader, one article, half an hour. A reader is a keyed hash of address and browser whose salt is drawn
anew every day and exists in the cache only: nothing is stored, and tomorrow nobody can tell today's readers. Without
a shared cache each process has its own memory, so one who reloads is counted once in each, at most WORKERS times;
sessionStorage in the browser (static/js/reads.js) keeps even that rare.
"""

import hmac
import logging
import re
import secrets
from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import ExtractHour, TruncDay, TruncHour
from django.utils import timezone

from articles import days, limits
from articles.models import ReadCount

from .buffer import buffer

ONCE = 30 * 60  # seconds in which a reader of an article counts once
# Of one address: room for a school or a mobile network behind it, too little to make a hit.
READS = limits.Limit("counted reads", 60, 60)
HIGHEST_PK = 2**63 - 1
FOLD_AFTER = 30  # days, the longest period that is asked for by the hour

# A program that says so. "Cubot" makes telephones.
_PROGRAM = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|preview|externalhit|lighthouse|monitor|scrapy|curl|wget|python|java/|"
    r"go-http|okhttp|axios|libwww|httpclient|node-fetch|feed",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)


def count(article_id, address, user_agent, at=None):
    """Count a read; whether it counts. Asks no database, and stores neither address nor browser."""
    if is_program(user_agent) or article_id > HIGHEST_PK:
        return False
    try:
        is_new = _is_new(article_id, address, user_agent)
    except Exception as error:  # noqa: BLE001 (each cache has errors of its own; Redis' are no OSError)
        logger.warning("A read is not counted, the cache does not answer: %s", error)
        return False
    if is_new:
        buffer.add(article_id, at)
    return is_new


def _is_new(article_id, address, user_agent):
    reader = _mark(address, user_agent)
    return cache.add(f"read:{article_id}:{reader}", 1, ONCE) and not limits.over(READS, address)


def is_program(user_agent):
    return not user_agent or bool(_PROGRAM.search(user_agent))


def _mark(*words):
    salt = cache.get_or_set(f"reads-salt:{days.today()}", lambda: secrets.token_hex(32), 24 * 3600)
    return hmac.new(salt.encode(), "\0".join(words).encode(errors="replace"), "sha256").hexdigest()[:32]


# What the counts say


def within(hours, at):
    """The whole hours that began in the last `hours`; at 10:30 the last of 24 began at 11 yesterday."""
    return Q(hour__gt=at - timedelta(hours=hours), hour__lte=at)


def totals(periods, section_ids=None, at=None):
    """{hours: reads in the last `hours`} for each of `periods`; one query."""
    at = at or timezone.now()
    sums = {f"last_{hours}": Sum("reads", filter=within(hours, at)) for hours in periods}
    found = _of(section_ids).filter(within(max(periods), at)).aggregate(**sums)
    return {hours: found[f"last_{hours}"] or 0 for hours in periods}


def total(article):
    """All reads of an article since they are counted."""
    return article.reads.aggregate(total=Sum("reads"))["total"] or 0


def by_day(number, section_ids=None, article=None, at=None):
    """[(day in Vietnam, reads)] of the last days, oldest first, today included; days without a read as 0."""
    today = days.of(at or timezone.now())
    wanted = [today - timedelta(days=back) for back in reversed(range(number))]
    begin, end = days.bounds(wanted[0], today)
    rows = _of(section_ids, article).filter(hour__gte=begin, hour__lt=end)
    found = Counter()
    for hour, reads in rows.order_by().values_list("hour").annotate(Sum("reads")):  # a day is no column, on SQLite slow
        found[days.of(hour)] += reads
    return [(day, found[day]) for day in wanted]


def by_hour(number, article, at=None):
    """[(aware hour, reads)] of the last hours, oldest first, this one included."""
    at = at or timezone.now()
    this = at.astimezone(days.VIETNAM).replace(minute=0, second=0, microsecond=0)
    rows = article.reads.filter(within(number, at)).annotate(at=TruncHour("hour", tzinfo=days.VIETNAM))
    found = dict(rows.values_list("at", "reads"))
    wanted = [this - timedelta(hours=back) for back in reversed(range(number))]
    return [(hour, found.get(hour, 0)) for hour in wanted]


def by_section(hours, at=None):
    """[(section id, reads)] of the last hours, the most read first."""
    rows = ReadCount.objects.filter(within(hours, at or timezone.now()), article__category__isnull=False)
    rows = rows.values("article__category").annotate(n=Sum("reads")).order_by("-n", "article__category")
    return [(row["article__category"], row["n"]) for row in rows]


def _of(section_ids, article=None):
    rows = ReadCount.objects.all() if article is None else article.reads.all()
    return rows if section_ids is None else rows.filter(article__category__in=section_ids)


def fold(at=None):
    """Make one row a day of the hours that are older than FOLD_AFTER days; how many days were folded."""
    limit = days.start(days.of(at or timezone.now()) - timedelta(days=FOLD_AFTER))
    loose = ReadCount.objects.filter(hour__lt=limit).alias(clock=ExtractHour("hour", tzinfo=days.VIETNAM))
    loose = loose.exclude(clock=0).annotate(day=TruncDay("hour", tzinfo=days.VIETNAM))
    loose = sorted(set(loose.values_list("day", flat=True)))
    for moment in loose:
        begin, end = days.bounds(days.of(moment))
        with transaction.atomic():  # a day at a time: short enough for readers and for the buffer to wait
            rows = ReadCount.objects.filter(hour__gte=begin, hour__lt=end)
            sums = list(rows.values_list("article").annotate(Sum("reads")).order_by())
            rows.delete()
            ReadCount.objects.bulk_create(
                [ReadCount(article_id=pk, hour=begin, reads=reads) for pk, reads in sums], batch_size=500
            )
    return len(loose)
