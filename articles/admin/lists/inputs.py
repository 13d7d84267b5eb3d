"""What every filter of the article list is: controls of one form, which works without JavaScript and keeps the rest.

What cannot be used is said at its control, and the list shows nothing: a list that ignored what was asked for would be
read as its answer.
"""

from django.contrib import admin
from django.utils.translation import gettext as _

SHOWN = 60  # letters of a mistaken value that are repeated


class DeskFilter(admin.ListFilter):
    """`parameters` are its query parameters; only those in `multiple` may be given more than once."""

    parameters = ()
    multiple = ()

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.request = request
        given = {name: [one.strip() for one in params.pop(name, [])] for name in self.parameters}
        self.used_parameters = {name: [one for one in values if one] for name, values in given.items()}
        wrong = self.check()  # which also reads what the controls show
        self.error = self._twice() or wrong

    def _twice(self):
        single = (values for name, values in self.used_parameters.items() if name not in self.multiple)
        return _("Choose one value only.") if any(len(set(values)) > 1 for values in single) else ""

    def check(self):
        """Why what was asked for cannot be used; empty where it can."""
        return ""

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(self.parameters)

    @property
    def is_active(self):
        return any(self.used_parameters.values())

    def value(self, name):
        return next(iter(self.used_parameters.get(name, [])), "")

    def values(self, name):
        return self.used_parameters.get(name, [])

    def queryset(self, request, queryset):
        if self.error:
            return queryset.none()
        return self.narrow(queryset) if self.is_active else queryset

    def choices(self, changelist):
        yield from self.controls()

    def chips(self):
        """[(what is asked for, the parameters that ask for it)], shown above the list and taken away by a click."""
        return []


class ChoiceFilter(DeskFilter):
    """One of some values, in a select."""

    template = "admin/lists/choice.html"
    every = ""  # the words for "not filtered"

    def check(self):
        self.options = dict(self.lookups())
        return wrong_choice(self.value(self.parameters[0]), self.options)

    def controls(self):
        yield select(self.parameters[0], self.title, self.options, self.value(self.parameters[0]), self.every)

    def chips(self):
        value = self.value(self.parameters[0])
        return [(str(self.options.get(value, value[:SHOWN])).strip(), self.parameters)] if value else []


class WordsFilter(DeskFilter):
    """A box to type into."""

    template = "admin/lists/words.html"
    hint = ""

    def controls(self):
        yield {"name": self.parameters[0], "label": self.title, "value": self.value(self.parameters[0])[:100]}

    def chips(self):
        value = self.value(self.parameters[0])
        return [(f"{self.title}: {value[:SHOWN]}", self.parameters)] if value else []


def select(name, label, options, value, every):
    """A select for the template; a value that is none of the options is kept in sight."""
    rows = [{"value": key, "label": text, "selected": str(key) == value} for key, text in options.items()]
    unknown = value[:SHOWN] if value and value not in options else ""
    return {"name": name, "label": label, "options": rows, "every": every, "unknown": unknown}


def wrong_choice(value, options):
    return _("“%(text)s” is none of the choices.") % {"text": value[:SHOWN]} if value and value not in options else ""
