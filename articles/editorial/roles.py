"""The newsroom's roles as groups with Django's permissions. Made once; what an administrator changes later stays."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

REPORTER, EDITOR, PHOTO_EDITOR, SECRETARY = "reporter", "editor", "photo editor", "secretary"
CHIEF, ROYALTY_CLERK, ADMINISTRATOR = "chief", "royalty clerk", "administrator"

EVERY = ["view", "add", "change", "delete"]


def _rights(*models, verbs=EVERY):
    return [f"{verb}_{model}" for model in models for verb in verbs]


_REPORTER = [
    *_rights("article", verbs=["view", "add", "change"]),
    *_rights("category", "author", "topic", "anniversary", "storytemplate", verbs=["view"]),
    *_rights("photo", "assignment", verbs=["view", "add", "change"]),
    *_rights("byline", "relatedlink", "galleryphoto", "attachment", "liveupdate"),
]
_EDITOR = [
    *_REPORTER,
    *("edit_article", "delete_article", "delete_photo", "view_readcount", "view_daybook"),
    *_rights("author", "topic", verbs=["add", "change"]),
    *_rights("comment", verbs=["view", "change"]),
    *_rights("correction", verbs=["view", "add", "change"]),
    *_rights("placement", "englishversion", "assignment", "storytemplate"),
]
_PHOTO_EDITOR = [
    *("illustrate_article", "delete_photo"),
    *_rights("article", "category", "author", "topic", "anniversary", verbs=["view"]),
    *_rights("photo", "assignment", verbs=["view", "add", "change"]),
]
_SECRETARY = [*_EDITOR, "approve_article", "publish_article", "illustrate_article", *_rights("anniversary")]
_CHIEF = [
    *_SECRETARY,
    "jump_article",
    *_rights("category", verbs=["add", "change", "delete"]),
    *_rights("author", "topic", "comment", verbs=["delete"]),
    *_rights("sitesettings", verbs=["view", "add", "change"]),
    *_rights("staticpage", "redirect", "checklevel"),
    *("view_importedsource", "view_trailentry"),
]
_ROYALTY_CLERK = [*_rights("article", "category", "author", "byline", verbs=["view"]), "view_daybook"]
_ADMINISTRATOR = [*_CHIEF, *_rights("user", verbs=["view", "add", "change"]), "view_group"]

PERMISSIONS = {
    REPORTER: _REPORTER,
    EDITOR: _EDITOR,
    PHOTO_EDITOR: _PHOTO_EDITOR,
    SECRETARY: _SECRETARY,
    CHIEF: _CHIEF,
    ROYALTY_CLERK: _ROYALTY_CLERK,
    ADMINISTRATOR: _ADMINISTRATOR,
}


def name_of(user):
    """The person's name as Vietnam writes it, family name first; the user name where none was entered."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()


def create_missing(using="default"):
    """The groups, and to groups that exist the rights that this release brought: none was taken away before."""
    before = set(_all_rights(using).values_list("pk", flat=True))
    # Permissions are made by a receiver of the same signal, which runs after this one.
    for app in ("articles", "auth"):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    for role, codenames in PERMISSIONS.items():
        group, created = Group.objects.using(using).get_or_create(name=role)
        allowed = _all_rights(using).filter(codename__in=codenames)
        group.permissions.add(*(allowed if created else allowed.exclude(pk__in=before)))


def _all_rights(using):
    return Permission.objects.using(using).filter(content_type__app_label__in=["articles", "auth"])
