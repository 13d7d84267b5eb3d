"""The newsroom's roles as groups with Django's permissions. Made once; what an administrator changes later stays.

Made after every `migrate` (post_migrate) and not in a migration: permissions come into being there too, and each
release may bring some. Groups and rights have an English name in the database and are shown by `label_of…`.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

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


LABELS = {
    REPORTER: gettext_lazy("Reporter"),
    EDITOR: gettext_lazy("Editor"),
    PHOTO_EDITOR: gettext_lazy("Photo editor"),
    SECRETARY: gettext_lazy("Secretary"),
    CHIEF: gettext_lazy("Editor-in-chief"),
    ROYALTY_CLERK: gettext_lazy("Royalty clerk"),
    ADMINISTRATOR: gettext_lazy("Administrator"),
}
VERBS = {
    "view": pgettext_lazy("right", "see"),
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "delete": pgettext_lazy("right", "delete"),
}
OTHER_RIGHTS = {
    "edit_article": gettext_lazy("take, edit, return and pass on what others wrote"),
    "approve_article": gettext_lazy("approve"),
    "publish_article": gettext_lazy("publish, schedule, update and withdraw"),
    "jump_article": gettext_lazy("publish from any state"),
    "illustrate_article": gettext_lazy("see what is in work and keep the photo library"),
    "view_daybook": gettext_lazy("see the day book and export lists"),
}


def label_of(group):
    """The role in the reader's language; the group's own name where an administrator made it."""
    return str(LABELS.get(group.name, group.name))


def in_order(groups):
    """From the reporter to the administrator, then what an administrator made."""
    place = {name: number for number, name in enumerate(PERMISSIONS)}
    return sorted(groups, key=lambda group: (place.get(group.name, len(place)), group.name))


def label_of_right(right):
    """'Bài viết: xem'."""
    return f"{_noun(right)}: {_verb(right)}"


def described(rights):
    """[(noun, 'xem, thêm, sửa')] of some rights, in the order of the nouns."""
    found = {}
    for right in rights:
        found.setdefault(_noun(right), []).append(right)
    return [(noun, ", ".join(map(_verb, sorted(some, key=_place)))) for noun, some in sorted(found.items())]


def _noun(right):
    model = right.content_type.model_class()
    return capfirst(str(model._meta.verbose_name_plural)) if model else right.content_type.model


def _verb(right):
    verb = right.codename.partition("_")[0]
    return str(OTHER_RIGHTS.get(right.codename) or VERBS.get(verb) or gettext(right.name))


def _place(right):
    order = [*VERBS, *OTHER_RIGHTS]
    names = [right.codename, right.codename.partition("_")[0]]
    return next((order.index(name) for name in names if name in order), len(order))


def name_of(user):
    """The person's name as Vietnam writes it, family name first; the user name where none was entered."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()


def create_missing(using="default"):
    """The groups, and to groups that exist the rights that this release brought: none was taken away before."""
    before = set(all_rights(using).values_list("pk", flat=True))
    # Permissions are made by a receiver of the same signal, which runs after this one.
    for app in ("articles", "auth"):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    for role, codenames in PERMISSIONS.items():
        group, created = Group.objects.using(using).get_or_create(name=role)
        allowed = all_rights(using).filter(codename__in=codenames)
        group.permissions.add(*(allowed if created else allowed.exclude(pk__in=before)))


def all_rights(using="default"):
    """Those that a role may hold: Django's own tables of sessions and logs have no screen."""
    return Permission.objects.using(using).filter(content_type__app_label__in=["articles", "auth"])
