"""`kill -9` of the server while people delete articles and take them out of the trash again.

Who got no answer asks again, until told that it is done or that it was done before. "Done before" without a request
that was broken off would be the work of nobody: something acknowledged was lost, or done twice.
"""

import random
import threading
import time

from tests.drills import newsroom  # first: it sets Django up  # isort: skip
from django.db import connections

from articles.editorial import documents
from articles.models import Article, Revision, State, TrailEntry, Transition
from tests import factories
from tests.admin import forms
from tests.drills.asking import Person
from tests.drills.ledger import BROKEN, DONE, Ledger
from tests.drills.writing.kills import undamaged

WORKERS, HANDS, EACH, EVERY, LONGEST = 3, 3, 4, (0.1, 0.3), 3  # people, articles of each; seconds between two kills
WHOLE = 20  # every so many kills it is not one worker but the whole server
TRASH, RECOVER, ALREADY = Transition.Verb.TRASH, Transition.Verb.RECOVER, "already"
BIN = f"{forms.LIST_URL}thung-rac/"


def delete(person, pk):
    """What became of it: of an article that is not there to be deleted Django leads to the desk's first page."""
    answer = person.post(f"{forms.LIST_URL}{pk}/delete/", {"post": "yes"})
    return _outcome(answer, forms.LIST_URL, "/admin/")


def recover(person, pk):
    answer = person.post(f"{BIN}{pk}/khoi-phuc/", {})
    return _outcome(answer, f"{forms.LIST_URL}{pk}/change/", BIN)


def _outcome(answer, done, otherwise):
    if answer.status == 404 or (answer.status == 302 and answer["Location"] == otherwise):
        return ALREADY
    return DONE if answer.status == 302 and answer["Location"] == done else BROKEN


ACTS = {TRASH: delete, RECOVER: recover}


class Hand(threading.Thread):
    """One person: deletes each of their articles, takes it back, deletes it again. `steps`: {pk: what was done}."""

    def __init__(self, person, articles, ledger, stop):
        super().__init__(daemon=True)
        self.person, self.ledger, self.stop = person, ledger, stop
        self.steps, self.open, self.faults = {article.pk: [] for article in articles}, None, []

    def run(self):
        while not self.stop.is_set():
            for pk, done in self.steps.items():
                verb = RECOVER if done and done[-1] == TRASH else TRASH
                if not self._until_done(pk, verb):
                    self.open = pk  # whether that was done nobody was told
                    return
                done.append(verb)

    def _until_done(self, pk, verb):
        broken = 0
        while (answer := ACTS[verb](self.person, pk)) == BROKEN:
            self.ledger.note(verb, pk, BROKEN)
            broken += 1
            time.sleep(0.1)
            if self.stop.is_set():
                return False
        if answer == ALREADY and not broken:
            self.faults.append(f"{verb} of {pk}: it was not as it had been said to be")
        self.ledger.note(verb, pk, DONE)
        return True


def drill(found, kills, seed=1):
    dice = random.Random(seed)  # noqa: S311 (which process, when)
    ledger, stop, hands, before = Ledger(), threading.Event(), [], {}
    with newsroom.server(WORKERS, prefork=True, RECEIPTS=0) as server:
        for number in range(HANDS):
            person = Person(server.home, f"tay{number}")
            articles = [rich(number, one) for one in range(EACH)]
            before |= {article.pk: standing(article.pk) for article in articles}
            hands.append(Hand(person, articles, ledger, stop))
        connections.close_all()
        for hand in hands:
            hand.start()
        for number in range(1, kills + 1):
            known = ledger.acknowledged()
            time.sleep(dice.uniform(*EVERY))
            newsroom.until(lambda known=known: ledger.acknowledged() > known, LONGEST)
            if number % WHOLE:
                server.lose_one(dice)
            else:
                server.kill()
                server.start()
        stop.set()
        for hand in hands:
            hand.join(60)
    counts = ledger.counts()
    done, broken = (sum(counts[verb, said] for verb in ACTS) for said in (DONE, BROKEN))
    lost = [fault for hand in hands for pk in hand.steps for fault in _compared(hand, pk, before[pk])]
    lost += [fault for hand in hands for fault in hand.faults]
    found.figure(f"{kills} kills: {done} deletions and restores acknowledged, {broken} broken off, {len(lost)} lost")
    found.expect(not lost, f"acknowledged and lost: {lost[:3]}")
    found.expect(done > kills and broken, "hardly anything was acknowledged, or broken off: the drill shows nothing")
    undamaged(found)


def rich(number, one):
    article = factories.complete(title=f"Bản nháp {number} {one}", slug=f"ban-nhap-{number}-{one}")
    factories.topic("Thủy điện", article)
    factories.link(article, title="Bài của báo bạn", url="https://baoban.vn/1")
    factories.gallery(article, 2)
    return article


def standing(pk):
    article = Article.objects.get(pk=pk)
    versions = list(Revision.objects.filter(article=pk).values_list("number", "document"))
    return article.slug, documents.of(article), versions


def _compared(hand, pk, before):
    """What of an article is not as it was said to be."""
    verbs = list(Transition.objects.filter(article=pk).order_by("pk").values_list("verb", flat=True))
    more = verbs[len(hand.steps[pk]) :]
    if verbs[: len(hand.steps[pk])] != hand.steps[pk] or len(more) > (pk == hand.open):
        yield f"{pk} took the steps {verbs[-6:]}, acknowledged were {hand.steps[pk][-6:]}"
    expected = State.TRASHED if verbs and verbs[-1] == TRASH else State.DRAFT
    if Article.objects.get(pk=pk).state != expected:
        yield f"{pk} is not {expected} after {verbs[-1:]}"
    told = TrailEntry.objects.filter(kind="article", key=str(pk), action__in=[TRASH, RECOVER]).order_by("pk")
    if list(told.values_list("action", flat=True)) != verbs:
        yield f"the trail of {pk} tells of other steps"
    if standing(pk) != before:
        yield f"{pk} is not what it was"
