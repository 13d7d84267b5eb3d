"""Text fields that hold clean Unicode whatever door a value comes in by.

The cleaning is in `get_prep_value`, so it covers forms, importers, `update`, `bulk_create` and fixtures, and exact
look-ups too: a filter by NFD text finds what is stored in NFC. `pre_save` gives the instance what the database got.

The limit holds on every way too. Of the databases only PostgreSQL knows one, and none for a text of several lines.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import DataError, models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from . import players, vietnamese


class CleanMixin:
    """A field whose `clean_text` runs on every way into the database and out of a form."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.clean_text(value) if isinstance(value, str) else value

    @cached_property
    def validators(self):
        """Django puts the limit of a TextField into its form only."""
        found = super().validators
        has_limit = any(isinstance(one, MaxLengthValidator) for one in found)
        return found if has_limit or self.max_length is None else [*found, MaxLengthValidator(self.max_length)]

    def get_db_prep_save(self, value, connection):
        value = super().get_db_prep_save(value, connection)
        if isinstance(value, str) and self.max_length is not None and len(value) > self.max_length:
            raise DataError(f"{self}: {len(value)} characters, and {self.max_length} fit.")
        return value

    def to_python(self, value):
        value = super().to_python(value)
        return self.clean_text(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value


class LineField(CleanMixin, models.CharField):
    """Plain text on one line."""

    clean_text = staticmethod(vietnamese.clean_line)


class LinesField(CleanMixin, models.TextField):
    """Plain text on several lines."""

    clean_text = staticmethod(vietnamese.clean_lines)


FIRST_YEAR, LAST_YEAR = 1800, 2999


def in_reach(moment):
    """The first and the last year that Python knows do not exist in every time zone: such a moment cannot be stored."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        said = _("Enter a year from %(first)s to %(last)s.")
        raise ValidationError(said, params={"first": FIRST_YEAR, "last": LAST_YEAR}, code="year")


class MomentField(models.DateTimeField):
    """A time that somebody types. To the database it is Django's, so a migration says that."""

    default_validators = [in_reach]

    def formfield(self, **kwargs):
        field = super().formfield(**kwargs)
        field.validators.append(in_reach)  # before the form reckons with it
        return field

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs


class AddressField(models.URLField):
    """An http(s) address; typed without a scheme it is taken as https, as Django will do from 6.0 on."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class PlayerField(LineField):
    """The address of a video or an audio at one of the providers of players.py, in its canonical form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 200, **kwargs})

    @staticmethod
    def clean_text(text):
        player = players.parse(text)
        return player.address if player else vietnamese.clean_line(text)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and not players.parse(value):
            raise ValidationError(_("This is no video or audio of YouTube, Vimeo, SoundCloud or Spotify."))
