"""R1. Many editors save one article at once, through the form, over HTTP: is every acknowledged word still there?

Each round opens the form, adds a word of its own to one paragraph, and saves. "Saved" (a redirect) is a promise that
the word is in the article, for nobody takes a word out; "conflict" (409) that it is in a version that was set aside.
"""

import random
import re
import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from articles.models import Revision
from tests import factories
from tests.admin import forms
from tests.drills.asking import Person
from tests.drills.ledger import BROKEN, DONE, REFUSED, Ledger, Outcome, percentile

EDITORS, ROUNDS, PARAGRAPHS = 8, 10, 30
LONG_EDITORS, LONG_ROUNDS = 20, 200
KIND = "word"


class Editor(threading.Thread):
    def __init__(self, person, path, rounds, seed, ledger):
        super().__init__(daemon=True)
        self.person, self.path, self.rounds, self.ledger = person, path, rounds, ledger
        self.dice, self.seed, self.times = random.Random(seed), seed, []  # noqa: S311 (which paragraph)

    def run(self):
        for number in range(self.rounds):
            word = f"chu{self.seed}x{number}x"
            self.ledger.note(KIND, word, self.round(word))

    def round(self, word):
        _found, fields = self.person.form(self.path)
        if not fields:
            return BROKEN
        paragraphs = re.findall(r"<p>.*?</p>", fields["body"])
        place = self.dice.randrange(len(paragraphs))
        paragraphs[place] = paragraphs[place].replace("</p>", f" {word}</p>")
        time.sleep(self.dice.random() * 0.5)
        answer = self.person.post(self.path, {**fields, "body": "\n".join(paragraphs), "_continue": "1"})
        self.times.append(answer.seconds)
        return {302: DONE, 409: REFUSED}.get(answer.status, BROKEN)


def drill(is_long):
    found, ledger = Outcome(), Ledger()
    editors, rounds = (LONG_EDITORS, LONG_ROUNDS) if is_long else (EDITORS, ROUNDS)
    article = factories.draft(body="\n".join(f"<p>Đoạn {n}.</p>" for n in range(PARAGRAPHS)))
    with newsroom.server() as server:
        people = [Person(server.home, f"bien{number}") for number in range(editors)]
        path = forms.change_url(article)
        threads = [Editor(person, path, rounds, number, ledger) for number, person in enumerate(people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    article.refresh_from_db()
    asides = Revision.objects.filter(article=article, kind=Revision.Kind.CONFLICT)
    aside = " ".join(row.document["body"] for row in asides)
    overwritten = [word for word in ledger.of(KIND) if word not in article.body]
    lost = [word for word in ledger.of(KIND, REFUSED) if word not in aside]
    saved, refused = len(ledger.of(KIND)), len(ledger.of(KIND, REFUSED))
    found.figure(f"{editors} editors: {saved} saves and {refused} conflicts, {len(overwritten) + len(lost)} words lost")
    found.figure(f"a save p95 {percentile([s for thread in threads for s in thread.times], 95):.2f} s")
    found.expect(not overwritten, f"silently overwritten: {overwritten[:5]}")
    found.expect(not lost, f"words of conflicts lost: {lost[:5]}")
    found.expect(saved + refused == editors * rounds, f"answers that were neither: {len(ledger.of(KIND, BROKEN))}")
    return found
