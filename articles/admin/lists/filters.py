"""Filters of the article list: day, state, section, genre, author, people, topic, place on the front page."""

from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import days, vietnamese
from articles.editorial import roles
from articles.models import IN_WORK, Article, Author, Byline, Category, Genre, Placement, Sections, State, Topic

from . import periods
from .inputs import SHOWN, ChoiceFilter, DeskFilter, WordsFilter, select, wrong_choice

FEW = 10_000  # numbers in one query: one in a hundred of the largest archive
ME = "me"  # whoever looks: a filter for the whole desk then means each one's own

# Parameter → (the column, its name)
CLOCKS = {
    "published": ("published_at", pgettext_lazy("clock", "published")),
    "created": ("created_at", pgettext_lazy("clock", "created")),
    "updated": ("updated_at", pgettext_lazy("clock", "updated")),
}


class DayFilter(DeskFilter):
    """From one day in Vietnam to another, by one of three clocks."""

    title = gettext_lazy("day")
    template = "admin/lists/days.html"
    parameters = ("clock", *periods.PARAMETERS)

    def check(self):
        self.asked = periods.read(*map(self.value, periods.PARAMETERS))
        self.clock = self.value("clock") or "published"
        return self.asked.error or wrong_choice(self.clock, CLOCKS)

    @property
    def is_active(self):
        return any(map(self.value, periods.PARAMETERS)) or bool(self.error)

    @property
    def column(self):
        """What the days are days of, where days are asked for."""
        return CLOCKS[self.clock][0] if self.is_active and not self.error else None

    def narrow(self, queryset):
        if self.clock == "published":
            queryset = queryset.exclude(state__in=IN_WORK)  # the time of a draft is a plan
        if self.asked.first:
            queryset = queryset.filter(**{f"{self.column}__gte": days.start(self.asked.first)})
        if self.asked.last:
            queryset = queryset.filter(**{f"{self.column}__lt": days.bounds(self.asked.last)[1]})
        return queryset

    def controls(self):
        clocks = {name: label for name, (_column, label) in CLOCKS.items()}
        chosen = select("clock", _("by the time"), clocks, self.clock, None)
        boxes = [self._box("day_from", _("From")), self._box("day_to", _("To"))]
        yield {"clock": chosen, "boxes": boxes, "period": self.asked.name}

    def _box(self, name, label):
        """A date box; where the text is no date a plain box, because only that can show what was typed."""
        typed, wrong = self.value(name), name in self.asked.wrong
        day = self.asked.first if name == "day_from" else self.asked.last
        text = day.isoformat() if typed and day else typed[:40]
        return {"name": name, "label": label, "value": text, "wrong": wrong, "type": "text" if wrong else "date"}

    def quick(self, changelist):
        """The ready-made stretches as links, by the clock that is chosen."""
        clock = {"clock": self.clock} if self.value("clock") in CLOCKS else {}
        for name, label in periods.LABELS.items():
            query = changelist.address({**clock, "period": name}, without=self.parameters)
            yield {"label": label, "query": query, "selected": self.asked.name == name}

    def chips(self):
        if not self.is_active:
            return []
        said = {"clock": CLOCKS.get(self.clock, ("", self.clock[:SHOWN]))[1]}
        if self.asked.name:
            return [(f"{periods.LABELS[self.asked.name]} ({said['clock']})", self.parameters)]
        for name, text in (("from", "day_from"), ("to", "day_to")):
            day = self.asked.first if name == "from" else self.asked.last
            said[name] = date_format(day, "SHORT_DATE_FORMAT") if day else self.value(text)[:SHOWN] or "…"
        return [(_("%(from)s – %(to)s (%(clock)s)") % said, self.parameters)]


# Where an article stands, as its chip in the list says, and what is worth finding beside that
STANDS = {
    "draft": (State.DRAFT.label, lambda: Article.objects.filter(state=State.DRAFT, is_returned=False)),
    "returned": (gettext_lazy("Returned"), lambda: Article.objects.filter(state=State.DRAFT, is_returned=True)),
    **{
        state.value: (state.label, lambda state=state: Article.objects.filter(state=state))
        for state in (State.SUBMITTED, State.EDITING, State.REVIEW, State.APPROVED)
    },
    "scheduled": (
        gettext_lazy("Scheduled"),
        lambda: Article.objects.filter(named_by(Article.objects.scheduled(), "pk")),
    ),
    "published": (State.PUBLISHED.label, lambda: Article.objects.published()),
    "working": (gettext_lazy("Changed, not live yet"), lambda: Article.objects.filter(working__isnull=False)),
    "withdrawn": (State.WITHDRAWN.label, lambda: Article.objects.filter(state=State.WITHDRAWN)),
}


RELEASED = {"scheduled", "published", "working"}  # of those that readers see or will


class StateFilter(DeskFilter):
    """Any of several."""

    title = gettext_lazy("state")
    template = "admin/lists/states.html"
    parameters = ("state",)
    multiple = ("state",)

    def check(self):
        return next(filter(None, (wrong_choice(value, STANDS) for value in self.values("state"))), "")

    def narrow(self, queryset):
        names = set(self.values("state"))
        if not names & RELEASED:  # also in the words of the partial index: SQLite finds them in no "or"
            states = [State.DRAFT if name == "returned" else name for name in sorted(names)]
            queryset = queryset.unpublished().filter(state__in=states)
        return queryset & reduce(or_, [STANDS[name][1]() for name in sorted(names)])

    def controls(self):
        chosen = self.values("state")
        yield [{"value": name, "label": label, "checked": name in chosen} for name, (label, _rows) in STANDS.items()]

    def chips(self):
        names = [str(STANDS[name][0]) if name in STANDS else name[:SHOWN] for name in self.values("state")]
        return [(", ".join(names), self.parameters)] if names else []


class SectionFilter(ChoiceFilter):
    """A section with its sub-sections."""

    title = gettext_lazy("section")
    parameters = ("section",)
    every = gettext_lazy("All sections")

    def lookups(self):
        self.sections = Sections(Category.objects.all())
        for top, children in self.sections.tree:
            yield top.slug, top.name
            for child in children:
                yield child.slug, f"\u2003{child.name}"

    def narrow(self, queryset):
        return queryset.filter(category__in=self.sections.family(self.sections.by_slug[self.value("section")]))


class ArticleSectionFilter(SectionFilter):
    def narrow(self, queryset):
        return queryset.within(self.sections.by_slug[self.value("section")])


class GenreFilter(ChoiceFilter):
    title = gettext_lazy("genre")
    parameters = ("genre",)
    every = gettext_lazy("All genres")

    def lookups(self):
        return Genre.choices

    def narrow(self, queryset):
        return queryset.filter(genre=self.value("genre"))


class AuthorFilter(WordsFilter):
    """By a part of the pen name, with or without diacritics; a list of five thousand names would help nobody."""

    title = gettext_lazy("pen name")
    parameters = ("author",)

    def check(self):
        self.slug = vietnamese.slug(self.value("author"))
        return _("A name has letters or digits.") if self.value("author") and not self.slug else ""

    def narrow(self, queryset):
        authors = Author.objects.filter(slug__contains=self.slug).values("pk")
        return queryset.filter(named_by(Byline.objects.filter(author__in=authors)))


class TopicFilter(WordsFilter):
    """By words of the topic's name, with or without diacritics."""

    title = gettext_lazy("topic")
    parameters = ("topic",)

    def check(self):
        self.words = vietnamese.key(self.value("topic")).split()[:20]
        return _("A name has letters or digits.") if self.value("topic") and not self.words else ""

    def narrow(self, queryset):
        topics = Topic.objects.all()
        for word in self.words:
            topics = topics.filter(key__contains=word)
        tied = Article.topics.through.objects.filter(topic__in=topics.order_by().values("pk"))
        return queryset.filter(named_by(tied))


class PeopleFilter(DeskFilter):
    """The account that wrote it, and whose hands it is in: two selects over one list of people."""

    title = gettext_lazy("people")
    template = "admin/lists/choice.html"
    parameters = ("writer", "handler")
    columns = {"writer": "created_by", "handler": "handler"}

    def check(self):
        people = get_user_model().objects.filter(is_staff=True).only("username", "first_name", "last_name")
        names = sorted(((roles.name_of(person), str(person.pk)) for person in people), key=_by_name)
        self.options = {ME: _("me"), **{pk: name for name, pk in names}}
        return next(filter(None, (wrong_choice(self.value(name), self.options) for name in self.parameters)), "")

    def narrow(self, queryset):
        for name, column in self.columns.items():
            if value := self.value(name):
                queryset = queryset.filter(**{column: self.request.user.pk if value == ME else int(value)})
        return queryset

    def controls(self):
        labels = {"writer": _("written by"), "handler": _("in the hands of")}
        for name, label in labels.items():
            yield select(name, label, self.options, self.value(name), _("Anybody"))

    def chips(self):
        said = {"writer": _("written by %(person)s"), "handler": _("in the hands of %(person)s")}
        for name, words in said.items():
            if value := self.value(name):
                yield words % {"person": self.options.get(value, value[:SHOWN])}, (name,)


class PlacedFilter(ChoiceFilter):
    """What the desk put on the front page, or at the head of a section, and stands there now."""

    title = gettext_lazy("place")
    parameters = ("placed",)
    every = gettext_lazy("Anywhere")

    def lookups(self):
        yield "front", _("On the front page now")
        yield "section", _("At the head of a section now")

    def narrow(self, queryset):
        active = Placement.objects.active()
        wanted = active.of(None) if self.value("placed") == "front" else active.exclude(section=None)
        return queryset.filter(named_by(wanted))


class BehindFilter(DeskFilter):
    """Where in the list the page begins (paging.py). Never shown, never kept with a filter."""

    parameter = "behind"
    title = parameter
    parameters = (parameter,)

    def has_output(self):
        return False


def named_by(rows, name="article"):
    """The condition that rows name an article. Few are looked up by their numbers, in any archive; many are met soon by
    whoever walks along the list, and each is asked for."""
    rows = rows.order_by()
    numbers = list(rows.values_list(name, flat=True)[: FEW + 1])
    return Q(pk__in=numbers) if len(numbers) <= FEW else Q(Exists(rows.filter(**{name: OuterRef("pk")})))


def _by_name(row):
    return vietnamese.sort_key(row[0])


FILTERS = [
    *(DayFilter, StateFilter, ArticleSectionFilter, GenreFilter, AuthorFilter, PeopleFilter, TopicFilter, PlacedFilter),
]
PARAMETERS = [name for one in FILTERS for name in one.parameters]
