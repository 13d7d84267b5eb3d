"""Where the links of a text lead: to something, and to nothing bad."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.redirect import key

from . import outside
from .check import BLOCK, check, said_of


@check(
    "link-unsafe", gettext_lazy("Unsafe link"),
    gettext_lazy("Scripts, files, addresses with a password in them, machines of a private network."),
    level=BLOCK, where="body",
)  # fmt: skip
def unsafe(piece):
    found = [(link.address, link.where) for link in piece.links if link.is_unsafe]
    return said_of(found, _("Not to be given to readers: %(places)s."))


@check(
    "link-dead", gettext_lazy("Dead link"),
    gettext_lazy("To an article that readers cannot see, to a page that does not exist, or to no address."),
    where="body",
)  # fmt: skip
def dead(piece):
    gone = outside.known([link.address for link in piece.links if link.is_outside])
    found = [(link.address, link.where) for link in piece.links if _is_dead(piece, link) or link.address in gone]
    found += [(row.get("title") or f"#{row['target']}", "links") for row in _hidden_rows(piece)]
    return said_of(found, _("Leads readers nowhere: %(places)s."))


def _is_dead(piece, link):
    if link.is_unsafe:
        return False  # said already
    place = link.place
    if place is None:
        return link.leads_nowhere
    if place.article:
        return not _is_shown(piece, place.article)
    if place.section:
        return place.section not in piece.sections
    if not place.is_there:
        return key(place.path) not in piece.old_paths
    return place.is_desk


def _hidden_rows(piece):
    return [row for row in piece.rows("links") if row.get("target") and not _is_shown(piece, row["target"])]


def _is_shown(piece, pk):
    return pk in piece.targets and piece.targets[pk].is_public(piece.moment)


CHECKS = [dead, unsafe]
