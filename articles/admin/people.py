"""The people of the desk and their roles, in the place of Django's screens for users and groups.

An account is never deleted, only switched off: the trail, the versions and the steps of articles keep its name, and
its sessions end with the next request. What somebody may give and to whom is decided in editorial/permissions.py.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm, UsernameField
from django.contrib.auth.models import Group
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import vietnamese
from articles.admin.trail import TrailMixin
from articles.editorial import permissions, roles, trail

from .deletion import DeletionMixin
from .search import Choices, CleanLookupsMixin

User = get_user_model()
MOST_WORDS = 10
UNACCENTED = gettext_lazy("Unaccented letters, digits and @ . + - _ only: other letters can look like these.")
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
        ASCIIUsernameValidator(message=UNACCENTED)(name)
        if not name.strip("."):
            raise ValidationError(_("A user name needs a letter or a digit."))
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a user of this name already; capitals make no difference."))
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


# Importing Django's screens has registered them.
admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(TrailMixin, CleanLookupsMixin, UserAdmin):
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

    def construct_change_message(self, request, form, formsets, add=False):
        if isinstance(form, PersonPasswordForm):
            trail.record(request.user, "password", form.user)
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
class RoleAdmin(TrailMixin, DeletionMixin, CleanLookupsMixin, GroupAdmin):
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
