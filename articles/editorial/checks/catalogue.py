"""All checks, in the order in which the desk sees them."""

from django.utils.translation import gettext_lazy as _

from . import duties, language, links, pictures, writing

GROUPS = [
    (_("Text"), writing.CHECKS),
    (_("Photos"), pictures.CHECKS),
    (_("Law and promises"), duties.CHECKS),
    (_("Links"), links.CHECKS),
    (_("Language"), language.CHECKS),
]
CHECKS = {check.name: check for _title, checks in GROUPS for check in checks}
