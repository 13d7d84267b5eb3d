"""Counting attempts, so that guessing gets slow, and slow only for who guesses.

An attempt is counted before it is judged and taken back when it was right: however many come at once, each is one.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.editorial import trail
from articles.models import Guesses

OWN, SHARED = 5, 20  # attempts of one sender at one account; of one address at all accounts together
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)  # how long the door stays shut: twice as long each time
MEMORY = timedelta(days=1)


@dataclass
class Knock:
    """An attempt that was counted. `wait`: seconds for which the door stays shut; 0 where the attempt may be judged."""

    keys: dict  # {fingerprint: how many are free}
    wait: int = 0


def knock(*limits):
    """Count an attempt under each of `limits`: (how many are free, the words that name the sender and the goal)."""
    keys = {_key(words): free for free, *words in limits}
    now = timezone.now()
    with transaction.atomic():
        rows = [_row(key, now) for key in sorted(keys)]  # always in one order: no two wait for each other
        if shut := [row.shut_until for row in rows if row.shut_until and row.shut_until > now]:
            return Knock({}, int((max(shut) - now).total_seconds()) + 1)
        for row in rows:
            row.last_at = now
            _count(row, row.number + 1, keys[row.key], now)
    return Knock(keys)


def open_door(knock, forget):
    """It was the right one: the count of `forget` (the same words) begins anew, the others lose this attempt."""
    with transaction.atomic():
        for row in Guesses.objects.select_for_update().filter(key__in=knock.keys).order_by("key"):
            _count(row, 0 if row.key == _key(forget) else max(row.number - 1, 0), knock.keys[row.key], timezone.now())


def sender(mark):
    """Who tries: the browser that has been in before, else the address that the request came from."""
    return ("browser", mark) if mark else ("address", trail.address.get())


def _row(key, now):
    row, created = Guesses.objects.select_for_update().get_or_create(key=key, defaults={"last_at": now})
    if created:
        Guesses.objects.filter(last_at__lt=now - MEMORY).delete()
    elif row.last_at < now - MEMORY:
        row.number = 0
    return row


def _count(row, number, free, now):
    row.number, row.shut_until = number, now + _delay(number - free) if number >= free else None
    row.save()


def _delay(beyond):
    with suppress(OverflowError):
        return min(FIRST * 2**beyond, LONGEST)
    return LONGEST


def _key(words):
    return hashlib.sha256("\n".join(map(str, words)).encode(errors="replace")).hexdigest()
