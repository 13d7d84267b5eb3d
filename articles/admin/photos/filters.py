"""Filters of the photo library: they combine, and work without JavaScript."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import days
from articles.editorial import photos

DAYS = ("day_from", "day_to")


class OwnFilter(admin.SimpleListFilter):
    title = _("added by")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("My photos"))]

    def queryset(self, request, queryset):
        return queryset.filter(created_by=request.user) if self.value() else queryset


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("none", _("Not used"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        keys, masters = photos.used_in_working()  # a handful: what was saved and is not live yet
        return queryset.unused().exclude(pk__in=keys).exclude(master__in=masters)


class CreditFilter(admin.SimpleListFilter):
    title = _("photo credit")
    parameter_name = "credit"

    def lookups(self, request, model_admin):
        return [("none", _("Without a credit"))]

    def queryset(self, request, queryset):
        return queryset.filter(credit="") if self.value() else queryset


class RightsFilter(admin.SimpleListFilter):
    title = _("rights")
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [("expired", _("Rights expired")), ("expiring", _("Rights end within 30 days"))]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "expired":
                return queryset.expired()
            case "expiring":
                return queryset.expiring()
            case _unknown:
                return queryset.none()


class AddedFilter(admin.ListFilter):
    """Added to the library from one day to another, as days in Vietnam."""

    title = _("day added")
    template = "admin/filters/days.html"
    parameters = DAYS

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.used_parameters = {name: params.pop(name)[-1].strip() for name in DAYS if name in params}
        self.first, self.last = map(self._day, DAYS)
        self.mistaken = any(map(self._wrong, DAYS))  # the panel then opens on a phone too, and says why

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(DAYS)

    def value(self, name):
        return self.used_parameters.get(name, "")

    def queryset(self, request, queryset):
        if self.mistaken:
            return queryset.none()  # a list that ignored what was asked for would be read as its answer
        if self.first:
            queryset = queryset.filter(created_at__gte=days.start(self.first))
        return queryset.filter(created_at__lt=days.bounds(self.last)[1]) if self.last else queryset

    def choices(self, changelist):
        kept = [(name, values[-1]) for name, values in changelist.get_filters_params().items() if name not in DAYS]
        yield {
            "quick": list(self._quick(changelist)),
            "boxes": [self._box(name, label) for name, label in zip(DAYS, (_("From"), _("To")), strict=True)],
            "backwards": bool(self.first and self.last and self.first > self.last),
            "others": [*kept, ("q", changelist.query)] if changelist.query else kept,
        }

    def _quick(self, changelist):
        everything = changelist.get_query_string(remove=DAYS)
        yield {"label": _("Any day"), "query": everything, "selected": not self.used_parameters}
        today = days.today()
        for label, begin in ((_("Today"), today), (_("Past 7 days"), today - days.timedelta(days=6))):
            query = changelist.get_query_string(dict(zip(DAYS, (begin.isoformat(), today.isoformat()), strict=True)))
            yield {"label": label, "query": query, "selected": (self.first, self.last) == (begin, today)}

    def _box(self, name, label):
        """A date box; where the text is no date a plain box, because only that can show what was typed."""
        day, wrong = self._day(name), self._wrong(name)
        text = day.isoformat() if day else self.value(name)[:40]
        return {"name": name, "label": label, "value": text, "wrong": wrong, "type": "text" if wrong else "date"}

    def _day(self, name):
        try:
            return days.parse(self.value(name))
        except ValueError:
            return None

    def _wrong(self, name):
        return bool(self.value(name)) and not self._day(name)
