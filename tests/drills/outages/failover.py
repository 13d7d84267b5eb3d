"""R12. The primary PostgreSQL is killed under writes and its replica promoted: DATABASE_URL names both.

Replication is synchronous here, so nothing that was acknowledged may be lost. The old primary comes back as a replica
(standby.signal is put there before it starts, as the runbook says), and nobody writes to it.
"""

import contextlib
import signal
import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.conf import settings
from django.db import connections

from tests import factories
from tests.drills import cluster
from tests.drills.asking import Crowd, ask
from tests.drills.ledger import BROKEN, DONE, Ledger, Outcome
from tests.drills.outages.database import LEAST, RATE, Savers, pages

MOST = 60  # seconds until writers are back after the promotion


def drill(is_long):
    found = Outcome()
    articles = [factories.published(when=f"2026-01-06 08:{number:02}") for number in range(59)]
    home_port = newsroom.free_port()
    savers = Savers(f"http://127.0.0.1:{home_port}", 4, Ledger())
    connections.close_all()
    name = settings.DATABASES["default"]["NAME"]
    with pair() as (first, second):
        url = f"postgres://drill@127.0.0.1:{first.port},127.0.0.1:{second.port}/{name}?target_session_attrs=read-write"
        with newsroom.server(2, port=home_port, DATABASE_URL=url) as server:
            read, stop = pages(articles), threading.Event()
            [ask(server.home, path) for path in read]
            with Crowd(server.home, read, RATE) as crowd:
                writing = threading.Thread(target=_write, args=(savers, stop))
                writing.start()
                time.sleep(5)
                lost_at = time.monotonic()
                first.signal(signal.SIGKILL)
                time.sleep(3)
                second.promote()
                before = len(savers.ledger.of("word"))
                back = newsroom.until(lambda: len(savers.ledger.of("word")) > before, MOST, 0.2)
                time.sleep(3)
                stop.set()
                writing.join(60)
                served = crowd.served(lost_at)
            _old_primary(found, first, second)
            savers.save("last")
        _compare(found, savers, second, name)
    found.figure(f"writers back {back or 0:.1f} s after the promotion, {served:.1f} % of readers served")
    found.expect(back is not None, f"writers were not back after {MOST} s")
    found.expect(served >= LEAST, f"readers: {dict(crowd.statuses(lost_at))}")
    return found


@contextlib.contextmanager
def pair():
    """Two servers with the databases of the drills: a primary, and a replica that every commit waits for."""
    with cluster.folder() as one, cluster.folder() as other:
        first = cluster.Cluster(one, newsroom.free_port())
        first.copy(cluster.given())
        (one / "data" / "standby.signal").unlink()
        first.start()
        second = cluster.Cluster(other, newsroom.free_port())
        second.copy(first)
        second.start()
        first.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        first.ask("SELECT pg_reload_conf()")
        try:
            yield first, second
        finally:
            for server in (first, second):
                with contextlib.suppress(RuntimeError):
                    server.stop()


def _write(savers, stop):
    round_ = 0
    while not stop.is_set():
        round_ += 1
        savers.save(f"w{round_}")
        time.sleep(0.2)


def _old_primary(found, first, second):
    (first.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
    (first.folder / "data" / "standby.signal").touch()
    with (first.folder / "data" / "postgresql.auto.conf").open("a") as file:
        file.write(f"primary_conninfo = 'host=127.0.0.1 port={second.port} user=drill'\n")
    first.start()
    found.expect(first.ask("SELECT pg_is_in_recovery()"), "the old primary came back writable")


def _compare(found, savers, second, name):
    lost = []
    for article in savers.articles():
        body = second.ask(f"SELECT body FROM articles_article WHERE id = {article.pk}", name)  # noqa: S608 (a number)
        mine = [word for word in savers.ledger.of("word") if word.startswith(f"chu{article.pk}x")]
        lost += [word for word in mine if word not in body]
    counts = savers.ledger.counts()
    found.figure(f"{counts['word', DONE]} saves acknowledged, {len(lost)} lost")
    found.expect(not lost, f"acknowledged and lost: {lost[:5]}")
    found.expect(counts["word", BROKEN] == 0, f"{counts['word', BROKEN]} answers that were neither")
