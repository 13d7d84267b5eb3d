"""The form of the archive, on every page.

Design note: the day is typed, into a plain text box. A native date input shows 11/22/2010 to a reader in Vietnam whose
browser is set to American English, takes three stops of the Tab key, and on a phone takes a minute of turning wheels to
reach 2010. Readers type 22/11/2010, or 22112010 where the keys are digits only; the link "Calendar" beside the box
leads to the calendar, for who would rather choose. The scope is one list, this section first, in place of two round
buttons: one stop of the Tab key, and every other section is a choice as well.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import days

from .. import page
from .scope import Scope, is_by_section


@require_safe
def choose(request):
    """Where the archive form leads: the day's own address, or the form again with what is wrong."""
    text, slug = request.GET.get("ngay", "").strip(), request.GET.get("muc", "")
    section = page.sections(request).by_slug.get(slug) if slug else None
    try:
        day = days.parse(text) if text else None
    except ValueError:
        return _refuse(request, section, _("“%(text)s” is not a date. Write it like 22/11/2010.") % {"text": text[:40]})
    if slug and not section:
        return _refuse(request, None, _("There is no section “%(slug)s”.") % {"slug": slug[:40]}, day)
    scope = Scope(section, is_by_section(request))
    return redirect(scope.day_url(day) if day else scope.month_url(days.today()))


def _refuse(request, section, message, day=None):
    context = {"error": message, "archive_day": day, "archive_text": "" if day else request.GET.get("ngay", "")[:40]}
    return page.render(request, "articles/archive_refused.html", context, section=section, status=400)
