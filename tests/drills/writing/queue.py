"""R11. Eight processes read, change and write one row of SQLite, as fast as they can: nobody is refused, nothing lost.

With the settings that the newsroom itself uses; Django's own (DEFERRED, a rollback journal) lose or refuse a third.
"""

import subprocess
import sys

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connection, transaction

from articles.models import ReadCount
from tests import factories
from tests.drills.ledger import Outcome, percentile

WRITERS, TIMES, LONG_TIMES = 8, 60, 2000
COUNT = """
import sys, time, django
django.setup()
from django.db import transaction
from articles.models import ReadCount
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    with transaction.atomic():
        row = ReadCount.objects.get(pk=sys.argv[1])
        row.reads += 1
        row.save(update_fields=["reads"])
    print(time.perf_counter() - begun)
"""


def drill(is_long):
    found, times = Outcome(), LONG_TIMES if is_long else TIMES
    with transaction.atomic():
        row = factories.reads(factories.published(), 0)
    connection.close()
    command = [sys.executable, "-c", COUNT, str(row.pk), str(times)]
    running = [
        subprocess.Popen(command, cwd=newsroom.ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 (ours)
        for _ in range(WRITERS)
    ]
    seconds = [float(line) for process in running for line in process.communicate()[0].split()]
    row.refresh_from_db()
    wanted = WRITERS * times
    found.figure(f"{len(seconds)} of {wanted} writes acknowledged, {row.reads} counted")
    found.figure(f"p95 {percentile(seconds, 95):.2f} s, worst {max(seconds, default=0):.1f} s")
    found.expect(len(seconds) == wanted, "writers were refused")
    found.expect(row.reads == len(seconds), "acknowledged writes are lost")
    found.expect(_ask("PRAGMA integrity_check") == "ok", "the file is damaged")
    found.expect(ReadCount.objects.count() == 1, "there are rows that nobody wrote")
    return found


def _ask(pragma):
    with connection.cursor() as cursor:
        return cursor.execute(pragma).fetchone()[0]
