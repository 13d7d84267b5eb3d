"""Filters of the list of assignments."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import days
from articles.admin.search import is_pk
from articles.editorial import roles
from articles.models import Assignment


class PersonFilter(admin.SimpleListFilter):
    """Reporter or photographer; oneself first."""

    title = _("person")
    parameter_name = "person"

    def lookups(self, request, model_admin):
        given = Assignment.objects.order_by()
        people = get_user_model().objects.filter(
            Q(pk__in=given.values("person")) | Q(pk__in=given.values("photographer"))
        )
        yield "me", _("My own")
        yield from ((str(user.pk), roles.name_of(user)) for user in people.exclude(pk=request.user.pk))

    def queryset(self, request, queryset):
        asked = str(request.user.pk) if self.value() == "me" else self.value()
        if asked is None:
            return queryset
        return queryset.filter(Q(person=asked) | Q(photographer=asked)) if is_pk(asked) else queryset.none()


class AssignmentStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), *Assignment.State.choices]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "overdue":
                return queryset.overdue()
            case state:
                return queryset.filter(state=state) if state in Assignment.State.values else queryset.none()


class PeriodFilter(admin.SimpleListFilter):
    """By the day of the deadline."""

    title = _("deadline")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("today", _("Today")),
            ("tomorrow", _("Tomorrow")),
            ("week", _("This week")),
            ("next-week", _("Next week")),
            ("month", _("This month")),
        ]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        today = days.today()
        monday = today - timedelta(days=today.weekday())
        month = today.replace(day=1)
        spans = {
            "today": (today, today),
            "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
            "week": (monday, monday + timedelta(days=6)),
            "next-week": (monday + timedelta(days=7), monday + timedelta(days=13)),
            "month": (month, days.next_month(month) - timedelta(days=1)),
        }
        if self.value() not in spans:
            return queryset.none()
        begin, end = days.bounds(*spans[self.value()])
        return queryset.filter(deadline__gte=begin, deadline__lt=end)
