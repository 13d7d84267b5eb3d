"""What a photo must bring along: its words, its source, and the right to be shown."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .check import BLOCK, check, said_of

# Many papers write the source at the end of the caption: "Gặt lúa ở Mai Châu. Ảnh: Bùi Minh"
_CREDIT = re.compile(r"\b(?:Ảnh|Nguồn ảnh|Nguồn|Đồ họa|Tranh|Video)\s*:\s*\w")


@check(
    "photo-caption",
    gettext_lazy("Photo without a caption"),
    gettext_lazy("Readers ask who and what is seen."),
    where="photo",
)
def caption(piece):
    lacking = [(picture, picture.where) for picture in piece.pictures if not picture.caption]
    return said_of(lacking, _("No caption: %(places)s."))


@check(
    "photo-credit", gettext_lazy("Photo without a credit"), gettext_lazy("The law asks for the source."), where="photo"
)
def credit(piece):
    lacking = [(picture, picture.where) for picture in piece.pictures if not _has_credit(picture)]
    return said_of(lacking, _("No photo credit: %(places)s."))


@check(
    "photo-alt", gettext_lazy("Photo without alternative text"),
    gettext_lazy("It is read aloud to those who cannot see the picture."),
    where="photo",
)  # fmt: skip
def alt(piece):
    lacking = [(picture, picture.where) for picture in piece.pictures if not picture.alt]
    return said_of(lacking, _("No alternative text: %(places)s."))


@check(
    "photo-rights", gettext_lazy("Photo whose rights have expired"),
    gettext_lazy("On the day of publication the newspaper may not show it any more."),
    level=BLOCK, where="photo",
)  # fmt: skip
def rights(piece):
    limited = [picture for picture in piece.pictures if picture.photo and picture.photo.rights_until]
    over = [picture for picture in limited if picture.photo.rights_until < piece.day]
    day = min((picture.photo.rights_until for picture in over), default=piece.day)
    return said_of(
        [(picture, picture.where) for picture in over],
        _("The rights expire before the day of publication (%(day)s): %(places)s."),
        day=f"{day:%d/%m/%Y}",
    )


def _has_credit(picture):
    return bool((picture.photo and picture.photo.credit) or _CREDIT.search(picture.caption))


CHECKS = [caption, credit, alt, rights]
