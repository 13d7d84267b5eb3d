"""Rows of an article's document as inline forms: bylines, related links, live updates, gallery, attachments.

Design note: Django's inline formsets edit rows of the database by their keys. Here a form edits a version, which may be
ahead of the database, so a row has no key: it is its contents and its place. What is posted is the whole list; what was
taken out is simply not in it. `editorial/documents.py` finds out which stored row each one is.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.admin.search import ChosenMixin
from articles.editorial import documents, permissions


class RowForm(forms.ModelForm):
    """A row counts when one of `needed` is filled in; its place or its role alone say nothing."""

    needed = ()
    is_stored = False  # whether the page showed it filled, rather than as the empty row at the end

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "order" in self.fields:
            self.fields["order"].required = False  # without JavaScript the rows keep the order of the page

    def has_changed(self):
        return any(str(self.data.get(self.add_prefix(name)) or "").strip() for name in self.needed)

    def _get_validation_exclusions(self):
        """Its article holds these rows already: what is once in the article is asked of the list, not of them."""
        return super()._get_validation_exclusions() | {"article"}

    def row(self, names):
        """The row as the document has it."""
        return documents.row_of(self.instance, names)


class RowsFormSet(BaseInlineFormSet):
    """A list of rows, of which none is known to the database. `rows`: instances to begin with."""

    def __init__(self, *args, rows=(), **kwargs):
        self.rows = list(rows)
        super().__init__(*args, **kwargs)

    def get_queryset(self):
        return self.model._default_manager.none()

    def initial_form_count(self):
        return 0

    def total_form_count(self):
        if not self.is_bound:
            return min(len(self.rows) + self.extra, self.absolute_max)
        return min(super().total_form_count(), self.sent)

    @cached_property
    def sent(self):
        """How many rows a request holds: those that it only claims are empty, and take their time all the same."""
        found = (re.fullmatch(rf"{re.escape(self.prefix)}-(\d{{1,4}})-\w+", name) for name in self.data)
        return max((int(match[1]) + 1 for match in found if match), default=0)

    def _construct_form(self, i, **kwargs):
        if not self.is_bound and i < len(self.rows):
            kwargs["instance"] = self.rows[i]
        form = super()._construct_form(i, **kwargs)
        for name, known in self.chosen.items():
            if name in form.fields:
                form.fields[name].widget.widget.known = known
        form.is_stored = not self.is_bound and i < len(self.rows)
        return form

    @cached_property
    def empty_form(self):
        """Once: Django makes it anew for each of the six questions that a page asks it."""
        return super().empty_form

    @cached_property
    def chosen(self):
        """{name of a choice: {key: name}} of all rows, one query for each choice however many rows there are."""
        found = {}
        for field in self.model._meta.concrete_fields:
            if field.is_relation and field.name != self.fk.name:
                keys = {getattr(row, field.attname) for row in self.rows} - {None}
                rows = field.related_model.objects.filter(pk__in=keys) if keys else ()
                found[field.name] = {str(row.pk): str(row) for row in rows}
        return found

    def kept(self):
        """The valid forms that say something and were not taken out, in the order in which they were put."""
        forms_ = [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
        order = [form.cleaned_data.get("order") or 0 for form in forms_]
        return [form for _place, form in sorted(zip(order, forms_, strict=True), key=lambda pair: pair[0])]

    def clean(self):
        super().clean()
        if self.total_form_count() > self.max_num:
            raise ValidationError(_("More rows than an article can hold."))

    def document_rows(self):
        _model, names = documents.ROWS[self.prefix]
        return [form.row(names) for form in self.kept()]

    def has_rows(self):
        return bool(self.rows) or (self.is_bound and self.has_changed())


class RowsMixin(ChosenMixin):
    """An inline of document rows for who may write; for who may only read, Django's own of what readers see."""

    formset = RowsFormSet
    max_num = 200

    def get_formset(self, request, obj=None, **kwargs):
        # Django makes a thousand rows more where a request says so, which takes seconds.
        kwargs.setdefault("absolute_max", self.max_num + 20)
        if not self.is_written(request, obj):
            kwargs["formset"] = BaseInlineFormSet
        return super().get_formset(request, obj, **kwargs)

    def is_written(self, request, obj):
        """Whether the person writes these rows: the article, and all three rights to what hangs on it."""
        asked = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        may = obj is None or permissions.can_change(request.user, getattr(obj, "stored", obj))
        return may and all(has(request, obj) for has in asked)


def without_links(formset, name, *verbs):
    """`formset` without the little links beside a choice that lead away from writing."""
    if field := formset.form.base_fields.get(name):
        for verb in verbs:
            setattr(field.widget, f"can_{verb}_related", False)
    return formset
