"""Tags and filters of the public pages, built into every template."""

import base64
import json
from functools import partial
from html import escape
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from articles import day_paths, days, insets, lunar, richtext
from articles.editorial import documents, roles

from . import calendars, cards

register = template.Library()
MOST_KEPT = 1000  # parts of pages, 1 to 60 KB each with 200 sections
LAZY = {"loading": "lazy", "decoding": "async"}
register.filter("iso", cards.iso)
register.filter("srcset", cards.srcset)
register.filter("date_line", days.date_line)
register.filter("day_line", days.day_line)
register.filter("lunar_line", lunar.line)
register.filter("name_of", roles.name_of)
register.simple_tag(day_paths.of_form, name="archive_path")
register.simple_tag(day_paths.of_day, name="day_path")
register.simple_tag(day_paths.of_month, name="month_path")


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
        f'<source type="image/{kind}" srcset="{cards.srcset(found)}" sizes="{IN_BODY}">'
        for kind, found in kinds
        if found
    ]
    return f"<picture>{''.join(files)}{image}</picture>"


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


@register.simple_tag(takes_context=True)
def card(
    context,
    article,
    kind="row",
    level=3,
    show_section=False,
    sizes="",
    eager=False,
    clock_only=False,
    title="",
    lede="",
):
    """An article in a list. kind: lead · second · line · row · strip; level: of its heading; title, lede: marked."""
    is_today = days.of(article.published_at) == context["today"]
    shape = (is_today, kind, level, show_section, sizes, eager, clock_only)
    row = getattr(article, "row", None)
    if row is None or title or lede:
        html = cards.written(article, title or article.title, lede or article.lede, *shape)
    else:
        html = cards.card(row, get_language(), *shape)
    return mark_safe(html)  # noqa: S308 (every value is escaped where it is written)


@register.simple_tag
def picture(photo, sizes, shape="", eager=False):
    """A photo in all its formats; '' where there is none. shape: "card" is the 3:2 crop, else the whole."""
    html = cards.picture(photo, shape, sizes, eager) if photo else ""
    return mark_safe(html)  # noqa: S308 (as above)


@register.simple_tag
def calendar_table(month):
    """The weekdays and weeks of a Month of views/archive/months.py."""
    html = f"<thead><tr>{calendars.head(get_language())}</tr></thead>\n<tbody>{calendars.rows(month)}\n</tbody>"
    return mark_safe(html)  # noqa: S308 (as above)


@register.simple_tag(takes_context=True)
def kept(context, template, *names, **given):
    """A part of the page that is written once for each masthead and its sections (models/site.py, `load_chrome`).

    It is given `site` and `sections`, what of the page's context is named, and `given`, and nothing else: so it can
    depend on nothing else. A text of the page's own, such as what was searched, is not worth keeping.
    """
    sections = context["sections"]
    named = {name: context.get(name) for name in names}
    key = (template, get_language(), settings.SITE_URL, *(getattr(v, "pk", v) for v in named.values()), *given.values())
    found = sections.kept.get(key)
    if found is None:
        whole = context.template.engine.get_template(template)
        found = whole.render(Context({"site": context["site"], "sections": sections, **named, **given}))
        if not settings.DEBUG and not any(isinstance(value, str) and value for value in named.values()):
            if len(sections.kept) >= MOST_KEPT:
                sections.kept.clear()
            sections.kept[key] = found
    return found


@register.simple_tag
def absolute(path):
    """A path of ours as the address other machines are told."""
    return settings.SITE_URL + path


def elements(*wanted):
    """Empty elements, a line each: ("meta", {"name": "robots", "content": "noindex"}); what is false is left out.

    By hand, as the cards are: the thirty lines of a page's head took the template engine an eighth of the page.
    """
    html = ""
    for name, attributes in filter(None, wanted):
        said = " ".join([f'{key}="{escape(str(value))}"' for key, value in attributes.items()])
        html += f"<{name} {said}>\n"
    return mark_safe(html)  # noqa: S308 (every value is escaped)


# What would end the script, or a line of it, as JSON says it otherwise (json_script does so too, under another type).
_IN_SCRIPT = {char: f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@register.filter
def json_ld(data):
    """A dict for search engines as a <script> that no text in it can end."""
    text = json.dumps(data, ensure_ascii=False)
    for char, said in _IN_SCRIPT.items():  # ten times as fast as translate() over a long text
        text = text.replace(char, said)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)
