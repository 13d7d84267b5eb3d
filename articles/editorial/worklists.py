"""The board: what waits for a person at the desk, in the order in which it matters to their role.

Design notes
- A fixed number of queries, whatever the archive holds. What is on its way from hand to hand is few rows and comes in
  one of them; it is sorted into lists here, by the same predicates that the steps ask.
- Nothing counts the archive: the counts by section are of what is on its way.
- A list that is empty is left out, but for the one that a role's day begins with: that one says what to do next.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import groupby

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import days
from articles.models import Article, Correction, Effect, Receipt, State, Transition

from . import moderation, notices, permissions, planning

ROWS = 8  # of each list: what one looks at before starting to search
ON_THE_WAY = [State.SUBMITTED, State.EDITING, State.REVIEW, State.APPROVED]
MOST_ON_THE_WAY = 300  # those that wait longest; a desk with more of them has other worries than this page
MOST_SCHEDULED = 60
LATER = {"drafts-of-others", "published"}  # to know of, not to do


@dataclass
class Worklist:
    """`query`: of the article list, where the rest of it is. `empty`: what it says when nothing waits."""

    code: str
    heading: str
    found: list
    query: str = ""
    empty: str = ""

    @property
    def articles(self):
        return self.found[:ROWS]

    @property
    def more(self):
        return max(len(self.found) - ROWS, 0)


class Board:
    def __init__(self, user, at=None):
        self.user, self.at = user, at or timezone.now()
        self.visible = permissions.visible_to(user)
        self.edits, self.approves = permissions.can_edit(user), permissions.can_approve(user)
        self.publishes = permissions.can_publish(user)
        self.writes = user.is_active and user.has_perm("articles.add_article")
        self.illustrates = permissions.can_keep_library(user)

    # The lists

    @cached_property
    def lists(self):
        """[Worklist], what matters first at the top."""
        return [one for one in self._lists() if one.found or one.empty]

    @property
    def first(self):
        """What the person has to do something about; on a phone the rest of the board comes before `later`."""
        return [one for one in self.lists if one.code not in LATER]

    @property
    def later(self):
        return [one for one in self.lists if one.code in LATER]

    def _lists(self):
        yield Worklist("returned", _("Returned to me"), [article for article in self._own if article.is_returned])
        if self.approves or self.publishes:
            yield from self._to_decide()
        if self.edits:
            yield from self._to_edit()
        if self.edits or self.publishes:
            yield Worklist("not-live", _("Saved, but readers see an older version"), self._not_live())
        if self.writes:
            yield from self._to_write()
        if self.edits or self.illustrates:
            yield self._in_edit()
        if self.illustrates and not self.edits:
            bare = [article for article in self._on_the_way if not article.photo_id]
            yield Worklist("bare", _("Without a lead photo yet"), bare, empty=_("Every story in work has its photo."))
        if self.edits:
            yield Worklist("drafts-of-others", _("Colleagues' drafts"), self._others_drafts(), "state=draft")
        yield Worklist("published", _("Just published"), self._published(), "state=published", self._nothing_to_read())

    def _to_decide(self):
        if self.publishes:
            yield Worklist("not-seen", _("Readers do not see it as it should be"), self._not_seen())
        mine = [a for a in self._at(State.REVIEW) if permissions.can_approve_article(self.user, a)]
        nothing = _("Nothing waits for your approval. What an editor passes on appears here.")
        yield Worklist("review", _("Waiting for my approval"), mine, "state=review", nothing)
        ready = [a for a in self._at(State.APPROVED) if permissions.can_publish_article(self.user, a)]
        yield Worklist("approved", _("Approved, not published yet"), ready, "state=approved")

    def _to_edit(self):
        hands = [a for a in self._at(State.EDITING) if a.handler_id == self.user.pk]
        yield Worklist("in-hand", _("In my hands"), hands)
        free = [a for a in self._at(State.SUBMITTED) if permissions.can_take(self.user, a)]
        nothing = "" if self.approves else _("Nothing waits to be edited. What a reporter sends appears here.")
        yield Worklist("to-take", _("Waiting for edit"), free, "state=submitted", nothing)

    def _to_write(self):
        drafts = [article for article in self._own if not article.is_returned]
        nothing = "" if self.edits else _("Nothing begun. Press “Write a new article”; what you write waits here.")
        yield Worklist("drafts", _("My drafts"), drafts, "state=draft", nothing)
        sent = [a for a in self._on_the_way if permissions.is_own(self.user, a) and a.handler_id != self.user.pk]
        yield Worklist("sent", _("My stories on their way"), sent)

    def _in_edit(self):
        others = [a for a in self._at(State.EDITING) if a.handler_id != self.user.pk]
        return Worklist("editing", _("In edit"), others, "state=editing")

    def _nothing_to_read(self):
        return "" if self.writes or self.edits or self.illustrates else _("Nothing is published yet.")

    # What they are made of

    @cached_property
    def _on_the_way(self):
        # in_work() is in there for the partial index, which SQLite recognises by the same words only.
        found = self.visible.in_work().filter(state__in=ON_THE_WAY).order_by("state_since", "pk")
        return _shown(found, MOST_ON_THE_WAY)

    def _at(self, state):
        return [article for article in self._on_the_way if article.state == state]

    @cached_property
    def _own(self):
        """The person's drafts; of the returned ones with the reason, by whom."""
        returns = Transition.objects.filter(article=OuterRef("pk"), verb=Transition.Verb.RETURN)
        last = returns.order_by("-moved_at", "-pk")
        own = (
            self.visible.in_work()
            .filter(state=State.DRAFT, created_by=self.user)
            .annotate(reason=Subquery(last.values("note")[:1]), returned_by=Subquery(last.values("moved_by_name")[:1]))
        )
        return _shown(own.order_by("-is_returned", "-updated_at", "-pk"), 4 * ROWS)

    def _others_drafts(self):
        found = self.visible.in_work().filter(state=State.DRAFT).exclude(created_by=self.user)
        return _shown(found.order_by("-updated_at", "-pk"))

    def _not_live(self):
        return _shown(self.visible.released().filter(working__isnull=False).order_by("-updated_at", "-pk"))

    def _not_seen(self):
        failed = Receipt.objects.filter(outcome=Receipt.Outcome.FAILED).values("article")
        return _shown(Article.objects.filter(pk__in=failed).order_by("-state_since", "-pk"))

    def _published(self):
        """What readers see may be seen by all of the desk, so nothing is asked that would keep an index from use."""
        if not self.user.has_perm("articles.view_article"):
            return []
        return _shown(Article.objects.published(self.at).newest())

    # Beside them

    @cached_property
    def timeline(self):
        """[(day, [(hour, [article])])] of today and tomorrow; the next one first."""
        today = days.of(self.at)
        found = self.visible.scheduled(self.at).on(today, today + timedelta(days=1))
        rows = _shown(found.order_by("published_at", "pk"), MOST_SCHEDULED)
        return [
            (day, [(hour, list(same)) for hour, same in groupby(own, key=_hour)])
            for day, own in groupby(rows, key=lambda article: days.of(article.published_at))
        ]

    @property
    def sees_sections(self):
        return self.edits or self.approves or self.illustrates

    @cached_property
    def sections(self):
        """[(name, slug, [(state, number)])] of what is on its way, section by section."""
        keys = ("category__order", "category__name", "category__slug")
        found = self.visible.in_work().filter(state__in=ON_THE_WAY).order_by(*keys, "state")
        rows = found.values_list(*keys, "state").annotate(number=Count("pk"))
        result = []
        for (_order, name, slug), same in groupby(rows, key=lambda row: row[:3]):
            numbers = {state: number for *_key, state, number in same}
            result.append((name or "", slug or "", [(state, numbers.get(state, 0)) for state in ON_THE_WAY]))
        return result

    @cached_property
    def assignments(self):
        """[(assignment, whether it is overdue)]"""
        if not self.user.has_perm("articles.view_assignment"):
            return []
        return [(one, one.is_overdue(self.at)) for one in planning.due(self.user, self.at)[:ROWS]]

    @cached_property
    def corrections(self):
        """Those that the front page shows."""
        return list(Correction.objects.current(self.at).for_cards().newest()[:ROWS])

    @cached_property
    def comments_waiting(self):
        return moderation.number_waiting(self.user)

    @cached_property
    def stuck(self):
        """What is owed after a change, and fails and fails."""
        return list(Effect.objects.stuck()[:ROWS]) if self.publishes else []

    @cached_property
    def notices(self):
        return list(notices.unread(self.user).select_related("article")[:5])


def _shown(articles, rows=ROWS):
    return list(articles.select_related("category", "created_by", "handler").defer("body")[:rows])


def _hour(article):
    return article.published_at.astimezone(days.VIETNAM).hour
