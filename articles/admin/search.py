"""Searching, filtering and choosing at the desk, with and without diacritics, whatever is typed into the address."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import BigAutoField
from django.forms import Media

from articles import vietnamese
from articles.editorial import permissions
from articles.models import Article

WORDS = 20  # of a term; more would only make a hostile one dear
HIGHEST_PK = BigAutoField.MAX_BIGINT


class CleanLookupsMixin:
    """An address holds the parameters of the screen's own filters and nothing else (400).

    Django would take every lookup of the model from it: `title__regex=(` or the year 0 end in the database, as a 500.
    """

    def lookup_allowed(self, lookup, value, request):
        return "\0" not in value and any(lookup in _parameters(choice) for choice in self.list_filter)


def _parameters(choice):
    """The query parameters of one filter."""
    return getattr(choice, "parameters", None) or [choice.parameter_name]


class NamedMixin:
    """A choice whose box says its name also to those who hear the page."""

    @property
    def media(self):
        return super().media + Media(js=["js/choice-names.js"])


class Chosen(NamedMixin, AutocompleteSelect):
    """An autocomplete that shows nothing where it is given no number; Django's asks the database and breaks.

    `known`: {key: name} of what is chosen in a list of rows, asked once for all of them (admin/article/rows.py).
    """

    known = {}

    def optgroups(self, name, value, attr=None):
        if value and all(pk in self.known for pk in value):
            options = [self.create_option(name, "", "", selected=False, index=0)]
            options += [self.create_option(name, pk, self.known[pk], selected=True, index=1) for pk in value]
            return [(None, options, 0)]
        return super().optgroups(name, [pk for pk in value if is_pk(pk)], attr)


class ChosenMany(NamedMixin, AutocompleteSelectMultiple):
    """The same for a field that holds several."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [pk for pk in value if is_pk(pk)], attr)

    def value_from_datadict(self, data, files, name):
        return [pk for pk in super().value_from_datadict(data, files, name) or [] if is_pk(pk)]


class Choices(forms.ModelMultipleChoiceField):
    """Boxes to tick. A number that no table holds is none of the choices; SQLite breaks at it."""

    def clean(self, value):
        for pk in value or ():
            if not is_pk(str(pk)):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": str(pk)[:60]})
        return super().clean(value)


class ChosenMixin:
    """Every autocomplete of the screen is a `Chosen`, and offers only the articles that the person may see."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Article:
            kwargs.setdefault("queryset", permissions.visible_to(request.user))
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", Chosen(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", ChosenMany(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def is_pk(text):
    return text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= HIGHEST_PK


def newest(queryset, number):
    """Those of a list, which has the newest first, within `number` rows of the table back from its first one: what is
    read word by word must not grow with the archive."""
    first = queryset.values_list("pk", flat=True).first() or 0
    return queryset.filter(pk__gt=first - number)


def holding_words(queryset, field, term):
    """Those whose folded `field` holds every word of a term, in any order, with and without diacritics."""
    for word in vietnamese.key(term).split()[:WORDS]:
        queryset = queryset.filter(**{f"{field}__contains": word})
    return queryset


class SlugSearchMixin(CleanLookupsMixin):
    """A slug is folded, so a name is found with and without diacritics on both databases."""

    search_fields = ["slug"]

    def get_search_results(self, request, queryset, term):
        slug = vietnamese.slug(term)
        if term.strip() and not slug:
            return queryset.none(), False
        return queryset.filter(slug__contains=slug), False
