"""Whether this machine's clock is right: what is public is decided by it."""

from datetime import UTC

from django.db import connection
from django.utils import timezone

MOST_OFF = 30  # seconds between our clock and the database's


def seconds_off():
    """How far this machine's clock is ahead of PostgreSQL's, which all machines of the newsroom share."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    return (timezone.now() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))).total_seconds()
