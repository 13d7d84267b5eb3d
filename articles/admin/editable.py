"""Lists whose rows are changed in the list itself."""

import re

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from .search import is_pk

_KEY = re.compile(r"form-\d+-id")


class EditableListMixin:
    def changelist_view(self, request, extra_context=None):
        """A row that was deleted meanwhile (or names no number, or is not counted) is a new one to Django, which breaks
        at what that lacks."""
        if request.method == "POST" and "_save" in request.POST and not self._is_whole(request.POST):
            said = _("A row of this list is not there any more. Nothing was saved: look at the list once more.")
            messages.error(request, said)
            return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def _is_whole(self, sent):
        keys = {value for name, value in sent.items() if _KEY.fullmatch(name)}
        is_counted = sent.get("form-INITIAL_FORMS") == sent.get("form-TOTAL_FORMS") == str(len(keys))
        return is_counted and all(map(is_pk, keys)) and self.model.objects.filter(pk__in=keys).count() == len(keys)
