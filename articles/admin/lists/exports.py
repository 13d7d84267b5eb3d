"""The filtered list as a file. It holds what the list shows to this person, and no more."""

from itertools import islice

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.editorial import permissions, roles, trail
from articles.editorial.lists import bulk
from articles.models import Byline, Genre, Topic

from . import sheets
from .saved import known

AT_ONCE = 500  # articles in memory
GENRES = dict(Genre.choices)  # get_genre_display asks for the words of all genres each time, which 20,000 rows feel
COLUMNS = {
    gettext_lazy("number"): lambda a: a.pk,
    gettext_lazy("title"): lambda a: a.title,
    gettext_lazy("state"): bulk.state_name,
    gettext_lazy("in this state since"): lambda a: a.state_since or "",
    gettext_lazy("in the hands of"): lambda a: roles.name_of(a.handler) if a.handler else "",
    gettext_lazy("section"): lambda a: a.category or "",
    gettext_lazy("genre"): lambda a: GENRES.get(a.genre, a.genre),
    gettext_lazy("pen name"): lambda a: ", ".join(byline.name for byline in a.bylines.all()),
    gettext_lazy("written by"): lambda a: roles.name_of(a.created_by) if a.created_by else "",
    gettext_lazy("topics"): lambda a: ", ".join(topic.name for topic in a.topics.all()),
    pgettext_lazy("clock", "created"): lambda a: a.created_at,
    pgettext_lazy("clock", "published"): lambda a: "" if a.in_work else a.published_at or "",
    gettext_lazy("last edited"): lambda a: a.updated_at,
    gettext_lazy("address"): lambda a: address_of(a),
}


def address_of(article):
    return f"{settings.SITE_URL}{article.get_absolute_url()}" if article.was_public() and article.category else ""


def export(screen, request, kind):
    if not permissions.can_see_daybook(request.user):
        raise PermissionDenied
    if kind not in sheets.KINDS:
        raise Http404(kind[:20])
    changelist = screen.get_changelist_instance(request)
    if changelist.errors:  # the list says what is wrong; an empty file would be read as its answer
        screen.message_user(request, _("Nothing to export: the filter is wrong."), messages.ERROR)
        address = reverse("admin:articles_article_changelist")
        return HttpResponseRedirect(f"{address}?{known(request.GET.urlencode())}")
    note(request.user, _("list of articles"), kind)
    return sheets.respond(kind, file_name("bai-viet"), COLUMNS, _rows(changelist.queryset))


def _rows(found):
    found = found.select_related("category", "handler", "created_by").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author")), Prefetch("topics", Topic.objects.only("name"))
    )
    articles = found.defer("body")[: sheets.MOST + 1].iterator(chunk_size=AT_ONCE)
    return cut([read(article) for read in COLUMNS.values()] for article in articles)


def cut(rows):
    """At most as many rows as a file holds; where there were more, the last line says so."""
    rows = iter(rows)
    yield from islice(rows, sheets.MOST)
    if next(rows, None) is not None:
        text = _("Cut after %(number)s rows: narrow the filter to get the rest.") % {"number": sheets.MOST}
        yield [text]


def file_name(what):
    return f"{what}-{timezone.localtime():%Y%m%d-%H%M}"


def note(user, what, kind):
    """Who took a list home is part of the trail."""
    trail.record(user, "export", label=f"{what} ({kind})")
