"""How strictly each check before publication is meant: one table for all sections, and for one of them beside it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.editorial import checks
from articles.editorial.checks import levels
from articles.models import Category, CheckLevel, Sections

LEVELS = dict(CheckLevel.Level.choices)
INHERITED = ""


@admin.register(CheckLevel)
class CheckLevelAdmin(admin.ModelAdmin):
    """One screen in the place of Django's list and forms: a level says something only beside the others."""

    def get_urls(self):
        return [path("", self.admin_site.admin_view(self.levels_view), name="articles_checklevel_changelist")]

    def levels_view(self, request):
        may_change = self.has_change_permission(request)
        if not self.has_view_permission(request) or (request.method == "POST" and not may_change):
            raise PermissionDenied
        sections = Sections(Category.objects.all())
        section = self._section(request, sections)
        if request.method == "POST":
            self._save(request, section)
            return HttpResponseRedirect(_address(section))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Checks before publication"),
            "opts": self.opts,
            "sections": sections,
            "section": section,
            "above": sections.top(section) if section and section.parent_id else None,
            "groups": _groups(section),
            "levels": CheckLevel.Level.choices,
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/articles/checklevel/change_list.html", context)

    def _section(self, request, sections):
        slug = request.GET.get("section", "")
        if slug and slug not in sections.by_slug:
            raise Http404(slug[:100])
        return sections.by_slug.get(slug)

    def _save(self, request, section):
        changed = levels.save(request.user, None, _wanted(request.POST, "all"))
        if section:
            changed |= levels.save(request.user, section, _wanted(request.POST, "own"))
        done = _("Saved: this holds from now on.") if changed else _("Nothing was changed.")
        self.message_user(request, done, messages.SUCCESS)


def _address(section):
    address = reverse("admin:articles_checklevel_changelist")
    return f"{address}?section={section.slug}" if section else address


def _wanted(data, scope):
    """{check name: level} of what was sent; what was not sent, or is no level, stays as it is."""
    sent = {name: data.get(f"{scope}-{name}") for name in checks.CHECKS}
    return {name: level for name, level in sent.items() if level == INHERITED or level in LEVELS}


def _groups(section):
    """[(title, rows)] of the table."""
    for_all, above = levels.stored(None), levels.inherited(section)
    own = levels.stored(section) if section else {}
    return [
        (title, [_row(check, for_all.get(check.name, ""), own.get(check.name, ""), above) for check in group])
        for title, group in checks.GROUPS
    ]


def _row(check, for_all, own, above):
    """`above`: what holds where nothing is set in the right-hand column."""
    return {
        "check": check,
        "delivered": LEVELS[check.level],
        "for_all": for_all,
        "own": own,
        "inherited": LEVELS[above[check.name]],
        "in_force": own or for_all or above[check.name],
    }
