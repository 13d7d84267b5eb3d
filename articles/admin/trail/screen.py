"""The trail to read: newest first, page by page without counting, because the table only ever grows."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Group
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import vietnamese
from articles.admin.search import CleanLookupsMixin, newest
from articles.editorial import roles, trail
from articles.models import TrailEntry

from .filters import (
    ActionFilter,
    BeforeFilter,
    KeyFilter,
    KindFilter,
    OutcomeFilter,
    PersonFilter,
    TrailDayFilter,
    models_by_kind,
    older_than,
)

PAGE_SIZE = 50
MOST_WORDS = 10
SEARCHED = 50_000  # entries that are read for their words, back from the newest of those that the filters leave


class TrailList(ChangeList):
    """A page by the place where the one before it ended; one entry more than is shown tells whether it goes on."""

    older_url = ""

    def get_results(self, request):
        found = list(older_than(self.queryset, request.GET.get("before", ""))[: PAGE_SIZE + 1])
        self.result_list = found[:PAGE_SIZE]
        if len(found) > PAGE_SIZE:
            self.older_url = self.get_query_string({"before": self.result_list[-1].pk})
        self.newest_url = self.get_query_string(remove=["before"]) if "before" in request.GET else ""
        self.result_count = len(self.result_list)
        self.full_result_count = None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = self.multi_page = False
        self.paginator = None
        _find_objects(self.result_list)


@admin.register(TrailEntry)
class TrailEntryAdmin(CleanLookupsMixin, admin.ModelAdmin):
    list_display = ["moment", "who", "what", "object_shown", "changes_shown", "address"]
    list_display_links = None
    empty_value_display = ""
    list_filter = [TrailDayFilter, PersonFilter, ActionFilter, OutcomeFilter, KindFilter, KeyFilter, BeforeFilter]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = PAGE_SIZE
    sortable_by = []
    ordering = ["-at", "-pk"]
    search_fields = ["words"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy(
        "A name, words of a title, an action, an address, with or without diacritics, among the newest 50,000 entries; "
        "choose days to look further back."
    )
    actions = None
    fields = readonly_fields = ["moment", "who", "what", "object_shown", "changes_shown", "address"]
    change_list_template = "admin/articles/trailentry/change_list.html"
    view_on_site = False

    def get_changelist(self, request, **kwargs):
        return TrailList

    def get_search_results(self, request, queryset, term):
        words = vietnamese.fold(vietnamese.clean_line(term)).split()[:MOST_WORDS]
        queryset = newest(queryset, SEARCHED) if words else queryset
        for word in words:
            actions = [name for name, label in trail.ACTIONS.items() if word in vietnamese.fold(str(label))]
            queryset = queryset.filter(Q(words__contains=word) | Q(action__in=actions))
        return queryset, False

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found:
            _find_objects([found])
        return found

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # What is shown

    @admin.display(description=gettext_lazy("at"))
    def moment(self, entry):
        return entry.at

    @admin.display(description=gettext_lazy("person"))
    def who(self, entry):
        return render_to_string("admin/articles/trailentry/person.html", {"entry": entry})

    @admin.display(description=gettext_lazy("action"))
    def what(self, entry):
        words = trail.name_of_action(entry.action)
        return render_to_string("admin/articles/trailentry/action.html", {"entry": entry, "action": words})

    @admin.display(description=gettext_lazy("object"))
    def object_shown(self, entry):
        model = models_by_kind().get(entry.kind)
        kind = capfirst(str(model._meta.verbose_name)) if model else entry.kind
        return render_to_string("admin/articles/trailentry/object.html", {"entry": entry, "kind": kind})

    @admin.display(description=gettext_lazy("changes"))
    def changes_shown(self, entry):
        context = {"changes": list(readable(entry))}
        return render_to_string("admin/articles/trailentry/changes.html", context)


def readable(entry):
    """(name of the field, before, after) of an entry's changes, in words."""
    model = models_by_kind().get(entry.kind)
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    for name, pair in entry.changes.items():
        before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, None)
        field = fields.get(name)
        label = getattr(field, "verbose_name", None) or getattr(getattr(field, "related_model", None), "_meta", None)
        label = getattr(label, "verbose_name_plural", label) or trail.FIELDS.get(name, name)
        yield capfirst(str(label)), _value(field, before), _value(field, after)


def _value(field, value):
    """One side of a change in words; '' for nothing."""
    is_role = getattr(field, "related_model", None) is Group
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return _("%(number)s words (#%(mark)s)") % {"number": value.get("words", 0), "mark": value.get("mark", "")}
    if isinstance(value, list):
        return ", ".join(str(roles.LABELS.get(one, one)) if is_role else str(one) for one in value)
    return str(dict(getattr(field, "flatchoices", None) or []).get(value, value))


def _find_objects(entries):
    """Give each entry `url`, the screen of its object where that still exists: one query a kind."""
    models = models_by_kind()
    keys = {}
    for entry in entries:
        entry.url = ""
        if entry.kind in models and entry.key.isdecimal():
            keys.setdefault(entry.kind, set()).add(int(entry.key))
    there = {
        kind: set(models[kind]._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for kind, pks in keys.items()
    }
    for entry in entries:
        if entry.key.isdecimal() and int(entry.key) in there.get(entry.kind, ()):
            entry.url = _screen_of(models[entry.kind], entry.key)


def _screen_of(model, key):
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    except NoReverseMatch:
        return ""  # a kind that has no screen of its own
