"""Credit and rights for many photos at once."""

from typing import NamedTuple

from django.db import transaction

from articles.editorial import permissions, trail
from articles.models import Photo

MOST = 200  # photos in one step
NAMES = ["credit", "rights", "rights_until"]


class Rights(NamedTuple):
    """What is to be written; what is empty stays as it is."""

    credit: str = ""
    rights: str = ""
    rights_until: object = None


def credit_many(user, keys, given, *, only_empty):
    """Write `given` on those photos that the person may change: (how many changed, how many they may not change).

    With `only_empty` nothing is overwritten.
    """
    changed = refused = 0
    with transaction.atomic():
        for photo in Photo.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)[:MOST]):
            if not permissions.can_change_photo(user, photo):
                refused += 1
                continue
            changes = _changes(photo, given, only_empty)
            if changes:
                photo.save(update_fields=list(changes))
                trail.record(user, "credit", photo, changes)
                changed += 1
    return changed, refused


def _changes(photo, given, only_empty):
    """Sets the fields; {name: [before, after]} of what is new."""
    changes = {}
    for name in NAMES:
        before, after = getattr(photo, name), getattr(given, name)
        if after and after != before and not (only_empty and before):
            setattr(photo, name, after)
            changes[name] = [str(before or ""), str(after)]
    return changes
