"""What may be asked, with its limits, and what each parameter names."""

import re
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from articles import days
from articles.models import Author
from articles.models.listing import topics
from articles.views import page

from .contract import Nothing

SIZE, MOST = 20, 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")


def _day(text):
    return _made(text, _DAY, _("A day is wanted, like 2010-11-22."))


def _month(text):
    return _made(text, _MONTH, _("A month is wanted, like 2010-11."))


def _made(text, shape, complaint):
    """A day of the archive. What is none at all is wrong, and beside a year of long ago nothing is found."""
    if not isinstance(text, str) or not shape.fullmatch(text):
        raise ValueError(complaint)
    year, month, day = map(int, f"{text}-01".split("-")[:3])
    try:
        date(2000 + year % 400, month, day)  # a year of the same length, whatever year it is
    except ValueError:
        raise ValueError(complaint) from None
    try:
        return days.make(year, month, day)
    except ValueError:
        raise Nothing(_("The archive has no such day.")) from None


def _slug(text):
    if not isinstance(text, str) or not _SLUG.fullmatch(text):
        raise ValueError(_("A slug is wanted, as it stands in an address."))
    return text


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    date, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"})
]
Slug = Annotated[str, BeforeValidator(_slug), WithJsonSchema({"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,100}$"})]
Key = Annotated[int, Field(ge=1, le=10**18 - 1)]


class Page(Schema):
    before: Key = Field(None, description="The id of the last article of the page before: older ones follow.")
    limit: int = Field(SIZE, ge=1, le=MOST, description="How many articles.")


def section(request, slug):
    """The section of a slug; None for no slug."""
    try:
        return page.sections(request).by_slug[slug] if slug else None
    except KeyError:
        raise Nothing(_("There is no section “%(slug)s”.") % {"slug": slug[:40]}) from None


def author(slug):
    found = Author.objects.filter(slug=slug).first() if slug else None
    if slug and not found:
        raise Nothing(_("No author is called “%(name)s”.") % {"name": slug[:40]})
    return found


def topic(slug):
    found = topics().filter(slug=slug).first() if slug else None
    if slug and not (found and found.is_shown):
        raise Nothing(_("There is no topic “%(slug)s”.") % {"slug": slug[:40]})
    return found
