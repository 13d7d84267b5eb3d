"""What stands inside or beside an article and is no part of it: menus, share buttons, advertising, boxes of links."""

import re

from articles import vietnamese
from articles.importers import related

from . import markup

_TAGS = markup.NEVER_WORDS - {"head"} | {
    *("form", "nav", "aside", "input", "audio", "header", "footer", "menu", "dialog", "ins"),
}
# Whole words of class names and ids, as the makers of many sites write them.
_WORDS = re.compile(
    r"(?<![a-z])(?:relate[ds]?|related-?(?:news|posts?|articles?|box)|tin-?lien-?quan|lien-?quan|tinlq|tin-?khac|other-?news"
    r"|share|sharing|social|socials|sharedaddy|addthis\w*|fb-\w+|zalo\w*|comments?|binh-?luan|respond|disqus\w*"
    r"|ads?|adv|advert\w*|banner|banners|quang-?cao|qc|sponsor\w*|breadcrumbs?|tags?|tag-?list|tags-?links|keywords?|tu-?khoa"
    r"|toolbar|tools?|rating|newsletter|subscribe|recommend\w*|popular|sidebar|widget\w*|menu|navbar|navigation|pagination"
    r"|author-?box|author-?info|about-?author|read-?more|xem-?them|hidden|d-none|sr-only|visually-hidden|screen-reader-text"
    r"|entry-meta|post-meta|print|footer|copyright|audio-?player|box-?news|most-?read|most-?viewed|doc-?nhieu)(?![a-z])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def clear(container):
    """Take the boxes out of an article's container, except one that holds most of its words."""
    whole = len(markup.text_of(container)) or 1
    for element in list(container.iterdescendants()):
        if not isinstance(element.tag, str) or not _is_box(element) or not _is_inside(element, container):
            continue
        if element.tag in _TAGS - {"header", "footer", "form"} or len(markup.text_of(element)) < 0.4 * whole:
            markup.remove(element)


def is_links(element):
    """Whether an element is little more than links: a box of other news."""
    linked = sum(len(markup.text_of(link)) for link in element.iter("a"))
    return linked > 0.6 * max(len(markup.text_of(element)), 1) if linked else False


def _is_box(element):
    if element.tag in _TAGS:
        return not (element.tag == "header" and element.find(".//h1") is not None)
    if _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
        return True
    if element.tag in {"ul", "ol", "div", "section", "table", "dl"} and is_links(element):
        return len(element.findall(".//a")) > 1
    return _WORDS.search(markup.names(element)) is not None


def _is_inside(element, container):
    """Still in the tree: a box around it may have been taken out already."""
    while element is not None and element is not container:
        element = element.getparent()
    return element is container


def is_related_heading(text):
    return related.is_heading(text) or vietnamese.key(text).startswith(("doc them", "xem them", "tin lien quan"))
