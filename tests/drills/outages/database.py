"""R5. PostgreSQL stopped for a minute, then paused: do readers keep reading, and does the desk keep its words?

The readers ask for what others read a moment before: front page, sections, days, feeds, articles; some of these pages
were purged just before the stop, so that only old copies are there. At the desk more people save than the server has
threads.
"""

import threading
import time

import psycopg2

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from tests import factories
from tests.drills import cluster
from tests.drills.asking import Crowd, Person, ask
from tests.drills.ledger import BROKEN, DONE, REFUSED, Ledger, Outcome

RATE, STOPPED, PAUSED, LEAST = 50, 60, 15, 99.0
LONG_PAUSED, CROWDED, MOST_CONNECTIONS = 120, 5, 500
EDITORS, SLOW = 10, 6.0  # people at the desk; seconds after which a reader has left
KIND, WORDS = "word", "cơ sở dữ liệu"


def pages(articles):
    day = f"/ngay/{articles[-1].published_at:%Y/%m/%d}/"
    found = ["/", "/kinh-te/", "/rss/", "/atom/", "/feed.json", "/sitemap-news.xml", "/robots.txt", day]
    return found + [article.get_absolute_url() for article in articles[-40:]]


class Savers:
    """People who save again and again, each in an article of his own."""

    def __init__(self, home, number, ledger):
        self.ledger, self.answers = ledger, []
        people = [Person(home, f"bien{one}") for one in range(number)]
        self._own = [(person, factories.draft(title=f"Bài của {one}")) for one, person in enumerate(people)]
        self._forms = {}

    def articles(self):
        return [article for _person, article in self._own]

    def open(self):
        """Everybody has the form before him, and types."""
        for person, article in self._own:
            self._forms[article.pk] = person.form(f"/admin/articles/article/{article.pk}/change/")[1]

    def save(self, round_, people=None):
        """Everybody at once; those who were refused wait until the others are answered."""
        threads = [
            threading.Thread(target=self._one, args=(person, article, f"chu{article.pk}x{round_}x"))
            for person, article in self._own[:people]
        ]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

    def _one(self, person, article, word):
        path = f"/admin/articles/article/{article.pk}/change/"
        found, fields = person.form(path)
        fields = fields or self._forms.get(article.pk)  # the form was open before
        if fields is None:
            self.ledger.note(KIND, word, REFUSED if found.status == 503 else BROKEN)
            self.answers.append(found)
            return
        body = fields["body"].replace("</p>", f" {word}</p>", 1)
        answer = person.post(path, {**fields, "body": body, "_continue": "1"})
        if answer.status == 302:
            self._forms.pop(article.pk, None)
        elif found.status == 200:
            self._forms[article.pk] = fields
        self.answers.append(answer)
        self.ledger.note(KIND, word, {302: DONE, 503: REFUSED, 409: REFUSED}.get(answer.status, BROKEN))

    def compare(self, found):
        """Every acknowledged word is there; a word that was refused may be there, never half."""
        lost = []
        for article in self.articles():
            article.refresh_from_db()
            mine = [word for word in self.ledger.of(KIND) if word.startswith(f"chu{article.pk}x")]
            lost += [word for word in mine if word not in article.body]
        counts = self.ledger.counts()
        found.figure(f"{counts[KIND, DONE]} saves acknowledged and {counts[KIND, REFUSED]} refused, {len(lost)} lost")
        found.expect(not lost, f"acknowledged and lost: {lost[:5]}")
        broken = [answer for answer in self.answers if answer.status not in {302, 409, 503}]
        found.expect(not broken, f"answers that were neither: {[answer.status for answer in broken[:9]]}")


def drill(is_long):
    found, postgres = Outcome(), cluster.given()
    factories.many(500, when="2026-01-05 08:00")
    articles = [factories.published(when=f"2026-01-06 08:{number:02}") for number in range(59)]
    with newsroom.server() as server:
        savers, read = Savers(server.home, EDITORS, Ledger()), pages(articles)
        [ask(server.home, path) for path in read]
        savers.save(0)
        with Crowd(server.home, read, RATE) as crowd:
            time.sleep(3)
            stopped(found, server, postgres, crowd, savers)
            time.sleep(5)
            crowded(found, server, postgres, crowd)
            paused(found, server, postgres, crowd, savers, LONG_PAUSED if is_long else PAUSED)
        savers.compare(found)
    return found


def stopped(found, server, postgres, crowd, savers):
    factories.published(when="2026-01-06 09:00", title="Tin làm cũ các trang")  # purges; nobody reads before the stop
    connections.close_all()
    savers.open()
    postgres.stop()
    begun = time.monotonic()
    for round_ in range(3):
        savers.save(f"s{round_}", 3)
        time.sleep(STOPPED / 8)
    unread = ask(server.home, "/tim-kiem/?q=chua-ai-tim")
    time.sleep(max(0, STOPPED - (time.monotonic() - begun)))
    ended = time.monotonic()
    postgres.start()
    back = newsroom.until(lambda: ask(server.home, "/readyz").status == 200, 60)
    served = crowd.served(begun, ended)
    found.figure(f"stopped {STOPPED} s: {served:.1f} % of {len(crowd.since(begun, ended))} readers served")
    found.figure(f"back {back or 0:.1f} s after its start")
    found.expect(served >= LEAST, f"{dict(crowd.statuses(begun, ended))}")
    found.expect(back is not None and back < 30, "the server did not recover by itself")
    polite = unread.status == 503 and unread["Retry-After"] and WORDS in unread.text
    found.expect(polite, f"a page that nobody kept: {unread.status}, Retry-After {unread['Retry-After']!r}")
    savers.save("after")


def crowded(found, server, postgres, crowd):
    """Others have taken every connection."""
    taken, begun = [], time.monotonic()
    while len(taken) < MOST_CONNECTIONS:
        try:
            taken.append(cluster.session(postgres, "postgres"))
        except psycopg2.OperationalError:
            break
    read = ask(server.home, "/tim-kiem/?q=chua-ai-tim-nua").status
    time.sleep(CROWDED)
    [line.close() for line in taken]
    served = crowd.served(begun)
    found.figure(f"{len(taken)} connections taken by others: {served:.1f} % served")
    found.expect(served >= LEAST and read in {200, 503}, f"too many connections: {read}, {dict(crowd.statuses(begun))}")


def paused(found, server, postgres, crowd, savers, seconds):
    connections.close_all()
    savers.open()
    with postgres.paused():
        begun = time.monotonic()
        savers.save("p0")
        while time.monotonic() < begun + seconds:
            savers.save(f"p{time.monotonic():.0f}", 2)
            time.sleep(0.5)
        ended = time.monotonic()
    back = newsroom.until(lambda: ask(server.home, "/readyz").status == 200, 60)
    rows = crowd.since(begun, ended)
    good = sum(status in {200, 304} and took < SLOW for _due, took, status, _how in rows)
    worst = max((answer.seconds for answer in savers.answers), default=0)
    served = 100 * good / max(1, len(rows))
    found.figure(f"paused {seconds} s: {served:.1f} % of {len(rows)} readers served within {SLOW:.0f} s")
    found.figure(f"the desk answered after {worst:.0f} s at worst")
    found.expect(served >= LEAST, f"readers of the pause: {dict(crowd.statuses(begun, ended))}")
    found.expect(worst < 20, "somebody at the desk waited for more than 20 s")
    found.expect(back is not None and back < 30, "the server did not recover by itself")
    savers.save("last")
