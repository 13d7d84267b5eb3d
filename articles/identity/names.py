"""What a user name may be, by whichever door an account is made.

The desk's form takes ASCII only. The shell takes more, and by no door do two names come to look alike: they are
compared as NFKC has them, without capitals and marks.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import vietnamese

UNACCENTED = gettext_lazy("Unaccented letters, digits and @ . + - _ only: other letters can look like these.")


def check_typed(name, pk=None):
    """Raise ValidationError where `name` is none for the form of a new account, or of the account `pk`."""
    ASCIIUsernameValidator(message=UNACCENTED)(name)
    check(name, pk)


def check(name, pk=None):
    """The same for every door."""
    if not any(letter.isalnum() for letter in name):
        raise ValidationError(_("A user name needs a letter or a digit."))
    others = get_user_model().objects.exclude(pk=pk).values_list("username", flat=True)
    if _seen(name) in map(_seen, others):
        raise ValidationError(_("There is a user of this name already; capitals and marks make no difference."))


def _seen(name):
    return vietnamese.fold(get_user_model().normalize_username(name))
