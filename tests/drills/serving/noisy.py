"""R15. The index is made anew and an archive imported while people save: nobody at the desk waits for a second.

Both jobs are stopped once in the middle and started again: the first begins anew, the second goes on.
"""

import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from articles.models import Article, SearchDocument
from tests import factories
from tests.drills.ledger import Ledger, Outcome, percentile
from tests.drills.outages.database import Savers

ARTICLES, LONG_ARTICLES, PAGES, LONG_PAGES, SAVE_P95 = 4_000, 100_000, 100, 5_000, 1.0


def drill(is_long):
    found = Outcome()
    articles, pages = (LONG_ARTICLES, LONG_PAGES) if is_long else (ARTICLES, PAGES)
    begin = factories.at("2020-01-01 08:00")
    for _batch in range(0, articles, 2_000):
        begin = factories.many(2_000, when=begin)[-1].published_at
    folder = newsroom.VAR / "archive"
    folder.mkdir()
    for number in range(pages):
        text = f"Trang cũ số {number}\n\nSa-pô của trang {number}.\n\n" + f"Nội dung của trang {number}. " * 100
        (folder / f"{number:05}.txt").write_text(text)
    with newsroom.server(2, RECEIPTS=0) as server:
        savers = Savers(server.home, 2, Ledger())
        connections.close_all()
        savers.save("warm")
        for name, words in (("index", ("rebuild_search",)), ("import", ("import_archive", folder))):
            savers.answers.clear()
            stopped = newsroom.manage(*words)
            _save_while(savers, stopped, 4)
            newsroom.kill(stopped.pid)
            stopped.communicate()
            job = newsroom.manage(*words)
            took = _save_while(savers, job, 600)
            job.communicate()
            p95 = percentile([answer.seconds for answer in savers.answers], 95)
            found.figure(f"{name} {took:.0f} s: {len(savers.answers)} saves, p95 {p95:.2f} s")
            found.expect(job.returncode == 0, f"the {name} did not come to its end")
            found.expect(p95 < SAVE_P95, f"the desk waited for the {name}")
        savers.compare(found)
    count = Article.objects.filter(title__startswith="Trang cũ").count()
    found.expect(count == pages, f"{pages} pages became {count} articles")
    behind = Article.objects.count() - SearchDocument.objects.count()
    found.expect(behind <= 0, f"{behind} articles are not in the index")
    return found


def _save_while(savers, job, most):
    begun = time.monotonic()
    while job.poll() is None and time.monotonic() - begun < most:
        savers.save(f"n{time.monotonic():.1f}".replace(".", "y"))
        time.sleep(0.1)
    return time.monotonic() - begun
