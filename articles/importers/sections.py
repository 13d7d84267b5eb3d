"""The section an old page belongs to, among ours."""

from django.utils.translation import gettext as _

from articles import vietnamese
from articles.models import Category

from .incoming import ImportRefused


def given_section(wanted):
    """The section a person named by slug or name, or ImportRefused with those there are."""
    found = _by_name(wanted, Category.objects.select_related("parent"))
    if not found:
        slugs = ", ".join(Category.objects.order_by("slug").values_list("slug", flat=True)) or "-"
        message = _("There is no section “%(section)s”. Sections: %(slugs)s.")
        raise ImportRefused(message % {"section": wanted, "slugs": slugs})
    return found


def find_section(trail):
    """The deepest section of a page's breadcrumb that is one of ours, or None. A sub-section counts under its own
    section only: "Thị trường" of Kinh tế is not that of Bất động sản."""
    categories = list(Category.objects.select_related("parent")) if trail else []
    for at in reversed(range(len(trail))):
        found = _by_name(trail[at], categories)
        if found and (at == 0 or found.parent is None or _is(found.parent, trail[at - 1])):
            return found
    return None


def _by_name(wanted, categories):
    return next((category for category in categories if _is(category, wanted)), None)


def _is(category, wanted):
    return category.slug == wanted.strip() or vietnamese.key(category.name) == vietnamese.key(wanted)
