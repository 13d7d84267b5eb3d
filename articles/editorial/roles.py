"""The newsroom's roles as groups with Django's permissions. Made once; what an administrator changes later stays."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

REPORTER, EDITOR, CHIEF = "reporter", "editor", "chief"

EVERY = ["view", "add", "change", "delete"]


def _rights(*models, verbs=EVERY):
    return [f"{verb}_{model}" for model in models for verb in verbs]


_REPORTER = [
    *_rights("article", verbs=["view", "add", "change"]),
    *_rights("category", "author", "topic", verbs=["view"]),
    *_rights("photo", verbs=["view", "add", "change"]),
    *_rights("byline", "relatedlink", "galleryphoto", "attachment", "liveupdate"),
]
_EDITOR = [
    *_REPORTER,
    *("publish_article", "delete_article", "delete_photo", "view_readcount"),
    *_rights("author", "topic", verbs=["add", "change"]),
    *_rights("comment", verbs=["view", "change"]),
    *_rights("correction", verbs=["view", "add", "change"]),
    *_rights("placement", "englishversion"),
]
_CHIEF = [
    *_EDITOR,
    *_rights("category", verbs=["add", "change", "delete"]),
    *_rights("author", "topic", "comment", verbs=["delete"]),
    *_rights("sitesettings", verbs=["view", "add", "change"]),
    *_rights("staticpage", "redirect"),
    "view_importedsource",
]

PERMISSIONS = {REPORTER: _REPORTER, EDITOR: _EDITOR, CHIEF: _CHIEF}


def name_of(user):
    """The person's name as Vietnam writes it, family name first; the user name where none was entered."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()


def create_missing(using="default"):
    """The groups, and to groups that exist the rights that this release brought: none was taken away before."""
    before = set(_all_rights(using).values_list("pk", flat=True))
    # Permissions are made by a receiver of the same signal, which runs after this one.
    create_permissions(apps.get_app_config("articles"), verbosity=0, using=using)
    for role, codenames in PERMISSIONS.items():
        group, created = Group.objects.using(using).get_or_create(name=role)
        allowed = _all_rights(using).filter(codename__in=codenames)
        group.permissions.add(*(allowed if created else allowed.exclude(pk__in=before)))


def _all_rights(using):
    return Permission.objects.using(using).filter(content_type__app_label="articles")
