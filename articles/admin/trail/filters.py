"""What the trail is looked through by: day, person, action, outcome, the kind of object and one object of it."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles import vietnamese
from articles.admin.readers.filters import SentFilter
from articles.admin.search import is_pk
from articles.editorial import roles, trail
from articles.models import TrailEntry


class TrailDayFilter(SentFilter):
    title = _("day")
    column = "at"


class FoldedFilter(admin.SimpleListFilter):
    """A long list of choices: folded until one is chosen. Whatever the address names is asked for, listed or not."""

    template = "admin/filters/folded.html"

    def queryset(self, request, queryset):
        return queryset if self.value() is None else queryset.filter(**{self.parameter_name: self.value()})


class PersonFilter(FoldedFilter):
    """Those who have an account; who has none any more is found by the search."""

    title = _("person")
    parameter_name = "person"

    def lookups(self, request, model_admin):
        people = get_user_model().objects.filter(is_staff=True).only("username", "first_name", "last_name")
        named = [(person.get_username(), roles.name_of(person)) for person in people]
        return sorted(named, key=lambda choice: vietnamese.sort_key(choice[1]))


class ActionFilter(FoldedFilter):
    title = _("action")
    parameter_name = "action"

    def lookups(self, request, model_admin):
        return list(trail.ACTIONS.items())


class OutcomeFilter(FoldedFilter):
    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return TrailEntry.Outcome.choices

    def queryset(self, request, queryset):
        """What was not done, in the words of the partial index: SQLite does not see that "refused" is not "done"."""
        found = super().queryset(request, queryset)
        done = TrailEntry.Outcome.DONE
        return found if self.value() in {None, done} else found.exclude(outcome=done)


class KindFilter(FoldedFilter):
    title = _("kind of object")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        named = [
            (kind, capfirst(str(model._meta.verbose_name)))
            for kind, model in models_by_kind().items()
            if admin.site.is_registered(model)
        ]
        return sorted(named, key=lambda choice: vietnamese.sort_key(choice[1]))


class KeyFilter(admin.SimpleListFilter):
    """One object (`?kind=article&key=12`): shown only where the address names one, to take it away again."""

    title = _("object's number")
    parameter_name = "key"

    def lookups(self, request, model_admin):
        return [(self.value(), self.value()[:40])] if self.value() else []

    def queryset(self, request, queryset):
        return queryset.filter(key=self.value()) if self.value() else queryset


class BeforeFilter(admin.SimpleListFilter):
    """The page: entries older than the one of this number. Never shown as a filter."""

    title = parameter_name = "before"

    def lookups(self, request, model_admin):
        return []

    def has_output(self):
        return False

    def queryset(self, request, queryset):
        return queryset


def older_than(queryset, number):
    """What comes after an entry in the order of the list; by the index on `at`, however far back the page is."""
    if not (number and is_pk(number) and (last := TrailEntry.objects.filter(pk=int(number)).first())):
        return queryset
    return queryset.filter(at__lte=last.at).filter(Q(at__lt=last.at) | Q(pk__lt=last.pk))


def models_by_kind():
    """{the name that an entry has for it: model} of ours and of the accounts."""
    models = [*apps.get_app_config("articles").get_models(), *apps.get_app_config("auth").get_models()]
    return {model._meta.model_name: model for model in models}
