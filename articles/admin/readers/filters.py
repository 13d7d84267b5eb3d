"""Filters of the comments' queue: by the day a comment was sent, and by the section of its article."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import days
from articles.admin.lists import periods
from articles.models import Category, Sections

DAYS = ("day_from", "day_to")


class SentFilter(admin.ListFilter):
    """Sent from one day to another, as days in Vietnam."""

    title = _("day it was sent")
    column = "created_at"
    template = "admin/filters/days.html"
    parameters = DAYS

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.used_parameters = {name: params.pop(name)[-1].strip() for name in DAYS if name in params}
        self.asked = periods.read("", *map(self.value, DAYS))
        self.mistaken = bool(self.asked.error)  # the panel then opens on a phone too, and says why

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(DAYS)

    def value(self, name):
        return self.used_parameters.get(name, "")

    def queryset(self, request, queryset):
        if self.mistaken:
            return queryset.none()  # a list that ignored what was asked for would be read as its answer
        if self.asked.first:
            queryset = queryset.filter(**{f"{self.column}__gte": days.start(self.asked.first)})
        if self.asked.last:
            queryset = queryset.filter(**{f"{self.column}__lt": days.bounds(self.asked.last)[1]})
        return queryset

    def choices(self, changelist):
        kept = [(name, values[-1]) for name, values in changelist.get_filters_params().items() if name not in DAYS]
        everything = {"label": _("Any day"), "query": changelist.get_query_string(remove=DAYS)}
        everything["selected"] = not any(map(self.value, DAYS))
        boxes = [self._box("day_from", _("From"), self.asked.first), self._box("day_to", _("To"), self.asked.last)]
        others = [*kept, ("q", changelist.query)] if changelist.query else kept
        yield {"quick": [everything, *self._quick(changelist)], "boxes": boxes, "others": others}

    def _box(self, name, label, day):
        """A date box; where the text is no date a plain box, because only that can show what was typed."""
        wrong = name in self.asked.wrong
        text = day.isoformat() if day else self.value(name)[:40]
        return {"name": name, "label": label, "value": text, "wrong": wrong, "type": "text" if wrong else "date"}

    def _quick(self, changelist):
        for name, label in periods.LABELS.items():
            stretch = periods.bounds(name)
            query = dict(zip(DAYS, (day.isoformat() for day in stretch), strict=True))
            selected = (self.asked.first, self.asked.last) == stretch
            yield {"label": label, "query": changelist.get_query_string(query), "selected": selected}


class ArticleSectionFilter(admin.SimpleListFilter):
    """A section with its sub-sections."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        self.sections = Sections(Category.objects.all())
        for top, children in self.sections.tree:
            yield top.slug, top.name
            for child in children:
                yield child.slug, f"\u2003{child.name}"

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        section = self.sections.by_slug.get(self.value())
        return queryset.filter(article__category__in=self.sections.family(section)) if section else queryset.none()
