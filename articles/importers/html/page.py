"""A saved article page in HTML, of whatever make.

Evidence in this order: what the page says about itself for machines (facts), what its markup means (headings,
`itemprop`, figures), where its prose stands (container); trafilatura reads the pages on which all of that fails.
"""

import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from articles import richtext, vietnamese
from articles.importers.incoming import (
    FEWEST_WORDS,
    ImportRefused,
    IncomingArticle,
    IncomingPhoto,
    fit_lede,
    refuse_too_long,
)
from articles.importers.lines import bylines, datelines
from articles.importers.lines.sentences import close_up
from articles.models import ImportedSource

from . import blocks, dates, facts, heading, markup, prose
from .related_boxes import read_related

MOST_PICTURES = 100  # of one page; each costs a second to take in
_URL_LENGTH = ImportedSource._meta.get_field("url").max_length
# Behind the host stands a path or a query: the front page is the address of no article, whatever a page claims.
_ADDRESS = re.compile(r"https?://[^\s/?#]+/+(?:[^/?#]|\?[^#])")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
_HREF = re.compile(r'(<a\b[^>]*?)\shref="([^"]*)"')
_DEAD_LINK = re.compile(r"<a\b(?![^>]*\shref=)[^>]*>(.*?)</a>", re.S)
_NO_SECTION = {"tin-tuc", "news", "bai-viet", "article", "articles", "post", "posts", "en", "vi", "index", "amp"}


def parse(text, *, hints=True):
    """The article in a saved page, or ImportRefused. `hints=False` leaves the table of class names out."""
    root = markup.parse(text)
    known = facts.read(root)
    url = _source_url(text, root, known)
    title = heading.title(root, known)
    related_heading, links = read_related(root, title)
    printed, described = heading.ledes(root, known)
    found = prose.read(root, text, known, hints)
    found = prose.without_head(found, title, printed)
    found, byline = prose.cut_byline(found)
    lede, found = prose.settle_lede(printed, described, found)
    pictures, found = _pictures(found)
    _refuse_if_empty(lede, found)
    byline = byline or heading.author(root) or ", ".join(facts.authors(known))
    incoming = IncomingArticle(
        title=title,
        published_at=dates.find(root, known, url, title),
        byline_as_printed=byline or None,
        credits=bylines.parse(byline),
        pictures=pictures,
        related_heading=related_heading,
        related=links,
        sections=facts.sections(known, title) or heading.breadcrumb(root, title) or _folder(url),
        source_url=url,
    )
    return _with_text(incoming, lede, [block.html for block in found])


def _with_text(incoming, lede, parts):
    dateline, lede = datelines.strip(lede)
    lede, rest = fit_lede(lede, [])
    body = "\n".join([blocks.paragraph(text).html for text in rest] + parts)
    refuse_too_long(body)
    body = richtext.clean(_resolve(body, incoming.source_url))
    moved = tuple(replace(picture, after=picture.after + len(rest)) for picture in incoming.pictures)
    return replace(incoming, dateline=dateline, lede=lede, body=body, pictures=moved)


def _refuse_if_empty(lede, found):
    words = len(lede.split()) + sum(len(block.text.split()) for block in found)
    if words < FEWEST_WORDS or not lede:
        raise ImportRefused(_("No article text was found in the page."))


def _pictures(found):
    """(photos, the other blocks). A figure of several pictures has one caption, the first one's."""
    photos, seen, others = [], set(), []
    for block in found:
        if block.kind != "figure":
            others.append(block)
            continue
        addresses = [address for address in map(blocks.source, block.images) if address not in seen] or [""]
        seen.update(addresses)
        words = [block.text] + [""] * (len(addresses) - 1)
        photos += [_photo(address, text, len(others)) for address, text in zip(addresses, words, strict=True)]
    return tuple(photo for photo in photos if photo.src or photo.caption)[:MOST_PICTURES], others


def _photo(address, words, after):
    return IncomingPhoto(close_up(words), words, 1 if words else 0, address, after)


def _source_url(text, root, known):
    canonical = [link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    page = facts.text(known.article.get("mainEntityOfPage")) or facts.text(known.article.get("url"))
    saved = _SAVED_FROM.search(text[:2000])
    for address in [*canonical, known.first("og:url"), page, saved[1] if saved else ""]:
        address = vietnamese.clean_line(address)
        if _ADDRESS.match(address) and len(address) <= _URL_LENGTH:
            return address
    return ""


def _folder(url):
    """The section in an address such as /kinh-te/mang-kim-boi-158663.htm."""
    parts = [part for part in _path(url).split("/") if part]
    if len(parts) < 2 or not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", parts[0]) or parts[0] in _NO_SECTION:
        return ()
    return (parts[0],)


def _path(url):
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _resolve(body, url):
    """Links as the page meant them: absolute by the page's address; a link to nowhere leaves its words."""

    def absolute(match):
        start, address = match.groups()
        if address.startswith(("http://", "https://", "mailto:", "tel:")):
            return match[0]
        if not url or not address or address.startswith(("#", "javascript")):
            return start
        try:
            return f'{start} href="{urljoin(url, address)}"'
        except ValueError:
            return start

    return _DEAD_LINK.sub(r"\1", _HREF.sub(absolute, body))
