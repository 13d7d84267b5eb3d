"""Assignments: the list with what is overdue, the form, the calendar, and the story that grows out of one."""

from datetime import datetime, time
from functools import cache, partial

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from articles import days
from articles.admin.author import AccountField
from articles.admin.lists.filters import SectionFilter
from articles.admin.lists.paging import CappedPaginator
from articles.admin.search import CleanLookupsMixin, holding_words
from articles.admin.trail import TrailMixin
from articles.editorial import notices, permissions, planning, roles
from articles.models import Assignment

from .calendar import show
from .filters import AssignmentStateFilter, PeriodFilter, PersonFilter

USUAL_HOUR = time(17)  # of a deadline: a text in by then makes the evening's page


@admin.register(Assignment)
class AssignmentAdmin(TrailMixin, CleanLookupsMixin, admin.ModelAdmin):
    list_display = ["headline", "people", "category", "due", "place", "state_shown"]
    list_filter = [PersonFilter, AssignmentStateFilter, PeriodFilter, SectionFilter]
    list_select_related = ["person", "photographer", "category", "article"]
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["search_text"]
    ordering = ["-deadline", "-pk"]
    fieldsets = [
        (None, {"fields": ["title", "brief", "category", "person", "photographer"]}),
        (gettext_lazy("When and where"), {"fields": ["deadline", "starts_at", "place"]}),
        (gettext_lazy("How it stands"), {"fields": ["state"]}),
    ]
    actions = None

    def get_urls(self):
        calendar, write = map(
            self.admin_site.admin_view, (require_GET(self.calendar_view), require_POST(self.write_view))
        )
        return [
            path("lich/", calendar, name="articles_assignment_calendar"),
            path("<int:pk>/viet-bai/", write, name="articles_assignment_write"),
            *super().get_urls(),
        ]

    # Rights

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or permissions.can_change_assignment(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or permissions.can_change_assignment(request.user, obj))

    # The form

    def get_fieldsets(self, request, obj=None):
        """How it stands is no question before it is there."""
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:2]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in {"person", "photographer"}:
            people = get_user_model().objects.filter(is_staff=True, is_active=True)
            kwargs |= {"form_class": AccountField, "queryset": people.order_by("last_name", "first_name", "username")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "brief":
            field.widget = forms.Textarea(attrs={"rows": 4})
        return field

    def get_changeform_initial_data(self, request):
        """For whoever opens it, on the day from which the calendar sent them; of the address nothing else is taken."""
        proposed = {"person": request.user.pk}
        try:
            day = days.parse(request.GET.get("ngay", ""))
        except ValueError:
            return proposed
        return {**proposed, "deadline": datetime.combine(day, USUAL_HOUR, tzinfo=days.VIETNAM)}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        given = [getattr(obj, name) for name in ("person", "photographer") if name in form.changed_data or not change]
        if told := notices.assign(obj, filter(None, given), request.user):
            self.message_user(request, _("Told: %(names)s.") % {"names": ", ".join(told)}, messages.INFO)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        assignment = self.get_object(request, object_id)
        if assignment and self.has_view_permission(request, assignment):
            about = notices.address_of(assignment)
            extra["unread"] = cache(
                partial(notices.number_unread, request.user, apart_url=about)
            )  # seen.js marks those read
            waits = not assignment.article_id and assignment.state == Assignment.State.OPEN
            extra["may_write"] = waits and permissions.can_begin_story(request.user, assignment)
            article = assignment.article
            extra["story"] = article if article and permissions.can_see(request.user, article) else None
        return super().change_view(request, object_id, form_url, extra)

    # What is done

    def write_view(self, request, pk):
        """Begin the story that the assignment asks for."""
        assignment = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            article = planning.begin_story(assignment, request.user)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_assignment_change", args=[pk]))
        self.message_user(request, _("The story is begun. It is tied to its assignment."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def calendar_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return show(request, self)

    # The list

    def get_search_results(self, request, queryset, term):
        return holding_words(queryset, "search_text", term), False

    @admin.display(description=gettext_lazy("assignment"), ordering="title")
    def headline(self, assignment):
        return assignment.title

    @admin.display(description=gettext_lazy("reporter, photographer"))
    def people(self, assignment):
        people = [roles.name_of(one) for one in (assignment.person, assignment.photographer) if one]
        return ", ".join(people) or "–"

    @admin.display(description=gettext_lazy("deadline"), ordering="deadline")
    def due(self, assignment):
        moment = date_format(localtime(assignment.deadline), "SHORT_DATETIME_FORMAT")
        if not assignment.is_overdue():
            return moment
        return format_html('<span class="overdue">{}</span> {}', _("Overdue"), moment)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, assignment):
        return render_to_string("admin/articles/assignment/state.html", {"assignment": assignment})
