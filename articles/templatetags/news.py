"""Tags and filters of the public pages, built into every template."""

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe

from articles import days, richtext
from articles.editorial import roles

register = template.Library()
register.filter("date_line", days.date_line)
register.filter("day_line", days.day_line)
register.filter("name_of", roles.name_of)


@register.filter
def body(html):
    """The one way a body reaches a page: cleaned again, whatever wrote it into the database."""
    return mark_safe(richtext.clean(html or ""))  # noqa: S308 (the sanitiser's own output)


@register.filter
def iso(moment):
    """'2025-10-22T19:25:52+07:00', for <time datetime>."""
    return moment.astimezone(days.VIETNAM).isoformat(timespec="seconds")


@register.filter
def clock(moment):
    """'19:25' today, '22/10/2025' before."""
    local = moment.astimezone(days.VIETNAM)
    return f"{local:%H:%M}" if local.date() == days.today() else f"{local:%d/%m/%Y}"


@register.simple_tag
def absolute(path):
    """A path of ours as the address other machines are told."""
    return settings.SITE_URL + path


@register.filter
def srcset(photo):
    return ", ".join(f"{url} {width}w" for url, width in photo.sources)
