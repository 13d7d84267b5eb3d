"""What is read most: figures and bars for the desk, in place of a list of counts that nobody could read.

The bars are SVG whose sizes are attributes, because the desk's policy allows no inline style; a table with the same
figures stands behind each chart.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import days
from articles.editorial import permissions
from articles.models import Category, ReadCount, Sections
from articles.readers import ranking, reads

PERIODS = {
    "1": (24, gettext_lazy("24 hours")),
    "7": (168, gettext_lazy("7 days")),
    "30": (720, gettext_lazy("30 days")),
}
TOP = 20
WIDTH, HEIGHT = 100, 100  # of a chart and of its bars, in units of its own


@admin.register(ReadCount)
class ReadCountAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        """The screen and an article's own figures; a single count has no page."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="articles_readcount_changelist"),
            path("article/<int:pk>/", wrap(self.article_view), name="articles_readcount_article"),
        ]

    def changelist_view(self, request, extra_context=None):
        self._check(request)
        period = request.GET.get("ngay")
        period = period if period in PERIODS else "1"
        hours = PERIODS[period][0]
        sections = Sections(Category.objects.all())
        section = sections.by_slug.get(request.GET.get("muc", ""))
        family = sections.family(section) if section else None
        top = ranking.most_read(hours, TOP, section, at=timezone.now())
        context = {
            "title": _("Most read"),
            "periods": [(value, label, value == period) for value, (_hours, label) in PERIODS.items()],
            "totals": _totals(family),
            "sections": sections,
            "section": section,
            "by_day": chart([(f"{day:%d/%m}", number) for day, number in reads.by_day(30, family)]),
            "top": bars([(article, article.read_total) for article in top]),
            "by_section": bars(_section_rows(reads.by_section(hours), sections)),
            "period": period,
        }
        return self._page(request, "admin/articles/readcount/change_list.html", context)

    def article_view(self, request, pk):
        self._check(request)
        visible = permissions.visible_to(request.user).defer("body")
        article = get_object_or_404(visible, pk=min(pk, reads.HIGHEST_PK))
        hours = [(f"{hour:%H:00 %d/%m}", number) for hour, number in reads.by_hour(48, article)]
        context = {
            "title": article,
            "article": article,
            "total": reads.total(article),
            "by_hour": chart(hours),
            "by_day": chart([(f"{day:%d/%m}", number) for day, number in reads.by_day(30, article=article)]),
        }
        return self._page(request, "admin/articles/readcount/article.html", context)

    def _check(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request, template, context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "today": days.today(), **context}
        return TemplateResponse(request, template, context)


def _totals(family):
    found = reads.totals([hours for hours, _label in PERIODS.values()], family)
    return [(label, found[hours]) for hours, label in PERIODS.values()]


def _section_rows(rows, sections):
    """Sub-sections under their section's name: the question is what readers of a section read."""
    found = {}
    for pk, number in rows:
        top = sections.top(sections.by_id[pk])
        found[top] = found.get(top, 0) + number
    return sorted(found.items(), key=lambda row: -row[1])


def bars(rows):
    """[(what, number, length in percent of the longest)]."""
    most = max((number for _what, number in rows), default=0) or 1
    return [(what, number, max(1, number * 100 // most) if number else 0) for what, number in rows]


def chart(rows):
    """Bars side by side: their rectangles in a field of WIDTH × HEIGHT for each bar, and the rows they stand for."""
    columns = []
    for place, (label, number, height) in enumerate(bars(rows)):
        columns.append({"label": label, "number": number, "x": place * WIDTH, "y": HEIGHT - height, "height": height})
    return {
        "columns": columns,
        "width": WIDTH * len(columns),
        "most": max((number for _label, number in rows), default=0),
    }
