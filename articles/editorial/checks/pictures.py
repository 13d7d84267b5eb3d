"""What a photo must bring along: its words, its source, and the right to be shown."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .check import BLOCK, check, listed

# Many papers write the source at the end of the caption: "Gặt lúa ở Mai Châu. Ảnh: Bùi Minh"
_CREDIT = re.compile(r"\b(?:Ảnh|Nguồn ảnh|Nguồn|Đồ họa|Tranh|Video)\s*:\s*\w")


@check("photo-caption", lazy("Photo without a caption"), lazy("Readers ask who and what is seen."), where="photo")
def caption(piece):
    lacking = [picture for picture in piece.pictures if not picture.caption]
    return lacking and (_("No caption: %(photos)s.") % {"photos": listed(lacking)}, lacking[0].where)


@check("photo-credit", lazy("Photo without a credit"), lazy("The law asks for the source."), where="photo")
def credit(piece):
    lacking = [picture for picture in piece.pictures if not _has_credit(picture)]
    return lacking and (_("No photo credit: %(photos)s.") % {"photos": listed(lacking)}, lacking[0].where)


@check(
    "photo-alt", lazy("Photo without alternative text"),
    lazy("It is read aloud to those who cannot see the picture."),
    where="photo",
)  # fmt: skip
def alt(piece):
    lacking = [picture for picture in piece.pictures if not picture.alt]
    return lacking and (_("No alternative text: %(photos)s.") % {"photos": listed(lacking)}, lacking[0].where)


@check(
    "photo-rights", lazy("Photo whose rights have expired"),
    lazy("On the day of publication the newspaper may not show it any more."),
    level=BLOCK, where="photo",
)  # fmt: skip
def rights(piece):
    limited = [picture for picture in piece.pictures if picture.photo and picture.photo.rights_until]
    over = [picture for picture in limited if picture.photo.rights_until < piece.day]
    if not over:
        return None
    last = min(one.photo.rights_until for one in over)
    message = _("The rights expire before the day of publication (%(day)s): %(photos)s.")
    return message % {"day": f"{last:%d/%m/%Y}", "photos": listed(over)}, over[0].where


def _has_credit(picture):
    return bool((picture.photo and picture.photo.credit) or _CREDIT.search(picture.caption))


CHECKS = [caption, credit, alt, rights]
