"""Twenty editors save one article at once, through the form, over HTTP: is every acknowledged word still there?

    python -m tests.drills.conflict [--editors 20] [--rounds 200] [--paragraphs 30] [--minutes 60]

Each round opens the form, adds a word of its own to one paragraph, and saves. "Saved" (a redirect) is a promise that
the word is in the article, for nobody takes a word out; "conflict" (409) that it is in a version that was set aside.
"""

import argparse
import http.cookiejar
import random
import re
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connection

from articles.models import Revision
from tests import base, factories
from tests.admin import forms

SAVED, CONFLICT = "saved", "conflict"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


class Editor(threading.Thread):
    """One browser: signs in, then so many rounds. `ledger`: [(word, what was answered)]; `times`: seconds of a save."""

    def __init__(self, name, home, path, rounds, seed, end):
        super().__init__(name=name, daemon=True)
        self.url, self.login, self.rounds, self.end = home + path, f"{home}/admin/login/", rounds, end
        self.dice = random.Random(seed)  # noqa: S311 (which paragraph)
        self.ledger, self.times = [], []
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar, NoRedirect)

    def fetch(self, url, data=None):
        body = urllib.parse.urlencode(data, doseq=True).encode() if data else None
        try:
            with self.opener.open(urllib.request.Request(url, body), timeout=120) as answer:  # noqa: S310 (ours)
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except OSError as error:
            return 0, str(error)

    def sign_in(self):
        page = self.fetch(self.login)[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        sent = {"csrfmiddlewaretoken": token, "username": self.name, "password": base.PASSWORD, "next": "/admin/"}
        if self.fetch(self.login, sent)[0] != 302:
            raise SystemExit(f"{self.name} cannot sign in")

    def run(self):
        self.sign_in()
        for number in range(self.rounds):
            if time.monotonic() < self.end:
                self.round(f"{self.name}x{number}x")

    def round(self, word):
        status, page = self.fetch(self.url)
        if status != 200:
            self.ledger.append((word, f"form: {status}"))
            return
        fields = fields_of(page)
        paragraphs = re.findall(r"<p>.*?</p>", fields["body"])
        place = self.dice.randrange(len(paragraphs))
        paragraphs[place] = paragraphs[place].replace("</p>", f" {word}</p>")
        time.sleep(self.dice.random() * 0.5)
        begun = time.perf_counter()
        status, _page = self.fetch(self.url, {**fields, "body": "\n".join(paragraphs), "_continue": "1"})
        self.times.append(time.perf_counter() - begun)
        self.ledger.append((word, {302: SAVED, 409: CONFLICT}.get(status, f"answer: {status}")))


def fields_of(page):
    reader = forms.FormReader()
    reader.feed(page)
    return {name: value for name, value in reader.values.items() if "__prefix__" not in name}


def drill(editors, rounds, paragraphs, minutes):
    with newsroom.database() as url:
        article = factories.draft(body="\n".join(f"<p>Đoạn {n}.</p>" for n in range(paragraphs)))
        people = [_chief(f"bien{n}") for n in range(editors)]
        connection.close()
        with newsroom.server(url) as home:
            begun = time.monotonic()
            path, end = forms.change_url(article), begun + minutes * 60
            threads = [Editor(name, home, path, rounds, number, end) for number, name in enumerate(people)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            took = time.monotonic() - begun
        article.refresh_from_db()
        asides = Revision.objects.filter(article=article, kind=Revision.Kind.CONFLICT)
        return report(threads, article.body, " ".join(row.document["body"] for row in asides), took)


def _chief(name):
    base.ROLES[name] = "chief"
    return base.person(name).username


def report(threads, body, aside, took):
    """Print the figures; the number of words that were promised and are not there, and of rounds that failed."""
    ledger = [entry for thread in threads for entry in thread.ledger]
    counts = Counter(answer for _word, answer in ledger)
    overwritten = [word for word, answer in ledger if answer == SAVED and word not in body]
    lost = [word for word, answer in ledger if answer == CONFLICT and word not in aside]
    times = sorted(second for thread in threads for second in thread.times)
    print(f"{connection.vendor}: {len(threads)} editors, {len(ledger)} rounds in {took:.0f} s")
    print(f"  answers: {dict(counts)}")
    print(f"  a save: median {times[len(times) // 2]:.2f} s, p95 {times[int(len(times) * 0.95)]:.2f} s")
    print(f"  silent overwrites: {len(overwritten)} {overwritten[:5]}; words of conflicts lost: {len(lost)} {lost[:5]}")
    failed = sum(count for answer, count in counts.items() if answer not in {SAVED, CONFLICT})
    print(f"  answers that were neither: {failed}")
    return len(overwritten) + len(lost) + failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editors", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--paragraphs", type=int, default=30)
    parser.add_argument("--minutes", type=int, default=60, help="then the rounds end, however many there were")
    options = parser.parse_args()
    sys.exit(drill(options.editors, options.rounds, options.paragraphs, options.minutes) != 0)
