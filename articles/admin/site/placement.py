"""The board: which stories stand on the front page or at the head of a section, now and as planned."""

from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import frontpage
from articles.admin.trail import TrailMixin
from articles.editorial import permissions, pins, placing, roles, trail
from articles.models import Placement, State, load_chrome


@admin.register(Placement)
class PlacementAdmin(TrailMixin, admin.ModelAdmin):
    """One screen in the place of Django's list and forms: a placement makes sense only beside the others."""

    def get_urls(self):
        return [path("", self.admin_site.admin_view(self.board_view), name="articles_placement_changelist")]

    def board_view(self, request):
        may_change = self.has_change_permission(request)
        if not self.has_view_permission(request) or (request.method == "POST" and not may_change):
            raise PermissionDenied
        _site, sections = load_chrome()
        section = self._section(request, sections)
        board = placing.Board(section, request.POST if request.method == "POST" else None)
        if request.method == "POST" and not _edited(board, request.POST):
            done = board.save(request.user)
            if done is not None:
                self._log(request, done)
                return HttpResponseRedirect(board_url(section))
            self._refuse(request, board)
        return self._show(request, board, sections, may_change)

    def _section(self, request, sections):
        slug = request.GET.get("muc", "")
        if slug and slug not in sections.by_slug:
            raise Http404(slug[:100])
        return sections.by_slug.get(slug)

    def _log(self, request, done):
        for verb, placement in done:
            if verb == "unpinned":
                trail.record(request.user, "delete", placement, label=f"{placement} · {_span(placement)}")
                LogEntry.objects.log_actions(
                    request.user.pk, [placement], DELETION, _span(placement), single_object=True
                )
            elif verb == "placed":
                self.log_addition(request, placement, _span(placement))
            else:
                self.log_change(request, placement, _span(placement))
        saved = _("The board is saved: readers see the page like this.")
        self.message_user(request, saved if done else _("Nothing was changed."), messages.SUCCESS)

    def _refuse(self, request, board):
        if not board.is_late:
            self.message_user(request, _("Not saved yet: see what the board says in red."), messages.ERROR)
            return
        if person := _last_to_save(board):
            message = _("Not saved yet: %(person)s changed this board after you had opened it.") % {"person": person}
        else:
            message = _("Not saved yet: this board was changed after you had opened it.")
        advice = _("What is new stands beside yours; look it over, and save again.")
        self.message_user(request, f"{message} {advice}", messages.ERROR)

    def _show(self, request, board, sections, may_change):
        query = (request.POST.get("q") or request.GET.get("q", ""))[: placing.QUERY_LENGTH]
        standing = _standing(board.section, sections)
        _withhold(request.user, board)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Front page") if board.section is None else board.section.name,
            "opts": self.opts,
            "board": board,
            "slots": [(key, name, rows, standing.get(key)) for key, name, rows in board.slots()],
            "places": pins.places(),
            "stories": placing.stories(query),
            "query": query,
            "sections": sections,
            "page_url": board.section.get_absolute_url() if board.section else reverse("front"),
            "preview_url": _with_section(reverse("preview-front"), board.section),
            "luc": request.POST.get("luc", ""),
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/articles/placement/board.html", context)


def _withhold(user, board):
    """Who places stories knows what is scheduled; one taken back before readers saw it is its desk's again."""
    for form in board.pins.forms:
        story = form.story
        if story and story.state != State.PUBLISHED and not permissions.can_see(user, story):
            form.story = None


def board_url(section):
    return _with_section(reverse("admin:articles_placement_changelist"), section)


def _with_section(address, section):
    return f"{address}?muc={section.slug}" if section else address


def _edited(board, data):
    """Whether a button was pressed that changes the board before it is saved: what works without JavaScript."""
    if article := data.get("_place", "")[:20]:
        board.add(article, data.get(f"to-{article}", "")[:20])
        return True
    place, _arrow, other = data.get("_swap", "")[:40].partition(":")
    if place and other:
        board.swap(place, other)
    return bool(place and other)


def _standing(section, sections):
    """{the place's key: the story that readers see there now}."""
    top = frontpage.compose_section(section)[0] if section else frontpage.compose(sections).top
    found = {f"secondary-{position}": article for position, article in enumerate(top.secondary)}
    return found | {"breaking-0": top.breaking, "lead-0": top.lead}


def _span(placement):
    """'23/11/2026 06:00 -', for the log."""
    moments = [
        date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
        for moment in (placement.starts_at, placement.ends_at)
    ]
    return " - ".join(moments).strip()


def _last_to_save(board):
    """The name of the colleague who saved the board last, empty where the log does not know."""
    opened = board.opened_at()
    kind = ContentType.objects.get_for_model(Placement)
    numbers = [str(pk) for pk in Placement.objects.of(board.section).values_list("pk", flat=True).order_by("-pk")[:200]]
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=numbers).select_related("user")
    if opened:
        entries = entries.filter(action_time__gt=opened)
    entry = entries.order_by("-action_time").first()
    return roles.name_of(entry.user) if entry else ""
