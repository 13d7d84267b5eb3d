"""The people of the desk and their roles, in the place of Django's screens for users and groups.

An account is never deleted, only switched off: the trail, the versions and the steps of articles keep its name, and
its sessions end with the next request. What somebody may give and to whom is decided in editorial/permissions.py.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm, UsernameField
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.admin import TOTPDevice

from articles import vietnamese
from articles.admin.trail import TrailMixin
from articles.editorial import notices, permissions, roles, trail
from articles.identity import factors, names, pages, sessions

from .deletion import DeletionMixin
from .search import Choices, CleanLookupsMixin

User = get_user_model()
MOST_WORDS = 10
BEYOND = gettext_lazy("This person holds a role that you cannot give. It stays as it is.")


class RolesField(Choices):
    def label_from_instance(self, group):
        return roles.label_of(group)


class RightsField(Choices):
    def label_from_instance(self, right):
        return roles.label_of_right(right)


class NamesMixin:
    """The rules of a user name, asked where one is given or changed: old ones stay as they are."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if self.instance.pk and name == self.initial.get("username"):
            return name
        names.check_typed(name, self.instance.pk)
        return name

    def clean_groups(self):
        """What the person holds and the manager cannot give stays; only the rest was asked."""
        chosen = [group.pk for group in self.cleaned_data["groups"]]
        if self.instance.pk:
            beyond = self.instance.groups.exclude(pk__in=self.fields["groups"].queryset)
            chosen += beyond.values_list("pk", flat=True)
        return Group.objects.filter(pk__in=chosen)


class PersonForm(NamesMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "last_name", "first_name", "email", "groups", "is_active"]
        field_classes = {"username": UsernameField}


class NewPersonForm(NamesMixin, BaseUserCreationForm):
    class Meta(PersonForm.Meta):
        fields = ["username", "last_name", "first_name", "email", "groups"]


class PersonPasswordForm(AdminPasswordChangeForm):
    """Without Django's choice of an account that signs in elsewhere: there is no elsewhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = self.fields["password2"].required = True


class RoleFilter(admin.SimpleListFilter):
    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(group.name, roles.label_of(group)) for group in roles.in_order(Group.objects.all())]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class ActiveFilter(admin.SimpleListFilter):
    title = gettext_lazy("account")
    parameter_name = "active"

    def lookups(self, request, model_admin):
        return [("1", gettext_lazy("In use")), ("0", gettext_lazy("Switched off"))]

    def queryset(self, request, queryset):
        return queryset.filter(is_active=self.value() == "1") if self.value() in {"0", "1"} else queryset


class FreshMixin:
    """Whoever changes an account or a role gave the own password a moment ago; to look asks for nothing."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        may = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        if may and not sessions.is_fresh(request):
            return pages.ask_again(request)
        return super().changeform_view(request, object_id, form_url, extra_context)


# Importing their screens has registered them; the second factor has a page of its own.
admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(TOTPDevice)


@admin.register(User)
class PersonAdmin(FreshMixin, TrailMixin, CleanLookupsMixin, UserAdmin):
    form, add_form, change_password_form = PersonForm, NewPersonForm, PersonPasswordForm
    change_user_password_template = "admin/auth/user/password.html"  # noqa: S105 (a template)
    add_form_template = change_form_template = "admin/auth/user/change_form.html"
    list_display = ["name", "username", "roles_shown", "last_login", "is_active"]
    list_display_links = ["name", "username"]
    list_filter = [ActiveFilter, RoleFilter]
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-is_active", "username"]
    search_fields = ["username"]  # shows the box; `get_search_results` does the searching
    search_help_text = gettext_lazy("A name, a user name or an e-mail address, with or without diacritics.")
    actions = None
    fieldsets = [
        (None, {"fields": ["username", "last_name", "first_name", "email"]}),
        (gettext_lazy("Work"), {"fields": ["groups", "roles_shown", "sections"]}),
        (gettext_lazy("Account"), {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "last_name", "first_name", "email"]}),
        (gettext_lazy("Work"), {"fields": ["groups"]}),
        (gettext_lazy("Password"), {"fields": ["password1", "password2"]}),
    ]
    only_superusers = (gettext_lazy("Without limits"), {"fields": ["is_superuser", "user_permissions"]})
    filter_horizontal = ["user_permissions"]

    # What may be done

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (
            obj is None or permissions.can_manage(request.user, obj)
        )

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives themselves a role, or locks themselves out."""
        own = ["is_active"] if obj == request.user else []
        return [*own, "roles_shown", "sections", "last_login", "date_joined"]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        names, (work, _fields), account = self.fieldsets
        may_give = self.has_change_permission(request, obj) and obj != request.user
        options = {"fields": ["groups", "sections"] if may_give else ["roles_shown", "sections"]}
        if may_give and not all(permissions.can_grant(request.user, group) for group in _groups().filter(user=obj)):
            options = {"fields": ["groups", "roles_shown", "sections"], "description": BEYOND}
        found = [names, (work, options), account]
        return [*found, self.only_superusers] if request.user.is_superuser and may_give else found

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            grantable = [group.pk for group in _groups() if permissions.can_grant(request.user, group)]
            kwargs |= {"queryset": Group.objects.filter(pk__in=grantable), "form_class": RolesField}
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "help_text": "", "label": _("Roles")}
            return db_field.formfield(**kwargs)
        if db_field.name == "user_permissions":
            kwargs |= {"form_class": RightsField, "queryset": roles.all_rights().select_related("content_type")}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # What is done

    def save_model(self, request, obj, form, change):
        """Whoever has an account works at the desk."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def get_urls(self):
        reset = self.admin_site.admin_view(self.reset_factor)
        return [path("<int:id>/reset-factor/", reset, name="auth_user_reset_factor"), *super().get_urls()]

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 (Django's name)
        if self.has_change_permission(request) and not sessions.is_fresh(request):
            return pages.ask_again(request)
        return super().user_change_password(request, id, form_url)

    @method_decorator(require_POST)
    def reset_factor(self, request, id):  # noqa: A002 (as in Django's addresses)
        """For who has lost the phone and the codes: they set up another at the next sign-in, by password alone."""
        person = get_object_or_404(User, pk=id)
        if person == request.user or not self.has_change_permission(request, person):
            raise PermissionDenied
        if not sessions.is_fresh(request):
            return pages.ask_again(request)
        factors.reset(person, by=request.user)
        sessions.end_all(person)
        messages.success(request, _("The second factor is reset, and the person's sessions are ended."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[id]))

    def construct_change_message(self, request, form, formsets, add=False):
        """Told once a password was set: the person's sessions end with it, the manager's own is not among them."""
        if isinstance(form, PersonPasswordForm):
            trail.record(request.user, "password", form.user)
            sessions.end_all(form.user, keep=request.session.session_key)
            if form.user != request.user:
                said = _("%(name)s set a new password for you.") % {"name": roles.name_of(request.user)}
                notices.warn(form.user, said, note=_("If you did not ask for it, talk to another administrator."))
        return super().construct_change_message(request, form, formsets, add)

    # What is shown

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_results(self, request, queryset, term):
        """In Python: a newsroom has hundreds of accounts at most, and no column holds their names folded."""
        wanted = vietnamese.fold(vietnamese.clean_line(term)).split()[:MOST_WORDS]
        if not wanted:
            return queryset, False
        rows = User.objects.values_list("pk", "username", "last_name", "first_name", "email")
        folded = {pk: vietnamese.fold(" ".join(words)) for pk, *words in rows}
        return queryset.filter(pk__in=[pk for pk, text in folded.items() if all(w in text for w in wanted)]), False

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, person):
        return roles.name_of(person)

    @admin.display(description=gettext_lazy("roles"))
    def roles_shown(self, person):
        named = [roles.label_of(group) for group in roles.in_order(person.groups.all())]
        return ", ".join([*named, *([_("without limits")] if person.is_superuser else [])]) or _("none")

    @admin.display(description=gettext_lazy("sections edited"))
    def sections(self, person):
        found = person.edited_sections.all()
        return render_to_string("admin/auth/user/sections.html", {"sections": found})


@admin.register(Group)
class RoleAdmin(FreshMixin, TrailMixin, DeletionMixin, CleanLookupsMixin, GroupAdmin):
    """The roles to look at. Only a superuser changes what a role may: who else did could raise themselves."""

    change_form_template = "admin/auth/group/change_form.html"
    list_display = ["label", "people"]
    search_fields = []
    actions = None
    fields = ["name", "permissions"]
    filter_horizontal = ["permissions"]

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def render_change_form(self, request, context, **kwargs):
        if obj := kwargs.get("obj"):
            context["subtitle"] = roles.label_of(obj)
        return super().render_change_form(request, context, **kwargs)

    def get_queryset(self, request):
        active = Count("user", filter=Q(user__is_active=True), distinct=True)
        return super().get_queryset(request).annotate(number=active).order_by("name")

    def get_fieldsets(self, request, obj=None):
        fields = ["name", "permissions"] if request.user.is_superuser else ["label", "people", "rights"]
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, request, obj=None):
        return ["label", "people", "rights"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= {"form_class": RightsField, "queryset": roles.all_rights().select_related("content_type")}
        return super(GroupAdmin, self).formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("role"), ordering="name")
    def label(self, group):
        return roles.label_of(group)

    @admin.display(description=gettext_lazy("people"))
    def people(self, group):
        return group.number

    @admin.display(description=gettext_lazy("may"))
    def rights(self, group):
        found = group.permissions.select_related("content_type")
        return render_to_string("admin/auth/group/rights.html", {"rights": roles.described(found)})


def _groups():
    return Group.objects.prefetch_related("permissions__content_type")
