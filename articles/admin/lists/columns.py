"""The list of articles as a screen: its columns, its filters, its search, and the addresses that hang under it."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from articles import search, vietnamese
from articles.editorial import permissions, roles
from articles.editorial.lists import bulk
from articles.models import Byline, Genre

from . import bulk as bulk_pages
from . import daybook, exports, saved
from .filters import FILTERS, BehindFilter
from .paging import LIMIT, ArticleChangeList, CappedPaginator

CHOICES = 100  # articles among which a chooser's are, of those that the person may see


class ListMixin:
    """What the screen of the article shows as a list; its form is in articles/admin/article."""

    list_display = [
        *("chosen", "headline", "state_shown", "section_shown", "byline_line", "writer"),
        *("published_at_shown", "updated_at_shown"),
    ]
    list_display_links = ["headline"]
    list_filter = [*FILTERS, BehindFilter]
    show_facets = admin.ShowFacets.NEVER  # counts of every filter would read the whole archive
    search_fields = ["title_key"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy("Words of the title or text, with or without diacritics, or the article's number.")
    list_per_page = 50
    list_max_show_all = bulk.MOST
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None  # what is done with many at once has a page of its own, which shows how far it is

    def get_urls(self):
        screens = [
            ("so-tin/", require_GET, daybook.page, "daybook"),
            ("so-tin/<str:kind>/", require_GET, daybook.export, "daybook_export"),
            ("xuat/<str:kind>/", require_GET, exports.export, "export"),
            ("hang-loat/", require_POST, bulk_pages.page, "bulk"),
            ("bo-loc/", require_POST, saved.save, "filter_save"),
            ("bo-loc/<int:pk>/xoa/", require_POST, saved.delete, "filter_delete"),
        ]
        guard = self.admin_site.admin_view
        own = [
            path(url, guard(by(partial(view, self))), name=f"articles_article_{name}")
            for url, by, view, name in screens
        ]
        return [*own, *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return ArticleChangeList

    def get_paginator(self, request, *args, **kwargs):
        paginator = super().get_paginator(request, *args, **kwargs)
        paginator.is_first = request.GET.get(PAGE_VAR, "1") == "1"
        return paginator

    def get_queryset(self, request):
        found = permissions.visible_to(request.user)
        if not request.resolver_match.url_name.endswith("changelist"):
            return found
        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        found = found.select_related("category", "photo", "handler", "created_by").prefetch_related(bylines)
        return found.defer("body", "photo__search_text")

    def get_list_display(self, request):
        """Who may do nothing with many at once has nothing to choose."""
        return self.list_display if bulk.offered(request.user) else self.list_display[1:]

    def get_search_results(self, request, queryset, term):
        if term.isdecimal() and len(term) <= 18 and (numbered := queryset.filter(pk=int(term))):
            return numbered, False
        if not vietnamese.key(term):
            return queryset, False
        is_typing = request.resolver_match.url_name == "autocomplete"
        asked = search.Asked(text=term, is_public=False, is_typing=is_typing, is_newest_first=not is_typing)
        return queryset.filter(pk__in=search.keys(asked, CHOICES if is_typing else LIMIT)), False

    def changelist_view(self, request, extra_context=None):
        context = {
            "saved_filters": saved.shown_to(request),
            "may_share": permissions.can_edit(request.user),
            "acts": bulk.offered(request.user),
            "may_export": permissions.can_see_daybook(request.user),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description="")
    def chosen(self, article):
        label = _("Choose “%(title)s”") % {"title": article}
        box = '<input type="checkbox" class="choose-one" name="chosen" value="{}" aria-label="{}">'
        return format_html(box, article.pk, label)

    @admin.display(description=gettext_lazy("title"))
    def headline(self, article):
        picture = article.photo.thumbnail if article.photo else ""
        image = format_html('<img src="{}" alt="" loading="lazy">', picture) if picture else ""
        is_news = article.genre == Genre.NEWS
        genre = "" if is_news else format_html(' <span class="genre">{}</span>', article.get_genre_display())
        return format_html('<span class="thumb">{}</span><span class="words">{}{}</span>', image, article, genre)

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, article):
        return render_to_string("admin/lists/stand.html", {"article": article})

    @admin.display(description=gettext_lazy("section"), empty_value="")
    def section_shown(self, article):
        return article.category or ""

    @admin.display(description=gettext_lazy("pen name"), empty_value="")
    def byline_line(self, article):
        return ", ".join(byline.name for byline in article.bylines.all())

    @admin.display(description=gettext_lazy("written by"), empty_value="")
    def writer(self, article):
        return roles.name_of(article.created_by) if article.created_by else ""

    @admin.display(description=pgettext_lazy("clock", "published"), ordering="published_at", empty_value="")
    def published_at_shown(self, article):
        """When readers saw it, or will; the time of a draft is a plan."""
        return "" if article.in_work else _moment(article.published_at)

    @admin.display(description=gettext_lazy("last edited"), ordering="updated_at")
    def updated_at_shown(self, article):
        return _moment(article.updated_at)


def _moment(moment):
    """Two lines, the day first: of a column of moments one compares the days."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    day, hour = date_format(local, "SHORT_DATE_FORMAT"), date_format(local, "TIME_FORMAT")
    return format_html('<span class="day">{}</span> <span class="hour">{}</span>', day, hour)
