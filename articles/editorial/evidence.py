"""Whether the versions that readers saw still say what they said: for `manage.py check_versions`, by night.

The trail keeps the digest of a version from the moment at which it went before readers, and the database lets nobody
change the trail: whoever writes history anew has to change both.
"""

from articles.models import Revision, TrailEntry

from . import documents


def altered():
    """Yields (article, version), both as numbers, of each that says something else by now, or is gone."""
    entries = TrailEntry.objects.filter(kind="article", changes__has_key="sha256").order_by("pk")
    for article, changes in entries.values_list("key", "changes").iterator(chunk_size=500):
        number, digest = changes["version"][1], changes["sha256"][1]
        found = Revision.objects.filter(article=article, number=number).values_list("document", flat=True).first()
        if found is None or documents.digest(found) != digest:
            yield int(article), number
