"""Tags and filters of the public pages, built into every template."""

import base64
import json
from functools import partial
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe

from articles import days, insets, lunar, richtext
from articles.editorial import documents, roles

register = template.Library()
LAZY = {"loading": "lazy", "decoding": "async"}
register.filter("date_line", days.date_line)
register.filter("day_line", days.day_line)
register.filter("lunar_line", lunar.line)
register.filter("name_of", roles.name_of)


@register.filter
def box_id(where):
    """The id of the box on an article's form in which a part of its document is edited: "lede", "bylines"."""
    return f"{where}-group" if where in documents.ROWS else "notes" if where == "notes" else f"id_{where}"


@register.filter
def body(html):
    """The one way a body reaches a page: cleaned again, whatever wrote it into the database."""
    return mark_safe(insets.dressed(richtext.clean(html or ""), _picture))  # noqa: S308 (the sanitiser's own output)


@register.simple_tag
def stretch(segment, pictures):
    """The HTML of an insets.Segment, which was cleaned when the body was cut. `pictures`: {address: Photo}."""
    dress = partial(_picture, pictures=pictures)
    return mark_safe(insets.dressed(segment.html, dress))  # noqa: S308 (as in `body`)


IN_BODY = "(min-width: 48rem) 42rem, 100vw"  # how wide a picture of a body is shown


def _picture(attributes, pictures=None):
    """The img of a body, lazy; with its smaller files, in all formats, where its Photo is known."""
    photo = (pictures or {}).get(attributes.get("src"))
    where = {"src": photo.url} if photo else {}  # an object storage, where that is where readers are sent
    # Not format_html: the values are the sanitiser's, which has escaped them.
    image = "<img {}>".format(" ".join(f'{name}="{value}"' for name, value in {**attributes, **where, **LAZY}.items()))
    if not photo:
        return image
    kinds = [("avif", photo.whole.avif), ("webp", photo.whole.webp)]
    files = [
        f'<source type="image/{kind}" srcset="{srcset(found)}" sizes="{IN_BODY}">' for kind, found in kinds if found
    ]
    return f"<picture>{''.join(files)}{image}</picture>"


@register.filter
def iso(moment):
    """'2025-10-22T19:25:52+07:00', for <time datetime>."""
    return moment.astimezone(days.VIETNAM).isoformat(timespec="seconds")


@register.filter
def clock(moment):
    """'19:25' today, '22/10/2025' before."""
    local = moment.astimezone(days.VIETNAM)
    return f"{local:%H:%M}" if local.date() == days.today() else f"{local:%d/%m/%Y}"


@register.filter
def zalo_share(address):
    """Where Zalo asks with whom a page is to be shared: a plain link, made as Zalo's own button makes it."""
    packed = base64.b64encode(json.dumps({"url": address}).encode()).decode()
    return f"https://button-share.zalo.me/share_external?d={quote(packed, safe='')}"


@register.simple_tag
def absolute(path):
    """A path of ours as the address other machines are told."""
    return settings.SITE_URL + path


@register.filter
def srcset(sources):
    """Of [(address, width)], as photo.whole.avif and the like are."""
    return ", ".join(f"{url} {width}w" for url, width in sources)


# What would end the script, or a line of it, as JSON says it otherwise (json_script does so too, under another type).
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@register.filter
def json_ld(data):
    """A dict for search engines as a <script> that no text in it can end."""
    text = json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)
