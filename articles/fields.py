"""Text fields that hold clean Unicode whatever door a value comes in by.

The cleaning is in `get_prep_value`, so it covers forms, importers, `update`, `bulk_create` and fixtures, and exact
look-ups too: a filter by NFD text finds what is stored in NFC. `pre_save` gives the instance what the database got.
"""

from django.core.validators import URLValidator
from django.db import models

from . import vietnamese


class CleanMixin:
    """A field whose `clean_text` runs on every way into the database and out of a form."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.clean_text(value) if isinstance(value, str) else value

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


class AddressField(models.URLField):
    """An http(s) address; typed without a scheme it is taken as https, as Django will do from 6.0 on."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
