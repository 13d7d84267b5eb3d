"""The newsroom's roles as groups with Django's permissions. Made once; what an administrator changes later stays."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

REPORTER, EDITOR, CHIEF = "reporter", "editor", "chief"

_REPORTER = ["view_article", "add_article", "change_article", "view_category", "view_author"] + [
    "view_photo", "add_photo", "change_photo", "add_byline", "change_byline", "delete_byline", "view_byline",
    "add_relatedlink", "change_relatedlink", "delete_relatedlink", "view_relatedlink",
]  # fmt: skip
_EDITOR = [*_REPORTER, "publish_article", "delete_article", "add_author", "change_author", "delete_photo"]
_CHIEF = [*_EDITOR, "add_category", "change_category", "delete_category", "delete_author"] + [
    "view_sitesettings", "add_sitesettings", "change_sitesettings", "view_importedsource",
]  # fmt: skip

PERMISSIONS = {REPORTER: _REPORTER, EDITOR: _EDITOR, CHIEF: _CHIEF}


def name_of(user):
    """The person's name as Vietnam writes it, family name first; the user name where none was entered."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()


def create_missing(using="default"):
    # Permissions are made by a receiver of the same signal, which may run after this one.
    create_permissions(apps.get_app_config("articles"), verbosity=0, using=using)
    for role, codenames in PERMISSIONS.items():
        group, created = Group.objects.using(using).get_or_create(name=role)
        if created:
            allowed = Permission.objects.using(using).filter(content_type__app_label="articles", codename__in=codenames)
            group.permissions.set(allowed)
