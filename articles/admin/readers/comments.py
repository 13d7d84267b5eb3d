"""The queue of readers' comments: read, then show, hide or take for spam, one by one or many at once."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import vietnamese
from articles.admin.lists.paging import CappedPaginator
from articles.admin.search import HIGHEST_PK, CleanLookupsMixin, is_pk, newest
from articles.admin.trail import TrailMixin
from articles.editorial import moderation
from articles.models import Comment

from .filters import ArticleSectionFilter, SentFilter

State = Comment.State
ALL = "all"
SEARCHED = 10_000  # the newest comments: what is looked for in the queue was sent lately
SENDER_MARK = 6  # characters of the hash: enough to see that two comments came from one place


class CommentStateFilter(admin.SimpleListFilter):
    """What waits, unless another state is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*State.choices, (ALL, gettext_lazy("All"))]

    def choices(self, changelist):
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == (self.value() or State.WAITING), "query_string": query, "display": label}

    def queryset(self, request, queryset):
        value = self.value() or State.WAITING
        return queryset if value == ALL else queryset.filter(state=value)


@admin.register(Comment)
class CommentAdmin(TrailMixin, CleanLookupsMixin, admin.ModelAdmin):
    list_display = ["words", "story", "sent", "state_shown", "buttons"]
    list_display_links = None
    list_filter = [CommentStateFilter, SentFilter, ArticleSectionFilter]
    list_select_related = ["article__category", "moderated_by"]
    list_per_page = 50
    list_max_show_all = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    paginator = CappedPaginator
    search_fields = ["text"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy(
        "Words of the name or the comment, among the newest 10,000; or the article's number, for all of its comments."
    )
    ordering = ["-created_at", "-pk"]
    actions = ["show", "hide", "take_for_spam"]
    fields = readonly_fields = ["article", "name", "text", "state", "created_at", "moderated_by", "moderated_at"]
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body")

    def get_search_results(self, request, queryset, term):
        term = vietnamese.clean_line(term)
        if term.isascii() and term.isdecimal() and int(term[:20]) <= HIGHEST_PK:
            return queryset.filter(article=int(term[:20])), False
        if not term:
            return queryset, False
        found = newest(queryset, SEARCHED)
        return found.filter(Q(name__icontains=term) | Q(text__icontains=term)), False

    # What is done

    def changelist_view(self, request, extra_context=None):
        """A button of a row stands in the list's own form: `moderate` is "<state>:<number>"."""
        if request.method == "POST" and "moderate" in request.POST:
            state, _colon, number = request.POST["moderate"].partition(":")
            is_known = state in State.values and number.isascii() and number.isdecimal() and len(number) <= 18
            self._moderate(request, [int(number)] if is_known else [], state)
            return HttpResponseRedirect(request.get_full_path())
        if not all(map(is_pk, request.POST.getlist("_selected_action"))):
            raise BadRequest("_selected_action")  # Django would ask the database for it, and break
        return super().changelist_view(request, extra_context)

    def _moderate(self, request, pks, state):
        if not moderation.can_moderate(request.user):
            raise PermissionDenied
        moved = moderation.moderate(pks, state, request.user) if pks else 0
        if not moved:
            self.message_user(request, _("Nothing changed: it was in that state already."), messages.WARNING)
            return
        done = ngettext("%(number)s comment: %(state)s.", "%(number)s comments: %(state)s.", moved)
        self.message_user(request, done % {"number": moved, "state": State(state).label}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Show the selected comments"), permissions=["change"])
    def show(self, request, queryset):
        self._moderate(request, list(queryset.values_list("pk", flat=True)), State.SHOWN)

    @admin.action(description=gettext_lazy("Hide the selected comments"), permissions=["change"])
    def hide(self, request, queryset):
        self._moderate(request, list(queryset.values_list("pk", flat=True)), State.HIDDEN)

    @admin.action(description=gettext_lazy("Take the selected comments for spam"), permissions=["change"])
    def take_for_spam(self, request, queryset):
        self._moderate(request, list(queryset.values_list("pk", flat=True)), State.SPAM)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """To read only: nobody at the desk changes what a reader wrote, and the state is changed in the list."""
        if request.method == "POST":
            raise PermissionDenied
        nothing_to_save = {"show_save": False, "show_save_and_continue": False, "title": _("Comment")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **nothing_to_save})

    # What is shown

    @admin.display(description=gettext_lazy("comment"))
    def words(self, comment):
        context = {"comment": comment, "mark": comment.sender[:SENDER_MARK]}
        return render_to_string("admin/articles/comment/words.html", context)

    @admin.display(description=gettext_lazy("article"))
    def story(self, comment):
        return render_to_string("admin/articles/comment/story.html", {"article": comment.article})

    @admin.display(description=gettext_lazy("sent at"), ordering="created_at")
    def sent(self, comment):
        return comment.created_at

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, comment):
        return render_to_string("admin/articles/comment/state.html", {"comment": comment})

    @admin.display(description=gettext_lazy("moderate"))
    def buttons(self, comment):
        return render_to_string("admin/articles/comment/buttons.html", {"comment": comment})

    def get_list_display(self, request):
        return self.list_display if moderation.can_moderate(request.user) else self.list_display[:-1]
