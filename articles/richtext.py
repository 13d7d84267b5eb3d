"""Body HTML: the one allow-list, the field that stores it, the text in it.

CKEditor 4 is end of life and importers meet everything, so no HTML is trusted: `clean` runs when a body is written
(RichTextField) and once more when it is rendered (the `body` filter), which also covers rows that raw SQL wrote.
"""

import html
import re
from collections import Counter
from functools import lru_cache

import nh3
from ckeditor.fields import RichTextField as CKEditorField
from django.conf import settings

from . import vietnamese
from .fields import CleanMixin

TAGS = {
    *("p", "br", "h2", "h3", "h4", "strong", "em", "b", "i", "u", "s", "sub", "sup", "blockquote", "ul", "ol", "li"),
    *("a", "img", "figure", "figcaption", "hr", "pre", "code", "div"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "*": set(),  # nh3 would allow lang and title everywhere
}
CLASSES = {
    "figure": {"class": {"image"}},  # by this class CKEditor knows its own captioned picture again
    "div": {"class": {"box"}},  # an information box
}
SCHEMES = {"http", "https", "mailto", "tel"}
DROPPED_WITH_CONTENT = {"script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "title"}

BODY_LIMIT = 300_000  # characters; the longest article measured has about 40,000, and nh3 is quadratic on nesting
# Of the last texts it is known what comes of them: a page cleans its body for readers, for search engines and for the
# count of its words. By the text itself, and in this process, whose allow-list is one.
REMEMBERED = 64
DEEPEST = 500  # elements one in another; with some ten thousands the sanitiser would take minutes (quadratic)
ROUNDS = 8  # nested <a> around <table> needs two; what is not at rest after so many keeps its words only

_RENAMED = {
    "h2": re.compile(r"<(/?)h1\b", re.IGNORECASE),
    "h4": re.compile(r"<(/?)h[56]\b", re.IGNORECASE),
    "p": re.compile(r"<(/?)(?:dt|dd)\b", re.IGNORECASE),
    "div": re.compile(r"<(/?)(?:dl|section|article|main|header|footer|aside|center|address)\b", re.IGNORECASE),
}
_IMG_WITHOUT_SRC = re.compile(r'<img(?:\s+(?!src=)[\w-]+="[^"]*")*\s*/?>')
_EMPTY = re.compile(r"<(p|figcaption)>(?:\s|<br>)*</\1>\s*")
_MEDIA_NAME = re.compile(r"[\w./-]+")  # nothing in it that a browser reads as "..", such as %2e or a tab
_TAG = re.compile(r"<[^>]*>")
_ELEMENT = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:\s[a-z-]+="[^"]*")*\s?/?>')
_VOID = {"br", "hr", "img"}
_NAMED = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_INSIDE_TAG = re.compile(r"<[^<>]*>")
_ENDS_BY_ITSELF = {
    *("p", "li", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd", "option", "colgroup", "area", "base", "col"),
    *("embed", "input", "link", "meta", "param", "source", "track", "wbr", *_VOID),
}
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|blockquote|figcaption|figure|tr|th|td|div|caption|pre)>|<br>|<hr>")


def _attribute(tag, attribute, value):
    """Pictures come from our own media: others' would tell third parties who reads what."""
    if tag == "img" and attribute == "src":
        name = value.removeprefix(settings.MEDIA_URL)
        return value if name != value and _MEDIA_NAME.fullmatch(name) and ".." not in name else None
    return value


def _in_allowed_blocks(text):
    """Blocks that are not allowed, as ones that are: unwrapped, the last word of one would run into the next."""
    for allowed, pattern in _RENAMED.items():
        text = pattern.sub(rf"<\1{allowed}", text)
    return text.replace("<figure>", '<figure class="image">')


def _sanitise(text):
    # Unicode is normalised before the sanitiser, never after: NFC may fuse a tag's ">" with a mark behind it.
    return nh3.clean(
        _in_allowed_blocks(vietnamese.clean(text)).replace("\xa0", " "),
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=CLASSES,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    ).replace("&nbsp;", " ")


@lru_cache(REMEMBERED)
def clean(text):
    """Allowed HTML only, in NFC, without spacer paragraphs; cleaning it again changes nothing."""
    for _ in range(ROUNDS if _is_shallow(text) else 0):
        cleaned = _EMPTY.sub("", _IMG_WITHOUT_SRC.sub("", _sanitise(text))).strip()
        if cleaned == text:
            return text
        text = cleaned
    return _words(text)


def _is_shallow(text):
    """Whether no place has more than DEEPEST tags open around it. An end of what is not open counts for nothing, so
    nobody hides a depth; where ends are missing it is taken for deeper than it is."""
    depth, opened = 0, Counter()
    for end, name in _NAMED.findall(text):
        if not end and name not in _ENDS_BY_ITSELF:
            opened[name] += 1
            depth += 1
        elif end and opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return False
    return True


def _words(text):
    """Of what is no text for a page the words, a paragraph a line. They are at rest."""
    lines = html.unescape(_INSIDE_TAG.sub("", _BLOCK_END.sub("\n", text))).splitlines()
    lines = filter(None, (vietnamese.clean_line(line) for line in lines))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


@lru_cache(REMEMBERED)
def to_text(body):
    """The words of clean HTML, a line for each block."""
    lines = _TAG.sub("", _BLOCK_END.sub("\n", body)).splitlines()
    return "\n".join(filter(None, (vietnamese.clean_line(html.unescape(line)) for line in lines)))


def blocks(text):
    """(name, source) of the outermost elements in order; of loose text and what stands in no block the name is ''."""
    depth = begin = 0
    name = ""
    for tag in _ELEMENT.finditer(text):
        if tag[2] in _VOID:
            continue
        if not tag[1]:
            if depth == 0:
                yield "", text[begin : tag.start()]
                begin, name = tag.start(), tag[2]
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield name, text[begin : tag.end()]
                begin = tag.end()
    yield "", text[begin:]


def paragraphs(body):
    """The texts of the body's paragraphs, in order."""
    found = re.findall(r"<p>(.*?)</p>", body, flags=re.DOTALL)
    return [text for text in (to_text(inner).replace("\n", " ") for inner in found) if text]


class RichTextField(CleanMixin, CKEditorField):
    """A body edited with CKEditor and cleaned on every way into the database."""

    clean_text = staticmethod(clean)
