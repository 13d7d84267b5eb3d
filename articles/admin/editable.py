"""Lists whose rows are changed in the list itself."""

import re

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from .search import is_pk

_KEY = re.compile(r"form-\d+-id")


class EditableListMixin:
    def changelist_view(self, request, extra_context=None):
        """A row that was deleted meanwhile (or names no number) is none to Django, which takes it for a new one and
        breaks at what that lacks."""
        if request.method == "POST" and "_save" in request.POST:
            keys = {value for name, value in request.POST.items() if _KEY.fullmatch(name)}
            is_whole = all(map(is_pk, keys)) and self.model.objects.filter(pk__in=keys).count() == len(keys)
            if not is_whole:
                said = _("A row of this list is not there any more. Nothing was saved: look at the list once more.")
                messages.error(request, said)
                return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, extra_context)
