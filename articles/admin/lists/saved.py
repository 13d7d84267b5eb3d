"""Saved filters: what a person looks at often, under a name; own ones, and those that are for the whole desk."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles import vietnamese
from articles.editorial import permissions, roles
from articles.models import SavedFilter

from .filters import PARAMETERS
from .paging import SEARCH

MOST = 40  # of one person
LENGTH = SavedFilter._meta.get_field("query").max_length


def known(text):
    """A query string with nothing in it but parameters of the list that have a value. It never leads elsewhere."""
    names = {*PARAMETERS, SEARCH}
    pairs = parse_qsl(text[: LENGTH * 3])
    return urlencode([(name, value) for name, value in pairs if name in names and value.strip() and "\0" not in value])


def shown_to(request):
    """[{filter, query, selected, is_own, whose}]: the own ones first."""
    rows = SavedFilter.objects.filter(Q(user=request.user) | Q(is_shared=True)).select_related("user")
    here = sorted(parse_qsl(known(request.GET.urlencode())))
    found = [
        {
            "filter": row,
            "query": f"?{row.query}",
            "selected": sorted(parse_qsl(row.query)) == here,
            "is_own": row.user_id == request.user.pk,
            "whose": roles.name_of(row.user),
        }
        for row in rows
    ]
    return sorted(found, key=lambda row: (not row["is_own"], vietnamese.sort_key(row["filter"].name)))


def save(screen, request):
    """Under a name that the person has used before it takes the place of the old one, and says so."""
    if not screen.has_view_permission(request):
        raise PermissionDenied
    query = known(request.POST.get("query", ""))
    is_shared = request.POST.get("shared") == "1"
    if is_shared and not permissions.can_edit(request.user):
        raise PermissionDenied
    try:
        replaced = _keep(request.user, vietnamese.clean_line(request.POST.get("name", "")), query, is_shared)
    except ValidationError as error:
        screen.message_user(request, " ".join(error.messages), messages.ERROR)
    else:
        said = _("The filter “%(name)s” was replaced.") if replaced else _("The filter “%(name)s” is saved.")
        screen.message_user(request, said % {"name": vietnamese.clean_line(request.POST["name"])}, messages.SUCCESS)
    return back_to_list(query)


def _keep(user, name, query, is_shared):
    """Whether one of the same name was replaced."""
    if not query:
        raise ValidationError(_("Not saved: choose at least one filter first."))
    if len(query) > LENGTH:
        raise ValidationError(_("Not saved: this is too much for one filter."))
    stored = SavedFilter.objects.filter(user=user, name=name).first()
    if not stored and SavedFilter.objects.filter(user=user).count() >= MOST:
        raise ValidationError(_("Not saved: you have %(number)s filters; delete one first.") % {"number": MOST})
    row = stored or SavedFilter(user=user, name=name)
    row.query, row.is_shared = query, is_shared
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    return bool(stored)


def delete(screen, request, pk):
    """One's own; those of a colleague answer as if they were not there."""
    row = get_object_or_404(SavedFilter, pk=pk, user=request.user)
    row.delete()
    screen.message_user(request, _("The filter “%(name)s” is deleted.") % {"name": row.name}, messages.SUCCESS)
    return back_to_list(known(request.POST.get("query", "")))


def back_to_list(query):
    return HttpResponseRedirect(f"{reverse('admin:articles_article_changelist')}?{query}".rstrip("?"))
