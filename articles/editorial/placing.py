"""The board of a page: which stories are pinned where, from when until when.

Design notes
- A save touches the pins that were on the board and no others, and is refused once when a colleague saved the board
  since it was opened: then that colleague's new pins join the typed ones, so that saving again wipes nothing unseen.
- "Until replaced": a pin is over when a later one of the same place, without an end, has begun. Its story must be
  public for that: a scheduled story lets the old one stand until its time comes.
- What stood is ended, not deleted, so that the page of an earlier moment can still be shown.
"""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import days, search, vietnamese
from articles.models import Article, Placement, SiteSettings, Slot

from .pins import MOMENT, MOST, Pins, places

STORIES = 30  # in the list beside it
QUERY_LENGTH = 200


def stories(query, at=None):
    """What can be placed: the newest published and scheduled stories, or those with the words of a query."""
    found = Article.objects.released()
    if vietnamese.key(query):
        ends = days.start(days.make(days.LAST_YEAR, 12, 31))
        asked = search.Asked(text=query[:QUERY_LENGTH], is_newest_first=True, is_typing=True, at=ends)
        found = found.filter(pk__in=search.keys(asked, STORIES))
    return list(found.newest().for_cards()[:STORIES])


class Board:
    """The board of a section's page, or of the front page (None): as stored, or as somebody filled it in (`data`)."""

    def __init__(self, section, data=None, at=None):
        self.section, self.at = section, at or timezone.now()
        self.is_late = False  # refused, because a colleague was faster
        self.stored = {pin.pk: pin for pin in self._read(self.at)}
        self.version = _version(self.at, self.stored.values())
        self._fill(data)

    def _read(self, since):
        found = Placement.objects.of(self.section).current(since).select_related("article", "created_by")
        return found.defer("article__body").order_by("starts_at", "pk")

    def _fill(self, data):
        self.data = data
        initial = None if data is not None else [_values(pin) for pin in self.stored.values()]
        self.pins = Pins(data, initial=initial, prefix="pins")
        self.pins.board = self
        numbers = {number for form in self.pins.forms if (number := _number(form["article"].value()))}
        self.released = Article.objects.released().defer("body").in_bulk(numbers)
        self.articles = self.released | {
            pin.article_id: pin.article for pin in self.stored.values() if pin.article_id in numbers
        }
        for form in self.pins.forms:
            form.stored = self.stored.get(_number(form["pk"].value()))
            form.story = self.articles.get(_number(form["article"].value()))

    # What is on it

    def slots(self):
        """[(the place's key, its name, its rows)], and the rows whose place is none under an empty key."""
        known = places()
        keys = {key for key, _name in known}
        rows = {key: [form for form in self.pins.forms if form["place"].value() == key] for key in keys}
        stray = [form for form in self.pins.forms if form["place"].value() not in keys]
        return [(key, name, rows[key]) for key, name in known] + ([("", _("Without a place"), stray)] if stray else [])

    def check_stories(self):
        """Says of each row that cannot be saved why."""
        for form in self._rows():
            pin, number = form.stored, form.cleaned_data["article"]
            if number not in self.released and not (pin and pin.article_id == number):  # one withdrawn since may stay
                form.add_error("article", _("There is no such published or scheduled story."))
        taken = []
        for pin in self.wanted():
            begin, end = pin.starts_at, self._end(pin)
            if pin.slot != Slot.BREAKING:
                twice = [one for one in taken if one[0] == pin.article_id and begin < one[2] and one[1] < end]
                if twice:
                    pin.form.add_error("article", _("This story would stand in two places at the same time."))
                taken.append((pin.article_id, begin, end))

    def _rows(self):
        """The forms that are right so far and are not to be removed."""
        return [
            form
            for form in self.pins.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data["remove"]
        ]

    def wanted(self):
        """The pins of the board that still have a say, as placements that are not saved."""
        made = [pin for pin in (self._pin(form) for form in self._rows()) if not pin.ends_at or pin.ends_at > self.at]
        self._made = sorted(made, key=lambda pin: pin.starts_at)
        last = {}  # place → the last one without an end that has begun
        for rank, pin in enumerate(self._made):
            story = self.articles.get(pin.article_id)
            if pin.ends_at is None and pin.starts_at <= self.at and story and story.is_public(self.at):
                last[pin.place] = rank
        return [pin for rank, pin in enumerate(self._made) if rank >= last.get(pin.place, 0)]

    def _pin(self, form):
        data, stored = form.cleaned_data, form.stored
        slot, position = data["place"].split("-")
        starts, ends = data["starts"] or self.at, data["ends"]
        if stored:  # the boxes have no seconds: what was not changed keeps its own
            starts = stored.starts_at if _minute(stored.starts_at) == starts else starts
            ends = stored.ends_at if stored.ends_at and _minute(stored.ends_at) == ends else ends
        pin = Placement(
            pk=stored and stored.pk, section=self.section, slot=slot, position=int(position), starts_at=starts,
            ends_at=ends, article_id=data["article"], created_by=stored and stored.created_by,
        )  # fmt: skip
        pin.form = form
        return pin

    def _end(self, pin):
        """When a pin is over, by its own end or because another of its place takes over for good."""
        later = [one.starts_at for one in self._made if one.place == pin.place and one.ends_at is None]
        ends = [moment for moment in later if moment > pin.starts_at]
        return min([*ends, pin.ends_at or days.start(days.make(days.LAST_YEAR, 12, 31))])

    def placements(self):
        """What the page would be composed of, if this board were saved."""
        return self.wanted()

    def problems(self):
        """Everything that is wrong with it, in words."""
        if self.pins.is_valid():
            return []
        found = [str(message) for message in self.pins.non_form_errors()]
        nameless = _("A pin")
        for form in self.pins.forms:
            found += [f"{form.story or nameless}: {text}" for texts in form.errors.values() for text in texts]
        return found

    # Changed, but not saved yet

    def add(self, article, place):
        """One more row: a story from the list, from now on."""
        self._fill(_with_rows(self.data, [{"article": article, "place": place}]))

    def swap(self, place, other):
        """The rows of two places change places."""
        data, other_of = self.data.copy(), {place: other, other: place}
        for form in self.pins.forms:
            name = form.add_prefix("place")
            data[name] = other_of.get(data.get(name), data.get(name, ""))
        self._fill(data)

    # Saved

    def save(self, user):
        """[(what was done: 'placed', 'changed' or 'unpinned', the placement)], or None when the board is refused."""
        with transaction.atomic():
            # The masthead's row is the lock: of two boards sent at once, the second sees what the first one did.
            SiteSettings.objects.get_or_create(pk=1)
            list(SiteSettings.objects.select_for_update().filter(pk=1))
            self.stored = {pin.pk: pin for pin in self._read(self.at)}
            if not self._is_current():
                self._join()
                return None
            self._fill(self.data)
            return None if self.problems() else self._write(user)

    def opened_at(self):
        """When this board was opened; None when its token says nothing."""
        try:
            opened = datetime.fromisoformat(self.data.get("version", "").partition("|")[0])
        except ValueError:
            return None
        return opened if timezone.is_aware(opened) and days.holds(opened) else None

    def _is_current(self):
        opened = self.opened_at()
        return opened is not None and self.data["version"] == _version(opened, self._read(opened))

    def _join(self):
        """The pins that colleagues made since, beside what was typed."""
        posted = {_number(form["pk"].value()) for form in self.pins.forms}
        new = [_values(pin) for pin in self.stored.values() if pin.pk not in posted]
        self.is_late = True
        self.version = _version(self.at, self.stored.values())
        self._fill(_with_rows(self.data, new))

    def _write(self, user):
        done, wanted = [], self.wanted()
        kept = {pin.pk for pin in wanted}
        shown = [form.stored for form in self.pins.forms if form.stored]
        for pin in shown:
            if pin.pk not in kept:
                done.append(("unpinned", _end(pin, self.at)))
        for pin in wanted:
            if pin.pk is None:
                pin.created_by = user
                pin.save()
                done.append(("placed", pin))
            elif _facts(pin) != _facts(self.stored[pin.pk]):
                pin.save()
                done.append(("changed", pin))
        return done


def _end(pin, at):
    """What never stood is deleted; what stands is over from now on."""
    if pin.starts_at >= at:
        number = pin.pk
        pin.delete()
        pin.pk = number  # for the log
    elif pin.ends_at is None or pin.ends_at > at:
        pin.ends_at = at
        pin.save(update_fields=["ends_at"])
    return pin


def _with_rows(data, rows):
    """The data of a board with more rows at its end."""
    data = data.copy()
    count = min(_number(data.get("pins-TOTAL_FORMS")) or 0, 2 * MOST)
    for number, row in enumerate(rows, start=count):
        for name, value in row.items():
            text = timezone.localtime(value).strftime(MOMENT) if isinstance(value, datetime) else value
            data[f"pins-{number}-{name}"] = "" if text is None else str(text)
    data["pins-TOTAL_FORMS"] = str(count + len(rows))
    return data


def _values(pin):
    return {
        "pk": pin.pk, "article": pin.article_id, "place": pin.place, "starts": pin.starts_at, "ends": pin.ends_at,
    }  # fmt: skip


def _facts(pin):
    return pin.slot, pin.position, pin.article_id, pin.starts_at, pin.ends_at


def _version(opened, pins):
    """A token of what was stored when a board was opened: 'moment|digest'. Pins that end by themselves keep it."""
    lines = sorted(f"{pin.pk} {_facts(pin)}" for pin in pins if pin.ends_at is None or pin.ends_at > opened)
    return f"{opened.isoformat()}|{hashlib.sha256('|'.join(lines).encode()).hexdigest()[:20]}"


def _minute(moment):
    return moment.replace(second=0, microsecond=0)


def _number(value):
    text = "" if value is None else str(value)[:20].strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
