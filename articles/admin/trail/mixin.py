"""What a screen of the desk adds, changes and deletes goes into the trail, with the values before and after.

Django tells every screen of each change by `log_addition`, `log_change` and `log_deletions`, but without the form.
`construct_change_message` is called with it just before, so what the form changed waits on the object in between.
"""

from django import forms

from articles.editorial import trail


class TrailMixin:
    """First among the bases of a ModelAdmin."""

    trail_verbs = {"add": "add", "change": "change", "delete": "delete"}  # noqa: RUF012 (read only)

    def construct_change_message(self, request, form, formsets, add=False):
        if (changed := getattr(form, "instance", None)) is not None:
            note_forged(request, form)
            changed._trail_changes = _fields(form) | _rows(formsets or [])
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        changes = _waiting(obj)
        if verb := self.trail_verbs.get("add"):
            trail.record(request.user, verb, obj, changes)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """Nothing where a form was saved in which nothing had changed."""
        changes = _waiting(obj)
        if changes or isinstance(message, str):
            trail.record(request.user, self.trail_verbs["change"], obj, changes)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            trail.record(request.user, self.trail_verbs["delete"], obj)
        return super().log_deletions(request, queryset)


def note_forged(request, form):
    """Columns that were posted although the form has no box for them: nothing came of it, and it was no mistake."""
    sent = {name.removesuffix("_0") for name in request.POST}
    columns = {field.name for field in form.instance._meta.get_fields() if field.concrete and not field.primary_key}
    if forged := (sent & columns) - set(form.fields):
        trail.record(request.user, "attempt", form.instance, forged, outcome=trail.REFUSED)


def _waiting(obj):
    return vars(obj).pop("_trail_changes", {})


def _fields(form):
    """{name: [before, after]} of what somebody can read; of a file only that there is another one."""
    found = {}
    for name in form.changed_data:
        field, after = form.fields[name], form.cleaned_data.get(name)
        if isinstance(field, forms.FileField):
            found[name] = [None, getattr(after, "name", "") or ""]
        elif not isinstance(field.widget, forms.PasswordInput):
            pair = [_shown(field, form.initial.get(name, field.initial)), _shown(field, after)]
            found |= {name: pair} if pair[0] != pair[1] else {}
    return found


def _shown(field, value):
    """A value of a form field; what it chose among is named, whether it is an object, a number or several."""
    if callable(value):
        value = value()
    if not isinstance(field, forms.ModelChoiceField) or not value:
        return value
    rows = [value] if isinstance(value, str | int) or hasattr(value, "pk") else list(value)
    objects = field.queryset.model._base_manager.in_bulk([getattr(row, "pk", row) for row in rows])
    names = sorted(str(obj) for obj in objects.values())
    return names if isinstance(field, forms.ModelMultipleChoiceField) else ", ".join(names)


def _rows(formsets):
    """{relation: [rows that went, rows that came or changed]}."""
    found = {}
    for formset in formsets:
        gone = [str(obj) for obj in formset.deleted_objects]
        came = [str(obj) for obj in formset.new_objects] + [str(obj) for obj, _names in formset.changed_objects]
        if gone or came:
            found[formset.prefix] = [gone, came]
    return found
