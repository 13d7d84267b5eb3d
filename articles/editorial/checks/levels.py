"""How strictly each check is meant: as the chief set it for the section, else for its parent, else for all sections,
else as the check was delivered."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Category, CheckLevel

from .. import trail
from .catalogue import CHECKS


def in_force(section):
    """{check name: level} for a section's id; None asks for what holds in all sections. One query."""
    found = {name: str(check.level) for name, check in CHECKS.items()}
    for _own, level in sorted(_rows(section), key=lambda row: row[0]):
        found |= {level.check_name: level.level} if level.check_name in found else {}
    return found


def inherited(category):
    """The same, as it would be without what was set for the section itself."""
    return in_force(category.parent_id) if category else {name: str(check.level) for name, check in CHECKS.items()}


def stored(category):
    """{check name: level} of what was set for one section, or (None) for all."""
    return dict(CheckLevel.objects.filter(category=category).values_list("check_name", "level"))


@transaction.atomic
def save(user, category, wanted):
    """Set {check name: level, or "" for what is inherited} for one section, or (None) for all. Returns what changed:
    {name of the check: [before, after]}."""
    before = stored(category)
    changes = {}
    for name, level in wanted.items():
        if level == before.get(name, ""):
            continue
        if level:
            CheckLevel.objects.update_or_create(category=category, check_name=name, defaults={"level": level})
        else:
            CheckLevel.objects.filter(category=category, check_name=name).delete()
        changes[name] = [before.get(name, ""), level]
    if changes:
        label = _("Checks before publication: %(section)s") % {"section": category or _("All sections")}
        trail.record(user, "settings", category, changes, label=label)
    return changes


def _rows(section):
    """[(how near to the section, CheckLevel)]: 0 for all sections, 1 for its parent, 2 for itself."""
    parent = Category.objects.filter(pk=section).values("parent")
    rows = CheckLevel.objects.filter(Q(category=None) | Q(category=section) | Q(category__in=parent))
    return [(0 if row.category_id is None else 1 + (row.category_id == section), row) for row in rows]
