"""What stands in a body besides its words: related articles, players, rows of pictures, tables that scroll.

The HTML that is stored stays the editor's own; feeds and exports show it as it is. For the page a body is read once
more: `segments` cuts it into stretches of HTML and what stands between them, `dressed` gives a stretch's tables and
pictures what only a page needs. Both take and give clean HTML; nothing is parsed and written anew, so what the
sanitiser wrote reaches the page byte by byte but for the tags that are put in here.
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import escape
from django.utils.translation import gettext as _

from . import players, richtext

MOST = 30  # insets of a body; addresses behind them stay the links they are
LABEL_LENGTH = 60  # characters of the words by which a table is known to those who only hear it
HEAD_LENGTH = 5000  # characters of a table in which those words are looked for

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s[a-z-]+="[^"]*")*)\s?/?>')
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_ALONE = re.compile(
    r"<p>\s*(?:<(?:strong|b|em|i|u)>)*(?:<a(?P<attributes>(?:\s[a-z-]+=\"[^\"]*\")*)>(?P<words>[^<]*)</a>"
    r"|(?P<bare>https?://[^\s<]+))(?:</(?:strong|b|em|i|u)>)*\s*</p>"
)
_QUESTION = re.compile(r"<p>(?=<(strong|b)>(?:(?!</\1>).)*</\1>\s*</p>)", re.DOTALL)
_NUMBERED = re.compile(r"-[0-9]{1,18}/")


@dataclass(frozen=True)
class Segment:
    """A stretch of clean HTML; or the id of an article of ours, or a player, each with the words of its link."""

    html: str = ""
    article: int | None = None
    player: players.Player | None = None
    words: str = ""


def segments(body, *, interview=False):
    """The Segments of a body, which is cleaned first. In an interview a paragraph all in bold is a question."""
    found, stretch, insets = [], [], 0
    for name, source in _rows_of_figures(richtext.blocks(richtext.clean(body or ""))):
        inset = _inset(source) if name == "p" and insets < MOST else None
        if inset:
            found += [Segment("".join(stretch)), inset]
            stretch, insets = [], insets + 1
        else:
            stretch.append(_QUESTION.sub('<p class="question">', source, count=1) if interview else source)
    found.append(Segment("".join(stretch)))
    return [segment for segment in found if segment.html.strip() or segment.article or segment.player]


def article_ids(found):
    return [segment.article for segment in found if segment.article]


def picture_addresses(found):
    """The addresses of the pictures in the Segments, MOST at most."""
    tags = (tag for segment in found for tag in _TAG.finditer(segment.html) if tag[2] == "img")
    return list(dict.fromkeys(attributes(tag[3]).get("src", "") for tag in tags))[:MOST]


def dressed(text, picture):
    """Clean HTML with each outermost table in a box that scrolls, and each img as `picture(attributes)` gives it."""
    out, done, depth = [], 0, 0
    for tag in _TAG.finditer(text):
        if tag[2] == "img":
            out += [text[done : tag.start()], picture(attributes(tag[3]))]
            done = tag.end()
        elif tag[2] == "table" and not tag[1]:
            depth += 1
            if depth == 1:
                out += [text[done : tag.start()], _table_box(text[tag.end() : tag.end() + HEAD_LENGTH])]
                done = tag.start()
        elif tag[2] == "table":
            depth -= 1
            if depth == 0:
                out += [text[done : tag.end()], "</div>"]
                done = tag.end()
    return "".join([*out, text[done:]])


def _rows_of_figures(blocks):
    """The blocks, two or more figures that follow each other as one."""
    run = []
    for name, source in blocks:
        if name == "figure" or (run and not source.strip()):
            run.append(source)
            continue
        yield from _row(run)
        run = []
        yield name, source
    yield from _row(run)


def _row(run):
    figures = [source for source in run if source.strip()]
    if len(figures) > 1:
        yield "div", f'<div class="gallery-row">{"".join(figures)}</div>'
    else:
        yield from (("figure", source) for source in run)


def _inset(paragraph):
    """The Segment that a paragraph stands for, if it holds one address alone and the address is one that we know."""
    match = _ALONE.fullmatch(paragraph)
    if not match:
        return None
    address = match["bare"] or attributes(match["attributes"]).get("href", "")
    address = html.unescape(address).strip()
    words = html.unescape(match["words"] or "").strip()
    words = "" if words.startswith(("http://", "https://")) else words
    if pk := _article_of(address):
        return Segment(article=pk, words=words)
    player = players.parse(address)
    return Segment(player=player, words=words) if player else None


def _article_of(address):
    """The id in an address of an article of this site, or None."""
    try:
        parts = urlsplit(address)
        foreign = parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc
        if foreign or not _NUMBERED.search(parts.path):
            return None
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    return int(found.kwargs["pk"]) if found.url_name == "article" else None


def _table_box(rest):
    """The opening tag of a table's box, named after its caption or its first row."""
    first = re.split(r"</caption>|</tr>", rest, maxsplit=1)[0]
    words = richtext.to_text(first).replace("\n", ", ")[:LABEL_LENGTH]
    label = _("Table: %(words)s") % {"words": words} if words else _("Table")
    return f'<div class="table-box" role="region" tabindex="0" aria-label="{escape(label)}">'


def attributes(source):
    """{name: value} of the attributes of a tag, as they are written (`&amp;` for `&`)."""
    return dict(_ATTRIBUTE.findall(source))
