"""The list of articles: its columns, its filters, its search."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import permissions
from articles.models import Genre, State

from .filters import AuthorFilter, DayFilter, GenreFilter, SectionFilter, StateFilter


class ListMixin:
    """What the screen of the article shows as a list; its form is in articles/admin/article."""

    list_display = ["headline", "state_shown", "category", "byline_line", "moment"]
    list_display_links = ["headline"]
    list_filter = [DayFilter, StateFilter, SectionFilter, GenreFilter, AuthorFilter]
    show_facets = admin.ShowFacets.NEVER  # counts of every filter would read the whole archive
    search_fields = ["search_text"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy("Words of the title or text, with or without diacritics, or the article's number.")
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request):
        found = permissions.visible_to(request.user)
        if not request.resolver_match.url_name.endswith("changelist"):
            return found
        found = found.select_related("category", "photo").prefetch_related("bylines__author")
        return found.defer("body", "search_text")

    def get_search_results(self, request, queryset, term):
        if term.isdecimal() and len(term) <= 18 and (numbered := queryset.filter(pk=int(term))):
            return numbered, False
        return queryset.search(term), False

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def headline(self, article):
        picture = article.photo.thumbnail if article.photo else ""
        image = format_html('<img src="{}" alt="" loading="lazy">', picture) if picture else ""
        is_news = article.genre == Genre.NEWS
        genre = "" if is_news else format_html(' <span class="genre">{}</span>', article.get_genre_display())
        return format_html('<span class="thumb">{}</span><span class="words">{}{}</span>', image, article, genre)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, article):
        return render_to_string("admin/articles/article/state.html", {"article": article})

    @admin.display(description=gettext_lazy("author"))
    def byline_line(self, article):
        return ", ".join(byline.name for byline in article.bylines.all())

    @admin.display(description=gettext_lazy("published at"), ordering="published_at")
    def moment(self, article):
        """When readers saw it; of what they never saw, when it was last touched."""
        if article.published_at and article.state != State.DRAFT:
            return date_format(timezone.localtime(article.published_at), "SHORT_DATETIME_FORMAT")
        touched = date_format(timezone.localtime(article.updated_at), "SHORT_DATETIME_FORMAT")
        return format_html('<span class="touched">{}</span>', _("edited %(time)s") % {"time": touched})
