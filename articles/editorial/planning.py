"""Planning: what a day will bring, and the story that grows out of an assignment.

Design notes
- An assignment is done when its article is published or scheduled, by itself; nobody has to remember to tick it off.
- The lunar dates of a range are computed, never stored: an anniversary by the lunar calendar falls on another day each
  year. What falls on the 30th is kept on the 29th in a month without a 30th, and a leap month repeats nothing.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import days, lunar
from articles.models import Anniversary, Article, Assignment, Author, Byline, SiteSettings, State

from . import documents, permissions, revisions

MOST = 500  # assignments, or scheduled articles, of one range; a month of the largest newsroom has fewer


@dataclass
class Occasion:
    """An anniversary on a day. `years` since the event, None where its year is not known or it is this one."""

    anniversary: Anniversary
    years: int | None


@dataclass
class Day:
    date: date
    lunar: lunar.LunarDay
    occasions: list = field(default_factory=list)
    entries: list = field(default_factory=list)  # (moment, kind, assignment or article), the earliest first

    @property
    def weekday(self):
        return days.WEEKDAYS[self.date.weekday()]

    @property
    def is_today(self):
        return self.date == days.today()


def plan(user, first, last):
    """What is known of the days from `first` to `last`, for a person: [Day]."""
    found = occasions(first, last)
    entries = defaultdict(list)
    for entry in [*_assignments(first, last), *_scheduled(user, first, last)]:
        entries[days.of(entry[0])].append(entry)
    return [
        Day(day, lunar.of(day), found.get(day, []), sorted(entries[day], key=lambda entry: entry[0]))
        for day in _span(first, last)
    ]


def occasions(first, last):
    """{day: [Occasion]} of the anniversaries, solar and lunar, in a range of days."""
    solar, by_moon = defaultdict(list), defaultdict(list)
    for anniversary in Anniversary.objects.all():
        (by_moon if anniversary.is_lunar else solar)[anniversary.day, anniversary.month].append(anniversary)
    found = {}
    for day in _span(first, last):
        moon = lunar.of(day)
        here = [Occasion(one, _years(one, day.year)) for one in solar[day.day, day.month]]
        here += [Occasion(one, _years(one, moon.year)) for name in _lunar_names(day, moon) for one in by_moon[name]]
        if here:
            found[day] = here
    return found


def _years(anniversary, year):
    return year - anniversary.since if anniversary.since and year > anniversary.since else None


def _lunar_names(day, moon):
    """The (day, month) that are kept on a lunar day."""
    if moon.is_leap:
        return []
    is_last = moon.day == 29 and day.year <= days.LAST_YEAR and lunar.of(day + timedelta(days=1)).day == 1
    return [(moon.day, moon.month), *([(30, moon.month)] if is_last else [])]


def _assignments(first, last):
    begin, end = days.bounds(first, last)
    wanted = Q(deadline__gte=begin, deadline__lt=end) | Q(starts_at__gte=begin, starts_at__lt=end)
    found = Assignment.objects.filter(wanted).exclude(state=Assignment.State.DROPPED)
    for assignment in found.select_related("person", "photographer", "category", "article")[:MOST]:
        if begin <= assignment.deadline < end:
            yield assignment.deadline, "deadline", assignment
        if assignment.starts_at and begin <= assignment.starts_at < end:
            yield assignment.starts_at, "event", assignment


def _scheduled(user, first, last):
    found = permissions.visible_to(user).scheduled().on(first, last).order_by("published_at", "pk")
    for article in found.select_related("category").defer("body")[:MOST]:
        yield article.published_at, "scheduled", article


def _span(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


# From an assignment to its article


@transaction.atomic
def begin_story(assignment, user):
    """The draft of an assignment, tied to it and signed with the assignee's pen name; the one there is, if there is."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not permissions.can_begin_story(user, assignment):
        raise PermissionDenied
    if assignment.article_id:
        if assignment.article.state == State.TRASHED:
            raise ValidationError(_("The story of this assignment is in the trash: have it restored."))
        return assignment.article
    if assignment.state == Assignment.State.DROPPED:
        raise ValidationError(_("This assignment was dropped: open it again before you write."))
    article = Article(
        title=assignment.title, category=assignment.category, dateline=SiteSettings.load().dateline, created_by=user
    )
    signed = Author.objects.filter(user=assignment.person_id or user.pk).order_by("pk")[:1]
    bylines = [documents.row_of(Byline(author=author), documents.ROWS["bylines"][1]) for author in signed]
    revisions.create(article, {**documents.of(article), "bylines": bylines}, user)
    assignment.article = article
    assignment.save(update_fields=["article"])
    return article


def follow(article, state):
    """The article came to a state: its assignment is done once readers have it, or will have it at its hour."""
    if state == State.PUBLISHED:
        Assignment.objects.open().filter(article=article).update(state=Assignment.State.DONE)


def due(user, at=None):
    """Open assignments of a person, and for who plans also those of others that are overdue; what is due next first."""
    at = at or timezone.now()
    own = Q(person=user) | Q(photographer=user)
    found = Assignment.objects.open().filter(own)
    if permissions.can_plan_for_all(user):
        found = found | Assignment.objects.overdue(at)
    return found.select_related("person", "photographer", "category", "article").order_by("deadline", "pk")
