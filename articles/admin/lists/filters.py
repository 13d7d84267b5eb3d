"""Filters of the article list: by day, section, author, state. They work without JavaScript and keep each other."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import days, vietnamese
from articles.models import Byline, Category, Genre, Sections, State

SCHEDULED = "scheduled"


class InputFilter(admin.ListFilter):
    """A filter with boxes to type into. `parameters` are its query parameters."""

    parameters = ()
    mistaken = False  # what was typed cannot be used; the panel then opens on a phone too, and says why

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.parameters:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(self.parameters)

    def value(self, name):
        return self.used_parameters.get(name, "").strip()

    def choices(self, changelist):
        kept = [(name, values[-1]) for name, values in changelist.get_filters_params().items()]
        others = [(name, value) for name, value in kept if name not in self.parameters]
        if changelist.query:
            others.append(("q", changelist.query))
        return self.rows(changelist, others)


class DayFilter(InputFilter):
    """Published from one day to another, as days in Vietnam."""

    title = _("day of publication")
    template = "admin/filters/days.html"
    parameters = ("day_from", "day_to")

    def __init__(self, *args):
        super().__init__(*args)
        self.mistaken = any(map(self._wrong, self.parameters))

    def _day(self, name):
        """The parameter as a day; None where it is empty or no date."""
        try:
            return days.parse(self.value(name))
        except ValueError:
            return None

    def _wrong(self, name):
        return bool(self.value(name)) and not self._day(name)

    def queryset(self, request, queryset):
        if self.mistaken:
            return queryset.none()  # a list that ignored what was asked for would be read as its answer
        first, last = map(self._day, self.parameters)
        if first:
            queryset = queryset.filter(published_at__gte=days.start(first))
        if last:
            queryset = queryset.filter(published_at__lt=days.bounds(last)[1])
        return queryset

    def rows(self, changelist, others):
        first, last = map(self._day, self.parameters)
        quick = [
            {
                "label": label,
                "query": changelist.get_query_string({"day_from": begin.isoformat(), "day_to": end.isoformat()}),
                "selected": (first, last) == (begin, end),
            }
            for label, begin, end in self._quick(days.today())
        ]
        everything = {"label": _("Any day"), "query": changelist.get_query_string(remove=self.parameters)}
        everything["selected"] = not any(map(self.value, self.parameters))
        boxes = [self._box(name, label) for name, label in zip(self.parameters, (_("From"), _("To")), strict=True)]
        backwards = bool(first and last and first > last)
        yield {"quick": [everything, *quick], "boxes": boxes, "backwards": backwards, "others": others}

    def _box(self, name, label):
        """A date box; where the text is no date a plain box, because only that can show what was typed."""
        day, wrong = self._day(name), self._wrong(name)
        text = day.isoformat() if day else self.value(name)[:40]
        return {"name": name, "label": label, "value": text, "wrong": wrong, "type": "text" if wrong else "date"}

    @staticmethod
    def _quick(today):
        yesterday = today - days.timedelta(days=1)
        yield _("Today"), today, today
        yield _("Yesterday"), yesterday, yesterday
        yield _("Past 7 days"), today - days.timedelta(days=6), today
        yield _("This month"), today.replace(day=1), days.next_month(today) - days.timedelta(days=1)


class AuthorFilter(InputFilter):
    """By a part of the pen name, with or without diacritics; a list of five thousand names would help nobody."""

    title = _("author")
    template = "admin/filters/author.html"
    parameters = ("author",)

    def queryset(self, request, queryset):
        if not self.value("author"):
            return queryset
        slug = vietnamese.slug(self.value("author"))
        signed = Byline.objects.filter(author__slug__contains=slug).values("article")
        return queryset.filter(pk__in=signed) if slug else queryset.none()

    def rows(self, changelist, others):
        clear = changelist.get_query_string(remove=self.parameters)
        yield {"value": self.value("author")[:100], "others": others, "clear": clear}


class SectionFilter(admin.SimpleListFilter):
    """A section with its sub-sections."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        self.sections = Sections(Category.objects.all())
        for top in self.sections.tops:
            yield top.slug, top.name
            for child in self.sections.children(top):
                yield child.slug, f"\u2003{child.name}"

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        section = self.sections.by_slug.get(self.value())
        return queryset.filter(category__in=self.sections.family(section)) if section else queryset.none()


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            (State.DRAFT, State.DRAFT.label),
            (SCHEDULED, _("Scheduled")),
            (State.PUBLISHED, State.PUBLISHED.label),
            (State.WITHDRAWN, State.WITHDRAWN.label),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "published":
                return queryset.published()
            case "scheduled":
                return queryset.scheduled()
            case state if state in State.values:
                return queryset.filter(state=state)
            case _unknown:
                return queryset.none()


class GenreFilter(admin.SimpleListFilter):
    """Fourteen of them: folded until one is chosen."""

    title = _("genre")
    template = "admin/filters/genre.html"
    parameter_name = "genre"

    def lookups(self, request, model_admin):
        return Genre.choices

    def queryset(self, request, queryset):
        return queryset.filter(genre=self.value()) if self.value() is not None else queryset
